import type { SyntaxTree } from '../hocon/syntax/syntax';
import { LineIndex } from '../text/line-index';
import type { Lines } from '../text/positions';

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
