import type { TextEdit } from 'vscode-languageserver';
import type { TextRange } from './location';

/** Zero-based, UTF-16, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The lines of one text. Where it is written inside another document in that one's notation, they know how. */
export interface Lines {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** A range, where there is more to it than its ends. */
  rangeOf?(range: TextRange): Range;
  /** The edit that puts a new text in place of a range; undefined if the other document cannot say it. */
  editOf?(range: TextRange, newText: string): TextEdit | undefined;
}

export function rangeOf(lines: Lines, range: TextRange): Range {
  return lines.rangeOf?.(range) ?? { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

/** Undefined if the text cannot be written there. */
export function editOf(lines: Lines, range: TextRange, newText: string): TextEdit | undefined {
  return lines.editOf === undefined ? { range: rangeOf(lines, range), newText } : lines.editOf(range, newText);
}

export function contains({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
