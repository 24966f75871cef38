import type { TextRange } from '../../text/location';
import { decodeQuoted } from './strings';
import type { PathElement } from './syntax';
import { isSimple, TokenKind, type TokenList } from './token';
import type { PathNames } from './tree';

/** A path read from tokens. */
interface ReadPath {
  readonly names: PathNames;
  /** True if a dot has no name on one of its sides. */
  readonly hasEmptyElement: boolean;
}

/**
 * Reads the tokens from `first` up to, but not including, `end` as a path: dots outside quotes separate elements,
 * blanks between two simple tokens belong to the name, and all other tokens are ignored.
 */
export function readPath(tokens: TokenList, first: number, end: number): ReadPath {
  const { text, kinds, starts } = tokens;
  if (end - first === 1 && kinds[first] === TokenKind.Unquoted) {
    const isPlain = !text.slice(starts[first], starts[end]).includes('.');
    if (isPlain) return { names: text, hasEmptyElement: false };
  }
  const reader = new PathReader();
  for (let i = first; i < end; i++) {
    const kind = kinds[i] as TokenKind;
    const start = starts[i] as number;
    const stop = starts[i + 1] as number;
    if (isQuotedKind(kind)) reader.addQuoted(quotedValue(text, kind, start, stop), start, stop);
    else if (isSimple(kind)) reader.addPlain(text, start, stop);
    else if (kind === TokenKind.Blank && isBetweenSimple(kinds, i, first, end)) reader.addPlain(text, start, stop);
  }
  return reader.finish(starts[end] as number);
}

function isBetweenSimple(kinds: Uint8Array, i: number, first: number, end: number): boolean {
  return i > first && i + 1 < end && isSimple(kinds[i - 1] as TokenKind) && isSimple(kinds[i + 1] as TokenKind);
}

function isQuotedKind(kind: TokenKind): boolean {
  return kind === TokenKind.Quoted || kind === TokenKind.QuotedEscaped || kind === TokenKind.TripleQuoted;
}

/** The decoded value of a quoted token of any kind. */
export function quotedValue(text: string, kind: TokenKind, start: number, end: number): string {
  if (kind === TokenKind.TripleQuoted) return text.slice(start + 3, end - 3);
  if (kind === TokenKind.Quoted) return text.slice(start + 1, end - 1);
  return decodeQuoted(text, start, end);
}

class PathReader {
  private readonly elements: PathElement[] = [];
  private hasEmptyElement = false;
  private name = '';
  /** Of the current element; undefined before its first character. */
  private range: TextRange | undefined = undefined;
  private quotedParts = 0;
  private plainParts = 0;
  private mayBeEmpty = false;

  addQuoted(value: string, start: number, end: number): void {
    this.extend(start, end);
    this.name += value;
    this.quotedParts++;
    if (this.name === '') this.mayBeEmpty = true;
  }

  addPlain(text: string, start: number, end: number): void {
    let from = start;
    for (const piece of text.slice(start, end).split('.')) {
      if (from > start) this.close(from - 1);
      if (piece !== '') {
        this.extend(from, from + piece.length);
        this.name += piece;
        this.plainParts++;
      }
      from += piece.length + 1;
    }
  }

  finish(end: number): ReadPath {
    this.close(end);
    return { names: this.elements, hasEmptyElement: this.hasEmptyElement };
  }

  private extend(start: number, end: number): void {
    this.range = { start: this.range?.start ?? start, end };
  }

  private close(at: number): void {
    if (this.name === '' && !this.mayBeEmpty) this.hasEmptyElement = true;
    const quoted = this.quotedParts === 1 && this.plainParts === 0;
    const { start, end } = this.range ?? { start: at, end: at };
    this.elements.push({ start, end, name: this.name, quoted });
    this.name = '';
    this.range = undefined;
    this.quotedParts = 0;
    this.plainParts = 0;
    this.mayBeEmpty = false;
  }
}
