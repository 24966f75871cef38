/**
 * The total size of cached texts, trees and evaluations, in characters of their source texts. An
 * evaluated text takes some eighty bytes for each character.
 */
export const REMEMBERED_LENGTH = 8 * 1024 * 1024;

/** Values up to a total size. The oldest are removed first, and the newest stays whatever its size. */
export class Budgeted<T> {
  private readonly items = new Map<string, { readonly value: T; readonly size: number }>();
  private total = 0;

  constructor(private readonly budget: number) {}

  get(key: string): T | undefined {
    return this.items.get(key)?.value;
  }

  set(key: string, value: T, size: number): void {
    this.delete(key);
    this.items.set(key, { value, size });
    this.total += size;
    for (const oldest of this.items.keys()) {
      if (this.total <= this.budget || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const item = this.items.get(key);
    if (item === undefined) return;
    this.items.delete(key);
    this.total -= item.size;
  }

  /** The number of values. */
  get count(): number {
    return this.items.size;
  }

  /** Removes values that are not worth keeping. */
  retain(isKept: (value: T) => boolean): void {
    for (const [key, { value }] of this.items) if (!isKept(value)) this.delete(key);
  }

  clear(): void {
    this.items.clear();
    this.total = 0;
  }
}
