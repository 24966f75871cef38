import type { CST } from 'yaml';
import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import { doubleQuoted, type Notation, oneLine, plain, prefixedLines, singleQuoted } from './notation';

/** A YAML file: as written, and with blanks or letters in place of its template expressions, at the same offsets. */
export interface YamlSource {
  readonly original: string;
  readonly masked: string;
}

export type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/** A scalar's value, and the way to write into it. */
export interface Scalar extends MappedText {
  readonly notation: Notation;
}

export function isScalarToken(token: CST.Token | null | undefined): token is ScalarToken {
  return token?.type === 'block-scalar' || isFlowScalarToken(token);
}

function isFlowScalarToken(token: CST.Token | null | undefined): token is CST.FlowScalar {
  const type = token?.type;
  return type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar';
}

/** Reads the value of a scalar, because the library returns values without positions inside them. */
export function readScalar({ original, masked }: YamlSource, token: ScalarToken): Scalar {
  if (token.type === 'block-scalar') return readBlock(original, masked, token);
  const range = { start: token.offset, end: token.offset + token.source.length };
  if (token.type === 'single-quoted-scalar') return { ...readSingleQuoted(masked, range), notation: singleQuoted };
  if (token.type === 'double-quoted-scalar') return { ...readDoubleQuoted(masked, range), notation: doubleQuoted };
  return { ...readPlainScalar(masked, range), notation: plain(original, range) };
}

function readBlock(original: string, masked: string, token: CST.BlockScalar): Scalar {
  let start = token.offset;
  for (const prop of token.props) if ('source' in prop) start += prop.source.length;
  const header = token.props[0];
  const indicators = header !== undefined && 'source' in header ? header.source : '|';
  const digit = /[1-9]/.exec(indicators)?.[0];
  const literal = !indicators.startsWith('>');
  const value = readBlockScalar(masked, original, {
    style: literal ? 'literal' : 'folded',
    range: { start, end: start + token.source.length },
    explicitIndent: digit === undefined ? undefined : token.indent + Number(digit),
    minimumIndent: token.indent + 1,
  });
  const prefix = ' '.repeat(value.indent);
  return { ...value, notation: literal ? prefixedLines(original, value.map.host, prefix) : oneLine(original) };
}

/** The place of a block scalar, and the content of its header. */
interface BlockScalarSource {
  readonly style: 'literal' | 'folded';
  /** The lines below the header. */
  readonly range: TextRange;
  /** The indentation indicator counted from the left margin; undefined if the first line decides. */
  readonly explicitIndent: number | undefined;
  /** The minimum indentation of a line that belongs to the scalar. */
  readonly minimumIndent: number;
}

/** A block scalar's value, and the indentation of its lines. */
interface BlockScalar extends MappedText {
  readonly indent: number;
}

interface Line {
  /** The offset after the indentation. */
  readonly start: number;
  /** The offset before the line end. */
  readonly end: number;
  /** The offset after the line end. */
  readonly next: number;
  /** True if the line has only indentation. */
  readonly blank: boolean;
}

/**
 * The value of a block scalar, YAML 1.2.2 section 8.1. One difference: line ends at its end are kept independent of the
 * chomping indicator, because they mean nothing in HOCON, and the cursor may be there. Blank lines at the end belong to
 * the scalar if they are indented like the others.
 *
 * @param host the document, with blanks in place of template expressions
 * @param original the document as written
 */
function readBlockScalar(host: string, original: string, source: BlockScalarSource): BlockScalar {
  const indent = source.explicitIndent ?? detectIndent(host, source);
  const end = endOfContent(host, original, source.range, Math.max(indent, source.minimumIndent));
  const lines = linesOf(host, { start: source.range.start, end }, indent);
  const builder = new MappedTextBuilder(host);
  if (source.style === 'literal') {
    for (const line of lines) builder.lines(line.start, line.next);
  } else {
    writeFolded(builder, host, lines);
  }
  return { ...builder.build({ start: source.range.start, end }), indent };
}

/** The first line with content decides; if all are blank, the longest. */
function detectIndent(host: string, { range, minimumIndent }: BlockScalarSource): number {
  let longest = minimumIndent;
  for (let at = range.start; at < host.length; ) {
    const content = skipBlanks(host, at);
    if (!isLineEnd(host, content)) {
      if (content < range.end) return content - at;
      break;
    }
    longest = Math.max(longest, content - at);
    at = afterLine(host, content);
  }
  return longest;
}

/** The offset after the last line with content and the following blank lines with the same indentation. */
function endOfContent(host: string, original: string, range: TextRange, indent: number): number {
  let end = range.end;
  while (end > range.start && isBlankOrLineEnd(host.charCodeAt(end - 1))) end--;
  end = end === range.start ? end : Math.min(afterLine(host, end), range.end);
  if (end > 0 && host[end - 1] !== '\n') return end;
  for (let at = end; at < host.length; ) {
    const content = skipBlanks(original, at);
    if (!isLineEnd(original, content)) break;
    const next = afterLine(original, content);
    if (content - at >= indent) end = next;
    at = next;
  }
  return end;
}

function linesOf(host: string, range: TextRange, indent: number): Line[] {
  const lines: Line[] = [];
  for (let at = range.start; at < range.end; ) {
    const content = Math.min(skipBlanks(host, at), range.end);
    const next = Math.min(afterLine(host, content), range.end);
    const end = next - lineEndLength(host, at, next);
    const start = Math.min(at + Math.min(content - at, indent), end);
    lines.push({ start, end, next, blank: start === end });
    at = next;
  }
  return lines;
}

/**
 * Between two lines of text, a single line end becomes a blank, and the first of several is dropped; next to a line
 * that is indented more than the others, all are kept.
 */
function writeFolded(builder: MappedTextBuilder, host: string, lines: readonly Line[]): void {
  let pending: Line[] = [];
  let previous: Line | undefined;
  const isFree = (line: Line) => host[line.start] === ' ' || host[line.start] === '\t';
  for (const line of lines) {
    if (line.blank) {
      pending.push(line);
      continue;
    }
    if (previous !== undefined) {
      const folds = !isFree(previous) && !isFree(line);
      if (!folds) builder.lines(previous.end, previous.next);
      else if (pending.length === 0) builder.encoded(' ', previous.end, previous.next);
    }
    for (const blank of pending) builder.lines(blank.end, blank.next);
    pending = [];
    builder.exact(line.start, line.end);
    previous = line;
  }
  if (previous !== undefined) builder.lines(previous.end, previous.next);
  for (const blank of pending) builder.lines(blank.end, blank.next);
}

function skipBlanks(host: string, at: number): number {
  let i = at;
  while (host.charCodeAt(i) === 0x20) i++;
  return i;
}

function isLineEnd(host: string, at: number): boolean {
  return at >= host.length || host[at] === '\n' || (host[at] === '\r' && host[at + 1] === '\n');
}

function afterLine(host: string, at: number): number {
  const newline = host.indexOf('\n', at);
  return newline < 0 ? host.length : newline + 1;
}

function isBlankOrLineEnd(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d;
}

function lineEndLength(host: string, start: number, next: number): number {
  if (next === start || host[next - 1] !== '\n') return 0;
  return next - start > 1 && host[next - 2] === '\r' ? 2 : 1;
}

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
function readPlainScalar(host: string, range: TextRange): MappedText {
  return readFlow(host, range, range, undefined, () => undefined);
}

/** The value of a single-quoted scalar; the range includes the quotes; the closing one may be missing. */
function readSingleQuoted(host: string, range: TextRange): MappedText {
  return readFlow(host, innerRange(host, range, "'"), range, "'", readDoubledQuote);
}

/** The value of a double-quoted scalar; the range includes the quotes; the closing one may be missing. */
function readDoubleQuoted(host: string, range: TextRange): MappedText {
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

/** Copies characters and folds lines (section 6.5); at every `marker`, `readSpecial` may consume characters. */
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

/** A single line end becomes a blank; the first of several is dropped. */
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
    // The line end itself is escaped and adds nothing; empty lines below it count.
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
