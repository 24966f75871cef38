import { isWhitespace } from '../syntax/characters';
import { lineAt } from '../syntax/first-fault';
import { childrenOf } from '../syntax/nodes';
import type { SyntaxNode } from '../syntax/syntax';
import type { FieldTree, ParsedTree } from '../syntax/tree';
import type { Value } from './deferred-value';

/**
 * The line, from 1, that the reference remembers with a value. For texts it is where the token ends; for objects and
 * lists a count of the newlines between entries, which misses those between a key and its value.
 */
export function referenceLine(tree: ParsedTree, value: Value): number {
  const { start } = value.kind === 'object' ? value.earliest.range : value.origin.range;
  const { text } = tree;
  if (text[start] === '{' || text[start] === '[') return countedLine(tree, start);
  // Blanks that belong to a joined text are counted with what they stand before.
  let first = start;
  while (isWhitespace(text.charCodeAt(first))) first++;
  const isTriple = text.startsWith('"""', first);
  return lineAt(text, isTriple ? text.indexOf('"""', first + 3) : start);
}

/** The line, from 1, that the reference has counted up to when it comes to an offset. */
export function countedLine(tree: ParsedTree, offset: number): number {
  return lineAt(tree.text, offset) - uncountedNewlines(tree, offset);
}

function uncountedNewlines(tree: ParsedTree, before: number): number {
  let count = 0;
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.start >= before) continue;
    if (node.kind === 'field') {
      const end = node.value?.start ?? node.end;
      if (end <= before) count += newlines(tree.text, node.path.start, end);
      // To the reference it is the value of the entry before.
      const missed = tree.missedValues.get(node as FieldTree);
      if (missed !== undefined) count += newlines(tree.text, missed.range.end, node.start);
    } else if (node.kind === 'scalar' || node.kind === 'substitution' || node.kind === 'include') {
      count += newlines(tree.text, node.start, node.end);
    }
    open.push(...childrenOf(node));
  }
  return count;
}

function newlines(text: string, start: number, end: number): number {
  return lineAt(text.slice(start, end), end) - 1;
}
