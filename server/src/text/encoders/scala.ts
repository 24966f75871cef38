import { doubleQuoted, withVisibleControls } from './controls';

/** Keywords of Scala 2.13 or 3. */
const RESERVED = new Set(
  (
    'abstract case catch class def do else enum extends false final finally for forSome given if implicit import lazy ' +
    'macro match new null object override package private protected return sealed super then this throw trait true try type ' +
    'val var while with yield'
  ).split(' '),
);

/** The text as one string literal on one line, whatever is in it. It must not be put into an interpolated string. */
export const scalaString = doubleQuoted;

/**
 * The text as an identifier, between backticks if it is not a plain one (`node-1`). Undefined if it cannot be an
 * identifier: backticks have no escape for themselves, and a backslash or a control character between them is either an
 * escape or the end of the line.
 */
export function scalaIdentifier(name: string): string | undefined {
  if (/^[A-Za-z][A-Za-z0-9_]*$|^_[A-Za-z0-9_]+$/.test(name) && !RESERVED.has(name)) return name;
  return name === '' || /[`\\]/.test(name) || withVisibleControls(name) !== name ? undefined : `\`${name}\``;
}

/**
 * A comment, each line of the text after `//`; blank lines are left out. Other line breaks than `\n` are shown as
 * escapes, and a `\u` of the text is broken, because older compilers translate it in comments too.
 */
export function scalaComment(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `// ${withVisibleControls(line, '\t').replace(/\\(?=u)/g, '\\\\')}`)
    .join('\n');
}
