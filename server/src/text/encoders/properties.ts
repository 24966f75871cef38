import { unicodeEscape } from './controls';

/**
 * A key path for a Java properties file, where every dot is a separator; undefined for an empty name or one with a dot,
 * because the format cannot express it.
 */
export function propertiesKey(path: readonly string[]): string | undefined {
  if (path.some((name) => name === '' || name.includes('.'))) return undefined;
  return escaped(path.join('.')).replace(/[ =:#!]/g, '\\$&');
}

/** A value for a Java properties file. Leading blanks are escaped, because they would otherwise be ignored. */
export function propertiesValue(text: string): string {
  return escaped(text).replace(/^ +/, (blanks) => '\\ '.repeat(blanks.length));
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  // Blanks, letters and signs stay; all invisible characters are escaped.
  return text.replace(
    /[\\\p{C}\p{Zl}\p{Zp}]/gu,
    (one) => ESCAPES[one] ?? [...Array(one.length).keys()].map((i) => unicodeEscape(one[i] ?? '')).join(''),
  );
}
