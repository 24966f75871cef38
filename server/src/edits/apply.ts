import type { TextChange } from '../model/diagnostic';

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

/** By position; of changes at one position, those that only insert come first. */
export function inOrder(changes: readonly TextChange[]): TextChange[] {
  return [...changes].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
