import { parse } from '../hocon/syntax/parse';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';

/** The number of faults in the text of a file after changes. */
export function faultsAfter({ uri, text, syntax }: SyntaxTree, changes: readonly TextChange[]): number {
  return parse(uri, applyChanges(text, changes), syntax).problems.length;
}

/** Applies all changes; their ranges refer to the given text and do not overlap. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of inOrder(changes)) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

/** Whether they overlap or meet, so that the second one cannot be made after the first. */
export function touch({ range: a }: TextChange, { range: b }: TextChange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The changes that restore the previous text, with ranges in the text after `changes`. */
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
