import type { Frame } from './parse-value';
import type { Parser } from './parser';
import { isSimple, TokenKind, type TokenList } from './token';
import type { ArrayTree, ObjectTree } from './tree';

/*
 * The layout of the lines, which recovery uses to decide where braces are missing.
 */

/** The first token from `token` on that is not a blank, newline or comment. */
function nextToken(parser: Parser, token: number): number {
  for (let i = token; ; i++) {
    const kind = parser.kind(i);
    if (kind !== TokenKind.Blank && kind !== TokenKind.Newline && kind !== TokenKind.Comment) return i;
  }
}

export function isEmpty(node: ObjectTree | ArrayTree): boolean {
  return (node.kind === 'array' ? node.elements : node.entries).length === 0;
}

/** The indentation of a token if it is the first on its line, otherwise -1. */
export function leadingIndent(parser: Parser, token: number): number {
  const before = token - 1;
  if (before === -1 || parser.kind(before) === TokenKind.Newline) return 0;
  if (parser.kind(before) !== TokenKind.Blank) return -1;
  if (before > 0 && parser.kind(before - 1) !== TokenKind.Newline) return -1;
  return parser.end(before) - parser.start(before);
}

/** The indentation of the line on which a container opens. */
function openingIndent(parser: Parser, frame: Frame): number {
  if (frame.indent !== undefined) return frame.indent;
  const { text } = parser.tokens;
  const lineStart = startOfLine(text, frame.node.start);
  const indent = indentAt(text, frame.node.start);
  // Cached, because many containers may open on one line.
  for (
    let outer: Frame | undefined = frame;
    outer !== undefined && outer.node.start >= lineStart;
    outer = outer.parent
  ) {
    if (outer.indent !== undefined) break;
    outer.indent = indent;
  }
  return indent;
}

/** The indentation of the line of an offset. */
export function indentAt(text: string, offset: number): number {
  const lineStart = startOfLine(text, offset);
  let i = lineStart;
  while (text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x09) i++;
  return i - lineStart;
}

export function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

export function isOnOneLine(parser: Parser, start: number, end: number): boolean {
  return !parser.tokens.text.slice(start, end).includes('\n');
}

/** The last token before `token` that is not a blank, newline or comment. */
export function endOfTextBefore(parser: Parser, token: number): number {
  for (let i = token - 1; i >= 0; i--) {
    const kind = parser.kind(i);
    if (kind !== TokenKind.Blank && kind !== TokenKind.Newline && kind !== TokenKind.Comment) return parser.end(i);
  }
  return 0;
}

/** True if the current line begins left of the content of the open container. */
export function isOutdented(parser: Parser): boolean {
  const { frame } = parser;
  const kind = parser.kind();
  const indent = leadingIndent(parser, parser.at);
  const isInList = frame.isArray || frame.parent?.isArray === true;
  const isStray = !isInList && (kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket);
  if (indent === -1 || kind === TokenKind.End || isStray) return false;
  const own = openingIndent(parser, frame);
  if (kind === (frame.isArray ? TokenKind.CloseBracket : TokenKind.CloseBrace)) return indent < own;
  return indent <= own;
}

/** True if the line after the current closing token is indented like the content of the enclosing container. */
export function goesOnInside(parser: Parser): boolean {
  const { frame, at } = parser;
  const next = nextToken(parser, at + 1);
  const kind = parser.kind(next);
  const indent = leadingIndent(parser, next);
  if (indent === -1 || kind === TokenKind.End) return false;
  const own = openingIndent(parser, frame);
  if (leadingIndent(parser, at) === own || indent < own || (indent === own && kind !== parser.kind())) return false;
  // An element of a list may be empty, with others indented below it.
  const isElement = frame.parent?.isArray === true && !isSimple(kind);
  return (isEmpty(frame.node) && !isElement) || !isOnOneLine(parser, frame.node.start, parser.start());
}

/** The number of brackets that a text opens minus those that it closes. */
export interface Unclosed {
  braces: number;
  brackets: number;
}

/**
 * Counts like the grammar: inside a substitution, which ends at the end of its line at the latest, only the braces of
 * the substitution.
 */
export function countUnclosed(tokens: TokenList): Unclosed {
  const unclosed = { braces: 0, brackets: 0 };
  let substitutions = 0;
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i] as TokenKind;
    if (kind === TokenKind.Newline) substitutions = 0;
    else if (kind === TokenKind.Substitution) substitutions++;
    else if (substitutions > 0) substitutions -= kind === TokenKind.CloseBrace ? 1 : 0;
    else if (kind === TokenKind.OpenBrace) unclosed.braces++;
    else if (kind === TokenKind.CloseBrace) unclosed.braces--;
    else if (kind === TokenKind.OpenBracket) unclosed.brackets++;
    else if (kind === TokenKind.CloseBracket) unclosed.brackets--;
  }
  return unclosed;
}

/** The token that begins at `offset`. */
export function tokenStartingAt(parser: Parser, offset: number): number {
  let low = 0;
  let high = parser.tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parser.start(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
