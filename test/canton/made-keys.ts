import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Bench, KMS_URL, VERSION } from './bench';
import { aws } from './kit';

/*
 * The scripts that `preflight` prints, run with the `aws` of the path.
 */

const CLI = resolve('dist/cli.js');
const AWS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL_STS: KMS_URL };

function run(bench: Bench, program: string, args: readonly string[], codes: readonly number[] = [0]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: bench.folder,
    encoding: 'utf8',
    env: { ...process.env, ...AWS },
  });
  assert.ok(codes.includes(status ?? -1), `${args.join(' ')}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

function preflight(bench: Bench, ...args: readonly string[]): string {
  const node = ['--node', 'participants.p1', '--canton-version', VERSION, '--mode', 'external', ...aws()];
  return run(bench, process.execPath, [CLI, 'preflight', ...node, ...args, bench.conf]);
}

/** Creates the keys of `p1` with the printed script; returns their IDs by role. */
export function madeByScript(bench: Bench): ReadonlyMap<string, string> {
  writeFileSync(join(bench.folder, 'create.sh'), preflight(bench, '--create'));
  run(bench, 'sh', ['create.sh']);
  const rows = readFileSync(join(bench.folder, 'p1-kms-keys.tsv'), 'utf8').trim().split('\n');
  return new Map(rows.map((row) => row.split('\t') as [string, string]));
}

/** The listing that the console printed, the KMS and the configuration agree, down to the fingerprints. */
export async function assertNoDrift(bench: Bench, ids: ReadonlyMap<string, string>, printed: string): Promise<void> {
  const keys = [...ids].flatMap(([role, id]) => ['--key', `${role}=${id}`]);
  writeFileSync(join(bench.folder, 'preflight.sh'), preflight(bench, ...keys));
  writeFileSync(join(bench.folder, 'kms.json'), run(bench, 'sh', ['preflight.sh', '--json']));
  writeFileSync(join(bench.folder, 'keys.txt'), printed);
  const { keys: inventory } = JSON.parse(readFileSync(join(bench.folder, 'kms.json'), 'utf8'));
  for (const { fingerprint } of inventory) assert.ok(printed.includes(fingerprint), `the vault has no ${fingerprint}`);
  // The line from the manual, whose node has the same name.
  const manual = readFileSync(resolve('docs/preflight.md'), 'utf8');
  const line = /`(p1\.topology\..*)`$/m.exec(manual)?.[1] ?? assert.fail('the manual has no line for --history');
  const mappings = (await bench.script('mappings', `${line}\n`)).match(/^\(.*1220[0-9a-f]{64}.*\)$/gm) ?? [];
  writeFileSync(join(bench.folder, 'mappings.txt'), mappings.join('\n'));
  const files = ['--listing', 'keys.txt', '--inventory', 'kms.json', '--history', 'mappings.txt', '--no-backups'];
  const asked = ['--node', 'participants.p1', '--canton-version', VERSION, '--format', 'json', ...files];
  const drift = run(bench, process.execPath, [CLI, 'drift', ...asked, bench.conf], [0, 1]);
  const { findings, keys: verdicts } = JSON.parse(drift);
  assert.deepEqual(findings, []);
  const needs = verdicts.map((key: { usage: string; needs: { by: string }[] }) => [key.usage, key.needs[0]?.by]);
  assert.deepEqual(needs.slice(0, 2), [
    ['namespace', 'node'],
    ['sequencer-auth+proof-of-ownership', 'mapping'],
  ]);
}
