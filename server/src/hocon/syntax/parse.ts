import type { Problem } from '../problem';
import { findFirstFault, lineAt } from './first-fault';
import { lex } from './lexer';
import { Parser } from './parser';
import { parseProperties } from './properties';
import { Recovery } from './recovery';
import type { Syntax, SyntaxTree } from './syntax';
import type { ParsedTree } from './tree';

/**
 * Parses a text. It never fails: `problems` says what is wrong, the tree holds what could be read.
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

/** {@link parse} with what the evaluator needs besides. */
export function parseTree(uri: string, text: string, syntax: Syntax): ParsedTree {
  if (syntax === 'properties') return parseProperties(uri, text);
  const isJson = syntax === 'json';
  const tokens = lex(text, !isJson);
  let parser: Parser | undefined;
  const first = findFirstFault((handler) => {
    parser = new Parser(uri, tokens, isJson, handler);
    return parser;
  });
  if (first === undefined && parser !== undefined) {
    const isSwallowed = parser.valueProblems.some(({ range }) => SWALLOWED.test(text.slice(range.start, range.end)));
    return treeOf((isSwallowed ? withoutSwallowing(parser) : undefined) ?? parser, syntax, []);
  }
  // Its tree may be large, and is of no more use.
  parser = undefined;
  const recovery = new Recovery(tokens, false);
  const tolerant = new Parser(uri, tokens, isJson, recovery);
  tolerant.run();
  const found = recovery.problems;
  if (first !== undefined) {
    const at = tokens.starts[first.token] ?? 0;
    found[0] = withLine(found[0] ?? leftOver(uri, at), text, first.line);
  }
  return treeOf(tolerant, syntax, found);
}

/** A `${` without its brace has taken the next entries, up to a brace of theirs, for its path. */
const SWALLOWED = /^\$\{[^\n]*\n[^={:]*[={:]/;

/** Reads once more what keeps to the grammar. Without such a `${` nothing else may be wrong with it. */
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

function leftOver(uri: string, at: number): Problem {
  const message = 'This text is not valid HOCON.';
  return { code: 'hocon/syntax', severity: 'error', message, uri, range: { start: at, end: at } };
}

function withLine(problem: Problem, text: string, line: number): Problem {
  return lineAt(text, problem.range.start) === line ? problem : { ...problem, line };
}
