/** A block quote, or a list item whose content begins at a column. */
export type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly width: number };

/** How far into a line its containers go. */
export interface Prefix {
  /** Offset of the content in the line. */
  readonly at: number;
  readonly containers: readonly Container[];
}

const QUOTE = / {0,3}> ?/y;
const BULLET = /([ \t]*(?:[-+*]|\d{1,9}[.)]))(?:[ \t]{1,4}(?![ \t])|(?=[ \t]|$))/y;
const TAB_WIDTH = 4;
/** Deeper nesting is no document; it would only cost time at every line. */
const MAX_CONTAINERS = 100;

/**
 * Takes the prefixes of open containers off a line, as CommonMark does (section 5); those that the line does not
 * continue are left out of the result. A blank line continues list items.
 */
export function continueContainers(line: string, open: readonly Container[]): Prefix {
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

/** Takes the markers off a line that open further containers. */
export function openContainers(line: string, prefix: Prefix): Prefix {
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
      // Without text behind the marker, or with much room, the content begins one blank behind it.
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
export function skipBlanks(line: string, from: number, width: number): { at: number; columns: number } {
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
