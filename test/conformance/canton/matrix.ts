import { LINES, type MatrixCase, matrixCase } from './case';
import { interactions } from './interactions';
import { nodeKinds } from './node-kinds';
import { OBJECT_PLACES } from './object-places';
import { type ObjectPlace, VALUE_PLACES, type ValuePlace } from './places';
import { schemeInteractions } from './scheme-interactions';
import { sessionKeyInteractions } from './session-key-interactions';
import { OBJECT_VALUES, valuesFor } from './values';

/** All configurations, in a fixed order, each once. */
export function matrix(): readonly MatrixCase[] {
  const cases = [
    ...VALUE_PLACES.flatMap(valueCases),
    ...lengths(),
    ...OBJECT_PLACES.flatMap(objectCases),
    ...interactions(),
    ...schemeInteractions(),
    ...sessionKeyInteractions(),
    ...nodeKinds(),
  ];
  return [...new Map(cases.map((each) => [each.text, each])).values()];
}

function valueCases({ group, key, reader, values, context = [], lines = LINES }: ValuePlace): MatrixCase[] {
  return valuesFor(reader, values).map((value) => matrixCase(group, [...context, `${key} = ${value}`], lines));
}

function lengths(): MatrixCase[] {
  const key = 'crypto.private-key-store.encryption.wrapper-key-id';
  const context = ['crypto.kms { type = aws, region = us-east-1 }', 'storage.type = postgres'];
  return [1, 255, 256, 300, 301].map((length) =>
    matrixCase('private-key-store', [
      ...context,
      'crypto.private-key-store.encryption.type = kms',
      `${key} = ${'x'.repeat(length)}`,
    ]),
  );
}

function objectCases(place: ObjectPlace): MatrixCase[] {
  const { group, key, keys, required = [], context = [], strictSince = '3.3' } = place;
  const object = (entries: Readonly<Record<string, string>>) =>
    `{ ${Object.entries(entries)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')} }`;
  const only = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, keys[name] ?? 'null']));
  const whole = only(required);

  const values = [
    ...OBJECT_VALUES,
    object(keys),
    object(whole),
    ...Object.keys(keys).map((name) => object(only([...required.filter((each) => each !== name), name]))),
    ...Object.keys(keys).map((name) => object(only(Object.keys(keys).filter((each) => each !== name)))),
    ...Object.keys(keys).map((name) => object({ ...whole, [name]: 'null' })),
  ];
  const strangers = [
    '{ 0 = x }',
    ...Object.entries(keys).flatMap(([name, value]) =>
      misspellings(name).map((wrong) => object({ ...only(required.filter((each) => each !== name)), [wrong]: value })),
    ),
    object({ ...whole, 'unknown-key': '1' }),
    object({ ...whole, 'unknown-key': 'null' }),
    object({ ...whole, '"unknown key"': '{ a = 1 }', 'other.key': 'x' }),
    object({ ...keys, extra: '[]' }),
  ];
  const strict = LINES.slice(LINES.indexOf(strictSince));
  return [
    ...values.map((value) => matrixCase(group, [...context, `${key} = ${value}`])),
    ...strangers.map((value) => matrixCase(group, [...context, `${key} = ${value}`], strict)),
  ];
}

function misspellings(name: string): string[] {
  const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const snake = name.replaceAll('-', '_');
  const typo = name.slice(0, -1);
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return [camel, snake, typo, capital].filter((wrong, index, all) => wrong !== name && all.indexOf(wrong) === index);
}
