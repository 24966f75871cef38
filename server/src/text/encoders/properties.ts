import { unicodeEscape } from './controls';

/**
 * A key path for a Java properties file, where every dot separates; undefined for a name that has a dot in it or is
 * empty, since the format has no way to write it.
 */
export function propertiesKey(path: readonly string[]): string | undefined {
  if (path.some((name) => name === '' || name.includes('.'))) return undefined;
  return escaped(path.join('.')).replace(/[ =:#!]/g, '\\$&');
}

/** A value for a Java properties file. Blanks at its beginning are escaped, which would not count otherwise. */
export function propertiesValue(text: string): string {
  return escaped(text).replace(/^ +/, (blanks) => '\\ '.repeat(blanks.length));
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  // Blanks, letters and signs stay; everything that does not show is an escape.
  return text.replace(
    /[\\\p{C}\p{Zl}\p{Zp}]/gu,
    (one) => ESCAPES[one] ?? [...Array(one.length).keys()].map((i) => unicodeEscape(one[i] ?? '')).join(''),
  );
}
