import type { CST } from 'yaml';
import { KMS_TYPE_NAMES, type KmsType, kmsTypeFacts } from '../../../schemas/kms-types';
import { doubleQuoted as yamlQuoted } from '../text/encoders/controls';
import { isBare } from '../text/encoders/hocon';
import { singleQuoted } from '../text/encoders/yaml';
import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import { isMisspelled } from '../text/nearest';
import { type HostEdit, type Notation, toCamelCase } from './notation';
import { isTabStop, withoutMarks } from './snippet';
import { isScalarToken, readScalar, type ScalarToken, type YamlSource } from './yaml-scalar';
import { type Collection, extentOf, isCollection, itemsOf } from './yaml-walk';

/** The text that the chart's template writes around the map. */
const BEFORE = 'canton.participants.participant.crypto {\n  provider = kms\n  ';
const AFTER = '\n}';
/** Deeper maps than Canton reads are ignored, because this function is recursive. */
const MAX_DEPTH = 50;

/**
 * Whether a map under a key `kms` is meant for Canton. Other charts have such keys too, so its `type` must be one that
 * Canton has, or the beginning of one, and away from the chart's variables it must not be about a single key. A map
 * without a type is for Canton if it has other keys of a KMS, and the chart's variables next to it or all keys that only
 * one type has; some of them may be for another tool, which adds the rest.
 */
export function isSpliceKms(source: YamlSource, map: Collection, hasVariables: boolean): boolean {
  if (!isMap(map)) return false;
  const entries = itemsOf(map).map(({ key, value }) => ({
    name: isScalarToken(key) ? readScalar(source, key).text : '',
    value,
  }));
  const names = entries.map(({ name }) => name);
  const isDriver = names.includes('name') && names.includes('config');
  if (!names.includes('type')) {
    if (hasVariables) return isDriver || names.some((name) => KMS_KEYS.has(name));
    return KMS_TYPE_NAMES.some((type) => isOfType(type, names));
  }
  if (
    !hasVariables &&
    names.some((name) => NAMES_KEY.test(name)) &&
    !names.some((name) => isMisspelled(name, KMS_KEYS))
  )
    return false;
  return entries.some(({ name, value }) => {
    if (name !== 'type') return false;
    if (value === undefined || value === null) return true;
    if (!isScalarToken(value)) return false;
    // A template or another tool may insert a type of Canton's.
    const { start, end } = extentOf(value);
    if (/\{\{|\$[{(]/.test(source.original.slice(start, end))) return hasVariables;
    const type = readScalar(source, value).text.toLowerCase();
    return KMS_TYPE_NAMES.some((known) => known.startsWith(type));
  });
}

/** Keys of a `kms` section that a map without a `type` may have. */
const KMS_KEYS = new Set(KMS_TYPE_NAMES.flatMap((type) => kmsTypeFacts(type).telltaleKeys.map(toCamelCase)));
/** A type, or a key that a map without one has. */
export const KMS_KEY = new RegExp(`\\b(?:type|${[...KMS_KEYS].join('|')})\\b`);

/** True if the keys of a map have all that only a KMS of this type has. */
function isOfType(type: KmsType, names: readonly string[]): boolean {
  const others = KMS_TYPE_NAMES.filter((other) => other !== type).flatMap((other) => kmsTypeFacts(other).telltaleKeys);
  const own = kmsTypeFacts(type).telltaleKeys.filter((key) => !others.includes(key));
  return own.length > 0 && own.every((key) => names.includes(toCamelCase(key)));
}

/** The map of a secret store or a signing tool names a key, which Canton's does not. */
const NAMES_KEY = /^(?:key[_-]?(?:id|arn|name|ref|uri)|arn|uri)$/i;

/**
 * The `kms:` map of the Splice participant chart as the HOCON that the chart makes of it: under
 * `canton.participants.participant.crypto`, with `provider = kms`, keys in kebab-case, values without quotes.
 * `cluster/helm/splice-participant/templates/participant.yaml` and `render-nested-config` in
 * `cluster/helm/splice-util-lib/templates/_helpers.tpl`, canton-network/splice 08b26a65.
 *
 * Block style becomes braces, and everything else stays unchanged: `:` and `#` mean the same in HOCON.
 */
export function readSpliceKms(
  source: YamlSource,
  key: CST.Token,
  properties: readonly CST.SourceToken[],
  map: Collection,
): (MappedText & { readonly notation: Notation; readonly scalars: readonly TextRange[] }) | undefined {
  if (!isScalarToken(key)) return undefined;
  // The line above may be incomplete: YAML reads it as the beginning of the key.
  const above = key.type === 'scalar' ? key.source.length - 'kms'.length : 0;
  const writer = new SpliceWriter(source, key.offset + above);
  if (!writer.write(key, properties, map)) return undefined;
  const scalars = writer.values.map(({ range }) => range);
  return { ...writer.build(), notation: spliceNotation(source.original, writer.keys, writer.values), scalars };
}

/** Whether a range of the HOCON is in the map; the text that the chart writes around it accepts no edits. */
export function isInSpliceKms(text: string, { start, end }: TextRange): boolean {
  return start >= BEFORE.length && end < text.length - AFTER.length;
}

class SpliceWriter {
  readonly keys: TextRange[] = [];
  readonly values: SpliceValue[] = [];
  private readonly builder: MappedTextBuilder;
  private readonly host: string;
  /** Everything before this offset is written. */
  private at: number;

  constructor(
    private readonly source: YamlSource,
    private readonly start: number,
  ) {
    this.host = source.masked;
    this.builder = new MappedTextBuilder(this.host);
    this.at = start;
  }

  /** False where the map is too deep. */
  write(key: ScalarToken, properties: readonly CST.SourceToken[], map: Collection): boolean {
    this.builder.synthetic(BEFORE, this.start, this.start);
    this.at = key.offset + key.source.length;
    this.builder.encoded('kms', this.start, this.at);
    if (!this.value(map, properties, 0)) return false;
    this.builder.synthetic(AFTER, this.at, this.at);
    return true;
  }

  build(): MappedText {
    return this.builder.build({ start: this.start, end: this.at });
  }

  /** A value from the end of its key on: the separator, anchors and the value itself. */
  private value(token: CST.Token, properties: readonly CST.SourceToken[], depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    const { start, end } = extentOf(token);
    if (isCollection(token) && isMap(token)) return this.map(token, properties, depth);
    this.skipProperties(properties);
    this.gap(start);
    if (isCollection(token)) {
      this.replace(this.list(token), end);
    } else if (isScalarToken(token)) {
      this.scalar(token, end);
    } else {
      // An alias, which is not resolved.
      this.replace(`\${YAML${this.host.slice(start, end).replace(/\W+/g, '_')}}`, end);
    }
    return true;
  }

  private scalar(token: ScalarToken, end: number): void {
    const value = readScalar(this.source, token);
    if (token.type === 'scalar' && /^(?:~|null|Null|NULL)$/.test(token.source)) {
      this.builder.encoded('null', this.at, end);
    } else {
      this.builder.append(value, { start: 0, end: value.text.length });
    }
    this.values.push({ range: { start: token.offset, end }, inner: value.map.host, notation: value.notation });
    this.at = token.type === 'block-scalar' ? Math.max(end, value.map.host.end) : end;
  }

  /** Go writes a list as `[a b]`; lists with other values than scalars are not supported. */
  private list(token: Collection): string {
    const values = itemsOf(token).map(({ key, value }) => value ?? key);
    if (!values.every((value) => value === undefined || value === null || isScalarToken(value))) return '${YAML_list}';
    const texts = values.map((value) => (isScalarToken(value) ? readScalar(this.source, value).text : ''));
    return `[${texts.join(' ').trim()}]`;
  }

  private map(token: Collection, properties: readonly CST.SourceToken[], depth: number): boolean {
    const block = token.type === 'block-map';
    if (block) {
      const colon = this.host.indexOf(':', this.at);
      this.gap(colon < 0 ? this.at : Math.min(colon + 1, token.offset));
      this.builder.synthetic(' {', this.at, this.at);
    }
    this.skipProperties(properties);
    for (const item of itemsOf(token)) if (!this.item(item, depth, block)) return false;
    if (block) {
      this.gap(this.endOfLines(this.at, token.indent));
      this.builder.synthetic('\n}', this.at, this.at);
    } else {
      this.gap(extentOf(token).end);
    }
    return true;
  }

  private item({ start, key, sep, value }: CST.CollectionItem, depth: number, block: boolean): boolean {
    this.skipProperties(start);
    if (!key) return !value || this.value(value, [], depth + 1);
    if (isScalarToken(key) && key.source === '<<' && value) {
      this.gap(key.offset);
      this.replace('include url("https:<<")', extentOf(value).end);
      return true;
    }
    if (isScalarToken(key)) this.key(key);
    if (sep !== undefined && !value && !(block && this.openMap(key, sep))) this.missingValue(sep);
    return !value || this.value(value, sep ?? [], depth + 1);
  }

  /** A key. If an incomplete key is above another one, YAML reads both as one key on two lines. */
  private key(token: ScalarToken): void {
    const lines = token.type === 'scalar' ? [...token.source.matchAll(/[^\s](?:[^\r\n]*[^\s])?/g)] : [];
    if (lines.length === 0) {
      const { text } = readScalar(this.source, token);
      this.keyAt(text, token.offset, token.offset + token.source.length);
    }
    for (const { 0: name, index } of lines) {
      this.keyAt(name, token.offset + index, token.offset + index + name.length);
    }
  }

  private keyAt(name: string, start: number, end: number): void {
    this.gap(start);
    const written = toKebabCase(name);
    if (written === this.host.slice(start, end)) this.builder.exact(start, end);
    else this.builder.encoded(written, start, end);
    this.keys.push({ start, end });
    this.at = end;
  }

  /** `key:` above an empty line that is indented more: a map is about to be written. */
  private openMap(key: CST.Token | null | undefined, sep: readonly CST.SourceToken[]): boolean {
    const colon = sep.find((token) => token.type === 'map-value-ind');
    if (!isScalarToken(key) || colon === undefined) return false;
    const indent = key.offset - (this.host.lastIndexOf('\n', key.offset - 1) + 1);
    const from = colon.offset + 1;
    const end = this.endOfLines(from, indent + 1);
    if (end === from || this.host.slice(this.host.lastIndexOf('\n', end - 1), end).trim() !== '') return false;
    this.gap(from);
    this.builder.synthetic(' {', from, from);
    this.gap(end);
    this.builder.synthetic('\n}', end, end);
    return true;
  }

  /** `key:` without a value is null. It gets a place where a value can be typed. */
  private missingValue(sep: readonly CST.SourceToken[]): void {
    const colon = sep.find((token) => token.type === 'map-value-ind');
    if (colon === undefined) return;
    const end = colon.offset + 1;
    this.gap(this.host[end] === ' ' ? end + 1 : end);
    const range = { start: this.at, end: this.at };
    this.builder.encoded(this.at === end ? ' null' : 'null', this.at, this.at);
    this.values.push({ range, inner: range, notation: undefined });
  }

  /** Writes text for the part of the host up to an offset. */
  private replace(text: string, end: number): void {
    this.builder.synthetic(text, this.at, end);
    this.at = end;
  }

  /** Copies the text between nodes: blanks, line ends, comments, commas, separators. */
  private gap(end: number): void {
    this.builder.lines(this.at, end);
    this.at = Math.max(this.at, end);
  }

  /** Anchors, tags and `?` are YAML's own. */
  private skipProperties(tokens: readonly CST.SourceToken[]): void {
    for (const { type, offset, source } of tokens) {
      if (type !== 'anchor' && type !== 'tag' && type !== 'explicit-key-ind') continue;
      this.gap(offset);
      this.at = offset + source.length;
    }
  }

  /** The end of the blank and comment lines below that are indented as a map is: the next key is typed there. */
  private endOfLines(from: number, indent: number): number {
    const { host } = this;
    let end = from;
    for (let lineStart = from, first = host[from - 1] !== '\n'; lineStart <= host.length; first = false) {
      const newline = host.indexOf('\n', lineStart);
      const next = newline < 0 ? host.length : newline;
      const line = host.slice(lineStart, next).replace(/\r$/, '');
      if (!/^[ \t]*(?:#.*)?$/.test(line)) break;
      if (!first && line.search(/[^ ]|$/) >= indent) end = lineStart + line.length;
      if (first && line.includes('#')) end = lineStart + line.length;
      if (newline < 0) break;
      lineStart = newline + 1;
    }
    return end;
  }
}

export function isMap(token: Collection): boolean {
  return token.type === 'block-map' || (token.type === 'flow-collection' && token.start.type === 'flow-map-start');
}

/** A value of the map: its ranges with and without quotes, and the way to write into it. */
interface SpliceValue {
  readonly range: TextRange;
  readonly inner: TextRange;
  /** Undefined if nothing is written yet. */
  readonly notation: Notation | undefined;
}

/** The same in both. */
const COMMENT_LINE = /^[ \t]*#.*\r?\n$/;

/** Edits of the HOCON text of a `kms:` map, in camelCase and YAML. `keys` and `values` are in order. */
function spliceNotation(host: string, keys: readonly TextRange[], values: readonly SpliceValue[]): Notation {
  return (edit) => {
    const { range, newText } = edit;
    if (newText === '' || COMMENT_LINE.test(newText)) return edit;
    const value = values.find((v) => covers(v.range, range));
    if (value !== undefined && !newText.startsWith('\n')) return writeValue(host, value, edit);
    if (/^[\w-]+$/.test(newText) && keys.some((key) => covers(key, range))) {
      return { range, newText: toCamelCase(newText) };
    }
    const text = entriesToYaml(newText, indentAt(host, range.start));
    if (text === undefined) return undefined;
    return { range, newText: host.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text };
  };
}

function writeValue(host: string, value: SpliceValue, { range, newText }: HostEdit): HostEdit | undefined {
  const whole = range.start <= value.inner.start && range.end >= value.inner.end;
  const text = unquoted(whole ? newText.trim() : newText);
  if (text === undefined || /[\n\r]/.test(text)) return undefined;
  if (!whole && value.notation !== undefined) return value.notation({ range, newText: text });
  // The chart drops the quotes of YAML, so a value that needs quotes in HOCON has them inside the YAML quotes.
  const quoted = newText.trim().startsWith('"') ? inBothQuotes(newText.trim()) : yamlQuoted(text);
  const written = isBare(withoutMarks(text)) ? text : quoted;
  const blank = host[value.range.start - 1] === ':' ? ' ' : '';
  return { range: value.range, newText: blank + written };
}

/** A HOCON value, and what follows it, as YAML: the chart drops the quotes of YAML, so necessary ones are inside others. */
function inBothQuotes(value: string): string {
  const [, string, rest = ''] = /^("(?:[^"\\]|\\.)*")(.*)$/.exec(value) ?? [];
  if (string === undefined || isBare(withoutMarks(string.slice(1, -1)))) return value;
  return `${singleQuoted(string)}${rest}`;
}

/** The value of a HOCON string, or the text itself. */
function unquoted(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The indentation of entries at this place. */
function indentAt(host: string, at: number): number {
  const start = host.lastIndexOf('\n', at - 1) + 1;
  const before = host.slice(start, at);
  const indent = before.search(/[^ ]|$/);
  return before.trimEnd().endsWith(':') ? indent + 2 : indent;
}

function covers(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

const FIELD = /^([\w-]+(?:\.[\w-]+)*)\s*[=:]\s*([^{}]*)$/;
const SECTION = /^([\w-]+(?:\.[\w-]+)*)\s*[=:]?\s*\{$/;
const BARE_KEY = /^[\w-]+$/;

/**
 * HOCON entries, one per line, as completions and fixes write them, as YAML in camelCase; undefined for anything else.
 * Comments and the marks of tab stops stay.
 *
 * @param indent of the map that they become part of, in blanks; the first line is assumed to be there already
 */
function entriesToYaml(hocon: string, indent: number): string | undefined {
  const lines: string[] = [];
  let depth = 0;
  /** The number of levels that each open brace has opened. */
  const open: number[] = [];
  for (const line of hocon.split('\n').map((each) => each.trim())) {
    // An editor puts the cursor after the last brace anyway, so a tab stop there is not needed.
    if (withoutMarks(line) === '}') {
      const levels = open.pop();
      if (levels === undefined) return undefined;
      depth -= levels;
    } else if (line === '') {
      lines.push('');
    } else if (line.startsWith('#') || isTabStop(line)) {
      lines.push(blanks(indent, depth) + line);
    } else if (BARE_KEY.test(line)) {
      lines.push(blanks(indent, depth) + toCamelCase(line));
    } else {
      const field = FIELD.exec(line);
      const names = (field ?? SECTION.exec(line))?.[1]?.split('.');
      if (names === undefined) return undefined;
      for (const [i, name] of names.entries()) {
        const value = field !== null && i === names.length - 1 ? ` ${inBothQuotes(field[2] ?? '')}` : '';
        lines.push(`${blanks(indent, depth + i)}${toCamelCase(name)}:${value}`);
      }
      if (field === null) {
        open.push(names.length);
        depth += names.length;
      }
    }
  }
  const text = lines.join('\n');
  return hocon.startsWith('\n') ? text : text.trimStart();
}

function blanks(indent: number, depth: number): string {
  return ' '.repeat(indent + 2 * depth);
}

/**
 * A key as Helm's `kebabcase` writes it: `keyRingId` -> `key-ring-id`. Digits stay with the word before them, which is
 * also how Canton's keys have them.
 */
export function toKebabCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[_ ]/g, '-')
    .toLowerCase();
}
