import { type Profiler, Session } from 'node:inspector';

/** The number of runs of each block of code, and the number of items that each built-in function visited, by name. */
export type Operations = ReadonlyMap<string, number>;

/**
 * Counts what the engine does while `work` runs: V8 counts the runs of every block of its code, and built-ins that
 * visit a text or list in one step are counted by its size. Unlike a time, a count is the same on every machine.
 */
export class OperationCounter {
  private readonly session = new Session();
  private readonly builtIns = new Map<string, number>();

  /** @param isEngine which scripts count, by their URL */
  constructor(private readonly isEngine: (url: string) => boolean) {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.wrapBuiltIns();
  }

  count(work: () => void): Operations {
    this.take();
    this.builtIns.clear();
    work();
    return this.counted();
  }

  async countAsync(work: () => Promise<unknown>): Promise<Operations> {
    this.take();
    this.builtIns.clear();
    await work();
    return this.counted();
  }

  private counted(): Operations {
    const counts = new Map(this.builtIns);
    for (const { url, functions } of this.take()) {
      if (!this.isEngine(url)) continue;
      for (const { functionName, ranges } of functions) {
        for (const { startOffset, count } of ranges) {
          if (count > 0)
            counts.set(`${functionName} at ${url.replace(/^.*\/server\//, 'server/')}+${startOffset}`, count);
        }
      }
    }
    return counts;
  }

  private take(): Profiler.ScriptCoverage[] {
    let result: Profiler.ScriptCoverage[] = [];
    this.session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      result = answer.result;
    });
    return result;
  }

  private wrapBuiltIns(): void {
    for (const name of ['indexOf', 'includes'] as const) {
      this.wrap(String.prototype, `String ${name}`, name, searched);
    }
    this.wrap(String.prototype, 'String lastIndexOf', 'lastIndexOf', searchedBackwards);
    for (const name of ['split', 'replace', 'replaceAll', 'trim', 'match', 'search', 'toLowerCase'] as const) {
      this.wrap(String.prototype, `String ${name}`, name, lengthOf);
    }
    for (const name of [
      'indexOf',
      'includes',
      'lastIndexOf',
      'splice',
      'shift',
      'unshift',
      'join',
      'reverse',
      'flat',
      'sort',
    ] as const) {
      this.wrap(Array.prototype, `Array ${name}`, name, lengthOf);
    }
    for (const name of ['slice', 'concat'] as const) {
      this.wrap(Array.prototype, `Array ${name}`, name, (_self, _args, result) => (result as unknown[]).length);
    }
    // Spreading, `new Map(…)` and `for … of`.
    this.wrap(Array.prototype, 'Array iteration', Symbol.iterator, lengthOf);
    this.wrap(Map.prototype, 'Map iteration', Symbol.iterator, ({ size }) => size);
    this.wrap(Set.prototype, 'Set iteration', Symbol.iterator, ({ size }) => size);
  }

  private wrap<T extends object>(prototype: T, label: string, name: keyof T, cost: Cost<T>): void {
    const original = prototype[name] as (...args: unknown[]) => unknown;
    const { builtIns } = this;
    const counting = function (this: T, ...args: unknown[]): unknown {
      const result = Reflect.apply(original, this, args);
      builtIns.set(label, (builtIns.get(label) ?? 0) + cost(this, args, result));
      return result;
    };
    Object.defineProperty(prototype, name, { value: counting, configurable: true, writable: true });
  }
}

/** The number of items that a call visits. */
type Cost<T> = (self: T, args: readonly unknown[], result: unknown) => number;

function lengthOf(self: { readonly length: number }): number {
  return self.length;
}

/** A search ends at what it finds. */
function searched(self: { readonly length: number }, [, from]: readonly unknown[], result: unknown): number {
  const start = typeof from === 'number' ? from : 0;
  return typeof result === 'number' && result >= start ? result - start : Math.max(0, self.length - start);
}

function searchedBackwards(self: { readonly length: number }, [, from]: readonly unknown[], result: unknown): number {
  const start = typeof from === 'number' ? from : self.length;
  return Math.max(0, start - (result as number));
}
