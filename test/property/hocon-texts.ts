import fc from 'fast-check';

/** Characters that matter to the grammar, and common mistakes. */
const PIECES = [
  ...'{}[]()=:,.$?"\\#/`^!@*&+-_ \t\n\r\0',
  ...['\r\n', '"""', '${', '${?', '+=', '//', '# c\n', 'include ', 'required(', 'file(', 'url(', 'classpath('],
  ...['a', 'b', 'a.b', '"a.b"', 'canton', 'true', 'null', '1', '-1.5e3', '.5', '10s', '"x"', '"\\u0041"', '"\\q"'],
  ...[
    '${a}',
    '${?b}',
    '${HOME}',
    '<<<<<<< HEAD\n',
    '=======\n',
    '>>>>>>> b\n',
    '\ufeff',
    '\u00a0',
    '\ud83d',
    '😀',
    'é',
  ],
  ...['a = 1\n', 'a { b = 2 }\n', 'a = ${a} [1]\n', 'b += 1\n', '"""x\ny"""', '__proto__', 'constructor'],
];

/** Texts of pieces of HOCON in any order. */
export const hoconText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

/** Any UTF-16, including half surrogate pairs. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((codes) => String.fromCharCode(...codes)),
);

export interface Edit {
  /** The place, as a fraction of the text's length from 0 to 1. */
  readonly from: number;
  /** The number of characters to remove. */
  readonly length: number;
  readonly inserted: string;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(5),
  inserted: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES)),
});

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One spelling of a value, with the value itself. */
interface Written<T extends Json = Json> {
  readonly text: string;
  readonly json: T;
}

interface Field {
  readonly path: readonly string[];
  readonly keyText: string;
  readonly separator: string;
  readonly value: Value;
}

type Value = { readonly fields: readonly Field[]; readonly text: string } | Written;

const KEYS = ['a', 'b', 'c', 'some-key', 'd.e', 'é', 'x y', ''];
const BARE = /^[a-z-]+$/;

const key: fc.Arbitrary<{ name: string; text: string }> = fc
  .tuple(fc.constantFrom(...KEYS), fc.boolean())
  .map(([name, quoted]) => ({ name, text: quoted || !BARE.test(name) ? JSON.stringify(name) : name }));

const scalar: fc.Arbitrary<Written> = fc.oneof(
  fc.integer().map((json) => ({ text: `${json}`, json })),
  fc.boolean().map((json) => ({ text: `${json}`, json })),
  fc.constant({ text: 'null', json: null }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((json) => ({ text: JSON.stringify(json), json })),
  fc.constantFrom('jdbc', '10s', 'a b  c', 'x.y', '127.0.0.1').map((json) => ({ text: json, json })),
  fc.constantFrom('', 'C:\\conf', '${a}', '"q" x').map((json) => ({ text: `"""${json}"""`, json })),
);

const blank = fc.constantFrom('', ' ', '  ', '\t');

const list: fc.Arbitrary<Written> = fc.array(scalar, { maxLength: 3 }).chain((items) =>
  fc.constantFrom(', ', ',', '\n', ' , ').map((separator) => ({
    text: `[${items.map(({ text }) => text).join(separator)}]`,
    json: items.map(({ json }) => json),
  })),
);

const { fields } = fc.letrec<{ value: Value; object: Value; field: Field; fields: Field[] }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthIdentifier: 'object' }, scalar, list, tie('object')),
  object: fc.tuple(tie('fields'), separatorOfFields()).map(([own, separator]) => ({
    fields: own,
    text: `{${own.map(textOf).join(separator)}}`,
  })),
  field: fc
    .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), blank, fc.constantFrom('=', ':'), blank, tie('value'))
    .map(([keys, before, sign, after, value]) => ({
      path: keys.map(({ name }) => name),
      keyText: keys.map(({ text }) => text).join('.'),
      // An object needs no separator.
      separator: 'fields' in value && after === '' ? before : `${before}${sign}${after}`,
      value,
    })),
  fields: fc.array(tie('field'), { maxLength: 5, depthIdentifier: 'object' }),
}));

function separatorOfFields(): fc.Arbitrary<string> {
  return fc.constantFrom(', ', ',', '\n', '\n\n', ' // c\n', ' # "c" {\n', ',\n  ');
}

function textOf({ keyText, separator, value }: Field): string {
  return `${keyText}${separator}${value.text}`;
}

interface Tree {
  [key: string]: Tree | Exclude<Json, { readonly [key: string]: Json }>;
}

/** Objects are merged, and all other values replaced. */
function write(into: Tree, { path, value }: Field): void {
  let object = into;
  for (const name of path.slice(0, -1)) object = objectAt(object, name);
  const last = path.at(-1) as string;
  if ('fields' in value) {
    const inner = objectAt(object, last);
    for (const field of value.fields) write(inner, field);
  } else {
    object[last] = value.json as Tree[string];
  }
}

function objectAt(object: Tree, name: string): Tree {
  const found = object[name];
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Tree;
  const made: Tree = {};
  object[name] = made;
  return made;
}

/** Valid configurations and their values. */
export const configuration: fc.Arbitrary<{ readonly text: string; readonly expected: unknown }> = fc
  .tuple(fields, separatorOfFields(), fc.boolean())
  .map(([all, separator, braced]) => {
    const expected: Tree = {};
    for (const field of all) write(expected, field);
    const text = all.map(textOf).join(separator);
    return { text: braced ? `{\n${text}\n}\n` : text, expected };
  });
