import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import equivalent from './equivalent.json';
import { compiled, type Mutant, mutantsOf, switchable } from './mutants';
import type { Answer, Begun, Order, Ran, Setup } from './worker';

/**
 * Changes the sources at random places, one at a time, and runs the tests: `npm run mutation -- --seed N --count N`,
 * `--only TEXT` for the files in whose path TEXT is, `--judges unit,property,conformance` for other tests than these,
 * `--jobs N` for as many processes, and `--seconds S` for the nearest tests of so many seconds only: more mutants survive
 * then, none fewer. The next judges see only what the ones before did not notice.
 *
 * All changes are compiled into the sources, and one at a time is made while they run. All tests run once without any, which
 * shows the tests that reach each change. Only these run with it, in a process that has loaded everything already. A change
 * that none of them notices gets a process of its own for the nearest tests, and for all where loading reaches it.
 *
 * Exit code 1 where more than a twentieth of the mutants survive. Those that no test can notice, since they mean the same,
 * are listed in `equivalent.json` with the reason, and do not count.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    count: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    judges: { type: 'string', default: 'unit,property,conformance' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    seconds: { type: 'string', default: 'Infinity' },
  },
});
const ROOT = resolve(__dirname, '../..');
const FOLDERS = ['hocon', 'model', 'rules', 'operations'].map((name) => join(ROOT, 'server/src', name));
/** Of this run: another one may be under way. */
const OUT = join(ROOT, `out/mutation-${process.pid}`);
const ALLOWED = 0.05;
const EQUIVALENT: readonly {
  readonly file: string;
  readonly on?: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}[] = equivalent;
/** Tests above this come last. */
const LONG_MS = 300;
/** For a process to load everything, and for a test of which no usual time is known: one may have ten minutes. */
const MOST_MS = 900_000;

interface Placed extends Mutant {
  readonly file: string;
  /** From 1; 0 is no change. */
  readonly number: number;
}

async function main(): Promise<number> {
  const all = FOLDERS.flatMap((folder) => filesIn(folder))
    .filter((file) => file.includes(values.only))
    .flatMap((file) => mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ file, ...mutant })));
  const sample = shuffled(all, randomFrom(Number(values.seed)))
    .slice(0, Number(values.count))
    .map((mutant, index): Placed => ({ ...mutant, number: index + 1 }));
  console.log(`seed ${values.seed}: ${sample.length} of ${all.length} mutants`);

  mkdirSync(OUT, { recursive: true });
  try {
    const code = writeCode(sample);
    let left = sample.filter((mutant) => !isEquivalent(mutant));
    for (const judge of values.judges.split(',')) if (left.length > 0) left = await unnoticed(left, judge, code);
    const share = left.length / sample.length;
    console.log(`seed ${values.seed}: ${sample.length} mutants, ${left.length} survive: ${(100 * share).toFixed(1)} %`);
    return share > ALLOWED ? 1 : 0;
  } finally {
    rmSync(OUT, { recursive: true, force: true });
  }
}

/** The mutants that no test of a folder notices. */
async function unnoticed(mutants: readonly Placed[], judge: string, code: string): Promise<Placed[]> {
  const files = filesIn(join(ROOT, 'test', judge)).filter((file) => file.endsWith('.test.ts'));
  const setup = { code, files, first: join(ROOT, 'test/kit/property-seed.ts'), active: 0, count: Number(values.count) };
  const all = await Trials.start(setup);
  const left: Placed[] = [];
  const waiting = [...mutants];
  const began = performance.now();
  const tryAll = async (trials: Trials) => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      if (!(await trials.isNoticed(mutant))) {
        left.push(mutant);
        console.log(
          `${judge}: survives: ${describe(mutant)}${trials.isReached(mutant) ? '' : ' (no test reaches it)'}`,
        );
      }
      const minutes = ((performance.now() - began) / 60_000).toFixed(1);
      if (waiting.length % 25 === 0)
        console.log(`${judge}: ${waiting.length} more, ${left.length} survive, ${minutes} min`);
    }
    trials.end();
  };
  await Promise.all(
    Array.from({ length: Number(values.jobs) }, (_, index) => tryAll(index === 0 ? all : all.another())),
  );
  return left;
}

/** Every test once without a change, and then with one after the other. */
class Trials {
  private constructor(
    private readonly setup: Setup,
    private worker: Worker,
    private readonly tests: readonly Ran[],
    private readonly loaded: ReadonlySet<number>,
    private readonly distance: (test: string, file: string) => number,
  ) {}

  static async start(setup: Setup): Promise<Trials> {
    const began = performance.now();
    const worker = new Worker(setup);
    const answer = await worker.ask(0);
    if (answer === undefined) throw new Error('the tests cannot be loaded');
    for (const { key, failed } of answer.ran)
      if (failed) console.log(`fails without a change, and is left out: ${key}`);
    const tests = answer.ran.filter(({ failed }) => !failed);
    if (tests.length === 0) throw new Error('no test passes');
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(`${tests.length} tests in ${setup.files.length} files took ${seconds} s`);
    return new Trials(setup, worker, tests, new Set(answer.loaded), distances(setup.files));
  }

  /** The same in a process of its own. */
  another(): Trials {
    return new Trials(this.setup, new Worker(this.setup), this.tests, this.loaded, this.distance);
  }

  end(): void {
    this.worker.end();
  }

  isReached({ number }: Placed): boolean {
    return this.loaded.has(number) || this.tests.some(({ reached }) => reached.includes(number));
  }

  async isNoticed(mutant: Placed): Promise<boolean> {
    const { number } = mutant;
    const reaching = this.sorted(
      this.tests.filter(({ reached }) => reached.includes(number)),
      mutant,
    );
    for (const tests of [reaching.slice(0, 20), reaching.slice(20)]) {
      if (tests.length === 0) continue;
      const failed = await this.firstFailure(number, tests);
      if (failed === 'none') continue;
      // Without the change the same test must pass, or an earlier change has left something behind.
      if (failed === 'ended' || (await this.firstFailure(0, [failed])) === 'none') return true;
      this.restart();
      break;
    }
    // What a process remembers hides a change of how it was made, so the nearest tests have another one.
    const near = reaching.filter(({ file }) => nearest(reaching).has(file));
    if (!this.loaded.has(number)) return near.length > 0 && this.isNoticedFromTheStart(number, near);
    const all = this.sorted(
      this.tests.filter(({ file }) => Number.isFinite(this.distance(file, mutant.file))),
      mutant,
    );
    const first = all.filter(({ file }) => nearest(all).has(file));
    const others = all.filter(({ file }) => !nearest(all).has(file));
    return (await this.isNoticedFromTheStart(number, first)) || (await this.isNoticedFromTheStart(number, others));
  }

  private async isNoticedFromTheStart(active: number, tests: readonly Ran[]): Promise<boolean> {
    if (tests.length === 0) return false;
    const worker = new Worker({ ...this.setup, files: [...new Set(tests.map(({ file }) => file))], active });
    const answer = await worker.ask(active, tests);
    worker.end();
    return answer === undefined || answer.ran.some(({ failed }) => failed);
  }

  private sorted(tests: readonly Ran[], { file }: Placed): Ran[] {
    const order = (test: Ran) => (test.ms > LONG_MS ? 1000 : 0) + this.distance(test.file, file);
    const sorted = [...tests].sort((a, b) => order(a) - order(b) || a.ms - b.ms);
    let spent = 0;
    return sorted.filter(({ ms }) => {
      spent += ms;
      return spent < 1000 * Number(values.seconds);
    });
  }

  private async firstFailure(active: number, tests: readonly Ran[]): Promise<Ran | 'none' | 'ended'> {
    const answer = await this.worker.ask(active, tests);
    if (answer !== undefined) return answer.ran.find(({ failed }) => failed) ?? 'none';
    this.restart();
    return 'ended';
  }

  private restart(): void {
    this.worker.end();
    this.worker = new Worker(this.setup);
  }
}

/** The test files of the first tests. */
function nearest(tests: readonly Ran[]): Set<string> {
  return new Set([...new Set(tests.map(({ file }) => file))].slice(0, 3));
}

class Worker {
  private readonly child: ChildProcess;
  private readonly ready: Promise<Answer | undefined>;

  constructor(setup: Setup) {
    this.child = fork(join(OUT, 'worker.cjs'), {
      cwd: ROOT,
      stdio: 'ignore',
      execArgv: [],
      env: { ...process.env, MUTATION_SETUP: JSON.stringify(setup) },
    });
    this.ready = this.answer();
  }

  /**
   * @param tests to run until one fails; without them all run
   * @returns nothing where the process has ended, or a test takes much longer than it did without a change: a change may
   * keep a loop from ending
   */
  async ask(active: number, tests?: readonly Ran[]): Promise<Answer | undefined> {
    if ((await this.ready) === undefined) return undefined;
    const answer = this.answer(new Map(tests?.map(({ key, ms }) => [key, ms])));
    const order: Order = tests === undefined ? { active } : { active, tests: tests.map(({ key }) => key) };
    this.child.send(order);
    return answer;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  private answer(usual: ReadonlyMap<string, number> = new Map()): Promise<Answer | undefined> {
    return new Promise((settle) => {
      const { child } = this;
      const end = () => done(undefined);
      let timer = setTimeout(end, MOST_MS);
      child.on('message', hear);
      child.once('exit', end);
      if (child.exitCode !== null) end();

      function hear(message: Answer | Begun): void {
        clearTimeout(timer);
        if ('begun' in message) {
          const ms = usual.get(message.begun);
          timer = setTimeout(end, ms === undefined ? MOST_MS : 10_000 + 10 * ms);
        } else {
          done(message);
        }
      }
      function done(answer: Answer | undefined): void {
        clearTimeout(timer);
        child.off('message', hear);
        child.off('exit', end);
        settle(answer);
      }
    });
  }
}

/** @returns the file for the workers: all sources and tests, compiled, with the changes inside */
function writeCode(sample: readonly Placed[]): string {
  const folders = ['server/src', 'schemas', 'scripts', 'client/src', 'test'].map((name) => join(ROOT, name));
  const code: Record<string, string> = {};
  for (const file of folders.flatMap((folder) => filesIn(folder))) {
    const source = readFileSync(file, 'utf8');
    const mutants = sample.filter((mutant) => mutant.file === file);
    code[file] =
      mutants.length === 0
        ? compiled(source).code
        : switchable(
            source,
            mutants.map((mutant) => [mutant, mutant.number]),
          );
  }
  const path = join(OUT, 'code.json');
  writeFileSync(path, JSON.stringify(code));
  buildSync({
    entryPoints: [join(__dirname, 'worker.ts')],
    outfile: join(OUT, 'worker.cjs'),
    platform: 'node',
    format: 'cjs',
  });
  return path;
}
/** How many imports lie between a test and a file. */
function distances(tests: readonly string[]): (test: string, file: string) => number {
  const { metafile } = buildSync({
    entryPoints: [...tests],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    platform: 'node',
    packages: 'external',
    absWorkingDir: ROOT,
    logLevel: 'silent',
  });
  const imports = (path: string) => metafile.inputs[path]?.imports.map((each) => each.path) ?? [];
  const known = new Map<string, ReadonlyMap<string, number>>();
  const from = (start: string) => {
    const found = new Map([[start, 0]]);
    for (const [path, steps] of found) {
      for (const next of imports(path)) if (!found.has(next)) found.set(next, steps + 1);
    }
    known.set(start, found);
    return found;
  };
  return (test, file) => {
    const start = relative(ROOT, test);
    return (known.get(start) ?? from(start)).get(relative(ROOT, file)) ?? Number.POSITIVE_INFINITY;
  };
}

/** A mutant of the list; `on` is a part of its line, where the file may have the same change elsewhere. */
function isEquivalent(mutant: Placed): boolean {
  const line = readFileSync(mutant.file, 'utf8').split('\n')[mutant.line - 1] ?? '';
  return EQUIVALENT.some(
    ({ file, on = '', before, after }) =>
      file === relative(ROOT, mutant.file) && line.includes(on) && before === mutant.before && after === mutant.after,
  );
}

function describe({ file, line, before, after }: Placed): string {
  return `${relative(ROOT, file)}:${line} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

main().then((status) => {
  process.exitCode = status;
});
