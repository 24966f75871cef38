import { readPath } from './key-path';
import { lex } from './lexer';
import type { Parser } from './parser';
import { isSimple, TokenKind } from './token';
import { FieldTree, type PathNames, PathTree } from './tree';

/** An entry with a quote too many or, in JSON, too few about its key. */
export interface UnquotedEntry {
  readonly field: FieldTree;
  /** What opens behind the key, if that is all that follows. */
  readonly opening: { readonly what: 'braces' | 'brackets'; readonly at: number } | undefined;
}

/**
 * Reads `"key = …` and `"key {`, in JSON `key": …` and `"key: …`, of which the grammar has only strings that go wrong.
 * @param start where it begins; the rest of its line is taken for it
 */
export function readUnquotedEntry(parser: Parser, start: number): UnquotedEntry | undefined {
  const { isJson, frame } = parser;
  const { text } = parser.tokens;
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline).replace(/^"+/, '');
  const keyStart = (newline < 0 ? text.length : newline) - line.length;
  const [key, value] = isJson ? splitJson(line) : split(line);
  const path = key === '' ? undefined : pathOf(key, keyStart, parser);
  if (path === undefined) return undefined;
  const field = new FieldTree(frame.object, keyStart, keyStart + key.length);
  field.path = new PathTree(field, field.start, field.end, path);
  const what = value === '{' ? 'braces' : value === '[' ? 'brackets' : undefined;
  return { field, opening: what && { what, at: keyStart + line.lastIndexOf(value) } };
}

function split(line: string): [key: string, value: string] {
  const at = line.search(/[={"]|:\s/);
  if (at < 0 || line[at] === '"') return ['', ''];
  return [line.slice(0, at).trimEnd(), line.slice(line[at] === '{' ? at : at + 1).trim()];
}

function splitJson(line: string): [key: string, value: string] {
  // Brackets and commas are no part of a key: what is behind them is read for itself.
  const at = line.search(/[":{}[\],]/);
  const colon = line.indexOf(':');
  if (!/[":]/.test(line[at] ?? '') || line.slice(at, colon).trimEnd().length > 1) return ['', ''];
  return [line.slice(0, at), line.slice(colon + 1).trim()];
}

function pathOf(key: string, start: number, { isJson, tokens: { text } }: Parser): PathNames | undefined {
  if (isJson) return [{ start, end: start + key.length, name: key, quoted: true }];
  const tokens = lex(key, true);
  const { names, hasEmptyElement } = readPath(tokens, 0, tokens.count);
  if (hasEmptyElement || !tokens.kinds.subarray(0, tokens.count).every(isOfKey)) return undefined;
  if (typeof names === 'string') return text;
  return names.map((element) => ({ ...element, start: element.start + start, end: element.end + start }));
}

function isOfKey(kind: number): boolean {
  return kind === TokenKind.Blank || isSimple(kind);
}
