import { readFileSync } from 'node:fs';
import Module from 'node:module';
import workerThreads, { isMainThread, Worker, type WorkerOptions, workerData } from 'node:worker_threads';
import Mocha, { type Runnable, type Runner, type Suite, type Test } from 'mocha';

/**
 * Loads test files and the sources that they import, and runs their tests as often as it is asked to, each time with
 * another change. Test files and sources come compiled, with all changes inside; one at a time is made. The threads that
 * tests start have the same changes.
 */
export interface Setup {
  /** A file of JSON: the JavaScript of every TypeScript file, by path. */
  readonly code: string;
  readonly files: readonly string[];
  /** Loaded before them. */
  readonly first: string;
  /** The number of the change that loading already has. */
  readonly active: number;
  /** How many changes there are; they are numbered from 1. */
  readonly count: number;
}

export interface Order {
  readonly active: number;
  /** Keys of the tests to run, until one fails; without them all run. */
  readonly tests?: readonly string[];
}

/** Sent as a test begins. */
export interface Begun {
  /** Its key. */
  readonly begun: string;
}

export interface Answer {
  /** The changes that loading has reached. */
  readonly loaded: readonly number[];
  readonly ran: readonly Ran[];
}

export interface Ran {
  readonly file: string;
  readonly key: string;
  readonly ms: number;
  /** The error. */
  readonly failed: string | undefined;
  /** The changes that the test has reached, with the hooks of its suites. */
  readonly reached: readonly number[];
}

interface Loadable {
  _compile(code: string, filename: string): void;
}

/** The changes of a thread. */
interface ThreadSetup {
  readonly code: string;
  readonly active: number;
  /** 1 at the number of each change that a thread has reached. */
  readonly reached: Uint8Array;
}

let active = 0;
let reached = new Set<number>();
let reachedInThreads: Uint8Array = new Uint8Array();
let original = new Map<Suite, Test[]>();

function main(setup: Setup): void {
  active = setup.active;
  loadChanged(setup.code, (number) => {
    reached.add(number);
    return number === active;
  });
  reachedInThreads = new Uint8Array(new SharedArrayBuffer(setup.count + 1));
  Object.assign(workerThreads, {
    Worker: class extends Worker {
      constructor(file: string, { workerData: data, ...options }: WorkerOptions = {}) {
        const changes: ThreadSetup = { code: setup.code, active, reached: reachedInThreads };
        super(file, { ...options, execArgv: ['--require', __filename], workerData: { ...data, changes } });
      }
    },
  });
  require(setup.first);
  const mocha = new Mocha({ timeout: 120_000, reporter: class {} as never });
  mocha.cleanReferencesAfterRun(false);
  for (const file of setup.files) mocha.addFile(file);
  try {
    (mocha as unknown as { loadFiles(): void }).loadFiles();
  } catch {
    process.exit(1);
  }
  const loaded = [...reached];
  original = new Map(suitesOf(mocha.suite).map((suite) => [suite, suite.tests]));
  process.on('message', async (order: Order) => process.send?.({ loaded, ran: await ran(mocha, order) }));
  process.send?.({ loaded, ran: [] } satisfies Answer);
}

/** Loads TypeScript files from the compiled ones, where `isMutated` answers whether a change is made. */
function loadChanged(path: string, isMutated: (number: number) => boolean): void {
  Object.assign(globalThis, { isMutated });
  const code: Record<string, string> = JSON.parse(readFileSync(path, 'utf8'));
  const extensions = (Module as unknown as { _extensions: Record<string, (module: Loadable, name: string) => void> })
    ._extensions;
  // Of a TypeScript and a JSON file with the same name, the first one here is meant.
  const others = { ...extensions };
  for (const name of Object.keys(others)) delete extensions[name];
  Object.assign(extensions, {
    '.ts': (module: Loadable, name: string) => module._compile(code[name] ?? '', name),
    ...others,
  });
}

function startThread({ code, active: made, reached: seen }: ThreadSetup): void {
  loadChanged(code, (number) => {
    seen[number] = 1;
    return number === made;
  });
  // Everything is compiled, so nothing else has to compile what the thread imports.
  const id = require.resolve('tsx/esm/api');
  require.cache[id] = Object.assign(new Module(id), { exports: { register: () => {} }, loaded: true });
}

function ran(mocha: Mocha, order: Order): Promise<Ran[]> {
  active = order.active;
  const wanted = order.tests && new Set(order.tests);
  for (const [suite, tests] of original)
    suite.tests = wanted === undefined ? tests : tests.filter((test) => wanted.has(keyOf(test)));
  mocha.bail(wanted !== undefined);
  const found: Ran[] = [];
  const byHooks = new Map<Suite | undefined, Set<number>>();
  let failed: string | undefined;
  reached = new Set();
  return new Promise((settle) => {
    const runner: Runner = mocha.run(() => settle(found));
    runner.on('fail', (runnable: Runnable, error: unknown) => {
      failed = String(error);
      if (runnable instanceof Mocha.Hook) note(runnable.ctx?.currentTest ?? runnable);
    });
    runner.on('hook end', (hook) => {
      if (!hook.title.startsWith('"before all"')) return;
      byHooks.set(hook.parent, new Set([...(byHooks.get(hook.parent) ?? []), ...reached]));
      reached = new Set();
    });
    runner.on('test', (test) => process.send?.({ begun: keyOf(test) } satisfies Begun));
    runner.on('test end', note);
  });

  function note(test: Runnable): void {
    for (let suite = test.parent; suite !== undefined; suite = suite.parent)
      for (const number of byHooks.get(suite) ?? []) reached.add(number);
    for (const [number, isReached] of reachedInThreads.entries()) if (isReached === 1) reached.add(number);
    reachedInThreads.fill(0);
    const ms = test.duration ?? 0;
    found.push({ file: test.file ?? '', key: keyOf(test), ms, failed, reached: [...reached] });
    failed = undefined;
    reached = new Set();
  }
}

function keyOf(test: Runnable): string {
  return `${test.file}: ${test.fullTitle()}`;
}

function suitesOf(suite: Suite): Suite[] {
  return [suite, ...suite.suites.flatMap(suitesOf)];
}

if (isMainThread) main(JSON.parse(process.env.MUTATION_SETUP ?? ''));
// A thread in which Node.js runs the hooks of module loaders has no data.
else if (workerData !== null) startThread(workerData.changes);
