import { parentPort, workerData } from 'node:worker_threads';
import { families } from './families';
import type { Family } from './family';
import { findSteepGrowth } from './growth';
import { findBrokenInvariant } from './invariants';
import { OperationCounter } from './operations';
import { fuzzInput } from './texts';

/** What a thread does: the texts, or the growing families, of indices `from`, `from + step`, … below `to`. */
export interface Task {
  readonly kind: 'texts' | 'growth';
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

const task = workerData as WorkerData;
const check = task.kind === 'texts' ? textCheck(task.seed) : growthCheck(task);
const at = new Int32Array(task.progress);
for (let index = task.from; index < task.to; index += task.step) {
  Atomics.store(at, 0, index);
  const reason = check(index);
  if (reason !== undefined) parentPort?.postMessage({ index, reason } satisfies Failure);
}

function textCheck(seed: number): (index: number) => string | undefined {
  return (index) => {
    const { text, syntax } = fuzzInput(seed, index);
    return findBrokenInvariant(text, syntax);
  };
}

function growthCheck({ seed, to }: Task): (index: number) => string | undefined {
  const counter = new OperationCounter((url) => url.includes('/server/src/hocon/'));
  const all = families(seed, to);
  return (index) => findSteepGrowth(counter, all[index] as Family);
}
