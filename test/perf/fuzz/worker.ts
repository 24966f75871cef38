import { parentPort, workerData } from 'node:worker_threads';
import type { Family } from './family';
import { OperationCounter } from './operations';
import type { Work } from './work';

/**
 * The work of a thread: the texts, the growing families or the growing work of indices `from`, `from + step`, … below
 * `to`.
 */
export interface Task {
  readonly kind: 'texts' | 'growth' | 'work' | 'edits' | 'protocol' | 'paths' | 'injection';
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export interface WorkerData extends Task {
  /** The place where the thread writes its current index, followed by 1 once it has started. */
  readonly progress: SharedArrayBuffer;
}

export interface Failure {
  readonly index: number;
  readonly reason: string;
}

type Check = (index: number) => string | undefined | Promise<string | undefined>;

/** Each loads only what it needs. */
const CHECKS: Readonly<Record<Task['kind'], (task: Task) => Promise<Check>>> = {
  async texts({ seed }) {
    const { findBrokenInvariant } = await import('./invariants');
    const { fuzzInput } = await import('./texts');
    return (index) => {
      const { text, syntax } = fuzzInput(seed, index);
      return findBrokenInvariant(text, syntax);
    };
  },
  async growth({ seed, to }) {
    const { findSteepGrowth } = await import('./growth');
    const counter = new OperationCounter((url) => url.includes('/server/src/hocon/'));
    const all = (await import('./families')).families(seed, to);
    return (index) => findSteepGrowth(counter, all[index] as Family);
  },
  async work() {
    const { findSteepWork } = await import('./growth');
    const counter = new OperationCounter((url) => /\/(?:server\/src|schemas)\//.test(url));
    const { WORK } = await import('./work');
    return (index) => findSteepWork(counter, WORK[index] as Work);
  },
  async edits({ seed }) {
    const { findWrongSession } = await import('./edits');
    return (index) => findWrongSession(seed, index);
  },
  async paths({ seed }) {
    const { findEscapingPath } = await import('./paths');
    return (index) => findEscapingPath(seed, index);
  },
  async injection({ seed }) {
    const { findInjection } = await import('./injection');
    return (index) => findInjection(seed, index);
  },
  async protocol({ seed }) {
    const { ProtocolFuzzer } = await import('./protocol');
    const fuzzer = new ProtocolFuzzer(seed);
    return (index) => fuzzer.session(index);
  },
};

async function run(task: WorkerData): Promise<void> {
  // The engine loads some parts with `import()`.
  (await import('tsx/esm/api')).register();
  const check = await CHECKS[task.kind](task);
  const at = new Int32Array(task.progress);
  Atomics.store(at, 1, 1);
  for (let index = task.from; index < task.to; index += task.step) {
    Atomics.store(at, 0, index);
    const reason = await reasonOf(check, index);
    if (reason !== undefined) parentPort?.postMessage({ index, reason } satisfies Failure);
  }
}

async function reasonOf(check: Check, index: number): Promise<string | undefined> {
  try {
    return await check(index);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

run(workerData as WorkerData)
  // The server that the fuzzer of the protocol talks to would go on listening.
  .then(() => process.exit())
  .catch((error) => {
    setImmediate(() => {
      throw error;
    });
  });
