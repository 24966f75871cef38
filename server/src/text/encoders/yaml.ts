import { doubleQuoted, withVisibleControls } from './controls';

/** Texts that YAML 1.1 and 1.2 read as a string everywhere. */
const PLAIN = /^[A-Za-z][\w./-]*$/;
/** Words that YAML 1.1 or 1.2 reads as another type, in uppercase or lowercase. */
const OTHER_TYPE = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** A string as a scalar of one line: plain if every parser reads it as this string, otherwise in double quotes. */
export function yamlString(text: string): string {
  return PLAIN.test(text) && !OTHER_TYPE.test(text) ? text : doubleQuoted(text);
}

/** The inside of a scalar in double quotes. All escapes of JSON are escapes of YAML. */
export function insideDoubleQuotes(text: string): string {
  return doubleQuoted(text).slice(1, -1);
}

/** A text of one line without control characters, such as a HOCON string, as a scalar in single quotes. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The inside of a scalar in single quotes; undefined for a text that they cannot contain on one line. */
export function insideSingleQuotes(text: string): string | undefined {
  return withVisibleControls(text, '\t') === text ? singleQuoted(text).slice(1, -1) : undefined;
}
