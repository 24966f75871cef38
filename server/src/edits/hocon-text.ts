import { evaluate } from '../hocon/evaluation/evaluate';
import { parse } from '../hocon/syntax/parse';
import type { FieldNode, ObjectNode, Syntax, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import type { ConfigValue } from '../hocon/values/config-value';
import { hoconPath, hoconString, isSubstitution } from '../text/encoders/hocon';
import { jsonString } from '../text/encoders/json';
import { propertiesKey, propertiesValue } from '../text/encoders/properties';
import { isFirstOnLine, lineIndent } from '../text/lines';

/** A value to write into a configuration. */
export type HoconValue = string | number | boolean | null | Raw | HoconObject;

/** HOCON text that is written to a `.conf` file unchanged, such as an answer for a driver's `config`. */
export class Raw {
  constructor(readonly text: string) {}
}

export interface HoconObject {
  readonly [key: string]: HoconValue;
}

export function isObject(value: HoconValue): value is HoconObject {
  return typeof value === 'object' && value !== null && !(value instanceof Raw);
}

/** The style in which a file writes its entries. */
export interface Style {
  readonly syntax: Syntax;
  readonly eol: string;
  /** One level of indentation. */
  readonly indent: string;
  /** Between key and scalar: ` = `, `=`, `: `. */
  readonly separator: string;
  /** Between key and brace: ` `, ` = `, `: `. */
  readonly beforeBrace: string;
  /** Strict JSON: quoted keys, commas, no dotted keys. */
  readonly json: boolean;
}

/** The style of the entries around an object, otherwise that of the file, otherwise the most common one. */
export function styleNear(tree: SyntaxTree, object: ObjectNode): Style {
  const file = styleOf(tree);
  const beforeBrace = file.json ? undefined : beforeBraceIn(tree, fieldsOf(object));
  return {
    ...file,
    separator: separatorIn(tree, fieldsOf(object)) ?? file.separator,
    beforeBrace: beforeBrace ?? file.beforeBrace,
  };
}

/** Cached, because a check creates thousands of fixes for one file, and its tree, and so its style, is immutable. */
const styles = new WeakMap<SyntaxTree, Style>();

function styleOf(tree: SyntaxTree): Style {
  const known = styles.get(tree);
  if (known !== undefined) return known;
  const { syntax } = tree;
  const json = syntax === 'json';
  const fields = fieldsIn(tree);
  const usual = json ? ': ' : syntax === 'properties' ? '=' : ' = ';
  const style = {
    syntax,
    eol: /\r?\n/.exec(tree.text)?.[0] ?? '\n',
    indent: indentUnit(tree, fields),
    separator: separatorIn(tree, fields) ?? usual,
    beforeBrace: json ? ': ' : (beforeBraceIn(tree, fields) ?? ' '),
    json,
  };
  styles.set(tree, style);
  return style;
}

function separatorIn(tree: SyntaxTree, fields: Iterable<FieldNode>): string | undefined {
  return firstOf(fields, (field) => between(tree, field, 'scalar'));
}

function beforeBraceIn(tree: SyntaxTree, fields: Iterable<FieldNode>): string | undefined {
  return firstOf(fields, (field) => between(tree, field, 'object'));
}

/** The text between key and value, if both are on one line. */
function between(tree: SyntaxTree, field: FieldNode, kind: ValueNode['kind']): string | undefined {
  if (field.value?.kind !== kind || field.separator === '+=') return undefined;
  const text = tree.text.slice(field.path.end, field.value.start);
  return /^ ?[=:]? ?$/.test(text) ? text : undefined;
}

function indentUnit(tree: SyntaxTree, fields: readonly FieldNode[]): string {
  const unit = firstOf(fields, (field) => {
    if (field.value?.kind !== 'object') return undefined;
    const inner = field.value.entries.find((entry) => isFirstOnLine(tree.text, entry.start));
    if (inner === undefined) return undefined;
    const own = lineIndent(tree.text, field.start);
    const deeper = lineIndent(tree.text, inner.start);
    return deeper.startsWith(own) && deeper.length > own.length ? deeper.slice(own.length) : undefined;
  });
  return unit ?? '  ';
}

function firstOf<T>(fields: Iterable<FieldNode>, read: (field: FieldNode) => T | undefined): T | undefined {
  for (const field of fields) {
    const found = read(field);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The style is visible in the first few hundred fields or not at all. */
const ENOUGH_FIELDS = 500;

function* fieldsOf(object: ObjectNode): Generator<FieldNode> {
  let left = ENOUGH_FIELDS;
  for (const entry of object.entries) {
    if (left-- === 0) return;
    if (entry.kind === 'field') yield entry;
  }
}

/** The fields of the file, outer ones first. */
function fieldsIn(tree: SyntaxTree): FieldNode[] {
  const root = tree.root.value;
  const found = root.kind === 'object' ? [...fieldsOf(root)] : [];
  for (let i = 0; i < found.length && found.length < ENOUGH_FIELDS; i++) {
    const value = found[i]?.value;
    if (value?.kind === 'object') found.push(...fieldsOf(value));
  }
  return found;
}

/**
 * The entries in a form that a file of this syntax can express: outside `.conf`, HOCON text is converted to the value
 * that it represents. Undefined if the syntax cannot express one of them, such as a substitution in JSON, or a list, an
 * empty object or a key with a dot in properties.
 */
export function writable(entries: HoconObject, syntax: Syntax): HoconObject | undefined {
  if (syntax === 'conf') return entries;
  const result: Record<string, HoconValue> = {};
  for (const [key, value] of Object.entries(entries)) {
    const own = isObject(value) ? writable(value, syntax) : value instanceof Raw ? valueIn(value, syntax) : value;
    const isLost = own === undefined || (syntax === 'properties' && propertiesKey([key]) === undefined);
    if (isLost || (syntax === 'properties' && isObject(own) && Object.keys(own).length === 0)) return undefined;
    result[key] = own;
  }
  return result;
}

function valueIn({ text }: Raw, syntax: Syntax): HoconValue | undefined {
  const tree = parse('', `value = ${text}`, 'conf');
  const { root, problems } = evaluate([{ uri: '' }], { get: () => tree, lookedFor: new Set() }, NO_VARIABLES);
  const value = root.entries.get('value')?.value;
  return value === undefined || problems.length > 0 ? undefined : dataOf(value, syntax);
}

const NO_VARIABLES = { variables: new Map<string, string>(), closed: false };

function dataOf(value: ConfigValue, syntax: Syntax): HoconValue | undefined {
  switch (value.kind) {
    case 'object': {
      const entries = [...value.entries].map(([key, entry]) => [key, dataOf(entry.value, syntax)] as const);
      const known = entries.filter((entry): entry is [string, HoconValue] => entry[1] !== undefined);
      if (known.length < entries.length || value.unknowns.length > 0) return undefined;
      return writable(Object.fromEntries(known), syntax);
    }
    case 'list': {
      if (syntax !== 'json') return undefined;
      const elements = value.elements.map((element) => dataOf(element, syntax));
      if (elements.includes(undefined)) return undefined;
      return new Raw(`[${elements.map((element) => jsonText(element ?? null)).join(', ')}]`);
    }
    case 'unknown':
      return undefined;
    case 'number':
      return new Raw(value.text);
    case 'null':
      return null;
    default:
      return value.value;
  }
}

const JSON_STYLE: Style = { syntax: 'json', eol: '\n', indent: '  ', separator: ': ', beforeBrace: ': ', json: true };

/** A value on one line of a JSON file. */
export function jsonText(value: HoconValue): string {
  return isObject(value) ? inlineObject(value, JSON_STYLE) : scalarText(value, 'json');
}

/**
 * A scalar in the syntax of a file; in `.conf`, a text that consists of a substitution (`${AWS_REGION}`) is written as
 * one.
 */
export function scalarText(value: Exclude<HoconValue, HoconObject>, syntax: Syntax): string {
  if (value instanceof Raw) return value.text;
  if (typeof value !== 'string') return String(value);
  if (syntax === 'json') return jsonString(value);
  if (syntax === 'properties') return propertiesValue(value);
  return isSubstitution(value) ? value : hoconString(value);
}

function keyText(path: readonly string[], { syntax, json }: Style): string {
  return (syntax === 'properties' ? propertiesKey(path) : undefined) ?? hoconPath(path, json);
}

/** One line for every leaf, starting with its whole path. */
export function dottedLines(value: HoconObject, style: Style, prefix: readonly string[] = []): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...prefix, key];
    if (isObject(inner) && Object.keys(inner).length > 0) return dottedLines(inner, style, path);
    return [`${keyText(path, style)}${isObject(inner) ? `${style.beforeBrace}{}` : scalarWith(inner, style)}`];
  });
}

/** The entries of an object, each on as many lines as it needs, with the inner lines indented. */
export function nestedEntries(value: HoconObject, style: Style, indent: string): string[] {
  if (style.syntax === 'properties') return dottedLines(value, style);
  return Object.entries(value).map(([key, inner]) => {
    const { path, value: last } = style.json ? { path: [key], value: inner } : collapse([key], inner);
    const name = keyText(path, style);
    return isObject(last)
      ? `${name}${style.beforeBrace}${objectText(last, style, indent)}`
      : `${name}${scalarWith(last, style)}`;
  });
}

/** `{ … }` on several lines; `indent` is that of the line with the opening brace. */
export function objectText(value: HoconObject, style: Style, indent: string): string {
  const inner = indent + style.indent;
  const entries = nestedEntries(value, style, inner);
  if (entries.length === 0) return '{}';
  const separator = (style.json ? ',' : '') + style.eol + inner;
  return `{${style.eol}${inner}${entries.join(separator)}${style.eol}${indent}}`;
}

/** The entries of an object on one line. */
export function inlineEntries(value: HoconObject, style: Style): string {
  const entries = Object.entries(value).map(([key, inner]) => {
    const { path, value: last } = style.json ? { path: [key], value: inner } : collapse([key], inner);
    const name = keyText(path, style);
    return isObject(last)
      ? `${name}${style.beforeBrace}${inlineObject(last, style)}`
      : `${name}${scalarWith(last, style)}`;
  });
  return entries.join(', ');
}

export function inlineObject(value: HoconObject, style: Style): string {
  return Object.keys(value).length === 0 ? '{}' : `{ ${inlineEntries(value, style)} }`;
}

/** `a { b { c = 1 } }` is written `a.b.c = 1`. */
function collapse(path: readonly string[], value: HoconValue): { path: readonly string[]; value: HoconValue } {
  if (!isObject(value)) return { path, value };
  const [only, ...others] = Object.entries(value);
  return only === undefined || others.length > 0 ? { path, value } : collapse([...path, only[0]], only[1]);
}

function scalarWith(value: Exclude<HoconValue, HoconObject>, style: Style): string {
  const isBlock = value instanceof Raw && value.text.startsWith('{');
  return (isBlock ? style.beforeBrace : style.separator) + scalarText(value, style.syntax);
}
