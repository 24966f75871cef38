import { deepEqual, equal } from 'node:assert/strict';
import type { ConfigEntry, ConfigValue } from '../../../../server/src/hocon/values/config-value';
import { aliasedCrypto } from '../../../../server/src/model/binding/crypto-alias';
import { relocated, withFallback } from '../../../../server/src/model/binding/relocate';
import { objectAt } from '../../../../server/src/model/facts/nodes';
import { launch, open } from '../../hocon/launch';
import { section } from '../models';

/** The keys and values of a configuration. */
function plain(value: ConfigValue): unknown {
  if (value.kind === 'object')
    return Object.fromEntries([...value.entries].map(([key, one]) => [key, plain(one.value)]));
  return value.kind === 'number' || value.kind === 'string' ? value.value : value.kind;
}

const rootOf = async (text: string) => (await launch({ 'a.conf': text }, { environment: open() })).root;

describe('a key in an old place', () => {
  const MOVED = new Map([
    ['old', ['new']],
    ['deep.old', ['deep.new', 'other.place']],
  ]);
  const DROPPED = new Map([
    ['gone', ''],
    ['deep.gone', ''],
  ]);
  const cases: readonly (readonly [text: string, read: object, noted: readonly string[]])[] = [
    ['a = 1', { a: 1 }, []],
    ['old = 1', { new: 1 }, ['old -> new']],
    ['old = 1, new = 2', { new: 2 }, ['old -> new']],
    ['old { a = 1, b = 1 }, new { b = 2, c = 2 }', { new: { a: 1, b: 2, c: 2 } }, ['old -> new']],
    ['old { a = 1 }, new = 2', { new: 2 }, ['old -> new']],
    ['old = 1, new { a = 2 }', { new: { a: 2 } }, ['old -> new']],
    ['old { x { a = 1 } }, new { x { b = 2 } }', { new: { x: { a: 1, b: 2 } } }, ['old -> new']],
    ['deep { old = 1, b = 2 }', { deep: { b: 2, new: 1 }, other: { place: 1 } }, ['deep.old -> deep.new other.place']],
    [
      'deep.old = 1, other { a = 2 }',
      { deep: { new: 1 }, other: { a: 2, place: 1 } },
      ['deep.old -> deep.new other.place'],
    ],
    ['deep.old = 1, other = 2', { deep: { new: 1 }, other: 2 }, ['deep.old -> deep.new other.place']],
    ['deep = 1', { deep: 1 }, []],
    ['deep {}', { deep: {} }, []],
    ['gone = 1, a = 2', { a: 2 }, ['gone -> ']],
    ['deep { gone = 1, a = 2 }', { deep: { a: 2 } }, ['deep.gone -> ']],
    ['gone = 1, old = 2', { new: 2 }, ['old -> new', 'gone -> ']],
  ];
  for (const [text, read, noted] of cases) {
    it(`is read at the new one: ${text}`, async () => {
      const root = await rootOf(text);
      const notes: string[] = [];
      const result = relocated(root, section({}, { moved: MOVED, dropped: DROPPED }), (path, entry, instead) => {
        notes.push(`${path.join('.')} -> ${instead.join(' ')}`);
        equal(entry.definitions.length, 1);
      });
      deepEqual([plain(result), notes], [read, noted]);
    });
  }

  it('leaves a section of which no key has another place as it is', async () => {
    const root = await rootOf('old = 1');
    equal(
      relocated(root, section({}), () => {}),
      root,
    );
  });

  it('keeps the text that it was written at', async () => {
    const text = 'deep { old = 1 }, old = 2';
    const result = relocated(await rootOf(text), section({}, { moved: MOVED }), () => {});
    const { entries } = result;
    const keys = (entry: ConfigEntry | undefined) =>
      entry?.definitions.map(({ key }) => text.slice(key.start, key.end));
    const inner = (name: string, key: string) => objectAt(result, name)?.entries.get(key);
    deepEqual([keys(entries.get('new')), keys(entries.get('deep'))], [['old'], ['deep']]);
    deepEqual(
      [keys(inner('deep', 'new')), keys(entries.get('other')), keys(inner('other', 'place'))],
      [['old'], ['old'], ['old']],
    );
  });
});

describe('a section that an older one is merged under', () => {
  it('has the texts and the unknown parts of both', async () => {
    const root = await rootOf('new { a = 1, include "x" }, old { b = 2, include "y" }');
    const [newer, older] = ['new', 'old'].map((name) => root.entries.get(name)) as [ConfigEntry, ConfigEntry];
    const { value, definitions } = withFallback(newer, older);
    deepEqual(definitions, [...older.definitions, ...newer.definitions]);
    deepEqual(value.kind === 'object' && value.unknowns.map(({ subject }) => subject), ['y', 'x']);
    equal(withFallback(undefined, older), older);
  });
});

describe('the session signing keys in the place of 3.4', () => {
  const cases: readonly (readonly [text: string, read: object])[] = [
    ['kms { a = 1, session-signing-keys { b = 2 } }', { kms: { a: 1 }, 'session-signing-keys': { b: 2 } }],
    [
      'kms.session-signing-keys { a = 1, b = 1 }, session-signing-keys { b = 2 }',
      { kms: {}, 'session-signing-keys': { a: 1, b: 2 } },
    ],
    ['kms.session-signing-keys = 1, session-signing-keys { b = 2 }', { kms: {}, 'session-signing-keys': { b: 2 } }],
    ['kms = 1', { kms: 1 }],
    ['kms { a = 1 }', { kms: { a: 1 } }],
    ['session-signing-keys { a = 1 }', { 'session-signing-keys': { a: 1 } }],
  ];
  for (const [text, read] of cases) {
    it(`are read at that of 3.5: ${text}`, async () => deepEqual(plain(aliasedCrypto(await rootOf(text))), read));
  }

  it('leave a section without them as it is', async () => {
    for (const text of ['kms { a = 1 }', 'kms = 1', 'a = 1']) {
      const root = await rootOf(text);
      equal(aliasedCrypto(root), root);
    }
  });

  it('leave the texts of the KMS where they are', async () => {
    const root = await rootOf('kms.session-signing-keys.a = 1');
    deepEqual(aliasedCrypto(root).entries.get('kms')?.definitions, root.entries.get('kms')?.definitions);
  });
});
