import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareVersions } from '../../schemas/version';
import { Bench, type Server, startKms, startSynchronizer, VERSION } from './bench';
import { CASES } from './cases';
import { REFUSED } from './follow';
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
 * first of three hundred free ports. Named cases run in the given order; without names, `--short` selects the few cases
 * that the others build on. With `--minutes N` no case is begun after that time. With `--killed` each part of a script is
 * killed before its last step and at its end, and run again. The report says which cases passed, and where the plan is
 * refused for this version on purpose; the logs of a failed case are kept.
 */

const OPTIONS = { short: { type: 'boolean' }, killed: { type: 'boolean' }, minutes: { type: 'string' } } as const;

type Word = 'PASS' | 'FAIL' | 'REFUSED';

async function outcome(bench: Bench, one: Case): Promise<{ readonly word: Word; readonly text: string }> {
  const isRefused = one.since !== undefined && compareVersions(VERSION, one.since) < 0;
  try {
    await one.run(bench);
    return isRefused
      ? { word: 'FAIL', text: `the plan must be refused before Canton ${one.since}` }
      : { word: 'PASS', text: '' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { word: isRefused && text.startsWith(REFUSED) ? 'REFUSED' : 'FAIL', text };
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const unknown = positionals.filter((name) => !CASES.some((one) => one.name === name));
  if (unknown.length > 0) {
    throw new Error(`no case '${unknown.join("', '")}'; there are ${CASES.map(({ name }) => name).join(', ')}`);
  }
  const named = positionals.flatMap((name) => CASES.filter((one) => one.name === name));
  const cases =
    positionals.length > 0 ? named : CASES.filter(({ isShort }) => values.short !== true || isShort === true);
  const end = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
  const root = mkdtempSync(join(tmpdir(), 'canton-procedures-'));
  const servers: Server[] = [];
  const isKilled = values.killed === true;
  const how = `${isKilled ? ', killed and run again,' : ''} on ${VERSION}`;
  const failed: string[] = [];
  const late: string[] = [];
  let passed = 0;
  let refused = 0;
  try {
    servers.push(await startKms(join(root, 'kms')));
    servers.push(await startSynchronizer(join(root, 'synchronizer')));
    for (const [i, one] of cases.entries()) {
      if (Date.now() > end) {
        late.push(one.name);
        continue;
      }
      const began = Date.now();
      const { word, text } = await outcome(new Bench(join(root, one.name), i, isKilled), one);
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${word} ${one.name}${how} (${seconds} s)`);
      if (text !== '') console.log(`  ${text.replaceAll('\n', '\n  ')}`);
      if (word === 'PASS') passed += 1;
      else if (word === 'REFUSED') refused += 1;
      else {
        failed.push(one.name);
        console.log(`  ${join(root, one.name)}`);
      }
    }
  } finally {
    for (const server of servers) await server.stop();
    if (failed.length === 0 && passed + refused > 0) rmSync(root, { recursive: true, force: true });
  }
  if (late.length > 0) console.log(`not run, since the time was over: ${late.join(', ')}`);
  if (refused > 0) console.log(`${refused} refused by the plan, as it must be before a later version`);
  console.log(`${passed} of ${passed + failed.length} cases hold on Canton ${VERSION}`);
  return failed.length === 0 && passed + refused > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
