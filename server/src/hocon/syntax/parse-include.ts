import { quotedValue } from './key-path';
import type { Parser } from './parser';
import { TokenKind } from './token';
import { IncludeTree, type ObjectTree } from './tree';

const NO_NAME = 'include needs a file name in double quotes, as in include "name.conf".';

const METHODS = { 'url(': 'url', 'file(': 'file', 'classpath(': 'classpath' } as const;

/**
 * Reads an include; the parser stands at the keyword. Where it breaks the grammar, the parser is left at the token that
 * does not fit and the node has a problem.
 *
 * The reference sees `required(file(` and `))` as single unquoted texts, therefore blanks before a parenthesis are
 * faults and blanks behind it are not.
 */
export function readInclude(parser: Parser, parent: ObjectTree): IncludeTree {
  const node = new IncludeTree(parent, parser.start(), parser.end());
  parser.at++;
  const fault = readTarget(parser, node);
  if (fault === undefined) return node;
  const { uri } = parser;
  // Half typed, it has taken the first word of the next line for its file.
  const isLater = parser.tokens.text.slice(node.end, parser.start()).includes('\n');
  const message = isLater && node.targetRange === undefined ? NO_NAME : fault;
  const range = { start: node.start, end: isLater ? node.end : Math.max(node.end, parser.start()) };
  node.broken = { code: 'hocon/bad-include', severity: 'error', message, uri, range };
  return node;
}

function readTarget(parser: Parser, node: IncludeTree): string | undefined {
  let word = nextWord(parser);
  if (word.startsWith('required(')) {
    node.required = true;
    word = word.slice('required('.length);
    parser.at++;
    if (word === '') word = nextWord(parser);
  }
  let rest = '';
  const opening = word.slice(0, word.indexOf('(') + 1);
  const method = METHODS[opening as keyof typeof METHODS];
  if (method !== undefined) {
    if (word !== opening) return `"${word}" is not a file name. Write it in double quotes.`;
    node.method = method;
    // A word behind `required(` was taken with it.
    if (parser.kind() === TokenKind.Unquoted) parser.at++;
    if (!readName(parser, node)) return `${method}() needs a name in double quotes, as in include ${method}("name").`;
    const closing = nextWord(parser);
    if (!closing.startsWith(')')) return `")" is missing after "${node.target}".`;
    rest = closing.slice(1);
    node.end = parser.start() + 1;
    if (rest === '') parser.at++;
  } else if (word !== '') {
    return `"${word}" cannot follow include. Write a file name in double quotes, or file("…"), classpath("…") or url("…").`;
  } else if (!readName(parser, node)) {
    return NO_NAME;
  }
  if (!node.required) return rest === '' ? undefined : `"${rest}" is not expected after the include.`;
  if (rest === '') rest = nextWord(parser);
  if (rest !== ')') return `")" is missing after "${node.target}".`;
  node.end = parser.end();
  parser.at++;
  return undefined;
}

/** The unquoted text at hand, blanks skipped; empty where there is another token. */
function nextWord(parser: Parser): string {
  if (parser.next() !== TokenKind.Unquoted) return '';
  return parser.tokens.text.slice(parser.start(), parser.end());
}

function readName(parser: Parser, node: IncludeTree): boolean {
  const kind = parser.next();
  if (kind < TokenKind.Quoted || kind > TokenKind.TripleQuoted) return false;
  const start = parser.start();
  const end = parser.end();
  node.target = quotedValue(parser.tokens.text, kind, start, end);
  node.targetRange = { start, end };
  node.end = end;
  parser.at++;
  return true;
}
