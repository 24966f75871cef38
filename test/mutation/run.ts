import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import equivalent from './equivalent.json';
import { type Mutant, mutantsOf } from './mutants';

/**
 * Changes the sources at random places, one at a time, and runs the tests: `npm run mutation -- --seed N --count N`,
 * with `--units` the unit tests alone.
 * Exit code 1 where more than a twentieth of the mutants survive. Those that no test can notice, since they mean the same,
 * are listed in `equivalent.json` with the reason, and do not count.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    count: { type: 'string', default: '300' },
    jobs: { type: 'string', default: '2' },
    units: { type: 'boolean', default: false },
  },
});
const ROOT = resolve(__dirname, '../..');
const FOLDERS = ['hocon', 'model', 'rules', 'operations'].map((name) => join(ROOT, 'server/src', name));
/** The tests that stand nearest to the changed file run first: most mutants end there. */
const NEAREST = 8;
const LIMIT_MS = 240_000;
const ALLOWED = 0.05;

interface Placed extends Mutant {
  readonly file: string;
}

async function main(): Promise<number> {
  const all = FOLDERS.flatMap(filesIn).flatMap((file) =>
    mutantsOf(readFileSync(file, 'utf8')).map((mutant): Placed => ({ file, ...mutant })),
  );
  const random = randomFrom(Number(values.seed));
  const sample = shuffled(all, random).slice(0, Number(values.count));
  console.log(`seed ${values.seed}: ${sample.length} of ${all.length} mutants`);

  const units = filesIn(join(ROOT, 'test/unit')).filter((file) => file.endsWith('.test.ts'));
  const others = (values.units ? [] : ['property', 'conformance', 'stress'])
    .flatMap((name) => filesIn(join(ROOT, 'test', name)))
    .filter((file) => file.endsWith('.test.ts'));
  const distance = distances(units);
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  const survivors: Placed[] = [];
  let done = 0;

  /** True if a test fails, or does not end. */
  async function isNoticed(mutant: Placed, slot: number): Promise<boolean> {
    const code = join(folder, `${slot}.js`);
    writeFileSync(code, mutant.code);
    const sorted = [...units].sort((a, b) => distance(a, mutant.file) - distance(b, mutant.file));
    for (const files of [sorted.slice(0, NEAREST), sorted.slice(NEAREST), others]) {
      if (files.length > 0 && !(await passes(files, mutant.file, code))) return true;
    }
    return false;
  }

  async function work(slot: number): Promise<void> {
    for (let mutant = sample.pop(); mutant !== undefined; mutant = sample.pop()) {
      const noticed = isEquivalent(mutant) || (await isNoticed(mutant, slot));
      done++;
      if (noticed) continue;
      survivors.push(mutant);
      console.log(`survives (${survivors.length} of ${done}): ${describe(mutant)}`);
    }
  }

  try {
    // A file that throws is noticed, or no mutant is ever loaded.
    const [first] = sample;
    if (first === undefined) return 2;
    const control = { ...first, code: "throw new Error('control');" };
    if (!(await isNoticed(control, 0))) throw new Error(`${first.file} is not loaded from the changed text`);
    await Promise.all(Array.from({ length: Number(values.jobs) }, (_, slot) => work(slot)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const share = survivors.length / done;
  console.log(`${done} mutants, ${survivors.length} survive: ${(100 * share).toFixed(1)} %`);
  return share > ALLOWED ? 1 : 0;
}

function passes(files: readonly string[], file: string, code: string): Promise<boolean> {
  const options = ['--bail', '--reporter', 'min', '--require', join(__dirname, 'substitute.ts')];
  const child = spawn(join(ROOT, 'node_modules/.bin/mocha'), [...options, ...files], {
    cwd: ROOT,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, MUTANT_FILE: file, MUTANT_CODE: code },
  });
  const end = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), LIMIT_MS);
  return new Promise((settle) =>
    child.on('close', (status) => {
      clearTimeout(end);
      settle(status === 0);
    }),
  );
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

function isEquivalent(mutant: Placed): boolean {
  return equivalent.some(
    ({ file, before, after }) =>
      file === relative(ROOT, mutant.file) && before === mutant.before && after === mutant.after,
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
