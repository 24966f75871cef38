import type { SyntaxTree } from '../hocon/syntax/syntax';
import { tokensOf } from '../hocon/syntax/token';
import type { TextRange } from '../text/location';
import { isBlank, lineStart } from './lines';

/**
 * The text of a range with another indentation. Where the range begins within a line, that line stays as it is, and so do
 * empty lines and those inside of a long text, which are part of a value.
 */
export function reindented(tree: SyntaxTree, { start, end }: TextRange, from: string, to: string): string {
  const inside = newlinesInValues(tree, start, end);
  let result = '';
  for (let at = start; at < end; ) {
    const newline = tree.text.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = tree.text.slice(at, next);
    const isWhole = at === 0 || (tree.text[at - 1] === '\n' && !inside.has(at - 1));
    result += isWhole && !isBlank(line) && line.startsWith(from) ? to + line.slice(from.length) : line;
    at = next;
  }
  return result;
}

/** The same for a range that ends where an entry begins: with the blanks that its line begins with. */
export function reindentedUpTo(tree: SyntaxTree, { start, end }: TextRange, from: string, to: string): string {
  const line = lineStart(tree.text, end);
  if (line < start) return tree.text.slice(start, end);
  const blanks = tree.text.slice(line, end);
  const indent = blanks.startsWith(from) ? to + blanks.slice(from.length) : blanks;
  return reindented(tree, { start, end: line }, from, to) + indent;
}

/** Offsets of the newlines that are part of long texts. */
function newlinesInValues(tree: SyntaxTree, start: number, end: number): ReadonlySet<number> {
  const found = new Set<number>();
  if (!tree.text.slice(start, end).includes('"""')) return found;
  for (const token of tokensOf(tree)) {
    if (token.end <= start || token.kind !== 'text') continue;
    if (token.start >= end) break;
    for (
      let at = tree.text.indexOf('\n', token.start);
      at >= 0 && at < token.end;
      at = tree.text.indexOf('\n', at + 1)
    ) {
      found.add(at);
    }
  }
  return found;
}
