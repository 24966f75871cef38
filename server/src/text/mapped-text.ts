import type { TextRange } from './location';
import { PositionMap, type Segment, type SegmentKind } from './position-map';

/** A text together with the places in a host document that it was read from. */
export interface MappedText {
  readonly text: string;
  readonly map: PositionMap;
}

/** Puts a {@link MappedText} together piece by piece, in the order of the host document. */
export class MappedTextBuilder {
  private readonly pieces: string[] = [];
  private readonly segments: { -readonly [K in keyof Segment]: Segment[K] }[] = [];
  private length = 0;

  constructor(private readonly host: string) {}

  /** The length of the text so far. */
  get offset(): number {
    return this.length;
  }

  /** The characters that the host has from `start` to `end`. */
  exact(start: number, end: number): void {
    if (end > start) this.add(this.host.slice(start, end), 'exact', start, end - start);
  }

  /** The same with `\n` for each line end: even CRLF is one character of the text. */
  lines(start: number, end: number): void {
    // A search in the host would go on behind the end.
    const text = this.host.slice(start, end);
    let from = start;
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) {
      this.exact(from, start + at);
      from = start + at + 2;
      this.encoded('\n', start + at, from);
    }
    this.exact(from, end);
  }

  /** A text that the host writes differently between `start` and `end`. */
  encoded(text: string, start: number, end: number): void {
    if (text !== '') this.add(text, 'encoded', start, end - start);
  }

  /** Text that stands for the host's characters between `start` and `end`, or for no characters. */
  synthetic(text: string, start: number, end: number): void {
    if (text !== '') this.add(text, 'synthetic', start, end - start);
  }

  /** A part of a text that was mapped before. */
  append(part: MappedText, range: TextRange): void {
    for (const segment of part.map.slice(range)) {
      const text = part.text.slice(segment.start, segment.start + segment.length);
      this.add(text, segment.kind, segment.hostStart, segment.hostLength);
    }
  }

  /** @param host the range of the text in the host document, including its gaps */
  build(host: TextRange): MappedText {
    return { text: this.pieces.join(''), map: new PositionMap(this.segments, this.length, host) };
  }

  private add(text: string, kind: SegmentKind, hostStart: number, hostLength: number): void {
    const last = this.segments[this.segments.length - 1];
    this.pieces.push(text);
    if (kind === 'exact' && last?.kind === 'exact' && last.hostStart + last.hostLength === hostStart) {
      last.length += text.length;
      last.hostLength += text.length;
    } else {
      this.segments.push({ start: this.length, length: text.length, hostStart, hostLength, kind });
    }
    this.length += text.length;
  }
}
