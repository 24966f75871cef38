import { maskedLine } from '../model/facts/secrets';
import { markdownCode, markdownFence, markdownProse, markdownText } from '../text/encoders/markdown';
import { LineIndex } from '../text/line-index';
import { decoded } from '../text/location';
import { madeFromLine } from './made-from';
import { lastMoment, type Plan, type PlannedEdit, type Step } from './plan';
import { findProcedure } from './procedures';
import { recordSection } from './record';
import { fileNameOf } from './script';
import { outlookSections } from './trouble/outlook';

/** The number of lines shown before and after a change. */
const CONTEXT = 2;

/** A change of lines: `old` starts at line `at`. */
interface Change {
  readonly at: number;
  readonly old: readonly string[];
  readonly fresh: readonly string[];
}

/** Applies edits, whose ranges refer to the given text. */
export function withEdits(text: string, edits: readonly PlannedEdit[]): string {
  return applied(text, 0, new LineIndex(text).lineCount, inOrder(edits));
}

/** The edits of one file as a unified diff, without file names and without secrets. */
export function unifiedDiff(text: string, edits: readonly PlannedEdit[]): string {
  const lines = linesOf(text);
  const hunks: string[] = [];
  let moved = 0;
  for (const group of grouped(changesOf(text, lines, edits))) {
    hunks.push(hunk(lines, group, moved));
    for (const { old, fresh } of group) moved += fresh.length - old.length;
  }
  return hunks.map((one) => one.split('\n').map(maskedLine).join('\n')).join('\n');
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Edits on one line form one change; unchanged lines do not belong to it. */
function changesOf(text: string, lines: readonly string[], edits: readonly PlannedEdit[]): Change[] {
  const sorted = inOrder(edits);
  const changes: Change[] = [];
  for (let i = 0; i < sorted.length; ) {
    const first = sorted[i] as PlannedEdit;
    const at = first.range.start.line;
    let end = first.range.end.line;
    let next = i + 1;
    for (; next < sorted.length && (sorted[next] as PlannedEdit).range.start.line <= end; next++) {
      end = Math.max(end, (sorted[next] as PlannedEdit).range.end.line);
    }
    const old = lines.slice(at, end + 1);
    const fresh = linesOf(applied(text, at, end, sorted.slice(i, next)));
    changes.push(trimmed({ at, old, fresh }));
    i = next;
  }
  return changes.filter(({ old, fresh }) => old.length + fresh.length > 0);
}

function inOrder(edits: readonly PlannedEdit[]): PlannedEdit[] {
  return [...edits].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

/** The lines from `at` to `end` after the edits. */
function applied(text: string, at: number, end: number, edits: readonly PlannedEdit[]): string {
  const index = new LineIndex(text);
  let from = index.offsetAt({ line: at, character: 0 });
  const last = index.offsetAt({ line: end, character: Number.MAX_SAFE_INTEGER });
  let result = '';
  for (const { range, newText } of edits) {
    result += text.slice(from, index.offsetAt(range.start)) + newText;
    from = index.offsetAt(range.end);
  }
  return result + text.slice(from, last);
}

function trimmed({ at, old, fresh }: Change): Change {
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  return { at: at + start, old: old.slice(start, old.length - end), fresh: fresh.slice(start, fresh.length - end) };
}

/** Changes whose context overlaps are shown together. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && change.at - (last.at + last.old.length) <= 2 * CONTEXT) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(lines: readonly string[], group: readonly Change[], moved: number): string {
  const first = group[0] as Change;
  const last = group.at(-1) as Change;
  const start = Math.max(0, first.at - CONTEXT);
  const end = Math.min(endOf(lines), last.at + last.old.length + CONTEXT);
  const rows: string[] = [];
  let at = start;
  for (const { at: changed, old, fresh } of group) {
    rows.push(...lines.slice(at, changed).map((line) => ` ${line}`));
    rows.push(...old.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`));
    at = changed + old.length;
  }
  rows.push(...lines.slice(at, Math.max(at, end)).map((line) => ` ${line}`));
  const oldCount = rows.filter((row) => !row.startsWith('+')).length;
  const newCount = rows.filter((row) => !row.startsWith('-')).length;
  return [`@@ -${start + 1},${oldCount} +${start + 1 + moved},${newCount} @@`, ...rows].join('\n');
}

/** A text that ends with a line break has no further line. */
function endOf(lines: readonly string[]): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}

/** Returns the text of a file that a plan edits. */
export type TextOf = (uri: string) => string | undefined;

/** The runbook: warnings first, then numbered steps with boxes to tick, then the way back. */
export function renderMarkdown(plan: Plan, textOf: TextOf): string {
  const title = findProcedure(plan.procedure)?.title ?? plan.procedure;
  const parts = [`# ${title}: ${markdownText(plan.node)}`, `Canton ${plan.cantonVersion}`];
  if (!plan.possible) {
    const origin = plan.madeFrom === undefined ? [] : [markdownCode(madeFromLine(plan.madeFrom))];
    return lines([...parts, '**Not possible:**', list(plan.reasons), ...origin]);
  }
  const { steps, rollback } = plan;
  const edits = steps.flatMap((step) => step.edits);
  const name = namesOf(edits);
  const before = (uri: string) => textOf(uri) ?? '';
  const after = (uri: string) => withEdits(before(uri), inFile(edits, uri));
  if (plan.warnings.length > 0) parts.push('## Warnings', list(plan.warnings));
  parts.push('## Steps', ...steps.map((step, i) => stepText(step, i + 1, name, before)));
  const until = lastMoment(plan);
  if (rollback.length > 0)
    parts.push(
      '## The way back',
      ...(until === undefined ? [] : [markdownProse(until)]),
      ...rollback.map((step, i) => stepText(step, i + 1, name, after)),
    );
  if (plan.madeFrom !== undefined) parts.push(...recordSection(plan, `${fileNameOf(plan)}.record.md`));
  if (plan.outlook !== undefined) parts.push(...outlookSections(plan.outlook));
  return lines(parts);
}

function stepText(step: Step, number: number, name: (uri: string) => string, textOf: (uri: string) => string): string {
  const { title, kind, text, console, edits, pointOfNoReturn } = step;
  const head = `- [ ] **${number}. ${markdownProse(title)}** (${kind})`;
  const body = text === '' ? [] : [markdownProse(text)];
  if (pointOfNoReturn) body.unshift('**Point of no return.**');
  if (console.length > 0) body.push(markdownFence('scala', console.join('\n')));
  for (const uri of new Set(edits.map(({ file }) => file))) {
    body.push(`In ${markdownCode(name(uri))}:`, markdownFence('diff', unifiedDiff(textOf(uri), inFile(edits, uri))));
  }
  return [head, ...body.map((block) => indented(block))].join('\n\n');
}

function inFile(edits: readonly PlannedEdit[], uri: string): PlannedEdit[] {
  return edits.filter(({ file }) => file === uri);
}

/** Names of files, with as many of their folders as needed to distinguish them. */
function namesOf(edits: readonly PlannedEdit[]): (uri: string) => string {
  const folders = edits.map(({ file }) => file.split('/').slice(0, -1));
  const [first = []] = folders;
  let shared = 0;
  while (shared < first.length && folders.every((folder) => folder[shared] === first[shared])) shared++;
  return (uri) => decoded(uri.split('/').slice(shared).join('/'));
}

function indented(block: string): string {
  return block.replace(/^(?=.)/gm, '  ');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${markdownProse(item)}`).join('\n');
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
