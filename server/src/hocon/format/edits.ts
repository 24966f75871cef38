import type { TextRange } from '../../text/location';

/** Puts `newText` in the place of a range. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Only these blanks are ever changed; others, such as a no-break space, were put there for a reason. */
const PLAIN_BLANKS = /^[ \t]*$/;

export function isPlainBlank(text: string): boolean {
  return PLAIN_BLANKS.test(text);
}

/** The lines that each range touches, with their newlines and in order. */
export function linesOf(text: string, ranges: readonly TextRange[]): TextRange[] {
  return ranges.map((range) => wholeLines(text, range)).sort((a, b) => a.start - b.start);
}

/** A range that ends where a line begins does not touch that line. */
function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end > start ? end - 1 : end);
  // A text without a newline at its end has its end in the last line too.
  return { start: from, end: newline < 0 ? text.length + 1 : newline + 1 };
}

/** The edits that keep to one of the ranges; both in the order of the text. */
export function inside(edits: readonly TextEdit[], wanted: readonly TextRange[]): TextEdit[] {
  let next = 0;
  return edits.filter(({ range }) => {
    while (next < wanted.length && (wanted[next] as TextRange).end <= range.start) next++;
    const lines = wanted[next];
    return lines !== undefined && lines.start <= range.start && range.end <= lines.end;
  });
}

/** The edits that touch none of the ranges; both in the order of the text. */
export function outside(edits: readonly TextEdit[], kept: readonly TextRange[]): TextEdit[] {
  let next = 0;
  return edits.filter(({ range }) => {
    while (next < kept.length && (kept[next] as TextRange).end <= range.start) next++;
    const lines = kept[next];
    return lines === undefined || range.end < lines.start || (range.end === lines.start && range.start < range.end);
  });
}
