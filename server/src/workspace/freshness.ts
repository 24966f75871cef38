import type { Documents } from './documents';

/** Remembers what a result was made from; it is stale as soon as any of it may have changed. */
export class Freshness {
  private readonly stamps = new Map<string, number>();
  private readonly parts = new Set<Freshness>();

  constructor(private readonly documents: Documents) {}

  /** Call before reading, so that a change while reading counts. */
  note(uri: string): void {
    if (!this.stamps.has(uri)) this.stamps.set(uri, this.documents.stamp(uri));
  }

  /** The result was made from another result. */
  include(other: Freshness): void {
    this.parts.add(other);
  }

  get current(): boolean {
    for (const part of this.parts) if (!part.current) return false;
    for (const [uri, stamp] of this.stamps) if (this.documents.stamp(uri) !== stamp) return false;
    return true;
  }
}

/** A cache of results that depend on documents; at most `size` of them, the oldest go first. */
export class FreshCache<T> {
  private readonly results = new Map<string, { readonly freshness: Freshness; readonly value: T }>();

  constructor(private readonly size = 500) {}

  get(key: string): { readonly freshness: Freshness; readonly value: T } | undefined {
    const known = this.results.get(key);
    if (known === undefined) return undefined;
    if (known.freshness.current) return known;
    this.results.delete(key);
    return undefined;
  }

  set(key: string, freshness: Freshness, value: T): void {
    this.results.delete(key);
    this.results.set(key, { freshness, value });
    if (this.results.size > this.size) this.results.delete(this.results.keys().next().value as string);
  }
}
