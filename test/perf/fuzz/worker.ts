import { parentPort, workerData } from 'node:worker_threads';
import { families } from './families';
import type { Family } from './family';
import { findSteepGrowth, findSteepWork } from './growth';
import { findBrokenInvariant } from './invariants';
import { OperationCounter } from './operations';
import { fuzzInput } from './texts';
import { WORK, type Work } from './work';

/** What a thread does: the texts, the growing families or the growing work of indices `from`, `from + step`, … below `to`. */
export interface Task {
  readonly kind: 'texts' | 'growth' | 'work';
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export interface WorkerData extends Task {
  /** Where the thread writes the index that it is at. */
  readonly progress: SharedArrayBuffer;
}

export interface Failure {
  readonly index: number;
  readonly reason: string;
}

type Check = (index: number) => string | undefined | Promise<string | undefined>;

const CHECKS: Readonly<Record<Task['kind'], (task: Task) => Check>> = {
  texts: textCheck,
  growth: growthCheck,
  work: workCheck,
};

async function run(task: WorkerData): Promise<void> {
  // The engine loads some parts with `import()`.
  (await import('tsx/esm/api')).register();
  const check = CHECKS[task.kind](task);
  const at = new Int32Array(task.progress);
  for (let index = task.from; index < task.to; index += task.step) {
    Atomics.store(at, 0, index);
    const reason = await check(index);
    if (reason !== undefined) parentPort?.postMessage({ index, reason } satisfies Failure);
  }
}

run(workerData as WorkerData).catch((error) => {
  setImmediate(() => {
    throw error;
  });
});

function textCheck({ seed }: Task): Check {
  return (index) => {
    const { text, syntax } = fuzzInput(seed, index);
    return findBrokenInvariant(text, syntax);
  };
}

function growthCheck({ seed, to }: Task): Check {
  const counter = new OperationCounter((url) => url.includes('/server/src/hocon/'));
  const all = families(seed, to);
  return (index) => findSteepGrowth(counter, all[index] as Family);
}

function workCheck(): Check {
  const counter = new OperationCounter((url) => /\/(?:server\/src|schemas)\//.test(url));
  return (index) => findSteepWork(counter, WORK[index] as Work);
}
