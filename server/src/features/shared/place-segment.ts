/** What a line says up to the cursor. */
export interface Segment {
  /** Finished path elements of the key. */
  readonly keys: readonly string[];
  readonly separated: boolean;
  /** Within `${…`: the finished elements of its path. */
  readonly names: readonly string[] | undefined;
  /** Start of the word being written, behind its quote. */
  readonly wordStart: number;
  readonly quoted: boolean;
}

/** A longer line is no hand-written one; what stands further left is not looked at. */
export const MAX_LOOK_BACK = 4000;

/** Reads one line up to the cursor; undefined where nothing can be offered: in a comment, after a finished word. */
export function segmentAt(text: string, from: number, offset: number): Segment | undefined {
  const reader = new SegmentReader(text);
  for (let i = Math.max(from, offset - MAX_LOOK_BACK); i < offset; ) {
    const next = reader.read(i);
    if (next === undefined) return undefined;
    i = next;
  }
  return reader.finish(offset);
}

/** The number of a duration may have a blank behind it: `10 seconds`. */
const NUMBER = /^\d[\d.]*$/;

class SegmentReader {
  private keys: string[] = [];
  private names: string[] | undefined;
  private separated = false;
  private wordStart: number | undefined;
  private finished = false;
  private quoted = false;

  constructor(private readonly text: string) {}

  /**
   * Takes in what stands at an offset.
   * @returns the offset behind it, or undefined where a comment begins
   */
  read(i: number): number | undefined {
    const { text } = this;
    const character = text[i] as string;
    if (this.quoted) {
      if (character === '"') [this.quoted, this.finished] = [false, true];
      return character === '\\' ? i + 2 : i + 1;
    }
    if (character === '"') {
      [this.wordStart, this.quoted] = [i + 1, true];
      return i + 1;
    }
    if (this.names !== undefined) return this.readPath(this.names, i);
    if (character === '#' || (character === '/' && text[i + 1] === '/')) return undefined;
    if (character === '$' && text[i + 1] === '{') {
      [this.names, this.wordStart, this.finished] = [[], undefined, false];
      return text[i + 2] === '?' ? i + 3 : i + 2;
    }
    if ('{}[],'.includes(character)) {
      this.begin([], false);
    } else if (!this.separated && (character === '=' || character === ':')) {
      this.begin([...this.keys, this.word(i)], true);
    } else if (!this.separated && character === '.') {
      this.begin([...this.keys, this.word(i)], false);
    } else if (/\s/.test(character)) {
      this.finished ||= this.wordStart !== undefined && !(this.separated && NUMBER.test(this.written(i)));
    } else {
      this.wordStart ??= i;
    }
    return i + 1;
  }

  private readPath(names: string[], i: number): number {
    const character = this.text[i] as string;
    if (character === '}') [this.names, this.wordStart, this.finished] = [undefined, i, true];
    else if (character === '.') {
      names.push(this.word(i));
      [this.wordStart, this.finished] = [undefined, false];
    } else if (/\s/.test(character)) this.finished ||= this.wordStart !== undefined;
    else this.wordStart ??= i;
    return i + 1;
  }

  finish(offset: number): Segment | undefined {
    if (this.finished) return undefined;
    const { keys, separated, names, wordStart = offset, quoted } = this;
    return { keys, separated, names, wordStart, quoted };
  }

  private begin(keys: string[], separated: boolean): void {
    [this.keys, this.separated, this.wordStart, this.finished] = [keys, separated, undefined, false];
  }

  private written(end: number): string {
    return this.text.slice(this.wordStart ?? end, end);
  }

  private word(end: number): string {
    const written = this.written(end).trimEnd();
    return written.endsWith('"') || written.endsWith('+') ? written.slice(0, -1).trimEnd() : written;
  }
}
