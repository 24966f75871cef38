import type { TextRange } from '../hocon/text';

/** Zero-based, UTF-16, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The lines of one text. */
export interface Lines {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

export function rangeOf(lines: Lines, { start, end }: TextRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

export function contains({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
