import { doubleQuoted, withVisibleControls } from './controls';

/** Reads as a string in YAML 1.1 and 1.2, and in no place as anything else. */
const PLAIN = /^[A-Za-z][\w./-]*$/;
/** Words that YAML 1.1 or 1.2 reads as another type, in any case of letters. */
const OTHER_TYPE = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** A string as a scalar of one line: plain where every reader takes it as this string, else in double quotes. */
export function yamlString(text: string): string {
  return PLAIN.test(text) && !OTHER_TYPE.test(text) ? text : doubleQuoted(text);
}

/** The inside a scalar in double quotes. All escapes of JSON are escapes of YAML. */
export function insideDoubleQuotes(text: string): string {
  return doubleQuoted(text).slice(1, -1);
}

/** The inside a scalar in single quotes; undefined for what they cannot hold on one line. */
export function insideSingleQuotes(text: string): string | undefined {
  return withVisibleControls(text, '\t') === text ? text.replaceAll("'", "''") : undefined;
}
