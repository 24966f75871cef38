import type { TextRange } from '../text/location';
import { entriesToYaml } from './entries-to-yaml';
import { toCamelCase } from './key-case';
import type { HostEdit, Notation } from './notation';
import { withoutMarks } from './snippet';

/** A value of the map: where it stands, with and without its quotes, and how to write into it. */
export interface SpliceValue {
  readonly range: TextRange;
  readonly inner: TextRange;
  /** Undefined where nothing is written yet. */
  readonly notation: Notation | undefined;
}

/** What YAML reads as a string without quotes, and HOCON too. */
const BARE = /^[A-Za-z0-9_./][\w./-]*(?: [\w./-]+)*$/;

/** The same in both. */
const COMMENT_LINE = /^[ \t]*#.*\r?\n$/;

/** Edits of the HOCON text of a `kms:` map, in camelCase and YAML. `keys` and `values` are in order. */
export function spliceNotation(host: string, keys: readonly TextRange[], values: readonly SpliceValue[]): Notation {
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
  if (text === undefined || text.includes('\n')) return undefined;
  if (!whole && value.notation !== undefined) return value.notation({ range, newText: text });
  const written = BARE.test(withoutMarks(text)) ? text : JSON.stringify(text);
  const blank = host[value.range.start - 1] === ':' ? ' ' : '';
  return { range: value.range, newText: blank + written };
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

/** How far entries at this place are indented. */
function indentAt(host: string, at: number): number {
  const start = host.lastIndexOf('\n', at - 1) + 1;
  const before = host.slice(start, at);
  const indent = before.search(/[^ ]|$/);
  return before.trimEnd().endsWith(':') ? indent + 2 : indent;
}

function covers(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
