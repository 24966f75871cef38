import { lineEnd, lineStart } from '../../edits/lines';
import type { EntryNode, ObjectNode, PathElement, SyntaxNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { elementAt } from './occurrences';
import { nodeAt } from './syntax-walk';

/** The key that a cursor is about: the path element that it is in, or else the last one of the entry that it is in. */
export function keyAt(tree: SyntaxTree, offset: number): PathElement | undefined {
  const element = elementAt(tree, offset);
  if (element !== undefined) return element;
  let node: SyntaxNode | undefined = entryAtCursor(tree, offset);
  while (node !== undefined && node.kind !== 'field') node = node.parent;
  return node?.path.elements.findLast(({ start, end }) => start < end);
}

/**
 * The innermost entry around an offset. In the blanks before an entry and in the comment behind it, it is that entry,
 * though it ends before: to a person the whole line belongs to it.
 */
export function entryAtCursor(tree: SyntaxTree, offset: number): EntryNode | undefined {
  let node: SyntaxNode | undefined = nodeAt(tree, offset);
  const onLine = node.kind === 'object' ? entryOnLine(tree.text, node, offset) : undefined;
  if (onLine !== undefined) return onLine;
  while (node !== undefined && node.kind !== 'field' && node.kind !== 'include') node = node.parent;
  return node;
}

/** The last entry that begins before the offset and touches its line, or the first one behind it there. */
function entryOnLine(text: string, { entries }: ObjectNode, offset: number): EntryNode | undefined {
  const [start, end] = [lineStart(text, offset), lineEnd(text, offset)];
  const next = entries.findIndex((entry) => entry.start > offset);
  const before = entries[(next < 0 ? entries.length : next) - 1];
  if (before !== undefined && before.end >= start) return before;
  const after = next < 0 ? undefined : entries[next];
  return after !== undefined && after.start <= end ? after : undefined;
}
