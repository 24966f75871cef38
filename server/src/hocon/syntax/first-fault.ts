import type { FaultHandler } from './grammar';
import type { Parser } from './parser';
import { TokenKind, type TokenList } from './token';

/** The first place where a text breaks the grammar. */
export interface FirstFault {
  readonly token: number;
  /** The line, from 1, that the reference names. */
  readonly line: number;
}

const STOP = Symbol('stop');

/**
 * Reads as the reference does: the first fault ends it.
 * @returns undefined where the text keeps to the grammar.
 */
export function findFirstFault(parser: (handler: FaultHandler) => Parser): FirstFault | undefined {
  let found: FirstFault | undefined;
  const stop = (at: Parser, token: number): never => {
    found = { token, line: faultLine(at, token) };
    throw STOP;
  };
  const handler: FaultHandler = {
    endsSubstitutionAtNewline: false,
    beforeItem: () => {},
    closes: () => true,
    openSubstitution: stop,
    fault: (at, _, token) => stop(at, token),
  };
  try {
    parser(handler).run();
  } catch (stop) {
    if (stop !== STOP) throw stop;
  }
  return found;
}

function faultLine(parser: Parser, token: number): number {
  const { tokens } = parser;
  // The reference has no token at all before the last brace of a substitution is found.
  const unread = unreadable(parser, token);
  if (unread !== undefined) return lineAt(tokens.text, lexerStop(tokens, unread));
  const counted = parser.lineToken;
  const isTriple = parser.kind(counted) === TokenKind.TripleQuoted;
  return lineAt(tokens.text, isTriple ? parser.end(counted) : parser.start(counted)) + parser.lineExtra;
}

/** The token that keeps the lexer of the reference from going on: the one at hand, or one inside a substitution. */
function unreadable(parser: Parser, token: number): number | undefined {
  const open: number[] = [];
  for (let i = token; ; i++) {
    const kind = parser.kind(i);
    if (kind === TokenKind.Bad || kind === TokenKind.BadQuoted) return i;
    if (kind === TokenKind.End) return open.at(-1);
    if (kind === TokenKind.Substitution) open.push(i);
    else if (kind === TokenKind.CloseBrace) open.pop();
    if (open.length === 0) return undefined;
  }
}

function lexerStop(tokens: TokenList, token: number): number {
  const start = tokens.starts[token] as number;
  const isOpenTriple = tokens.kinds[token] === TokenKind.BadQuoted && tokens.text.startsWith('"""', start);
  return isOpenTriple ? tokens.text.length : start;
}

/** The line, from 1, of an offset; only a line feed ends a line here. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
