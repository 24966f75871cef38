import { parse } from '../hocon/syntax/parse';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';

/** How many faults the text of a file has after changes. */
export function faultsAfter({ uri, text, syntax }: SyntaxTree, changes: readonly TextChange[]): number {
  return parse(uri, applyChanges(text, changes), syntax).problems.length;
}

/** The text with all changes made; their ranges are those of the text given, and do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of inOrder(changes)) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

/** The changes that give the former text back, with ranges in the text after `changes`. */
export function inverseOf(text: string, changes: readonly TextChange[]): TextChange[] {
  let moved = 0;
  return inOrder(changes).map(({ uri, range, newText }) => {
    const start = range.start + moved;
    moved += newText.length - (range.end - range.start);
    return { uri, range: { start, end: start + newText.length }, newText: text.slice(range.start, range.end) };
  });
}

/** Sorted by position; at one position, insertions come first. */
export function inOrder(changes: readonly TextChange[]): TextChange[] {
  return [...changes].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
