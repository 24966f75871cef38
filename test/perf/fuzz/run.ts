import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Failure, Task, WorkerData } from './worker';

const LOOK_EVERY_MS = 500;

export interface Limits {
  /** The limit for the whole run. */
  readonly seconds: number;
  /** The limit for one index; longer runs count as endless. */
  readonly secondsForOne: number;
}

export interface Outcome {
  readonly checked: number;
  readonly failures: readonly Failure[];
}

/** Runs a task in threads, so that an endless input is detected, reported and abandoned. */
export async function runTask(task: Task, threads: number, limits: Limits): Promise<Outcome> {
  const deadline = Date.now() + limits.seconds * 1000;
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, i) =>
      runPart({ ...task, from: task.from + i * task.step, step: task.step * threads }, limits, deadline),
    ),
  );
  const failures = parts.flatMap((part) => part.failures);
  return { checked: parts.reduce((sum, part) => sum + part.checked, 0), failures };
}

/** One thread after the other: an endless input ends its thread, and the next thread continues after it. */
async function runPart(task: Task, limits: Limits, deadline: number): Promise<Outcome> {
  const failures: Failure[] = [];
  let from = task.from;
  while (from < task.to && Date.now() < deadline) {
    const stuck = await runThread({ ...task, from }, limits, deadline, failures);
    if (stuck.ended) return { checked: count(task, task.to), failures };
    if (Date.now() < deadline) failures.push({ index: stuck.at, reason: `no end within ${limits.secondsForOne} s` });
    from = stuck.at + task.step;
  }
  return { checked: count(task, from), failures };
}

function count({ from, step }: Task, to: number): number {
  return Math.max(0, Math.ceil((to - from) / step));
}

function runThread(
  task: Task,
  { secondsForOne }: Limits,
  deadline: number,
  failures: Failure[],
): Promise<{ readonly ended: boolean; readonly at: number }> {
  const progress = new SharedArrayBuffer(8);
  const at = new Int32Array(progress);
  at[0] = task.from;
  const workerData: WorkerData = { ...task, progress };
  const worker = new Worker(join(__dirname, 'worker.ts'), { workerData, execArgv: ['--require', 'tsx/cjs'] });
  return new Promise((resolve, reject) => {
    let last = task.from;
    let since = Date.now();
    let ended = true;
    const timer = setInterval(() => {
      const now = Atomics.load(at, 0);
      // Loading the code takes longer than the limit for an input.
      if (now !== last || Atomics.load(at, 1) === 0) {
        last = now;
        since = Date.now();
      }
      if (Date.now() - since < secondsForOne * 1000 && Date.now() < deadline) return;
      ended = false;
      void worker.terminate();
    }, LOOK_EVERY_MS);
    worker.on('message', (failure: Failure) => failures.push(failure));
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(timer);
      resolve({ ended, at: Atomics.load(at, 0) });
    });
  });
}
