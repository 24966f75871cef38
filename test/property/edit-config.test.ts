import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges, inverseOf } from '../../server/src/edits/changes';
import { type ConfigChange, editConfig } from '../../server/src/edits/edit-config';
import type { HoconObject } from '../../server/src/edits/hocon-text';
import { toJson } from '../../server/src/hocon/values/config-value';
import { applied, launch } from '../unit/operations/kit';

type Json = string | { readonly [key: string]: Json };

const NODE = ['canton', 'participants', 'p1'];
/** Texts and sections have separate names, because Canton refuses a text in place of a section. */
const TEXTS = ['provider', 'type', 'region'] as const;
const SECTIONS = ['kms', 'store'] as const;

const leaf = fc.constantFrom('aws', 'jce', 'us-east-1', 'arn:aws:kms:key/1', 'two words');
const sectionOf = (inner: fc.Arbitrary<Exclude<Json, string>>) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...TEXTS), leaf, { maxKeys: 3 }),
      fc.dictionary(fc.constantFrom(...SECTIONS), inner, { maxKeys: 2 }),
      fc.boolean(),
    )
    .map(([texts, sections, textsFirst]) => (textsFirst ? { ...texts, ...sections } : { ...sections, ...texts }));
const object = sectionOf(sectionOf(sectionOf(fc.constant({}))));

/** The notation of one object, chosen at random for each. */
const layout = fc.record({
  form: fc.constantFrom('block', 'inline', 'dotted', 'open'),
  separator: fc.constantFrom(' = ', '=', ': '),
  brace: fc.constantFrom(' ', ' = ', ': '),
  comma: fc.boolean(),
  comment: fc.constantFrom('', ' # why', '  // {'),
});
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

const text = (value: string) => (/^[a-z0-9-]+$/.test(value) ? value : JSON.stringify(value));

/** Renders the entries of an object, one per line if the layout allows it. */
function write(value: Exclude<Json, string>, next: () => Layout, eol: string, indent: string, prefix = ''): string {
  const { form, separator, brace, comma, comment } = next();
  const lines = Object.entries(value).flatMap(([key, inner]): string[] => {
    const name = prefix + key;
    if (typeof inner === 'string') return [`${name}${separator}${text(inner)}`];
    if (Object.keys(inner).length === 0) return [`${name}${brace}{}`];
    if (form === 'dotted')
      return write(inner, next, eol, indent, `${name}.`)
        .split(eol)
        .map((line) => line.trimStart());
    if (form === 'inline') return [`${name}${brace}{ ${inline(inner, separator)} }`];
    return [`${name}${brace}{${eol}${write(inner, next, eol, `${indent}  `)}${eol}${indent}}`];
  });
  const end = (i: number) => `${comma && i < lines.length - 1 ? ',' : ''}${comment}`;
  return lines.map((line, i) => `${indent}${line}${form === 'dotted' ? '' : end(i)}`).join(eol);
}

function inline(value: Exclude<Json, string>, separator: string): string {
  return Object.entries(value)
    .map(
      ([key, inner]) =>
        `${key}${typeof inner === 'string' ? separator + text(inner) : ` { ${inline(inner, separator)} }`}`,
    )
    .join(', ');
}

/** The meaning of a configuration after one of its paths is set. */
function withValue(config: unknown, path: readonly string[], value: Json): unknown {
  const base = typeof config === 'object' && config !== null ? config : {};
  const [key, ...rest] = path;
  if (key === undefined) {
    if (typeof value === 'string') return value;
    let merged: unknown = base;
    for (const [name, inner] of Object.entries(value)) merged = withValue(merged, [name], inner);
    return merged;
  }
  const old = (base as Record<string, unknown>)[key];
  return { ...base, [key]: withValue(rest.length === 0 && typeof value === 'string' ? undefined : old, rest, value) };
}

function without(config: unknown, [key, ...rest]: readonly string[]): unknown {
  if (typeof config !== 'object' || config === null || key === undefined || !(key in config)) return config;
  const { [key]: old, ...others } = config as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [key]: without(old, rest) };
}

const files = fc
  .record({
    own: object,
    shared: object,
    other: object,
    layouts: fc.array(layout, { minLength: 1, maxLength: 8 }),
    crlf: fc.boolean(),
    place: fc.constantFrom('none', 'before', 'after'),
  })
  .map(({ own, shared, other, layouts, crlf, place }) => {
    let i = 0;
    const next = () => layouts[i++ % layouts.length] as Layout;
    const eol = crlf ? '\r\n' : '\n';
    const body = (value: Exclude<Json, string>, indent: string) => write(value, next, eol, indent);
    const substitution = '  crypto = ${_shared}';
    const section = `  crypto {${eol}${body(own, '    ')}${eol}  }`;
    const node = place === 'none' ? [section] : place === 'before' ? [substitution, section] : [section, substitution];
    return [
      `_shared {${eol}${body(shared, '  ')}${eol}}`,
      `canton.participants.p2.crypto = \${_shared} {${eol}${body(other, '  ')}${eol}}`,
      `canton.participants.p1 {${eol}${node.join(eol)}${eol}}`,
      '',
    ].join(eol);
  });

const above = fc.array(fc.constantFrom(...SECTIONS), { maxLength: 2 });
const pathTo = (key: fc.Arbitrary<string>) =>
  fc.tuple(above, key).map(([keys, last]) => [...NODE, 'crypto', ...keys, last]);
const textPath = pathTo(fc.constantFrom(...TEXTS));
const sectionPath = pathTo(fc.constantFrom(...SECTIONS));
const setting = fc.oneof(fc.tuple(textPath, leaf), fc.tuple(sectionPath, object));

async function check(source: string, change: ConfigChange, expected: (config: unknown) => readonly unknown[]) {
  const before = await launch(new Map([['file:///main.conf', source]]));
  assert.deepEqual(before.problems, [], source);
  const edits = editConfig(before, [change]);
  assert.ok(edits);
  const after = await applied(before, edits);
  const result = after.texts.get('file:///main.conf') ?? '';
  assert.deepEqual(after.problems, [], result);
  const options = expected(toJson(before.config)).map((value) => JSON.stringify(sorted(value)));
  assert.ok(options.includes(JSON.stringify(sorted(toJson(after.config)))), `${source}\n--- became ---\n${result}`);
  assert.equal(applyChanges(result, inverseOf(source, edits)), source);
}

/** In one order and without empty objects: an object that only a dotted key had opened disappears with it. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

describe('any edit of any configuration', () => {
  it('sets exactly what it is asked to set', async () => {
    const property = fc.asyncProperty(files, setting, (source, [at, value]) =>
      check(source, { kind: 'set', path: at, value: value as HoconObject | string }, (config) => [
        withValue(config, at, value),
      ]),
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('removes exactly what it is asked to remove, or hides what others share', async () => {
    const property = fc.asyncProperty(files, fc.oneof(textPath, sectionPath), (source, at) =>
      check(source, { kind: 'remove', path: at, otherwise: 'hidden' }, (config) => {
        const gone = without(config, at);
        return JSON.stringify(gone) === JSON.stringify(config) ? [config] : [gone, withValue(gone, at, 'hidden')];
      }),
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
