import type { SelectionRange } from 'vscode-languageserver';
import { nodeAt, type SyntaxNode, type SyntaxTree } from '../../hocon/syntax/syntax';
import type { TextRange } from '../../text/location';
import { contains, type Lines, rangeOf } from '../../text/positions';
import { elementAt } from '../shared/occurrences';

/** Clients read the ranges recursively, and nobody expands a selection more often. */
export const MAX_STEPS = 64;

/** The ranges of "Expand Selection" from the offset outwards: text, value, field, content of the braces, and so on. */
export function selectionRange(tree: SyntaxTree, lines: Lines, offset: number): SelectionRange {
  const ranges: TextRange[] = [];
  const add = (range: TextRange) => {
    const last = ranges.at(-1) ?? { start: offset, end: offset };
    const grows = range.start <= last.start && range.end >= last.end;
    if (grows && (ranges.length === 0 || range.start < last.start || range.end > last.end)) ranges.push(range);
  };
  const element = elementAt(tree, offset);
  if (element !== undefined) for (const range of [insideOf(tree, element), element]) add(range);
  for (let node: SyntaxNode | undefined = nodeAt(tree, offset); node !== undefined; node = node.parent) {
    for (const range of [insideOf(tree, node), node]) if (contains(range, offset)) add(range);
    if (ranges.length >= MAX_STEPS) break;
  }
  add({ start: 0, end: tree.text.length });
  return ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => ({ range: rangeOf(lines, range), ...(parent && { parent }) }),
    undefined,
  ) as SelectionRange;
}

const BRACKETS = [
  ['"""', '"""'],
  ['"', '"'],
  ['{', '}'],
  ['[', ']'],
  ['${?', '}'],
  ['${', '}'],
] as const;

/** The range without the quotes or brackets around it. */
function insideOf({ text }: SyntaxTree, { start, end }: TextRange): TextRange {
  for (const [open, close] of BRACKETS) {
    const closes = text.startsWith(close, end - close.length) && end - start >= open.length + close.length;
    if (closes && text.startsWith(open, start)) return { start: start + open.length, end: end - close.length };
  }
  return { start, end };
}
