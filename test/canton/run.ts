import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedEdit } from '../../server/src/operations/plan';
import { withEdits } from '../../server/src/operations/render';
import { CASES, type Case } from './cases';

/*
 * Runs the console scripts of plans on a Canton, as they are printed, with the edits and restarts between their parts.
 * No part of `npm test`: each start of Canton takes half a minute and up to three gigabytes.
 *
 *   CANTON_COMMAND=bin/canton KMS_COMMAND=... tsx test/canton/run.ts [CASE...]
 *
 * CANTON_COMMAND is `bin/canton` of a release, or what takes the same arguments; CANTON_VERSION its line (3.5 by default).
 * KMS_COMMAND starts an AWS KMS without credentials for tests: it is called with a folder and a port. CANTON_PORT is the
 * first of a hundred free ports. The report says which cases passed; the logs of a failed one are kept.
 */

const VERSION = process.env.CANTON_VERSION ?? '3.5';
const PORT = Number(process.env.CANTON_PORT ?? 17400);
const CLI = resolve('dist/cli.js');
const KMS_PORT = PORT + 90;

export interface Bench {
  readonly folder: string;
  readonly conf: string;
  /** Runs a script of our own on the node. */
  script(name: string, text: string): string;
  kms(operation: string, request: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Gives the runs of the console so far. */
  readonly outputs: string[];
}

function command(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; see the head of this file`);
  return resolve(value);
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CANTON_VERSION: VERSION,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    JAVA_OPTS: process.env.JAVA_OPTS ?? '-Xmx2500m',
  };
}

function started(program: string, args: readonly string[], folder: string): ChildProcess {
  const log = openSync(join(folder, 'out'), 'a');
  return spawn(program, args, { cwd: folder, env: environment(), stdio: ['ignore', log, log] });
}

async function synchronizer(folder: string): Promise<ChildProcess> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'nodes.conf'),
    `canton.sequencers.s1 { storage.type = memory, admin-api.port = ${PORT + 2}, public-api.port = ${PORT + 1}, sequencer.type = BFT }
canton.mediators.m1 { storage.type = memory, admin-api.port = ${PORT + 3} }
`,
  );
  writeFileSync(
    join(folder, 'boot.canton'),
    `bootstrap.synchronizer("da", Seq(s1), Seq(m1), Seq(s1), synchronizerThreshold = PositiveInt.one,
  staticSynchronizerParameters = StaticSynchronizerParameters.defaultsWithoutKMS(ProtocolVersion.latest))
better.files.File("up").overwrite("")
`,
  );
  const process = started(
    command('CANTON_COMMAND'),
    ['daemon', '-c', 'nodes.conf', '--bootstrap', 'boot.canton'],
    folder,
  );
  for (let i = 0; i < 450 && !existsSync(join(folder, 'up')); i++) await sleep(2000);
  if (!existsSync(join(folder, 'up'))) throw new Error(`the synchronizer did not start: ${join(folder, 'out')}`);
  return process;
}

function nodeConf(name: string, port: number, crypto: string): string {
  return `canton.participants.${name} {
  storage { type = h2, config { driver = org.h2.Driver, url = "jdbc:h2:file:./${name};MODE=PostgreSQL;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1" } }
  admin-api.port = ${port}, ledger-api.port = ${port + 1}, http-ledger-api.enabled = false
  crypto { ${crypto} }
}
`;
}

function run(folder: string, file: string, conf: string): string {
  const made = spawnSync(command('CANTON_COMMAND'), ['run', file, '-c', conf], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
    timeout: 1_200_000,
  });
  const output = `${made.stdout}${made.stderr}`;
  writeFileSync(join(folder, `${file}.out`), output);
  if (made.status !== 0) throw new Error(`${file} failed (${made.status ?? made.signal}):\n${output.slice(-3000)}`);
  return output;
}

function plan(folder: string, args: readonly string[]): string {
  const made = spawnSync(process.execPath, [CLI, 'plan', ...args], { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`plan ${args.join(' ')}: ${made.stdout}${made.stderr}`);
  return made.stdout;
}

interface JsonPlan {
  readonly steps: readonly { readonly edits: readonly PlannedEdit[] }[];
}

/** The scripts of a plan as printed, filled in, with the edits in their places. */
async function follow(bench: Bench, args: readonly string[], answers: (what: string) => string | Promise<string>) {
  const all = [...args, '--canton-version', VERSION, '--edition', 'enterprise', bench.conf];
  const made: JsonPlan = JSON.parse(plan(bench.folder, [...all, '--format', 'json']));
  const count = Number(/, part 1 of (\d+)$/m.exec(plan(bench.folder, [...all, '--format', 'console']))?.[1]);
  const scripts = Array.from({ length: count }, (_, i) =>
    plan(bench.folder, [...all, '--format', 'console', '--part', `${i + 1}`]),
  );
  let done = 0;
  for (const [i, script] of scripts.entries()) {
    const numbers = [...script.matchAll(/^println\("(\d+)\. /gm)].map(([, number]) => Number(number));
    edit(bench, made.steps.slice(done, numbers[0]));
    done = numbers.at(-1) ?? done;
    let text = script;
    for (const [, what = ''] of script.matchAll(/^ {2}"([^"]+)" -> "<\1>",$/gm)) {
      text = text.replace(`-> "<${what}>"`, `-> ${JSON.stringify(await answers(what))}`);
    }
    bench.outputs.push(bench.script(`${args[0]}-${i + 1}`, text));
  }
  edit(bench, made.steps.slice(done));
}

function edit({ folder }: Bench, steps: JsonPlan['steps']): void {
  const edits = steps.flatMap((step) => step.edits);
  for (const file of new Set(edits.map((one) => one.file))) {
    const path = resolve(folder, file);
    const own = edits.filter((one) => one.file === file);
    writeFileSync(path, withEdits(readFileSync(path, 'utf8'), own));
  }
}

async function kms(operation: string, request: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${KMS_PORT}/`, {
    method: 'POST',
    body: JSON.stringify(request),
    headers: {
      'X-Amz-Target': `TrentService.${operation}`,
      'Content-Type': 'application/x-amz-json-1.1',
      Authorization:
        'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=x',
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${text}`);
  return JSON.parse(text);
}

async function tried(root: string, one: Case, index: number): Promise<string | undefined> {
  const folder = join(root, one.name);
  mkdirSync(folder, { recursive: true });
  const name = `p${index + 1}`;
  writeFileSync(join(folder, 'node.conf'), nodeConf(name, PORT + 10 + 2 * index, one.crypto.replaceAll('KMS', KMS)));
  const bench: Bench = {
    folder,
    conf: 'node.conf',
    outputs: [],
    kms,
    script(file, text) {
      writeFileSync(join(folder, `${file}.canton`), text);
      return run(folder, `${file}.canton`, 'node.conf');
    },
  };
  try {
    await one.run({
      bench,
      node: name,
      url: `http://127.0.0.1:${PORT + 1}`,
      kmsSettings: ['region=us-east-1', `endpoint-override=http://127.0.0.1:${KMS_PORT}`].flatMap((set) => [
        '--set',
        set,
      ]),
      follow: (args, answers = (what) => Promise.reject(new Error(`no answer for '${what}'`))) =>
        follow(bench, args, answers),
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const KMS = `kms { type = aws, region = us-east-1, endpoint-override = "http://127.0.0.1:${KMS_PORT}" }`;

async function main(wanted: readonly string[]): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'canton-procedures-'));
  mkdirSync(join(root, 'kms'));
  const cases = CASES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const children: ChildProcess[] = [];
  let failed = 0;
  let isWhole = false;
  try {
    children.push(started(command('KMS_COMMAND'), [join(root, 'kms'), `${KMS_PORT}`], join(root, 'kms')));
    children.push(await synchronizer(join(root, 'synchronizer')));
    for (const [i, one] of cases.entries()) {
      const began = Date.now();
      const fault = await tried(root, one, i);
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${fault === undefined ? 'PASS' : 'FAIL'} ${one.name} on ${VERSION} (${seconds} s)`);
      if (fault !== undefined) {
        failed += 1;
        console.log(`  ${fault.replaceAll('\n', '\n  ')}\n  ${join(root, one.name)}`);
      }
    }
    isWhole = true;
  } finally {
    for (const child of children) child.kill();
    if (failed === 0 && isWhole) rmSync(root, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
