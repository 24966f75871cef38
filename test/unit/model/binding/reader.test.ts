import { deepEqual, equal } from 'node:assert/strict';
import type { EnumModel, Field, FieldModel, ObjectModel, ScalarModel } from '../../../../schemas/model';
import type { Unknown } from '../../../../server/src/hocon/values/config-value';
import { type Bound, boundAt, textAt, UNKNOWN, valueAt } from '../../../../server/src/model/binding/bound';
import { Reader } from '../../../../server/src/model/binding/read';
import { launch, open } from '../../hocon/launch';
import { oneOf, type Shape, section, TEXT } from '../models';

const META = { doc: '', source: '' };
const CLOSED = { open: false } as const;
const FLAG: FieldModel = { ...TEXT, kind: 'boolean' };
const LIST: FieldModel = { kind: 'list', element: TEXT, nonEmpty: false };
const WORD: EnumModel = {
  kind: 'enum',
  values: new Map([['one', { doc: '', displayName: 'One' }]]),
  foreign: new Map(),
};

/** Everything that a reader finds in `c { … }`. */
async function read(model: ObjectModel, text: string, isClean?: (path: readonly string[]) => boolean) {
  const file = `c { ${text} }`;
  const { root, entry } = await launch({ 'a.conf': file }, { environment: open() });
  const reader = new Reader(isClean);
  const bound = reader.root(model, entry('c'), root.unknowns);
  const paths = (found: readonly { readonly path: readonly string[] }[]) =>
    found.map(({ path }) => path.slice(1).join('.'));
  return {
    reader,
    bound,
    file,
    failures: reader.failures.map(({ path, text }) => `${path.slice(1).join('.')}: ${text}`),
    suspects: paths(reader.suspects),
    ignored: paths(reader.ignored),
    doubtful: reader.doubtful.map(
      ({ failure, because }) => `${failure.path.slice(1).join('.')}: ${failure.text} ${because?.cause ?? ''}`,
    ),
  };
}

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  model: TEXT,
  required: false,
  optional: false,
  meta: META,
  ...more,
});
const withFields = (model: ObjectModel, ...fields: Field[]): ObjectModel => ({
  ...model,
  fields: new Map([...model.fields, ...fields.map((one) => [one.name, one] as const)]),
});

describe('a section that is read', () => {
  const ABC = section({ 'abc!': '' }, CLOSED);
  it('lacks a required key, unless a part of it is not known or a name is a placeholder', async () => {
    const missing = ["abc: Key not found: 'abc'."];
    deepEqual((await read(ABC, '')).failures, missing);
    deepEqual((await read(ABC, 'x = ${V}')).failures, [...missing, 'x: Unknown key.']);
    deepEqual((await read(ABC, 'include "x"')).failures, []);
    deepEqual((await read(ABC, 'include "x", abc = 1')).failures, []);
    for (const name of ['{{ .x }}', '<name>', '$x', 'a${x}', '...', '*', '[x]', '{x}', '|x|', 'a_$i', '$(x)'])
      deepEqual((await read(ABC, `"${name}" = 1`)).failures, [], name);
    for (const name of ['a...', '<', '<>', '$', 'a*', 'x[x]', 'x{x}', 'x|x|'])
      deepEqual((await read(ABC, `"${name}" = 1`)).failures.length, 2, name);
  });

  it('has null for an optional key only', async () => {
    const model = withFields(section({}, CLOSED), field('may', { optional: true, required: true }), field('must'));
    const { bound, failures } = await read(model, 'may = null, must = null');
    deepEqual(failures, ['must: Expected type STRING. Found NULL instead.']);
    equal(boundAt(bound, 'may')?.entry?.value.kind, 'null');
    deepEqual([boundAt(bound, 'may')?.value.kind, boundAt(bound, 'must')?.value.kind], ['none', 'unknown']);
    deepEqual((await read(model, '')).failures, []);
  });

  it('has its defaults, which are not known while a part of it is not', async () => {
    const model = withFields(
      section({}),
      field('text', { defaultValue: 'x' }),
      field('list', { model: LIST, defaultValue: ['y'] }),
      field('inner', { model: withFields(section({}), field('deep', { defaultValue: 'z' })) }),
      field('none', { optional: true }),
      field('must', { required: true }),
      field('choice', { model: oneOf({ a: {} }), defaultValue: { type: 'a' } }),
    );
    const kinds = (bound: Bound) =>
      ['text', 'list', 'inner', 'none', 'must', 'choice', 'other'].map((key) => boundAt(bound, key)?.value.kind);
    const { bound } = await read(model, '');
    deepEqual(kinds(bound), ['text', 'list', 'object', 'none', 'unknown', 'object', undefined]);
    deepEqual(textAt(bound, 'inner', 'deep'), 'z');
    equal(textAt(bound, 'choice', 'type'), 'a');
    equal(boundAt(bound, 'text'), boundAt(bound, 'text'));
    const list = boundAt(bound, 'list');
    deepEqual(list?.value.kind === 'list' && list.value.elements[0]?.path, ['canton', 'list', '0']);
    deepEqual(kinds((await read(model, 'include "x", must = x')).bound), [
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'text',
      'unknown',
      undefined,
    ]);
  });

  it('has its own place for the defaults of each node', async () => {
    const node = withFields(
      section({}),
      field('list', { model: LIST, defaultValue: ['y'] }),
      field('inner', {
        model: withFields(section({}), field('raw', { model: { ...TEXT, kind: 'raw' }, defaultValue: 'z' })),
      }),
    );
    const nodes: FieldModel = { kind: 'map', value: node, checkKey: () => undefined };
    const { bound, file } = await read(section({ nodes }), 'nodes { p1 {}, p2 {} }');
    const placesIn = (name: string) => {
      const list = boundAt(bound, 'nodes', name, 'list')?.value;
      const element = list?.kind === 'list' ? list.elements[0] : undefined;
      const raw = boundAt(bound, 'nodes', name, 'inner', 'raw');
      const range = raw?.value.kind === 'raw' ? raw.value.value.origin.range : undefined;
      return [element?.path.join('.'), raw?.path.join('.'), file.slice(range?.start, range?.end)];
    };
    deepEqual(placesIn('p1'), ['canton.nodes.p1.list.0', 'canton.nodes.p1.inner.raw', 'p1']);
    deepEqual(placesIn('p2').slice(0, 2), ['canton.nodes.p2.list.0', 'canton.nodes.p2.inner.raw']);
  });

  it('is read on demand, and once, where it has no faults', async () => {
    const { bound, failures } = await read(section({ in: { a: FLAG } }), 'in.a = wrong', (path) => path.length === 2);
    deepEqual(failures, []);
    const inner = boundAt(bound, 'in');
    equal(inner?.value.kind, 'object');
    equal(inner?.value, inner?.value);
    equal(inner?.field?.name, 'in');
    equal(inner === undefined ? undefined : textAt(inner, 'a'), UNKNOWN);
  });
});

describe('a section of which more may be elsewhere', () => {
  const template = {
    cause: 'url',
    subject: 'https:{{ .a }}',
    location: { uri: 'file:///a.conf', range: { start: 0, end: 0 } },
  } as const;
  const rest = { ...template, cause: 'rest', subject: '' } as const;
  const missing = async (
    model: ObjectModel,
    text: string,
    inside: readonly Unknown[],
    around: readonly Unknown[] = [],
  ) => {
    const { entry } = await launch({ 'a.conf': `c { ${text} }` });
    const { value, definitions } = entry('c');
    if (value.kind !== 'object') return [];
    const reader = new Reader();
    const all = { ...value, unknowns: inside };
    const inner = {
      kind: 'object',
      origin: value.origin,
      unknowns: around,
      entries: new Map([['in', { value: all, definitions }]]),
    } as const;
    reader.root(section({ in: model }), { value: inner, definitions }, around);
    return reader.failures.map((one) => `${one.path.at(-1)} ${one.kind === 'missing-key' ? one.unless : one.kind}`);
  };
  const model = section({ 'host!': '', 'port!': '', 'tls!': { cert: '' } });

  it('lacks what a template would have to write by its path', async () => {
    deepEqual(await missing(model, 'host = a', [template], [template]), ['port path', 'tls path']);
    deepEqual(await missing(model, 'host = a', [template]), []);
    deepEqual(await missing(model, 'host = a', []), ['port undefined', 'tls undefined']);
    const union = section({ s: oneOf({ a: {} }) }).fields.get('s')?.model as unknown as ObjectModel;
    deepEqual(await missing(union, '', [template], [template]), ['type path']);
    deepEqual(await missing(union, '', [rest], [template]), []);
    deepEqual(await missing(union, '', []), ['type undefined']);
  });

  it('lacks the single values beside one that it requires, which no other file of the launch has alone', async () => {
    deepEqual(await missing(model, 'host = a', [rest]), ['port path']);
    deepEqual(await missing(model, '', [rest]), []);
    deepEqual(await missing(model, 'tls {}', [rest]), []);
  });

  it('is a section of a node where it is written beside nodes', async () => {
    const nodes = (open: boolean): ObjectModel => {
      const value = section({ storage: { type: '' } }, { open });
      return section({ nodes: { kind: 'map', value, checkKey: () => undefined } });
    };
    deepEqual((await read(nodes(true), 'nodes { p1 {}, storage.type = a }')).suspects, ['nodes.storage']);
    deepEqual((await read(nodes(true), 'nodes { p1 {}, storage.other = a }')).suspects, []);
    deepEqual((await read(nodes(false), 'nodes { p1 {}, storage.type = a }')).suspects, []);
  });
});

describe('an unknown key that is read', () => {
  it('is refused, ignored, suspect or accepted by its section', async () => {
    const shape: Shape = { 'audit-logging': '' };
    const found = async (more: Partial<ObjectModel>, text = 'auditLoging = 1, other = 2') => {
      const { failures, ignored, suspects } = await read(section(shape, more), text);
      return [failures.map((one) => one.split(':')[0]), ignored, suspects];
    };
    const both = ['auditLoging', 'other'];
    const other = new Map([['other', META]]);
    deepEqual(await found(CLOSED), [both, [], []]);
    deepEqual(await found({ ...CLOSED, ignoresUnknown: true }), [[], both, []]);
    deepEqual(await found({ open: true }), [[], [], ['auditLoging']]);
    deepEqual(await found({ open: true, foreign: other }), [['other'], [], ['auditLoging']]);
    deepEqual(await found({ open: true, foreign: other, ignoresUnknown: true }), [[], ['other'], ['auditLoging']]);
    deepEqual(await found({ open: true, undescribed: new Set(['another']) }), [['auditLoging', 'other'], [], []]);
    deepEqual(await found({ open: true, undescribed: new Set(['auditLoging']) }), [[], [], []]);
    deepEqual(await found({ open: true, undescribed: new Set(['far-away']) }), [['auditLoging'], [], []]);
  });

  it('is none while it is being typed', async () => {
    deepEqual((await read(section({}, CLOSED), 'other\n a = 1')).failures, ['a: Unknown key.']);
    deepEqual((await read(section({}, CLOSED), 'other = ${V}')).failures, ['other: Unknown key.']);
  });

  it('is underlined, with what other versions know of it', async () => {
    const { reader, file } = await read(section({}, { foreign: new Map([['other', META]]) }), 'other = 1');
    const [failure] = reader.failures;
    deepEqual(failure?.kind === 'unknown-key' && [failure.foreign, failure.siblings.entries.size], [META, 1]);
    equal(file.slice(failure?.location.range.start, failure?.location.range.end), 'other');
  });

  it('may be meant for the section around its own one', async () => {
    const model = section({ port: '', api: {}, other: { deep: {} } });
    deepEqual((await read(model, 'api.port = 1, other.deep.port = 2')).suspects, ['api.port']);
    deepEqual((await read(model, 'api.port = 1, port = 2')).suspects, []);
    const deep = section({ tls: { cert: '', 'key-file': '' }, one: { two: { three: {} } } });
    const tls = 'tls { cert = 1, key-file = 2 }';
    deepEqual((await read(deep, `one.${tls}`)).suspects, ['one.tls']);
    deepEqual((await read(deep, `one.two.${tls}`)).suspects, ['one.two.tls']);
    deepEqual((await read(deep, `one.two.three.${tls}`)).suspects, []);
  });
});

describe('a section with a type that is read', () => {
  const model = section({ s: oneOf({ a: { 'abc!': '', flag: FLAG }, b: { flag: FLAG, list: LIST } }) }, CLOSED);
  const open2 = section({ s: oneOf({ alpha: { flag: FLAG } }, { other: '' }) }, CLOSED);
  const cases: readonly (readonly [model: ObjectModel, text: string, failures: readonly string[], more?: string[]])[] =
    [
      [model, 's = 1', ['s: Expected type OBJECT. Found NUMBER instead.']],
      [model, 's {}', ["s.type: Key not found: 'type'."]],
      [model, 's { flag = wrong }', ["s.type: Key not found: 'type'."]],
      [model, 's { type = a }', ["s.abc: Key not found: 'abc'."]],
      [model, 's { type = c, flag = wrong }', ['s.type: Unexpected value "c" found.']],
      [model, 's { type = [c] }', ['s.type: Expected type STRING. Found LIST instead.']],
      [model, 's { include "x", flag = wrong }', ['s.flag: Expected type BOOLEAN. Found STRING instead.']],
      [model, 's { type = ${T}, flag = wrong }', ['s.flag: Expected type BOOLEAN. Found STRING instead.']],
      [model, 's { type = ${T}, list = wrong }', ['s.list: Expected type LIST. Found STRING instead.']],
      [model, 's { type = ${T}, flag = null, list = [1] }', []],
      [open2, 's { type = alpha, flag = wrong }', ['s.flag: Expected type BOOLEAN. Found STRING instead.']],
      [open2, 's { type = other-type, flag = wrong, other = x }', []],
      [open2, 's { type = ${T}, flag = wrong }', []],
      [open2, 's { type = alhpa, other = x }', [], ['s.type: Unexpected value "alhpa" found. ']],
      [open2, 's { type = 5, other = x }', []],
      [model, 's { type = c, include "x" }', [], ['s.type: Unexpected value "c" found. include']],
      [model, 's { type = a, include "x", flag = wrong }', ['s.flag: Expected type BOOLEAN. Found STRING instead.']],
    ];
  for (const [which, text, failures, doubtful = []] of cases) {
    it(`${failures.length + doubtful.length === 0 ? 'is accepted' : 'has a problem'}: ${text}`, async () => {
      const found = await read(which, text);
      deepEqual([found.failures, found.doubtful], [failures, doubtful]);
    });
  }

  it('has unknown keys where no type has them, while the type is not known', async () => {
    const found = async (text: string, options: Record<string, ObjectModel>) => {
      const union = oneOf({ a: { 'audit-logging': '' }, b: { inner: { 'deep-key': '' } } });
      const models = [...union.options].map(([name, one]) => [name, { ...one, ...options[name] }] as const);
      const { failures, suspects } = await read(section({ s: { ...union, options: new Map(models) } }), text);
      return [failures, suspects];
    };
    const closed = { a: { open: false }, b: { open: false } } as unknown as Record<string, ObjectModel>;
    const oneOpen = { a: { open: false } } as unknown as Record<string, ObjectModel>;
    deepEqual(await found('s { type = ${T}, other = 1 }', closed), [['s.other: Unknown key.'], []]);
    deepEqual(await found('s { include "x", other = 1 }', closed), [['s.other: Unknown key.'], []]);
    deepEqual(await found('s { type = ${T}, other = 1 }', oneOpen), [[], []]);
    deepEqual(await found('s { type = ${T}, auditLogging = 1, inner.deepKey = 1 }', oneOpen), [
      [],
      ['s.auditLogging', 's.inner.deepKey'],
    ]);
  });

  it('has problems only where every type with the key has one', async () => {
    const inner = section({ 'audit-logging': '' });
    const other = section({ auditLogging: '' });
    const text = 's { type = ${T}, v = word, in.auditLogging = 1, unknown = 1 }';
    for (const [a, b] of [
      [
        { v: FLAG, in: inner },
        { v: TEXT, in: other },
      ],
      [
        { v: TEXT, in: other },
        { v: FLAG, in: inner },
      ],
    ] as const) {
      const { failures, suspects } = await read(section({ s: oneOf({ a, b }) }), text);
      deepEqual([failures, suspects], [[], []]);
      const closed = { a: { in: { ...a.in, open: false } }, b: { in: { ...b.in, open: false } } };
      deepEqual((await read(section({ s: oneOf(closed, {}) }), text)).suspects, []);
    }
  });

  it('is not known while its type is not, and is chosen by a word that is known nowhere', async () => {
    const kind = async (model: ObjectModel, text: string) => boundAt((await read(model, text)).bound, 's')?.value.kind;
    for (const text of ['s { include "x" }', 's { type = ${T} }', 's = 5, include "x"'])
      equal(await kind(model, text), 'unknown', text);
    equal(textAt((await read(open2, 's { type = other-type, other = x }')).bound, 's', 'other'), 'x');
    const [failure] = (await read(model, 's.type = c')).reader.failures;
    deepEqual(failure?.kind === 'invalid-value' && [...(failure.choice?.values.keys() ?? [])], ['a', 'b']);
  });

  it('has a type that is written one level too low', async () => {
    const typed = section({ s: oneOf({ a: { config: { url: '' } } }) });
    deepEqual((await read(typed, 's.config.type = a')).suspects, ['s.config.type']);
  });

  it('has misspelled keys of all known types, while it may have another one', async () => {
    const inner = section({ 'audit-logging': '' }, CLOSED);
    const union = oneOf({ a: { in: inner }, b: { in: section({ 'audit-logging': '', more: '' }, CLOSED) } }, {});
    deepEqual((await read(section({ s: union }), 's { type = ${T}, in { auditLogging = 1, other = 2 } }')).suspects, [
      's.in.auditLogging',
    ]);
    deepEqual((await read(section({ s: union }), 's { type = ${T}, in { more = 1 } }')).suspects, []);
    const wider = section({ 'audit-logging': '', 'long-name': '' }, CLOSED);
    const both = section({ s: oneOf({ a: { in: inner }, b: { in: wider } }, {}) });
    deepEqual((await read(both, 's { type = ${T}, in { auditLogging = 1, longName = 2 } }')).suspects, [
      's.in.auditLogging',
    ]);
  });
});

describe('an old place of a key that is read', () => {
  const MOVED = new Map([['old', ['new']]]);
  const DROPPED = new Map([['gone', '']]);
  const places = async (more: Partial<ObjectModel>, text = 'in { old = a, gone = b }') => {
    const model = section({ in: section({ new: '' }, { ...CLOSED, ...more }) });
    const { reader, bound, failures } = await read(model, text);
    const old = reader.oldKeys.map(({ path, within, instead }) => [
      path.join('.'),
      within.join('.'),
      instead.join('.'),
    ]);
    return [textAt(bound, 'in', 'new'), old, failures];
  };
  const moved = ['canton.in.old', 'canton.in', 'new'];
  const gone = ['canton.in.gone', 'canton.in', ''];
  it('counts as the new one, or not at all', async () => {
    deepEqual(await places({ moved: MOVED, dropped: DROPPED }), ['a', [moved, gone], []]);
    deepEqual(await places({ moved: MOVED }), ['a', [moved], ['in.gone: Unknown key.']]);
    deepEqual(await places({ dropped: DROPPED }), [UNKNOWN, [gone], ['in.old: Unknown key.']]);
    deepEqual(await places({}, 'in.new = c'), ['c', [], []]);
  });
});

describe('free names and lists that are read', () => {
  const checkKey = (key: string) => (key === 'bad' ? 'A bad name.' : undefined);
  const map = (nonEmpty: boolean): FieldModel => ({
    kind: 'map',
    value: FLAG,
    checkKey,
    ...(nonEmpty && { nonEmpty }),
  });
  const EMPTY = 'Empty collection found when trying to convert to NonEmpty[scala.collection.immutable';
  const model = section({
    map: map(false),
    full: map(true),
    list: LIST,
    some: { ...LIST, nonEmpty: true },
    word: WORD,
  });
  const cases: readonly (readonly [text: string, failures: readonly string[]])[] = [
    ['map {}, list = []', []],
    ['map = 1', ['map: Expected type OBJECT. Found NUMBER instead.']],
    ['map.bad = on', ['map.bad: A bad name.']],
    ['map { good = on, "<name>" = off, other = x }', ['map.other: Expected type BOOLEAN. Found STRING instead.']],
    ['full {}', [`full: ${EMPTY}.Map].`]],
    ['full { include "x" }', []],
    ['full { a = on }', []],
    ['some = []', [`some: ${EMPTY}.Set].`]],
    ['some = [a]', []],
    ['list = a', ['list: Expected type LIST. Found STRING instead.']],
    [
      'list = [a, [b], {}]',
      ['list.1: Expected type STRING. Found LIST instead.', 'list.2: Expected type STRING. Found OBJECT instead.'],
    ],
    ['list { "$i" = a, "<n>" = b }', []],
    ['word = one', []],
    ['word = two', ['word: No valid coproduct option found for \'"two"\'.']],
    ['word = [one]', ['word: Expected type STRING. Found LIST instead.']],
  ];
  for (const [text, failures] of cases) {
    it(`${failures.length === 0 ? 'are accepted' : 'have a problem'}: ${text}`, async () =>
      deepEqual((await read(model, text)).failures, failures));
  }

  it('have problems at the element, or at the substitution that takes it from elsewhere', async () => {
    const file = 'x = [[1]]\nc { list = [a, [b]], list2 = ${x} }';
    const { root, entry } = await launch({ 'a.conf': file });
    const reader = new Reader();
    reader.root(section({ list: LIST, list2: LIST }), entry('c'), root.unknowns);
    const text = ({ range: { start, end } }: { range: { start: number; end: number } }) => file.slice(start, end);
    deepEqual(
      reader.failures.map(({ location, origin }) => [text(location), origin && text(origin)]),
      [
        ['[b]', undefined],
        ['${x}', '[1]'],
      ],
    );
  });
});

describe('a wrong value that something unknown may replace', () => {
  const model = section({
    flag: FLAG,
    word: WORD,
    crash: { ...TEXT, check: () => ({ text: 'Boom', crash: true }) },
  });
  const cases: readonly (readonly [text: string, failures: number, doubtful: readonly string[]])[] = [
    ['flag = wrong, include "x"', 0, ['flag: Expected type BOOLEAN. Found STRING instead. include']],
    ['include "x", flag = wrong', 1, []],
    ['flag = on, include "x"', 0, []],
    ['flag = wrong, flag = ${?V}', 0, []],
    ['word = two, include "x"', 0, ['word: No valid coproduct option found for \'"two"\'. include']],
    ['crash = a, include "x"', 0, []],
  ];
  for (const [text, failures, doubtful] of cases) {
    it(`is ${failures > 0 ? 'refused' : doubtful.length > 0 ? 'doubtful' : 'none'}: ${text}`, async () => {
      const found = await read(model, text);
      deepEqual([found.failures.length, found.doubtful], [failures, doubtful]);
    });
  }
});

describe('a single value that is read', () => {
  const limited: ScalarModel = {
    ...TEXT,
    kind: 'int',
    bits: 16,
    check: (value) =>
      value === 7n ? { text: 'Not seven.' } : value === 8n ? { text: 'Boom', crash: true } : undefined,
  };
  const refusing = (kind: 'raw' | 'number' | 'string'): FieldModel => ({
    ...TEXT,
    kind,
    check: (value) => (value === 'x' || value === 7 || value === '' ? { text: `No ${kind}.` } : undefined),
  });
  const model = section({
    int: limited,
    text: { ...limited, viaText: true },
    wide: { ...TEXT, kind: 'int' },
    number: refusing('number'),
    string: refusing('string'),
    raw: refusing('raw'),
    any: { ...TEXT, kind: 'raw' },
    time: { ...TEXT, kind: 'duration' },
  });
  const cases: readonly (readonly [text: string, failures: readonly string[]])[] = [
    ['int = 32768', ["int: Cannot convert '32768' to Short: Unable to convert Number to Short."]],
    ['int = 7', ['int: Not seven.']],
    ['int = 8', ['int: Boom']],
    ['int = "5.0", wide = 32768', []],
    ['text = "5.0"', ['text: For input string: "5.0"']],
    ['wide = 2147483648', ["wide: Cannot convert '2147483648' to Int: Unable to convert Number to Int."]],
    ['number = 7', ['number: No number.']],
    ['number = a', ['number: Expected type NUMBER. Found STRING instead.']],
    ['string = x', ['string: No string.']],
    ['raw = [1]', ['raw: No raw.']],
    ['time = {}', ['time: Expected type STRING. Found OBJECT instead.']],
  ];
  for (const [text, failures] of cases) {
    it(`${failures.length === 0 ? 'is accepted' : 'has a problem'}: ${text}`, async () =>
      deepEqual((await read(model, text)).failures, failures));
  }

  it('is what rules ask for', async () => {
    const { bound, reader } = await read(model, 'int = 5, number = 1.5, string = a, any = [1], time = 5s');
    deepEqual(
      ['int', 'number', 'string', 'any', 'time'].map((key) => valueAt(bound, key)?.kind),
      ['integer', 'raw', 'text', 'raw', 'duration'],
    );
    deepEqual(reader.failures, []);
    equal(boundAt((await read(model, 'time = soon')).bound, 'time')?.value.kind, 'unknown');
    equal(boundAt((await read(model, 'string = x')).bound, 'string')?.value.kind, 'unknown');
    deepEqual(
      (await read(model, 'int = 7, text = 8')).reader.failures.map(({ kind }) => kind),
      ['invalid-value', 'crash'],
    );
  });
});
