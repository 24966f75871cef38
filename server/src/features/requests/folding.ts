import type { FoldingRange } from 'vscode-languageserver';
import { type ArrayNode, type ObjectNode, type ScalarNode, type SyntaxTree, walk } from '../../hocon/syntax/syntax';
import type { Lines } from '../../text/positions';

/** The limit in VS Code. */
export const MAX_FOLDS = 5000;

/** Folds multi-line objects, arrays and strings, and blocks of comments. */
export function foldingRanges(tree: SyntaxTree, lines: Lines): FoldingRange[] {
  const folds: FoldingRange[] = [];
  const stringLines = new Set<number>();
  for (const node of walk(tree.root)) {
    if (folds.length >= MAX_FOLDS) return folds;
    if (node.kind !== 'object' && node.kind !== 'array' && node.kind !== 'scalar') continue;
    if (node.kind === 'object' && node.openBrace === undefined) continue;
    const [startLine, last] = [lines.positionAt(node.start).line, lines.positionAt(node.end).line];
    if (node.kind === 'scalar') for (let line = startLine + 1; line <= last; line++) stringLines.add(line);
    // The line of a closing brace stays visible.
    const endLine = isClosed(node) ? last - 1 : last;
    if (endLine > startLine) folds.push({ startLine, endLine });
  }
  return [...folds, ...commentFolds(tree.text, lines, stringLines)].slice(0, MAX_FOLDS);
}

function isClosed(node: ObjectNode | ArrayNode | ScalarNode): boolean {
  if (node.kind === 'object') return node.closeBrace !== undefined;
  return node.kind === 'array' && node.closeBracket !== undefined;
}

function* commentFolds(text: string, lines: Lines, stringLines: ReadonlySet<number>): Generator<FoldingRange> {
  let first: number | undefined;
  let last = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const { line } = lines.positionAt(start);
    if (isComment(text, start, end) && !stringLines.has(line)) {
      first ??= line;
      last = line;
    } else {
      if (first !== undefined && last > first) yield { startLine: first, endLine: last, kind: 'comment' };
      first = undefined;
    }
    start = end + 1;
  }
  if (first !== undefined && last > first) yield { startLine: first, endLine: last, kind: 'comment' };
}

function isComment(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return text[at] === '#' || (text[at] === '/' && text[at + 1] === '/' && at + 1 < end);
}
