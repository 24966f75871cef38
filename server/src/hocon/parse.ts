import { findFirstFault, lineAt } from './first-fault';
import { lex } from './lexer';
import { Parser } from './parser';
import type { Problem } from './problem';
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
    const problems = parser.valueProblems;
    return { uri, text, syntax, root: parser.document, problems, tokens, grammarProblems: 0 };
  }
  // Its tree may be large, and is of no more use.
  parser = undefined;
  const recovery = new Recovery(tokens);
  const tolerant = new Parser(uri, tokens, isJson, recovery);
  tolerant.run();
  const found = recovery.problems;
  if (first !== undefined) {
    const at = tokens.starts[first.token] ?? 0;
    found[0] = withLine(found[0] ?? leftOver(uri, at), text, first.line);
  }
  const problems = [...found, ...tolerant.valueProblems];
  return { uri, text, syntax, root: tolerant.document, problems, tokens, grammarProblems: found.length };
}

function leftOver(uri: string, at: number): Problem {
  const message = 'This text is not valid HOCON.';
  return { code: 'hocon/syntax', severity: 'error', message, uri, range: { start: at, end: at } };
}

function withLine(problem: Problem, text: string, line: number): Problem {
  return lineAt(text, problem.range.start) === line ? problem : { ...problem, line };
}
