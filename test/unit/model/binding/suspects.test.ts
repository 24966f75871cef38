import { deepEqual, equal } from 'node:assert/strict';
import type { FieldModel } from '../../../../schemas/model';
import type { Failure, UnknownKey } from '../../../../server/src/model/binding/failure';
import {
  belongsOutside,
  hasKey,
  hasRequiredKey,
  isNearlyKnown,
  isScalar,
  isSectionOfNode,
  isSuspect,
  lackingBelow,
  lackingSections,
  strayIn,
  typesInside,
} from '../../../../server/src/model/binding/suspects';
import { launch, open } from '../../hocon/launch';
import { oneOf, type Shape, section, TEXT } from '../models';

/** The object around a setting `s { … }`, or what is in it. */
async function written(text: string) {
  const { root, entry } = await launch({ 'a.conf': text }, { environment: open() });
  return { object: root, entry };
}

describe('an unknown key of a section that may have further keys', () => {
  const suspect = async (shape: Shape, text: string, name: string) => {
    const { object, entry } = await written(text);
    return isSuspect(section(shape), name, entry(name), object);
  };
  const LEVELS: Shape = { one: { two: { three: { key: '', four: { deep: '' } } } } };
  const cases: readonly (readonly [what: string, shape: Shape, text: string, name: string, expected: boolean])[] = [
    ['is similar to a known one', { 'audit-logging': '' }, 'auditLoging = 1', 'auditLoging', true],
    ['is similar to none', { 'audit-logging': '' }, 'other = 1', 'other', false],

    ['is that of exactly one section', { a: { 'long-key': '' }, b: {} }, 'long-key = 1', 'long-key', true],
    ['is short, and that of one section', { a: { key: '' } }, 'key = 1', 'key', false],
    ['is that of two sections', { a: { 'long-key': '' }, b: { 'long-key': '' } }, 'long-key = 1', 'long-key', false],
    ['is that of a section two levels below', { a: { b: { 'long-key': '' } } }, 'long-key = 1', 'long-key', true],
    [
      'is that of a section three levels below',
      { a: { b: { c: { 'long-key': '' } } } },
      'long-key = 1',
      'long-key',
      false,
    ],
    [
      'is that of a section and of one in it',
      { a: { 'long-key': '', b: { 'long-key': '' } } },
      'long-key = 1',
      'long-key',
      false,
    ],
    [
      'is that of one type of a section',
      { a: oneOf({ x: { 'long-key': '' }, y: {} }) },
      'long-key = 1',
      'long-key',
      true,
    ],
    ['is that of no section', { a: { b: '' } }, 'long-key = 1', 'long-key', false],

    ['is that of a required section, which is absent', { 'api!': { port: '' } }, 'port = 1', 'port', true],
    ['is that of a section that may be absent', { api: { port: '' } }, 'port = 1', 'port', false],
    ['is that of a required section, which has it', { 'api!': { port: '' } }, 'port = 1, api.port = 2', 'port', false],
    ['is that of two required sections', { 'api!': { port: '' }, 'other!': { port: '' } }, 'port = 1', 'port', false],

    [
      'is required by a section that lacks it',
      { a: { 'key!': '' }, b: { key: '' } },
      'key = 1, a {}, b {}',
      'key',
      true,
    ],
    [
      'is required by a section that has it',
      { a: { 'key!': '' }, b: { key: '' }, c: { key: '' } },
      'key = 1, a.key = 1, b {}, c {}',
      'key',
      false,
    ],
    [
      'is required by types of two sections',
      { a: oneOf({ x: { 'key!': '' } }), b: oneOf({ x: { 'key!': '' } }) },
      'key = 1, a {}, b {}',
      'key',
      false,
    ],

    ['is known in the one section that lacks it', { a: { key: '' }, b: { key: '' } }, 'key = 1, a {}', 'key', true],
    ['is known in two sections that lack it', { a: { key: '' }, b: { key: '' } }, 'key = 1, a {}, b {}', 'key', false],
    ['is known in the one section, which has it', { a: { key: '' } }, 'key = 1, a.key = 2', 'key', false],
    [
      'is known in the one section, which may have it from a file',
      { a: { key: '' } },
      'key = 1, a { include "b" }',
      'key',
      true,
    ],
    ['is a number', { a: '' }, '5 = 1', '5', true],
    ['begins with a number', { a: '' }, '5th = 1', '5th', false],
    ['is known in a section that is no object', { a: { key: '' } }, 'key = 1, a = 1', 'key', false],
    ['is known three levels below', LEVELS, 'key = 1, one.two.three {}', 'key', true],
    ['is known four levels below', LEVELS, 'deep = 1, one.two.three.four {}', 'deep', false],
    [
      'is known in two sections below',
      { a: { b: { key: '' }, c: { key: '' } } },
      'key = 1, a { b {}, c {} }',
      'key',
      false,
    ],
    [
      'is known in one section, and in others below',
      { a: { key: '', b: { key: '' }, c: { key: '' } } },
      'key = 1, a { b {}, c {} }',
      'key',
      true,
    ],

    ['has only keys of its parent section', { one: '', two: '' }, 'other { one = 1, two = 2 }', 'other', true],
    [
      'has a key of its parent section, and another one',
      { one: '', two: '' },
      'other { one = 1, more = 2 }',
      'other',
      false,
    ],
    ['has no keys', { one: '', two: '' }, 'other {}', 'other', false],
    ['has no keys, and a name from a section', { a: { tls: { cert: '' } }, b: { tls: {} } }, 'tls {}', 'tls', false],
    [
      'has keys of such a section below',
      { a: { tls: { cert: '', key: '' } } },
      'tls { cert = 1, key = 2 }',
      'tls',
      true,
    ],
    [
      'has other keys than such a section below',
      { a: { tls: { cert: '' } } },
      'tls { cert = 1, other = 2 }',
      'tls',
      false,
    ],
    ['has keys of one of such sections', { a: { tls: '' }, b: { tls: { cert: '' } } }, 'tls { cert = 1 }', 'tls', true],
    [
      'is a section whose name is known in the one that lacks it',
      { one: { other: '' } },
      'other { more = 1 }, one {}',
      'other',
      false,
    ],
  ];
  for (const [what, shape, text, name, expected] of cases) {
    it(`is ${expected ? 'probably' : 'not'} a mistake where it ${what}`, async () =>
      equal(await suspect(shape, text, name), expected));
  }
});

describe('an unknown key that the section around its own one has', () => {
  const NODE = ['canton', 'participants', 'p1'];
  const outside = async (outer: readonly string[], shape: Shape, text: string, path: string) => {
    const { object, entry } = await written(text);
    const key = { path: [...outer, ...path.split('.')], entry: entry(path) } as unknown as UnknownKey;
    return belongsOutside(key, outer, section(shape), object);
  };
  const CRYPTO = [...NODE, 'crypto'];
  const cases: readonly (readonly [outer: readonly string[], shape: Shape, text: string, path: string, is: boolean])[] =
    [
      [NODE, { port: '' }, 'api.port = 1', 'api.port', true],
      [NODE, { port: '' }, 'api.port = 1, port = 2', 'api.port', false],
      [NODE, { port: '' }, 'api.tls.port = 1', 'api.tls.port', false],
      [NODE, { port: '' }, 'api.host = 1', 'api.host', false],
      [NODE, { tls: { cert: '' } }, 'api.tls.cert = 1', 'api.tls', false],
      [NODE, { a: { 'long-key': '' } }, 'api.long-key = 1', 'api.long-key', false],
      [NODE, { tls: { cert: '', key: '' } }, 'api.tls { cert = 1, key = 2 }', 'api.tls', true],
      [NODE, { tls: { cert: '', key: '' } }, 'api.tls { cert = 1, other = 2 }', 'api.tls', false],
      [NODE, { tls: { cert: '', key: '' } }, 'a.b.tls { cert = 1, key = 2 }', 'a.b.tls', true],
      [CRYPTO, { tls: { cert: '', key: '' } }, 'a.b.tls { cert = 1 }', 'a.b.tls', false],
      [CRYPTO, { a: { 'long-key': '' } }, 'b.c.long-key = 1', 'b.c.long-key', false],
      [CRYPTO, { tls: { cert: '' } }, 'api.tls.cert = 1', 'api.tls', true],
      [CRYPTO, { tls: { cert: '' } }, 'api.tls { cert = 1, other = 2 }', 'api.tls', false],
      [CRYPTO, { tls: { cert: '' } }, 'api.tls {}', 'api.tls', false],
      [CRYPTO, { a: { 'long-key': '' } }, 'api.long-key = 1', 'api.long-key', true],
      [CRYPTO, { a: { 'long-key': '' } }, 'api.long-key {}', 'api.long-key', false],
      [CRYPTO, { a: { 'long-key': '' }, b: { 'long-key': '' } }, 'api.long-key = 1', 'api.long-key', false],
    ];
  for (const [outer, shape, text, path, is] of cases) {
    it(`is ${is ? '' : 'not '}meant for ${outer.at(-1)} { ${JSON.stringify(shape)} }: ${text}`, async () =>
      equal(await outside(outer, shape, text, path), is));
  }
});

describe('a type that is written one level too low', () => {
  const found = async (text: string, union = oneOf({ pg: { config: { url: '' } }, h2: { config: { file: '' } } })) => {
    const { object } = await written(text);
    return typesInside(union, object, ['storage']).map(({ path, location, parent, siblings, entry }) => [
      path.join('.'),
      text.slice(location.range.start, location.range.end),
      parent.open && parent.fields.size === 0,
      siblings.entries.get('type') === entry,
    ]);
  };
  it('is found in a section of any type', async () => {
    deepEqual(await found('config { url = a, type = pg }'), [['storage.config.type', 'type', true, true]]);
  });
  const none: readonly (readonly [what: string, text: string, union?: Parameters<typeof found>[1]])[] = [
    ['in a section that no type has', 'other { type = pg }'],
    ['of a word that is no type', 'config { type = other }'],
    ['of another value', 'config { type = 5 }, config2 = 5'],
    [
      'in a section that has a type',
      'config { type = pg }',
      oneOf({ pg: { config: { type: '' } }, h2: { config: {} } }),
    ],
  ];
  for (const [what, text, union] of none) it(`is none ${what}`, async () => deepEqual(await found(text, union), []));
});

describe('a failure', () => {
  const unknown = (name: string, kind = 'unknown-key') =>
    ({ kind, path: ['canton', name], parent: section({ 'audit-logging': '' }) }) as unknown as Failure;
  it('is one of a misspelled key, or another one', () => {
    deepEqual([unknown('audit-loging'), unknown('other'), unknown('audit-loging', 'missing-key')].map(isNearlyKnown), [
      true,
      false,
      false,
    ]);
  });
});

describe('the written sections that lack a key', () => {
  const { fields } = section({ a: { key: '', b: { key: '', c: { key: '', d: { key: '' } } } }, e: { key: '' }, f: '' });
  it('are those below, and two levels further down', async () => {
    const { object } = await written('a { b { c { d {} } } }, e.key = 1, f {}');
    deepEqual(
      lackingSections(fields, 'key', object).map(({ name }) => name),
      ['a'],
    );
    deepEqual(lackingBelow(fields, 'key', object), [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  it('are no values, and those that may have it from elsewhere only if there are no others', async () => {
    const found = async (text: string) => {
      const { object } = await written(text);
      return [lackingSections(fields, 'key', object).map(({ name }) => name), lackingBelow(fields, 'key', object)];
    };
    deepEqual(await found('a { b = 1, include "x" }, e { include "x" }, f = 1'), [['a', 'e'], []]);
    deepEqual(await found('a { include "x" }, e {}'), [['e'], []]);
    deepEqual(await found('a { include "x", key = 1 }, e = 1'), [[], []]);
    deepEqual(await found('a { b {}, include "x" }'), [['a'], [['a', 'b']]]);
    deepEqual(await found('a { b { c = 1 } }'), [['a'], [['a', 'b']]]);
  });
});

describe('a section of a node beside nodes', () => {
  const stray = async (
    text: string,
    value: FieldModel = section({ storage: { type: '', port: '' }, port: '', name: '' }),
  ) => {
    const { entry } = await written(text);
    const nodes = { kind: 'map', value, checkKey: () => undefined } as const;
    return isSectionOfNode(nodes, 'storage', entry('storage'));
  };
  const cases: readonly (readonly [text: string, is: boolean])[] = [
    ['storage { type = a }', true],
    ['storage { type = a, other = 1 }', false],
    ['storage { type = a, port = 1 }', false],
    ['storage { name = a }', false],
    ['storage {}', false],
    ['storage = a', false],
  ];
  for (const [text, is] of cases) it(`is ${is ? '' : 'not '}${text}`, async () => equal(await stray(text), is));

  it('is none where nodes have no sections, or not this one', async () => {
    equal(await stray('storage { type = a }', TEXT), false);
    equal(await stray('storage { type = a }', section({ crypto: { type: '' } })), false);
  });

  it('is a key that is unknown among the other nodes', async () => {
    const { object, entry } = await written('p1 {}, storage {}, p2 {}');
    const model = section({});
    const nodes = { kind: 'map', value: model, checkKey: () => undefined } as const;
    const location = { uri: 'file:///a.conf', range: { start: 0, end: 0 } };
    const { parent, ...key } = strayIn(nodes, object, 'storage', entry('storage'), { path: ['storage'], location });
    deepEqual(
      [[...parent.fields.values()], parent.open, parent.foreign.size, key.siblings === object, key.kind],
      [['p1', 'p2'].map((name) => ({ name, model, required: false, optional: true })), true, 0, true, 'unknown-key'],
    );
  });
});

describe('a section that sets something which it requires', () => {
  it('does that with a single value, other than its type', async () => {
    const sets = async (shape: Shape, text: string) => hasRequiredKey(section(shape), (await written(text)).object);
    for (const [shape, text, expected] of [
      [{ 'host!': '', 'port!': '' }, 'port = 1', true],
      [{ host: '', port: '' }, 'port = 1', false],
      [{ 'host!': '' }, 'other = 1', false],
      [{ 'type!': '' }, 'type = a', false],
      [{ 'tls!': { a: '' } }, 'tls.a = 1', false],
    ] as const)
      equal(await sets(shape, text), expected, text);
    const kinds = ['string', 'int', 'enum', 'boolean', 'duration', 'object', 'raw', 'number', 'list'] as const;
    deepEqual(
      kinds.filter((kind) => isScalar({ kind } as FieldModel)),
      kinds.slice(0, 5),
    );
  });
});

describe('a section', () => {
  it('has the keys of all its types', () => {
    const union = oneOf({ x: { a: '' }, y: { b: '' } });
    const models: readonly FieldModel[] = [section({ a: '' }), union, TEXT];
    deepEqual(
      models.map((model) => ['a', 'b', 'c'].filter((name) => hasKey(model, name))),
      [['a'], ['a', 'b'], []],
    );
  });
});
