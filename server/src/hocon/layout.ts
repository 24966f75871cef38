import type { Frame } from './parse-value';
import type { Parser } from './parser';
import { TokenKind, type TokenList } from './token';

/*
 * How lines are laid out: what recovery goes by where braces are missing.
 */

/** The next token from `token` on that is neither blank, newline nor comment. */
export function nextToken(parser: Parser, token: number): number {
  for (let i = token; ; i++) {
    const kind = parser.kind(i);
    if (kind !== TokenKind.Blank && kind !== TokenKind.Newline && kind !== TokenKind.Comment) return i;
  }
}

/** The indentation of a token that is the first of its line, otherwise -1. */
export function leadingIndent(parser: Parser, token: number): number {
  const before = token - 1;
  if (before < 0 || parser.kind(before) === TokenKind.Newline) return 0;
  if (parser.kind(before) !== TokenKind.Blank) return -1;
  if (before > 0 && parser.kind(before - 1) !== TokenKind.Newline) return -1;
  return parser.end(before) - parser.start(before);
}

/** The indentation of the line on which a container opens. */
export function openingIndent(parser: Parser, frame: Frame): number {
  const { text } = parser.tokens;
  const lineStart = text.lastIndexOf('\n', frame.node.start - 1) + 1;
  let i = lineStart;
  while (text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x09) i++;
  return i - lineStart;
}

export function isOnOneLine(parser: Parser, start: number, end: number): boolean {
  return !parser.tokens.text.slice(start, end).includes('\n');
}

/** The last token before `token` that is neither blank, newline nor comment: where its text ends. */
export function endOfTextBefore(parser: Parser, token: number): number {
  for (let i = token - 1; i >= 0; i--) {
    const kind = parser.kind(i);
    if (kind !== TokenKind.Blank && kind !== TokenKind.Newline && kind !== TokenKind.Comment) return parser.end(i);
  }
  return 0;
}

/** True where the line at hand begins left of what the open container holds. */
export function isOutdented(parser: Parser): boolean {
  const token = nextToken(parser, parser.at);
  const kind = parser.kind(token);
  const indent = leadingIndent(parser, token);
  if (indent < 0 || kind === TokenKind.End) return false;
  const { frame } = parser;
  const own = openingIndent(parser, frame);
  if (kind === (frame.isArray ? TokenKind.CloseBracket : TokenKind.CloseBrace)) return indent < own;
  return indent <= own && !isOnOneLine(parser, frame.node.start, parser.start(token));
}

/** How many more braces and brackets a text opens than it closes. */
export function countUnclosed(tokens: TokenList): number {
  let open = 0;
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i] as TokenKind;
    if (kind === TokenKind.OpenBrace || kind === TokenKind.OpenBracket || kind === TokenKind.Substitution) open++;
    else if (kind === TokenKind.CloseBrace || kind === TokenKind.CloseBracket) open--;
  }
  return open;
}

/** The token that begins at `offset`, at or before `from`. */
export function tokenStartingAt(parser: Parser, from: number, offset: number): number {
  let token = from;
  while (token > 0 && parser.start(token) > offset) token--;
  return token;
}
