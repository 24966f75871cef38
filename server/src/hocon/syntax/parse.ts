import type { Problem } from '../problem';
import type { ErrorHandler } from './grammar';
import { lex } from './lexer';
import { Parser } from './parser';
import { parseProperties } from './properties';
import { Recovery } from './recovery';
import type { Syntax, SyntaxTree } from './syntax';
import { TokenKind, type TokenList } from './token';
import type { ParsedTree } from './tree';

/** Thrown at the first place where a text breaks the grammar. */
class FirstError {
  /** @param line the line, from 1, that the reference names */
  constructor(readonly line: number) {}
}

/** Parses like the reference, which stops at the first fault. */
function parseStrictly(uri: string, tokens: TokenList, isJson: boolean): Parser | FirstError {
  const stop = (at: Parser, token: number): never => {
    throw new FirstError(errorLine(at, token));
  };
  const handler: ErrorHandler = {
    endsSubstitutionAtNewline: false,
    beforeItem: () => {},
    closes: () => true,
    openSubstitution: stop,
    error: (at, _, token) => stop(at, token),
    fault: (at, _, token) => stop(at, token),
  };
  const parser = new Parser(uri, tokens, isJson, handler);
  try {
    parser.run();
  } catch (error) {
    if (error instanceof FirstError) return error;
    throw error;
  }
  return parser;
}

function errorLine(parser: Parser, token: number): number {
  const { tokens } = parser;
  // The reference has no tokens until it has found the closing brace of every substitution.
  const unread = unreadable(parser, token);
  if (unread !== undefined) return lineAt(tokens.text, lexerStop(tokens, unread));
  const counted = parser.lineToken;
  const isTriple = parser.kind(counted) === TokenKind.TripleQuoted;
  return lineAt(tokens.text, isTriple ? parser.end(counted) : parser.start(counted)) + parser.lineExtra;
}

/** The token at which the lexer of the reference stops: the current one, or one inside a substitution. */
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
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/**
 * Parses a text. It never fails: `problems` has the faults, and the tree everything that could be read.
 * @param syntax the grammar; by default the extension of `uri` decides, as with the reference
 */
export function parse(uri: string, text: string, syntax: Syntax = syntaxOf(uri)): SyntaxTree {
  return parseTree(uri, text, syntax);
}

/** The grammar that a file name stands for. */
export function syntaxOf(uri: string): Syntax {
  if (uri.endsWith('.json')) return 'json';
  return uri.endsWith('.properties') ? 'properties' : 'conf';
}

/** {@link parse} with the additional data that the evaluator needs. */
function parseTree(uri: string, text: string, syntax: Syntax): ParsedTree {
  if (syntax === 'properties') return parseProperties(uri, text);
  const isJson = syntax === 'json';
  const tokens = lex(text, !isJson);
  const strict = parseStrictly(uri, tokens, isJson);
  if (strict instanceof Parser) {
    const isSwallowed = strict.valueProblems.some(({ range }) => SWALLOWED.test(text.slice(range.start, range.end)));
    return treeOf((isSwallowed ? withoutSwallowing(strict) : undefined) ?? strict, syntax, []);
  }
  const recovery = new Recovery(tokens, false);
  const tolerant = new Parser(uri, tokens, isJson, recovery);
  tolerant.run();
  const found = recovery.problems.map((problem, i) => (i === 0 ? withLine(problem, text, strict.line) : problem));
  return treeOf(tolerant, syntax, found);
}

/** A `${` without its brace has consumed the next entries as its path, up to a brace in them. */
const SWALLOWED = /^\$\{[^\n]*\n[^={:]*[={:]/;

/** Parses a text that follows the grammar once more, because apart from such a `${` it may have no fault. */
function withoutSwallowing({ uri, tokens, isJson }: Parser): Parser | undefined {
  const recovery = new Recovery(tokens, true);
  const parser = new Parser(uri, tokens, isJson, recovery);
  parser.run();
  return recovery.problems.length === 0 ? parser : undefined;
}

function treeOf(parser: Parser, syntax: Syntax, found: readonly Problem[]): ParsedTree {
  const { uri, tokens, document: root, valueProblems, missedValues } = parser;
  const { text } = tokens;
  const problems = [...found, ...valueProblems];
  return { uri, text, syntax, root, problems, tokens, missedValues, grammarProblems: found.length };
}

function withLine(problem: Problem, text: string, line: number): Problem {
  return lineAt(text, problem.range.start) === line ? problem : { ...problem, line };
}
