import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';

/** Where a block scalar stands and what its header says. */
export interface BlockScalarSource {
  readonly style: 'literal' | 'folded';
  /** The lines below the header. */
  readonly range: TextRange;
  /** The indentation indicator counted from the left margin; undefined where the first line decides. */
  readonly explicitIndent: number | undefined;
  /** Blanks that a line needs at least to belong to the scalar. */
  readonly minimumIndent: number;
}

/** A block scalar's value, and how many blanks its lines are indented by. */
export interface BlockScalar extends MappedText {
  readonly indent: number;
}

interface Line {
  /** Behind the indentation. */
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  /** Behind the line end. */
  readonly next: number;
  /** Nothing but indentation. */
  readonly blank: boolean;
}

/**
 * The value of a block scalar, YAML 1.2.2 section 8.1. One liberty: line ends at its end are kept whatever the chomping
 * indicator says, since they mean nothing in HOCON, and a cursor may stand there. Blank lines at the end belong to the
 * scalar where they are indented as the others.
 *
 * @param host the document, blanked where it has template expressions
 * @param original the document as written
 */
export function readBlockScalar(host: string, original: string, source: BlockScalarSource): BlockScalar {
  const indent = source.explicitIndent ?? detectIndent(host, source);
  const end = endOfContent(host, original, source.range, Math.max(indent, source.minimumIndent));
  const lines = linesOf(host, { start: source.range.start, end }, indent);
  const builder = new MappedTextBuilder(host);
  if (source.style === 'literal') {
    for (const line of lines) {
      builder.exact(line.start, line.end);
      lineEnd(builder, host, line);
    }
  } else {
    writeFolded(builder, host, lines);
  }
  return { ...builder.build({ start: source.range.start, end }), indent };
}

/** A line end is one character of the value, CRLF too. */
function lineEnd(builder: MappedTextBuilder, host: string, line: Line): void {
  if (line.next - line.end === 2) builder.encoded('\n', line.end, line.next);
  else if (line.next > line.end && host[line.end] === '\n') builder.exact(line.end, line.next);
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

/** Behind the last line with content, and behind the blank lines that follow and are indented as it is. */
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
 * Between two lines of text one line end becomes a blank, and of more the first is dropped; next to a line that is
 * indented more than the others all are kept.
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
      if (!folds) lineEnd(builder, host, previous);
      else if (pending.length === 0) builder.encoded(' ', previous.end, previous.next);
    }
    for (const blank of pending) lineEnd(builder, host, blank);
    pending = [];
    builder.exact(line.start, line.end);
    previous = line;
  }
  if (previous !== undefined) lineEnd(builder, host, previous);
  for (const blank of pending) lineEnd(builder, host, blank);
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
