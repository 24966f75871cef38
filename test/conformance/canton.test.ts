import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../server/src/hocon/syntax/parse';
import type { Failure as ReadFailure } from '../../server/src/model/binding/failure';
import type { Diagnostic } from '../../server/src/model/diagnostic';
import { check, createRuleContext } from '../../server/src/rules';
import { hoconPath } from '../../server/src/text/encoders/hocon';
import { configuration, LINES, type Line, shortPath } from './canton/case';
import { matrix } from './canton/matrix';
import type { Failure, Outcome, Recorded, Verdict } from './canton/recorded';

const URI = 'file:///p1.conf';
const FOLDER = join(__dirname, 'canton', 'recorded');
const FILES = readdirSync(FOLDER);

describe('what the libraries of Canton make of a configuration', () => {
  for (const file of FILES) {
    const recorded = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded[];
    it(`is what we make of it: ${file.replace('.json', '')} (${recorded.length} configurations)`, () => {
      const differences = recorded.flatMap(differencesOf);
      assert.equal(differences.length, 0, `${differences.length} differ\n${differences.slice(0, 20).join('\n\n')}\n`);
    });
  }

  it('is recorded for the matrix as it is now', () => {
    const recorded = FILES.flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded[]);
    const lines = ({ outcomes }: Recorded) => LINES.filter((line) => outcomeIn(outcomes, line) !== undefined);
    assert.deepEqual(
      new Map(recorded.map((each) => [each.text, lines(each)])),
      new Map(matrix().map((each) => [each.text, [...each.lines]])),
    );
  });
});

interface Ours {
  readonly errors: readonly Pick<Diagnostic, 'code' | 'configPath' | 'message'>[];
  readonly failures: readonly ReadFailure[];
}

/** Families of codes in the order of Canton's own steps: a configuration that fails in one does not reach the next. */
const STEPS = ['hocon', 'read', 'validate', 'start'] as const;

function differencesOf({ text, outcomes }: Recorded): string[] {
  const evaluated = new Map<string, ReturnType<typeof evaluateText>>();
  return LINES.flatMap((line) => {
    const outcome = outcomeIn(outcomes, line);
    if (outcome === undefined) return [];
    const whole = configuration(text, line);
    const evaluation = evaluated.get(whole) ?? evaluateText(whole);
    evaluated.set(whole, evaluation);
    const ours = checked(evaluation, line);
    const difference = compare(outcome, ours);
    if (difference === undefined) return [];
    const said = ours.errors.map(({ code, configPath, message }) => `${code} at ${configPath}: ${message}`);
    return [
      `${line} ${text}\n  ${difference}\n  recorded: ${JSON.stringify(outcome)}\n  ours: ${said.join('\n        ')}`,
    ];
  });
}

function outcomeIn(outcomes: Recorded['outcomes'], line: Line): Outcome | undefined {
  return Object.entries(outcomes).find(([lines]) => lines.split(' ').includes(line))?.[1];
}

function evaluateText(text: string) {
  const tree = parse(URI, text);
  const sources = { get: (uri: string) => (uri === URI ? tree : undefined), lookedFor: new Set([URI]) };
  return evaluate([{ uri: URI }], sources, { variables: new Map(), closed: true });
}

function checked({ root: config, problems }: ReturnType<typeof evaluateText>, version: Line): Ours {
  const context = createRuleContext({
    config,
    version,
    edition: 'enterprise',
    files: [],
    tree: () => undefined,
    isWhole: false,
    hasWholeEnvironment: false,
    driverSchemas: new Map(),
  });
  const found = [...problems, ...check(context)];
  return { errors: found.filter(({ severity }) => severity === 'error'), failures: context.view.failures };
}

function compare([verdict, ...failures]: Outcome, { errors, failures: read }: Ours): string | undefined {
  const first = STEPS.find((step) => errors.some(({ code }) => code.startsWith(`${step}/`)));
  const wanted = familiesOf(verdict, failures);
  if (wanted.length === 0) return errors.length === 0 ? undefined : 'Canton loads and starts this';
  if (first === undefined) return `Canton refuses this with ${verdict}`;
  if (!wanted.includes(first)) return `Canton refuses this with ${verdict}, we speak of ${first}`;
  if (verdict !== 'READ') return undefined;

  const places = new Set(failures.map(placeOf));
  const ours = new Set(
    errors.filter(({ code }) => code.startsWith('read/')).map(({ configPath = '' }) => shortPath(configPath)),
  );
  const missed = [...places].filter((path) => !ours.has(path) && !isNamed(path, errors));
  const added = [...ours].filter((path) => !places.has(path));
  if (missed.length > 0 || added.length > 0) return `places: missed [${missed}], added [${added}]`;

  const words = read.map(({ path, text }) => ({ path: shortPath(hoconPath(path)), text }));
  const strange = failures.find(
    (failure) => !words.some(({ path, text }) => path === placeOf(failure) && text === withoutNote(failure[0])),
  );
  return strange && `nothing of ours says '${strange[0]}'; we say ${JSON.stringify(words)}`;
}

/** A missing key is not reported if a misspelled one was meant to be it, or if the type is reported as wrong. */
function isNamed(path: string, errors: Ours['errors']): boolean {
  const dot = path.lastIndexOf('.');
  return errors.some(
    ({ code, configPath = '', message }) =>
      code === 'read/unknown-key' &&
      shortPath(configPath).slice(0, dot + 1) === path.slice(0, dot + 1) &&
      (message.endsWith(`Did you mean '${path.slice(dot + 1)}'?`) || / It requires type '\w+'\.$/.test(message)),
  );
}

/** The families in which a verdict may be reported. An exception escapes from the resolver, a reader or a rule. */
function familiesOf(verdict: Verdict, [failure]: readonly Failure[]): readonly string[] {
  switch (verdict) {
    case 'LOADS':
      return [];
    case 'HOCON':
    case 'RESOLVE':
      return ['hocon'];
    case 'CRASH':
      return failure?.[0].startsWith('IllegalArgumentException') ? ['read', 'validate'] : ['hocon'];
    default:
      return [verdict.toLowerCase()];
  }
}

/** After an unknown `type`, PureConfig adds a note about its own history. */
function withoutNote(message: string): string {
  return message.replace(/ Note that the default transformation .*/s, '');
}

/** PureConfig reports a missing key at its parent and a bad node name at the map; we, at the key and the node. */
function placeOf([message, path = '']: Failure): string {
  const missing = /^Key not found: '([^']+)'/.exec(message)?.[1];
  if (missing !== undefined) return `${path}.${missing}`;
  const name = /^(?:Empty node name|Node name .*"(?<name>.*)"$)/.exec(message);
  return name === null ? path : hoconPath([...path.split('.'), name.groups?.name ?? '']);
}
