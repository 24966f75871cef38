import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench, type Server, startKms, startSynchronizer, VERSION } from './bench';
import { CASES } from './cases';
import type { Case } from './kit';

/*
 * Runs the console scripts of plans on a Canton, as they are printed, with the edits and restarts between their parts.
 * No part of `npm test`: each start of Canton takes half a minute on a machine that does nothing else.
 *
 *   CANTON_COMMAND=bin/canton KMS_COMMAND=... npm run test:canton -- [CASE...]
 *
 * CANTON_COMMAND is `bin/canton` of a release, or what takes the same arguments; CANTON_VERSION its line (3.5 by default).
 * KMS_COMMAND starts an AWS KMS without credentials for tests: it is called with a folder and a port. The case `made-keys`
 * calls `aws` on the path; those of `faults.ts` need a KMS that reads rules, as that file describes. CANTON_PORT is the
 * first of three hundred free ports. `--short` runs the few cases that the others build on; with `--minutes N` no case is
 * begun after that time. With `--killed` each part of a script is killed before its last step and at its end, and run again. The report says which cases passed; the logs of a failed one are kept.
 */

const OPTIONS = { short: { type: 'boolean' }, killed: { type: 'boolean' }, minutes: { type: 'string' } } as const;

async function outcome(bench: Bench, one: Case): Promise<string | undefined> {
  try {
    await one.run(bench);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const unknown = positionals.filter((name) => !CASES.some((one) => one.name === name));
  if (unknown.length > 0) {
    throw new Error(`no case '${unknown.join("', '")}'; there are ${CASES.map(({ name }) => name).join(', ')}`);
  }
  const cases = CASES.filter(
    ({ name, isShort }) =>
      (positionals.length === 0 || positionals.includes(name)) && (values.short !== true || isShort === true),
  );
  const end = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
  const root = mkdtempSync(join(tmpdir(), 'canton-procedures-'));
  const servers: Server[] = [];
  const isKilled = values.killed === true;
  const how = `${isKilled ? ', killed and run again,' : ''} on ${VERSION}`;
  const failed: string[] = [];
  const late: string[] = [];
  let passed = 0;
  try {
    servers.push(await startKms(join(root, 'kms')));
    servers.push(await startSynchronizer(join(root, 'synchronizer')));
    for (const [i, one] of cases.entries()) {
      if (Date.now() > end) {
        late.push(one.name);
        continue;
      }
      const began = Date.now();
      const fault = await outcome(new Bench(join(root, one.name), i, isKilled), one);
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${fault === undefined ? 'PASS' : 'FAIL'} ${one.name}${how} (${seconds} s)`);
      if (fault === undefined) passed += 1;
      else {
        failed.push(one.name);
        console.log(`  ${fault.replaceAll('\n', '\n  ')}\n  ${join(root, one.name)}`);
      }
    }
  } finally {
    for (const server of servers) await server.stop();
    if (failed.length === 0 && passed > 0) rmSync(root, { recursive: true, force: true });
  }
  if (late.length > 0) console.log(`not run, since the time was over: ${late.join(', ')}`);
  console.log(`${passed} of ${passed + failed.length} cases hold on Canton ${VERSION}`);
  return failed.length === 0 && passed > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
