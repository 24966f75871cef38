/**
 * Invisible characters that a terminal, a console or an editor interprets: C0 and C1 controls, DEL, the line separators
 * of Unicode, marks and overrides of the writing direction, and the byte order mark.
 */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression searches for them.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** `\u001b`: the escape that JSON, Java, Scala, HOCON, YAML and HCL share. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Shows every control character as an escape, so that the text is one line; `keep` names those that stay as they are. */
export function withVisibleControls(text: string, keep = ''): string {
  return text.replace(CONTROL, (one) => (keep.includes(one) ? one : (SHORT[one] ?? unicodeEscape(one))));
}

/**
 * A string literal in double quotes with the escapes of JSON. The text between the quotes has no control character, no
 * line separator, no mark of the writing direction and no lone surrogate, so it is the same one literal for JSON, HOCON,
 * Scala and YAML, and nothing in it reaches a terminal.
 */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(CONTROL, unicodeEscape);
}
