import { Budgeted } from './budget';
import type { Documents } from './documents';

/** Records the inputs of a result, which is stale as soon as one of them may have changed. */
export class Freshness {
  private readonly stamps = new Map<string, number>();
  private readonly parts = new Set<Freshness>();
  /** The revision of the documents at the last check without changes. */
  private freshAt: number | undefined;
  private isStale = false;

  constructor(private readonly documents: Documents) {}

  /** Call this before reading, so that a change during reading counts. */
  note(uri: string): void {
    if (!this.stamps.has(uri)) this.stamps.set(uri, this.documents.note(uri));
  }

  /** The result depends on another result. */
  include(other: Freshness): void {
    if (other === this || this.parts.has(other)) return;
    this.parts.add(other);
    this.freshAt = undefined;
  }

  /** Compares the stamps once for each revision, because many results depend on one that depends on all files. */
  get current(): boolean {
    const { revision } = this.documents;
    if (!this.isStale && this.freshAt !== revision) {
      this.isStale = !this.isUnchanged();
      this.freshAt = revision;
    }
    return !this.isStale;
  }

  private isUnchanged(): boolean {
    for (const part of this.parts) if (!part.current) return false;
    for (const [uri, stamp] of this.stamps) if (this.documents.stamp(uri) !== stamp) return false;
    return true;
  }
}

/** The number of new results after which all are checked, if they have also doubled in number. */
const SWEEP_AFTER = 100;

/** A cache of results that depend on documents; by default 500 of them; the oldest are removed first. */
export class FreshCache<T> {
  private untilSweep = SWEEP_AFTER;
  private readonly results: Budgeted<{ readonly freshness: Freshness; readonly value: T }>;

  /** @param sizeOf the share of a result in the budget */
  constructor(
    budget = 500,
    private readonly sizeOf: (value: T) => number = () => 1,
  ) {
    this.results = new Budgeted(budget);
  }

  get(key: string): { readonly freshness: Freshness; readonly value: T } | undefined {
    const known = this.results.get(key);
    if (known === undefined) return undefined;
    if (known.freshness.current) return known;
    this.results.delete(key);
    return undefined;
  }

  set(key: string, freshness: Freshness, value: T): void {
    this.results.set(key, { freshness, value }, this.sizeOf(value));
    // If a document was closed or a file was deleted, its stale entries are never requested again.
    if (--this.untilSweep > 0) return;
    this.results.retain((one) => one.freshness.current);
    this.untilSweep = Math.max(SWEEP_AFTER, this.results.count);
  }
}
