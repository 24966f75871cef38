import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Evaluation, evaluate } from '../../server/src/hocon/evaluation/evaluate';
import type { Problem } from '../../server/src/hocon/problem';
import { parse } from '../../server/src/hocon/syntax/parse';
import { toJson } from '../../server/src/hocon/values/config-value';
import { MUTATIONS, MUTATIONS_OF_JSON, type Mutated, type Mutation } from '../kit/mutations';

const EXAMPLES = join(__dirname, '../../examples');
const NAMES = [
  'participant1.conf',
  'participant2.conf',
  'participant3.conf',
  'sequencer1.conf',
  'mediator1.conf',
  'shared/aws-kms.conf',
  'shared/storage.conf',
];

const LISTS = `before = 1
node {
  admin.port = 5
  keys = [
    { id = "a", use = sign }
    {
      id = "b"
      use = encrypt
    }
  ]
  names = [one, two]
  storage {
    hosts = [
      "h1",
      "h2"
    ]
    type = memory
  }
}
after = 2
`;

const uriOf = (name: string) => `file:///conf/${name}`;
const CONF = new Map([
  ...NAMES.map((name): [string, string] => [name, readFileSync(join(EXAMPLES, name), 'utf8')]),
  ['lists.conf', LISTS],
]);
const JSON_TEXTS = new Map(
  ['participant2.conf', 'lists.conf'].map((name): [string, string] => [
    name.replace('.conf', '.json'),
    `${JSON.stringify(toJson(evaluated(name, CONF.get(name) ?? '').root), undefined, 2)}\n`,
  ]),
);

/** In a list, texts behind a brace too many look like keys without a value, and a key before a brace like a text. */
const MORE_MESSAGES: Readonly<Record<string, number>> = {
  '"{" at the end of a line, line 13 of lists.conf': 3,
  '"{" at the end of a line, line 17 of lists.json': 5,
  '"{" at the end of a line, line 22 of lists.json': 5,
  'the line `fresh {`, line 10 of lists.conf': 2,
};

interface Reading {
  /** At their paths; values that depend on other files, or that a fault makes unknown, are null. */
  readonly values: ReadonlyMap<string, string>;
  readonly errors: readonly Problem[];
}

function read(name: string, text: string): Reading {
  const { root, problems } = evaluated(name, text);
  const values = new Map<string, string>();
  const add = (value: unknown, path: string) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) values.set(path, JSON.stringify(value));
    else for (const [key, inner] of Object.entries(value)) add(inner, `${path}.${key}`);
  };
  add(toJson(root), '');
  return { values, errors: problems.filter(({ severity }) => severity === 'error') };
}

function evaluated(name: string, text: string): Evaluation {
  const uri = uriOf(name);
  const tree = parse(uri, text);
  const sources = { get: (one: string) => (one === uri ? tree : undefined), lookedFor: new Set([uri]) };
  return evaluate([{ uri }], sources, { variables: new Map(), closed: false });
}

/** An unclosed brace is reported where it opens. */
function isAtMutation({ text, at }: Mutated, { code, range: { start, end } }: Problem): boolean {
  if (code === 'hocon/unclosed' && start <= at) return true;
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  return Math.abs(lineOf(at) - lineOf(start)) <= 1 || Math.abs(lineOf(at) - lineOf(end)) <= 1;
}

function check(texts: ReadonlyMap<string, string>, { name: mistake, make }: Mutation): void {
  let count = 0;
  for (const [name, text] of texts) {
    const before = read(name, text);
    const known = new Set(before.errors.map(({ message }) => message));
    for (const mutated of make(text)) {
      count++;
      const line = mutated.text.slice(0, mutated.at).split('\n').length;
      const shown = `${name}:${line} ${JSON.stringify(mutated.text.slice(mutated.at - 20, mutated.at + 20))}`;
      const after = read(name, mutated.text);
      const lost = [...before.values].filter(([path, value]) => after.values.get(path) !== value).map(([path]) => path);
      assert.ok(lost.length <= 1, `${shown}: lost ${lost.join(', ')}`);
      const told = after.errors.filter(({ message }) => !known.has(message));
      const messages = told.map(({ message }) => message);
      const most = MORE_MESSAGES[`${mistake}, line ${line} of ${name}`] ?? 1;
      assert.ok(told.length <= most, `${shown}: ${messages.join(' ')}`);
      const isNear = told.every((problem) => isAtMutation(mutated, problem));
      assert.ok(isNear || most > 1, `${shown}: far away is told ${messages.join(' ')}`);
    }
  }
  assert.ok(count >= 2);
}

describe('one mistake gives one message where it is, and keeps all other values', () => {
  for (const mutation of MUTATIONS) it(mutation.name, () => check(CONF, mutation));
  for (const mutation of MUTATIONS_OF_JSON) it(`in JSON: ${mutation.name}`, () => check(JSON_TEXTS, mutation));
});
