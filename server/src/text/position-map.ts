import type { TextRange } from './location';

/**
 * How a piece of a region's text relates to the host document:
 * - `exact`: the same characters
 * - `encoded`: the same meaning in the host's notation (an escape, a folded line end, CRLF, `keyRingId`)
 * - `synthetic`: not written in the host at all; its host range is the text that it stands for, and may be empty
 */
export type SegmentKind = 'exact' | 'encoded' | 'synthetic';

/**
 * A piece of region text. Only `exact` ones have equal lengths and map character by character; others map as a whole.
 */
export interface Segment {
  readonly start: number;
  readonly length: number;
  readonly hostStart: number;
  readonly hostLength: number;
  readonly kind: SegmentKind;
}

/**
 * Offsets in a region's text <-> offsets in its host document (UTF-16 code units). Segments are adjacent in the region;
 * in the host they have the same order, with gaps where the host has characters that the region lacks, such as
 * indentation. Lookups are binary searches.
 */
export class PositionMap {
  /**
   * @param segments in order, covering the region's text without gaps
   * @param length of the region's text
   * @param host the range of the region in the host document: a cursor there is inside the region
   */
  constructor(
    private readonly segments: readonly Segment[],
    readonly length: number,
    readonly host: TextRange,
  ) {}

  /** The host offset of the character at `offset`: at the start of a line, this is after the host's indentation. */
  toHost(offset: number): number {
    if (offset >= this.length) return this.host.end;
    const segment = this.at(offset);
    if (segment === undefined) return this.host.start;
    return segment.kind === 'exact' ? segment.hostStart + Math.max(0, offset - segment.start) : segment.hostStart;
  }

  /** From the host place of the first character to that of the last, so that a range never extends into a gap. */
  toHostRange(range: TextRange): TextRange {
    const first = this.at(range.start);
    if (range.end <= range.start) {
      const start = this.toHost(range.start);
      const inside = first !== undefined && first.kind !== 'exact' && range.start > first.start;
      return { start, end: inside && range.start < this.length ? endOf(first) : start };
    }
    const start = this.toHost(range.start);
    const last = this.at(Math.min(range.end, this.length) - 1);
    if (last === undefined) return { start, end: start };
    const end = last.kind === 'exact' ? last.hostStart + Math.min(range.end, this.length) - last.start : endOf(last);
    if (end > start || first?.hostLength !== 0) return { start, end: Math.max(start, end) };
    // Text that is not in the host belongs to the following word.
    const next = this.segments[this.indexAt(range.end - 1) + 1];
    return { start, end: next?.kind === 'encoded' && next.hostStart === start ? endOf(next) : start };
  }

  /** The region offset of a host offset; undefined outside the region. A gap belongs to the following character. */
  toRegion(hostOffset: number): number | undefined {
    if (hostOffset < this.host.start || hostOffset > this.host.end) return undefined;
    let index = this.firstNotBefore(hostOffset);
    // Text before the region's own text is not in the host, so the cursor is never in it.
    if (index === 0 && this.segments[0]?.hostLength === 0 && this.segments[1]?.hostStart === hostOffset) index = 1;
    const segment = this.segments[index];
    if (segment === undefined) return this.length;
    return segment.kind === 'exact' ? segment.start + Math.max(0, hostOffset - segment.hostStart) : segment.start;
  }

  /** The part of a host range that lies in the region; undefined if there is none. */
  toRegionRange(range: TextRange): TextRange | undefined {
    if (range.end < this.host.start || range.start > this.host.end) return undefined;
    const start = this.toRegion(Math.max(range.start, this.host.start));
    const hostEnd = Math.min(range.end, this.host.end);
    let end = this.toRegion(hostEnd);
    if (start === undefined || end === undefined) return undefined;
    const segment = this.segments[this.firstNotBefore(hostEnd)];
    // An end inside an escape includes the whole escape.
    if (segment !== undefined && segment.kind !== 'exact' && segment.hostStart < hostEnd) {
      end = segment.start + segment.length;
    }
    return { start, end: Math.max(start, end) };
  }

  /** The segments that overlap a range of the region, cut to it where they are exact. */
  slice(range: TextRange): Segment[] {
    const found: Segment[] = [];
    for (let i = this.indexAt(range.start); i < this.segments.length; i++) {
      const segment = this.segments[i] as Segment;
      if (segment.start >= range.end) break;
      const start = Math.max(segment.start, range.start);
      const length = Math.min(segment.start + segment.length, range.end) - start;
      if (length <= 0) continue;
      const exact = segment.kind === 'exact';
      const hostStart = exact ? segment.hostStart + start - segment.start : segment.hostStart;
      found.push({ start, length, hostStart, hostLength: exact ? length : segment.hostLength, kind: segment.kind });
    }
    return found;
  }

  /** Whether the range can be replaced in the host: it contains no synthetic text and does not split an escape. */
  isEditable(range: TextRange): boolean {
    const cuts = (offset: number) => {
      const segment = this.at(offset);
      return segment !== undefined && segment.kind !== 'exact' && offset > segment.start && offset < this.length;
    };
    if (cuts(range.start) || cuts(range.end)) return false;
    return this.slice(range).every((segment) => segment.kind !== 'synthetic');
  }

  private at(offset: number): Segment | undefined {
    return this.segments[this.indexAt(offset)];
  }

  /** The last segment that starts at or before the offset; the first one for lower offsets. */
  private indexAt(offset: number): number {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.segments[middle] as Segment).start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first segment that starts at or ends behind the host offset; the number of segments where none does. */
  private firstNotBefore(hostOffset: number): number {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.segments[middle] as Segment;
      if (segment.hostStart >= hostOffset || endOf(segment) > hostOffset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function endOf(segment: Segment): number {
  return segment.hostStart + segment.hostLength;
}
