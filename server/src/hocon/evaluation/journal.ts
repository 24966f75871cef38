import type { Value } from './deferred-value';
import type { Memo } from './memo';

/** Everything that the resolver remembers with values, in its order, so that it can be forgotten again. */
export class Journal {
  private readonly notes: (() => void)[] = [];

  get mark(): number {
    return this.notes.length;
  }

  resolved(open: Memo, result: Value): void {
    open.resolved = result;
    this.notes.push(() => {
      open.resolved = undefined;
    });
  }

  partial(open: Memo, path: string, result: Value): void {
    open.partial ??= new Map();
    const { partial } = open;
    partial.set(path, result);
    this.notes.push(() => partial.delete(path));
  }

  /** Forgets what was remembered since the mark. */
  forget(mark: number): void {
    while (this.notes.length > mark) this.notes.pop()?.();
  }
}
