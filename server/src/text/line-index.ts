/** A position in a document as in the Language Server Protocol: zero-based, in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets of one text into lines and characters and back. A line ends with `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  /** The offset at which each line begins. */
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = text.includes('\r') ? startsAfterAny(text) : startsAfterFeeds(text);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside the text count as its start or end. */
  positionAt(offset: number): TextPosition {
    const within = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= within) low = middle;
      else high = middle;
    }
    return { line: low, character: within - (this.starts[low] as number) };
  }

  /** The offset of a position; a character past the end of its line counts as that end. */
  offsetAt({ line, character }: TextPosition): number {
    if (line < 0) return 0;
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    const next = this.starts[line + 1] ?? this.text.length + 1;
    return Math.max(start, Math.min(start + character, this.endOfLine(start, next)));
  }

  private endOfLine(start: number, next: number): number {
    let end = next - 1;
    if (next > this.text.length) return this.text.length;
    if (end > start && this.text.charCodeAt(end) === 0x0a && this.text.charCodeAt(end - 1) === 0x0d) end--;
    return end;
  }
}

function startsAfterAny(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x0a || (c === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) starts.push(i + 1);
  }
  return starts;
}

/**
 * The same for texts without carriage returns, which most texts are; searching is much faster than testing each
 * character.
 */
function startsAfterFeeds(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
