import type { Diagnostic } from '../model/diagnostic';
import type { TextRange } from '../text/location';

/** `# canton-kms-ignore-next-line CODE reason` */
export interface Suppression {
  readonly uri: string;
  /** The comment. */
  readonly range: TextRange;
  /** Its line with the line break. */
  readonly line: TextRange;
  readonly codes: readonly { readonly code: string; readonly range: TextRange }[];
  readonly reason: string;
  /** The line to which it applies. */
  readonly target: TextRange;
}

const MARK = 'canton-kms-ignore-next-line';
const COMMENT = /^[ \t]*(?:#|\/\/)[ \t]*canton-kms-ignore-next-line\b[ \t]*(.*?)[ \t]*$/;

/** The suppressions of a file. Each applies to the next line that is neither blank nor a comment. */
export function readSuppressions(uri: string, text: string): readonly Suppression[] {
  if (!text.includes(MARK)) return [];
  const found: Suppression[] = [];
  let waiting: Omit<Suppression, 'target'>[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).replace(/\r$/, '');
    const match = line.includes(MARK) ? COMMENT.exec(line) : null;
    const whole = { start, end: newline < 0 ? text.length : newline + 1 };
    if (match !== null) waiting.push({ ...suppressionOf(uri, line, start, match[1] ?? ''), line: whole });
    else if (waiting.length > 0 && !/^[ \t]*(?:#|\/\/|$)/.test(line)) {
      const target = { start, end };
      found.push(...waiting.map((suppression) => ({ ...suppression, target })));
      waiting = [];
    }
    start = end + 1;
  }
  const nowhere = { start: text.length, end: text.length };
  return [...found, ...waiting.map((suppression) => ({ ...suppression, target: nowhere }))];
}

function suppressionOf(uri: string, line: string, offset: number, body: string): Omit<Suppression, 'target' | 'line'> {
  const [list = '', reason = ''] = split(body);
  const at = offset + line.lastIndexOf(body);
  const codes: { code: string; range: TextRange }[] = [];
  for (const match of list.matchAll(/[^,]+/g)) {
    codes.push({ code: match[0], range: { start: at + match.index, end: at + match.index + match[0].length } });
  }
  const lead = line.length - line.trimStart().length;
  return { uri, range: { start: offset + lead, end: offset + line.trimEnd().length }, codes, reason };
}

function split(body: string): readonly [string, string] {
  const blank = body.search(/\s/);
  return blank < 0 ? [body, ''] : [body.slice(0, blank), body.slice(blank).trim()];
}

/**
 * Removes suppressed diagnostics, and returns the codes of each suppression that were used.
 * @param noInline codes that a comment cannot silence
 */
export function applySuppressions(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  noInline: ReadonlySet<string> = new Set(),
): { readonly kept: readonly Diagnostic[]; readonly used: ReadonlySet<object> } {
  const byCode = new Map<string, { readonly target: TextRange; readonly named: object }[]>();
  for (const { uri, codes, target } of suppressions) {
    for (const named of codes) {
      if (noInline.has(named.code)) continue;
      const id = `${named.code} ${uri}`;
      const list = byCode.get(id) ?? [];
      list.push({ target, named });
      byCode.set(id, list);
    }
  }
  const used = new Set<object>();
  const kept = diagnostics.filter(({ code, uri, range }) => {
    const list = byCode.get(`${code} ${uri}`) ?? [];
    const last = lastBefore(list, range.start);
    const target = list[last]?.target;
    if (target === undefined || range.start > target.end) return true;
    for (let i = last; list[i]?.target.start === target.start; i--) used.add(list[i]?.named ?? {});
    return false;
  });
  return { kept, used };
}

/** Index of the last target that starts at or before an offset, -1 without one; the list is in the order of the text. */
function lastBefore(list: readonly { readonly target: TextRange }[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.target.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
