import type { TextRange } from '../../server/src/text/location';

/** The text after edits that are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly { range: TextRange; newText: string }[]): string {
  let result = '';
  let from = 0;
  for (const { range, newText } of edits) {
    result += text.slice(from, range.start) + newText;
    from = range.end;
  }
  return result + text.slice(from);
}
