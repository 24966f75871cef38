import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Step } from '../../server/src/operations/plan';
import { withEdits } from '../../server/src/operations/render';
import { type Bench, VERSION } from './bench';

const CLI = resolve('dist/cli.js');
/** The beginning of the error for a plan that is not possible; its reasons follow. */
export const REFUSED = 'refused: ';

export type PrintedStep = Pick<Step, 'title' | 'kind' | 'text' | 'console' | 'edits'>;

interface PrintedPlan {
  readonly possible: boolean;
  readonly reasons?: readonly string[];
  readonly steps: readonly PrintedStep[];
  readonly rollback: readonly PrintedStep[];
}

/** The manual actions of the operator, besides running scripts, editing files, restarting and backing up. */
export interface Operator {
  /** The values for `<WHAT>`. */
  readonly answer?: (what: string) => string | undefined | Promise<string | undefined>;
  /** A step that is done by hand. */
  readonly byHand?: (step: PrintedStep) => void | Promise<void>;
}

export interface Followed {
  readonly outputs: readonly string[];
  /** Carries out the plan's steps for going back. */
  readonly back: () => Promise<void>;
}

function printed(folder: string, args: readonly string[]): string {
  const made = spawnSync(process.execPath, [CLI, 'plan', ...args], { cwd: folder, encoding: 'utf8' });
  if (made.status === 0) return made.stdout;
  const { possible, reasons = [] } = made.stdout.startsWith('{')
    ? (JSON.parse(made.stdout) as Partial<PrintedPlan>)
    : {};
  throw new Error(
    possible === false ? REFUSED + reasons.join(' ') : `plan ${args.join(' ')}: ${made.stdout}${made.stderr}`,
  );
}

/** Follows a plan from its first to its last step. */
export async function follow(bench: Bench, args: readonly string[], operator: Operator): Promise<Followed> {
  const all = [...args, '--canton-version', VERSION, '--edition', 'enterprise', bench.conf];
  const plan: PrintedPlan = JSON.parse(printed(bench.folder, [...all, '--format', 'json']));
  const [, count] = /, part 1 of (\d+)$/m.exec(printed(bench.folder, [...all, '--format', 'console'])) ?? [];
  const scripts = Array.from({ length: Number(count ?? 0) }, (_, i) =>
    printed(bench.folder, [...all, '--format', 'console', '--part', `${i + 1}`]),
  );
  const outputs: string[] = [];
  let done = 0;
  for (const [i, script] of scripts.entries()) {
    const numbers = stepNumbers(script);
    await manually(bench, plan.steps.slice(done, (numbers[0] ?? 1) - 1), operator);
    done = numbers.at(-1) ?? done;
    const filled = await filledIn(script, operator);
    const name = `${args[0]}-${i + 1}`;
    if (bench.isKilled) {
      for (const cut of [beforeLastStep(filled), beforeEnd(filled)]) {
        const { status, output } = await bench.attempt(`${name}-killed`, cut);
        assert.ok(status !== 0 && output.includes('KILLED'), `${name} was not reached:\n${output.slice(-4000)}`);
      }
    }
    outputs.push(await bench.script(name, filled));
    assertRecord(bench, filled);
  }
  await manually(bench, plan.steps.slice(done), operator);
  return { outputs, back: () => goBack(bench, `${args[0]}-back`, plan, scripts, operator) };
}

/** The script that has run filled its record: a row for each check, with what was observed. */
function assertRecord({ folder }: Bench, script: string): void {
  const [, file = ''] = /^val records = better\.files\.File\("(.*)"\)$/m.exec(script) ?? [];
  const rows = readFileSync(resolve(folder, file), 'utf8').match(/^\| 20.* \|$/gm) ?? [];
  const results = new Set(rows.map((row) => / (\w+) \|$/.exec(row)?.[1]));
  assert.ok(results.has('PASS') && !results.has('FAIL'), rows.join('\n'));
}

function stepNumbers(script: string): number[] {
  return [...script.matchAll(/^println\("(\d+)\. /gm)].map(([, number]) => Number(number));
}

/** The process ends there without any hook, as `kill -9` ends it. */
const KILL = 'println("KILLED"); Runtime.getRuntime.halt(9)';

function beforeLastStep(script: string): string {
  const lines = script.split('\n');
  const last = lines.findLastIndex((line) => /^println\("\d+\. /.test(line));
  return lines.toSpliced(last, 0, KILL).join('\n');
}

function beforeEnd(script: string): string {
  const lines = script.split('\n');
  const end = lines.findLastIndex((line) => /^println\("Part \d+ of .* is done\./.test(line));
  return lines.toSpliced(end - 1, 0, KILL).join('\n');
}

async function filledIn(script: string, { answer }: Operator): Promise<string> {
  let text = script;
  for (const [, what = ''] of script.matchAll(/^ {2}"([^"]+)" -> "<\1>",$/gm)) {
    const given = await answer?.(what);
    assert.ok(given !== undefined, `there is no answer for '${what}'`);
    text = text.replace(`-> "<${what}>"`, `-> ${JSON.stringify(given)}`);
  }
  return text;
}

async function manually(bench: Bench, steps: readonly PrintedStep[], { byHand }: Operator): Promise<void> {
  for (const one of steps) {
    if (one.kind === 'backup') bench.backUp();
    edit(bench, one);
    await byHand?.(one);
  }
}

function edit({ folder }: Bench, { edits }: PrintedStep): void {
  for (const file of new Set(edits.map((one) => one.file))) {
    const path = resolve(folder, file);
    const own = edits.filter((one) => one.file === file);
    writeFileSync(path, withEdits(readFileSync(path, 'utf8'), own));
  }
}

/** The way back, with the values that the scripts noted. */
async function goBack(
  bench: Bench,
  name: string,
  { rollback }: PrintedPlan,
  scripts: readonly string[],
  operator: Operator,
): Promise<void> {
  const known = new Map<string, string>();
  for (const line of scripts.flatMap((script) => script.split('\n'))) {
    const [, helper] = /^(?:def (note|noted)\(|val notes = )/.exec(line) ?? [];
    const [, value] = /^val (\w+) = .*noted\("/.exec(line) ?? [];
    const key = line.startsWith('val notes = ') ? 'notes' : (helper ?? value);
    if (key !== undefined && !known.has(key)) known.set(key, line);
  }
  for (const one of rollback) {
    edit(bench, one);
    await operator.byHand?.(one);
    if (one.console.length > 0) await bench.script(name, [...known.values(), ...one.console].join('\n'));
  }
}
