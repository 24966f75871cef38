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

/**
 * The lines of one text. If it is written inside another document, they convert edits to the notation of that document.
 */
export interface Lines {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** Converts a range, if this needs more than its ends. */
  rangeOf?(range: TextRange): Range;
  /** The edit that replaces a range with a new text; undefined if the other document cannot express it. */
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
