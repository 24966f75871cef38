import type { TextEdit } from 'vscode-languageserver';
import type { EmbeddedRegion } from '../embedded';
import type { TextRange } from '../text/location';
import type { Lines, Position, Range } from '../text/positions';

/**
 * The lines of HOCON inside another document, counted as that document's: offsets are of the HOCON text, positions of the
 * host. So features that know nothing of hosts answer in places of the host.
 */
export class RegionLines implements Lines {
  constructor(
    readonly region: EmbeddedRegion,
    private readonly host: Lines,
  ) {}

  positionAt(offset: number): Position {
    return this.host.positionAt(this.region.map.toHost(offset));
  }

  /** Positions before or behind the region count as its ends. */
  offsetAt(position: Position): number {
    const { map } = this.region;
    const offset = this.host.offsetAt(position);
    return map.toRegion(offset) ?? (offset < map.host.start ? 0 : map.length);
  }

  rangeOf(range: TextRange): Range {
    return this.hostRange(this.region.map.toHostRange(range));
  }

  editOf(range: TextRange, newText: string): TextEdit | undefined {
    const edit = this.region.toHostEdit(range, newText);
    return edit && { range: this.hostRange(edit.range), newText: edit.newText };
  }

  /** Whether a position of the host is in the region. */
  contains(position: Position): boolean {
    return this.region.map.toRegion(this.host.offsetAt(position)) !== undefined;
  }

  /** The part of a range of the host that lies in the region. */
  within({ start, end }: Range): TextRange | undefined {
    return this.region.map.toRegionRange({ start: this.host.offsetAt(start), end: this.host.offsetAt(end) });
  }

  private hostRange({ start, end }: TextRange): Range {
    return { start: this.host.positionAt(start), end: this.host.positionAt(end) };
  }
}
