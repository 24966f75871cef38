import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configuration, type Line, shortPath } from './case';
import { matrix } from './matrix';
import type { Failure, Outcome, Recorded, Verdict } from './recorded';

/**
 * `record.ts requests` prints the matrix as the oracle reads it; `record.ts collect` reads its answers from standard
 * input and writes `recorded/`.
 */
const [mode] = process.argv.slice(2);
if (mode === 'requests') requests();
else if (mode === 'collect') collect();
else throw new Error('usage: record.ts requests|collect');

function requests(): void {
  const lines = matrix().flatMap((each, index) =>
    each.lines.map((version) =>
      JSON.stringify({ id: String(index), version, text: configuration(each.text, version) }),
    ),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

interface Answer {
  readonly id: string;
  readonly version: Line;
  readonly verdict: Verdict;
  readonly failures: readonly { readonly path?: string; readonly message: string }[];
}

function collect(): void {
  const answers = readFileSync(0, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  const byCase = groupBy(answers, (answer) => answer.id);
  const groups = groupBy(
    matrix().map((each, index) => ({ ...each, id: String(index) })),
    (each) => each.group,
  );

  const folder = join(__dirname, 'recorded');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [group, cases] of groups) {
    const recorded = cases.map(({ id, text }): Recorded => ({ text, outcomes: outcomes(byCase.get(id) ?? []) }));
    writeFileSync(join(folder, `${group}.json`), `[\n${recorded.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
  }
}

/** Lines with the same outcome share an entry. */
function outcomes(answers: readonly Answer[]): Recorded['outcomes'] {
  const same = groupBy(answers, ({ verdict, failures }) => JSON.stringify(outcome(verdict, failures)));
  return Object.fromEntries(
    [...same].map(([told, alike]) => [alike.map(({ version }) => version).join(' '), JSON.parse(told) as Outcome]),
  );
}

function outcome(verdict: Verdict, failures: Answer['failures']): Outcome {
  return [
    verdict,
    ...failures.map(({ path, message }): Failure => (path === undefined ? [message] : [message, shortPath(path)])),
  ];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
