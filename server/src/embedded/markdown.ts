import { type CodeLine, regionsOfBlock } from './code-block';
import type { Finders } from './nested';
import type { EmbeddedRegion } from './region';

/** The beginning of a line that may open a fence or a container. */
const OPENING = /[ \t]*[-+*>\d`~]/y;
const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/;
/** `hocon`, `hocon title="x"`, `{.hocon}` */
const LANGUAGE = /^\{?\.?([^\s{},:]*)/;

interface Fence {
  readonly mark: string;
  /** The number of columns by which the lines of the block may be indented. */
  readonly indent: number;
  /** The prefix of a line that continues the containers and the indentation. */
  readonly prefix: string;
  readonly label: string;
  readonly containers: readonly Container[];
  readonly lines: CodeLine[];
  /** The start of the first line below the fence. */
  readonly start: number;
}

/**
 * Fenced code blocks of a Markdown file with HOCON, recognized by their language or content. Fences may be in lists and
 * quotes, at any indentation, and without an end. Parts that an example leaves out (`...`) are unknown.
 */
export function findMarkdownRegions(text: string, finders: Finders): EmbeddedRegion[] {
  const regions: EmbeddedRegion[] = [];
  let open: readonly Container[] = [];
  let fence: Fence | undefined;
  const finish = (ended: Fence, end: number) => {
    regions.push(...regionsOfBlock(text, { ...ended, start: Math.min(ended.start, end), end }, finders));
    fence = undefined;
  };
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    // So begin few lines of most documents.
    if (fence === undefined && open.length === 0 && match(OPENING, text, at) === at) {
      at = next;
      continue;
    }
    const end = newline < 0 ? next : newline - (text[newline - 1] === '\r' && newline > at ? 1 : 0);
    const line = text.slice(at, end);
    let prefix = continueContainers(line, open);
    if (fence !== undefined) {
      const inside = prefix.containers.length === fence.containers.length;
      if (inside && !isClosing(line.slice(prefix.at), fence)) {
        const start = at + skipBlanks(line, prefix.at, fence.indent).at;
        fence.lines.push({ start, next });
        at = next;
        continue;
      }
      finish(fence, at);
      if (inside) {
        at = next;
        continue;
      }
    }
    prefix = openContainers(line, prefix);
    open = prefix.containers;
    fence = fenceAt(line, prefix, next);
    at = next;
  }
  if (fence !== undefined) finish(fence, text.length);
  return regions;
}

function fenceAt(line: string, prefix: Prefix, start: number): Fence | undefined {
  const match = FENCE.exec(line.slice(prefix.at));
  if (match === null) return undefined;
  const [, blanks = '', mark = '', info = ''] = match;
  if (mark.startsWith('`') && info.includes('`')) return undefined;
  const label = (LANGUAGE.exec(info)?.[1] ?? '').toLowerCase();
  const continuing = line.slice(0, prefix.at + blanks.length).replace(/[^\s>]/g, ' ');
  return { mark, indent: blanks.length, prefix: continuing, label, containers: prefix.containers, lines: [], start };
}

function isClosing(content: string, { mark, indent }: Fence): boolean {
  const match = FENCE.exec(content);
  if (match === null) return false;
  const [, blanks = '', closing = '', rest = ''] = match;
  return closing.startsWith(mark) && rest === '' && blanks.length < indent + 4;
}

/** A block quote, or a list item whose content begins at a column. */
type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly width: number };

/** The length of the line's part that belongs to its containers. */
interface Prefix {
  /** Offset of the content in the line. */
  readonly at: number;
  readonly containers: readonly Container[];
}

const QUOTE = / {0,3}> ?/y;
const BULLET = /([ \t]*(?:[-+*]|\d{1,9}[.)]))(?:[ \t]{1,4}(?![ \t])|(?=[ \t]|$))/y;
const TAB_WIDTH = 4;
/** Documents are not nested deeper; more levels would only cost time on every line. */
const MAX_CONTAINERS = 100;

/**
 * Removes the prefixes of open containers from a line, as in CommonMark (section 5); containers that the line does not
 * continue are not in the result. A blank line continues list items.
 */
function continueContainers(line: string, open: readonly Container[]): Prefix {
  const blank = line.trim() === '';
  let at = 0;
  let count = 0;
  for (const container of open) {
    if (container.kind === 'quote') {
      const end = match(QUOTE, line, at);
      if (end === at) break;
      at = end;
    } else {
      const skipped = skipBlanks(line, at, container.width);
      if (skipped.columns < container.width && !blank) break;
      at = skipped.at;
    }
    count++;
  }
  return { at, containers: open.slice(0, count) };
}

/** Removes the markers from a line that open further containers. */
function openContainers(line: string, prefix: Prefix): Prefix {
  const containers = [...prefix.containers];
  let at = prefix.at;
  while (containers.length < MAX_CONTAINERS) {
    const quote = match(QUOTE, line, at);
    BULLET.lastIndex = at;
    const bullet = quote > at ? null : BULLET.exec(line);
    if (quote > at) {
      containers.push({ kind: 'quote' });
      at = quote;
    } else if (bullet !== null) {
      // If there is no text after the marker, or more than four blanks, the content begins one blank after it.
      const [whole, marker = ''] = bullet;
      containers.push({ kind: 'item', width: Math.max(whole.length, marker.length + 1) });
      at += whole.length;
    } else {
      break;
    }
  }
  return { at, containers };
}

/** Skips blanks that are up to `width` columns wide. */
function skipBlanks(line: string, from: number, width: number): { at: number; columns: number } {
  let columns = 0;
  let at = from;
  for (; columns < width && (line[at] === ' ' || line[at] === '\t'); at++) {
    columns += line[at] === ' ' ? 1 : TAB_WIDTH - (columns % TAB_WIDTH);
  }
  return { at, columns };
}

function match(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}
