import { hoconPath, hoconString, isSubstitution } from '../text/encoders/hocon';

/** A value to be written into a configuration. */
export type HoconValue = string | number | boolean | null | Raw | HoconObject;

/** HOCON text that is written as it is: what a person typed for a driver's `config`. */
export class Raw {
  constructor(readonly text: string) {}
}

export interface HoconObject {
  readonly [key: string]: HoconValue;
}

export function isObject(value: HoconValue): value is HoconObject {
  return typeof value === 'object' && value !== null && !(value instanceof Raw);
}

/** How a file writes its entries. */
export interface Style {
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

/** A scalar as HOCON; a text that is a substitution as a whole (`${AWS_REGION}`) stays one. */
export function scalarText(value: Exclude<HoconValue, HoconObject>, json: boolean): string {
  if (value instanceof Raw) return value.text;
  if (typeof value !== 'string') return String(value);
  return !json && isSubstitution(value) ? value : hoconString(value, json);
}

/** One line for every leaf, its whole path before it. */
export function dottedLines(value: HoconObject, style: Style, prefix: readonly string[] = []): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...prefix, key];
    if (isObject(inner) && Object.keys(inner).length > 0) return dottedLines(inner, style, path);
    return [`${hoconPath(path, style.json)}${isObject(inner) ? `${style.beforeBrace}{}` : scalarWith(inner, style)}`];
  });
}

/** The entries of an object, each over as many lines as it needs, the inner lines indented. */
export function nestedEntries(value: HoconObject, style: Style, indent: string): string[] {
  return Object.entries(value).map(([key, inner]) => {
    const { path, value: last } = style.json ? { path: [key], value: inner } : collapse([key], inner);
    const name = hoconPath(path, style.json);
    return isObject(last)
      ? `${name}${style.beforeBrace}${objectText(last, style, indent)}`
      : `${name}${scalarWith(last, style)}`;
  });
}

/** `{ … }` over several lines; `indent` is that of the line with the opening brace. */
export function objectText(value: HoconObject, style: Style, indent: string): string {
  const inner = indent + style.indent;
  const entries = nestedEntries(value, style, inner);
  if (entries.length === 0) return '{}';
  const between = (style.json ? ',' : '') + style.eol + inner;
  return `{${style.eol}${inner}${entries.join(between)}${style.eol}${indent}}`;
}

/** The entries of an object on one line. */
export function inlineEntries(value: HoconObject, style: Style): string {
  const entries = Object.entries(value).map(([key, inner]) => {
    const { path, value: last } = style.json ? { path: [key], value: inner } : collapse([key], inner);
    const name = hoconPath(path, style.json);
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
  return (isBlock ? style.beforeBrace : style.separator) + scalarText(value, style.json);
}
