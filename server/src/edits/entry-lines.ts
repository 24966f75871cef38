import type { EntryNode, ObjectNode, SyntaxTree } from '../hocon/syntax/syntax';
import { tokensOf } from '../hocon/syntax/token';
import { isBlank, isFirstOnLine, lineEnd, lineIndent, lineStart } from '../text/lines';
import type { TextRange } from '../text/location';

/** Entries that do not share their lines, with the comments that belong to them. */
export interface EntryLines {
  /** The start of the first line, including comments directly above. */
  readonly start: number;
  /** The offset where the comments end and the first entry begins. */
  readonly first: number;
  /** The end of the last entry. */
  readonly last: number;
  /** The end of the last line without its line break; a comma and a comment may precede it. */
  readonly end: number;
  readonly indent: string;
  /** Whether a comma follows. */
  readonly comma: boolean;
}

const TAIL = /^([ \t]*,)?[ \t]*(?:(?:#|\/\/).*)?$/;
const COMMENT = /^[ \t]*(?:#|\/\/)/;

/** The lines of an entry; undefined if something else is on them. */
export function linesOfEntry({ text }: SyntaxTree, entry: EntryNode): EntryLines | undefined {
  return linesBetween(text, entry, entry);
}

/**
 * The index of an entry in its object, found by offset, because a fix may be requested for each of very many entries.
 */
export function placeAmong(entries: readonly EntryNode[], { start }: EntryNode): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines of an entry and of all entries of its object that share a line with it. */
export function linesWithNeighbors({ text }: SyntaxTree, entry: EntryNode): EntryLines | undefined {
  const { entries } = entry.parent as ObjectNode;
  let from = placeAmong(entries, entry);
  let to = from;
  while (from > 0 && (entries[from - 1] as EntryNode).end >= lineStart(text, (entries[from] as EntryNode).start))
    from--;
  while (
    to + 1 < entries.length &&
    (entries[to + 1] as EntryNode).start <= lineEnd(text, (entries[to] as EntryNode).end)
  )
    to++;
  return linesBetween(text, entries[from] as EntryNode, entries[to] as EntryNode);
}

function linesBetween(text: string, from: EntryNode, to: EntryNode): EntryLines | undefined {
  const end = lineEnd(text, to.end);
  const tail = TAIL.exec(text.slice(to.end, end));
  if (tail === null || !isFirstOnLine(text, from.start)) return undefined;
  const indent = lineIndent(text, from.start);
  return {
    start: commentsAbove(text, from),
    first: from.start,
    last: to.end,
    end,
    indent,
    comma: tail[1] !== undefined,
  };
}

/** The start of the comments directly above an entry, each on its own line. */
function commentsAbove(text: string, entry: EntryNode): number {
  const { entries, openBrace } = entry.parent as ObjectNode;
  const before = entries[placeAmong(entries, entry) - 1]?.end ?? openBrace?.end ?? 0;
  let start = lineStart(text, entry.start);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (above < before || !COMMENT.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/**
 * The text of a range with another indentation. Where the range begins within a line, that line stays as it is, and so
 * do empty lines and lines inside a long text, which are part of a value.
 */
export function reindented(tree: SyntaxTree, { start, end }: TextRange, from: string, to: string): string {
  const inside = newlinesInValues(tree, start, end);
  let result = '';
  for (let at = start; at < end; ) {
    const newline = tree.text.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = tree.text.slice(at, next);
    const isWhole = at === 0 || (tree.text[at - 1] === '\n' && !inside.has(at - 1));
    result += isWhole && !isBlank(line) && line.startsWith(from) ? to + line.slice(from.length) : line;
    at = next;
  }
  return result;
}

/** The same for a range that ends at the start of an entry: the indentation of that line is included. */
export function reindentedUpTo(tree: SyntaxTree, { start, end }: TextRange, from: string, to: string): string {
  const line = lineStart(tree.text, end);
  if (line < start) return tree.text.slice(start, end);
  const blanks = tree.text.slice(line, end);
  const indent = blanks.startsWith(from) ? to + blanks.slice(from.length) : blanks;
  return reindented(tree, { start, end: line }, from, to) + indent;
}

/** Offsets of the newlines that are part of long texts. */
function newlinesInValues(tree: SyntaxTree, start: number, end: number): ReadonlySet<number> {
  const found = new Set<number>();
  if (!tree.text.slice(start, end).includes('"""')) return found;
  for (const token of tokensOf(tree)) {
    if (token.end <= start || token.kind !== 'text') continue;
    if (token.start >= end) break;
    for (
      let at = tree.text.indexOf('\n', token.start);
      at >= 0 && at < token.end;
      at = tree.text.indexOf('\n', at + 1)
    ) {
      found.add(at);
    }
  }
  return found;
}
