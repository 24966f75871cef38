import type { Lines } from '../features/positions';
import { LineIndex } from '../hocon/line-index';
import type { SyntaxTree } from '../hocon/syntax';

const lineIndexes = new WeakMap<SyntaxTree, Lines>();

/** The lines of a tree's text, counted once; for HOCON inside another document, those of that document. */
export function linesOf(tree: SyntaxTree): Lines {
  const known = lineIndexes.get(tree);
  if (known !== undefined) return known;
  const lines = new LineIndex(tree.text);
  lineIndexes.set(tree, lines);
  return lines;
}

export function setLines(tree: SyntaxTree, lines: Lines): void {
  lineIndexes.set(tree, lines);
}
