import type { Diagnostic } from '../model/diagnostic';
import { lineStart } from '../text/lines';
import type { TextRange } from '../text/location';
import { textOf } from './report';
import type { RuleContext } from './rule';

/** `# canton-kms-ignore-next-line CODE reason` */
export interface Suppression {
  readonly uri: string;
  /** The comment. */
  readonly range: TextRange;
  /** Its line with the line break. */
  readonly line: TextRange;
  readonly codes: readonly { readonly code: string; readonly range: TextRange }[];
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
  for (const { index: start, 0: whole } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const line = whole.replace(/\r?\n$/, '');
    const [comment, body = ''] = COMMENT.exec(line) ?? [];
    if (comment !== undefined) {
      waiting.push({ ...suppressionOf(uri, line, start, body), line: { start, end: start + whole.length } });
    } else if (waiting.length > 0 && !/^[ \t]*(?:#|\/\/|$)/.test(line)) {
      const target = { start, end: start + line.length };
      found.push(...waiting.map((suppression) => ({ ...suppression, target })));
      waiting = [];
    }
  }
  const nowhere = { start: text.length, end: text.length };
  return [...found, ...waiting.map((suppression) => ({ ...suppression, target: nowhere }))];
}

function suppressionOf(uri: string, line: string, offset: number, body: string): Omit<Suppression, 'target' | 'line'> {
  const [list = ''] = body.split(/\s/);
  const at = offset + line.lastIndexOf(body);
  const codes: { code: string; range: TextRange }[] = [];
  for (const match of list.matchAll(/[^,]+/g)) {
    codes.push({ code: match[0], range: { start: at + match.index, end: at + match.index + match[0].length } });
  }
  const lead = line.length - line.trimStart().length;
  return { uri, range: { start: offset + lead, end: offset + line.trimEnd().length }, codes };
}

/** Removes suppressed diagnostics, and returns the codes of each suppression that were used. */
export function applySuppressions(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  context: Pick<RuleContext, 'tree' | 'noInline'>,
): { readonly kept: readonly Diagnostic[]; readonly used: ReadonlySet<object> } {
  const aimed = new Map<string, object[]>();
  for (const { uri, codes, target } of suppressions) {
    for (const named of codes) {
      if (context.noInline.has(named.code)) continue;
      const id = `${named.code} ${uri} ${target.start}`;
      aimed.set(id, [...(aimed.get(id) ?? []), named]);
    }
  }
  const used = new Set<object>();
  const kept = diagnostics.filter(({ code, uri, range }) => {
    const line = lineStart(textOf(context, uri), range.start);
    const found = aimed.get(`${code} ${uri} ${line}`);
    for (const named of found ?? []) used.add(named);
    return found === undefined;
  });
  return { kept, used };
}
