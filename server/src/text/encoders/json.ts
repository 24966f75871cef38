import { breakLogCommands } from './ci';
import { doubleQuoted } from './controls';

/** A JSON string. Control characters in it are always escaped. */
export const jsonString = doubleQuoted;

/**
 * A JSON document, indented by two blanks. It reads back as the same value; control characters are escapes, and a CI
 * system that reads it in a log finds no command in it.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  // Outside of strings there are only line feeds and blanks, which are kept.
  return breakLogCommands(text.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, escaped));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
