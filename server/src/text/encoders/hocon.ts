import { doubleQuoted } from './controls';

const PLAIN_KEY = /^[\p{L}\p{Nd}_-]+$/u;
const PLAIN_STRING = /^(?!true|false|null|include)[A-Za-z][A-Za-z0-9_/-]*$/;
const BARE = /^[A-Za-z0-9_./][\w./-]*(?: [\w./-]+)*$/;
const SUBSTITUTION = /^\$\{\??[\p{L}\p{Nd}_-]+(?:\.[\p{L}\p{Nd}_-]+)*\}$/u;

/** A string in quotes, which is the same in `.conf` and `.json`: one token whatever the text is. */
export const hoconQuoted = doubleQuoted;

/**
 * A value that is a string: without quotes if it then reads as the same string, otherwise in quotes; always in quotes
 * in JSON.
 */
export function hoconString(text: string, json = false): string {
  return !json && PLAIN_STRING.test(text) && !text.includes('//') ? text : hoconQuoted(text);
}

/** Whether HOCON, as YAML, reads a text without quotes as the same text, which may look like a number or a boolean. */
export function isBare(text: string): boolean {
  return BARE.test(text) && !text.includes('//');
}

/** Whether the text is one substitution of a plain path and nothing else: `${REGION}`, `${?a.b}`. */
export function isSubstitution(text: string): boolean {
  return SUBSTITUTION.test(text);
}

/** One key, in quotes if it would otherwise be read differently, and always in JSON. */
function hoconKey(name: string, json = false): string {
  return !json && PLAIN_KEY.test(name) ? name : hoconQuoted(name);
}

/**
 * A key path: each element stays one element, and none is read as an include. Letters and digits are those of every
 * script, as in the paths that PureConfig prints.
 */
export function hoconPath(path: readonly string[], json = false): string {
  const [only] = path;
  if (path.length === 1 && only === 'include') return hoconQuoted(only);
  return path.map((name) => hoconKey(name, json)).join('.');
}
