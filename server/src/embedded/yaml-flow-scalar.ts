import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';

/** YAML 1.2.2, section 5.7. */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const BLANKS = /[ \t]*/y;
/** A line end with the blanks of the line below it, or several. */
const LINE_ENDS = /(?:\r?\n[ \t]*)+/y;

/** The value of a plain scalar that takes up the given range. */
export function readPlainScalar(host: string, range: TextRange): MappedText {
  return readFlow(host, range, range, undefined, () => undefined);
}

/** The value of a single-quoted scalar; the range includes the quotes, of which the second may be missing. */
export function readSingleQuoted(host: string, range: TextRange): MappedText {
  return readFlow(host, innerRange(host, range, "'"), range, "'", readDoubledQuote);
}

/** The value of a double-quoted scalar; the range includes the quotes, of which the second may be missing. */
export function readDoubleQuoted(host: string, range: TextRange): MappedText {
  return readFlow(host, innerRange(host, range, '"'), range, '\\', readEscape);
}

function innerRange(host: string, range: TextRange, quote: string): TextRange {
  const closed = range.end - range.start > 1 && host[range.end - 1] === quote;
  return { start: range.start + 1, end: closed ? range.end - 1 : Math.max(range.end, range.start + 1) };
}

interface Special {
  readonly end: number;
  write(builder: MappedTextBuilder): void;
}

/**
 * Copies characters and folds lines (section 6.5); at every `marker`, `readSpecial` may take some for its own.
 */
function readFlow(
  host: string,
  inner: TextRange,
  whole: TextRange,
  marker: string | undefined,
  readSpecial: (host: string, at: number, end: number) => Special | undefined,
): MappedText {
  const quote = marker?.charCodeAt(0);
  const builder = new MappedTextBuilder(host);
  let run = inner.start;
  const skip = (from: number, to: number, write: () => void) => {
    builder.exact(run, from);
    write();
    run = to;
  };
  for (let at = inner.start; at < inner.end; ) {
    const from = at;
    const code = host.charCodeAt(at);
    if (code === quote) {
      const special = readSpecial(host, at, inner.end);
      at = special?.end ?? at + 1;
      if (special !== undefined) skip(from, at, () => special.write(builder));
    } else if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) {
      const blanksEnd = Math.min(match(BLANKS, host, at), inner.end);
      const fold = Math.min(match(LINE_ENDS, host, blanksEnd), inner.end);
      at = fold > blanksEnd ? fold : Math.max(blanksEnd, at + 1);
      if (fold > blanksEnd) skip(from, at, () => foldLines(builder, host, from, fold));
    } else {
      at++;
    }
  }
  builder.exact(run, inner.end);
  const start = Math.min(inner.start, whole.end);
  return builder.build({ start, end: Math.max(start, Math.min(inner.end, whole.end)) });
}

/** One line end is a blank; of several the first is dropped. */
function foldLines(builder: MappedTextBuilder, host: string, start: number, end: number): void {
  const first = host.indexOf('\n', start);
  if (host.indexOf('\n', first + 1) < 0 || host.indexOf('\n', first + 1) >= end) {
    builder.encoded(' ', start, end);
    return;
  }
  emptyLines(builder, host, first + 1, end);
}

function emptyLines(builder: MappedTextBuilder, host: string, start: number, end: number): void {
  let at = start;
  for (;;) {
    const newline = host.indexOf('\n', at);
    if (newline < 0 || newline >= end) return;
    const lineEnd = host[newline - 1] === '\r' ? newline - 1 : newline;
    builder.encoded('\n', Math.max(lineEnd, start), newline + 1);
    at = newline + 1;
  }
}

function readDoubledQuote(host: string, at: number, end: number): Special | undefined {
  if (host[at + 1] !== "'" || at + 1 >= end) return undefined;
  return { end: at + 2, write: (builder) => builder.encoded("'", at, at + 2) };
}

function readEscape(host: string, at: number, limit: number): Special | undefined {
  if (at + 1 >= limit) return undefined;
  const fold = Math.min(match(LINE_ENDS, host, at + 1), limit);
  if (fold > at + 1) {
    // The line end itself is escaped and gives nothing; empty lines below it count.
    return { end: fold, write: (builder) => emptyLines(builder, host, host.indexOf('\n', at) + 1, fold) };
  }
  const letter = host[at + 1] ?? '';
  const length = HEX_DIGITS[letter] ?? 0;
  const end = at + 2 + length;
  const character = length === 0 ? ESCAPES[letter] : fromHex(host.slice(at + 2, Math.min(end, limit)), length);
  return character === undefined ? undefined : { end, write: (builder) => builder.encoded(character, at, end) };
}

function fromHex(digits: string, length: number): string | undefined {
  if (digits.length !== length || !/^[0-9a-f]+$/i.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
