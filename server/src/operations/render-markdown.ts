import { unifiedDiff, withEdits } from './diff';
import type { Plan, PlannedEdit, Step } from './plan';
import { findProcedure } from './procedures';

/** Gives the text of a file that a plan edits. */
export type TextOf = (uri: string) => string | undefined;

/** The runbook: warnings first, then numbered steps with boxes to tick, then the way back. */
export function renderMarkdown(plan: Plan, textOf: TextOf): string {
  const title = findProcedure(plan.procedure)?.title ?? plan.procedure;
  const parts = [`# ${title}: ${plan.node}`, `Canton ${plan.cantonVersion}`];
  if (!plan.possible) return lines([...parts, '**Not possible:**', list(plan.reasons)]);
  const { steps, rollback } = plan;
  const edits = steps.flatMap((step) => step.edits);
  const name = namesOf(edits);
  const before: TextOf = (uri) => textOf(uri) ?? '';
  const after: TextOf = (uri) => withEdits(before(uri) ?? '', inFile(edits, uri));
  if (plan.warnings.length > 0) parts.push('## Warnings', list(plan.warnings));
  parts.push('## Steps', ...steps.map((step, i) => stepText(step, i + 1, name, before)));
  if (rollback.length > 0)
    parts.push('## The way back', ...rollback.map((step, i) => stepText(step, i + 1, name, after)));
  return lines(parts);
}

function stepText(step: Step, number: number, name: (uri: string) => string, textOf: TextOf): string {
  const { title, kind, text, console, edits, pointOfNoReturn } = step;
  const head = `- [ ] **${number}. ${title}** (${kind})`;
  const body = text === '' ? [] : [text];
  if (pointOfNoReturn) body.unshift('**Point of no return.**');
  if (console.length > 0) body.push(fence('scala', console.join('\n')));
  for (const uri of new Set(edits.map(({ file }) => file))) {
    body.push(`In \`${name(uri)}\`:`, fence('diff', unifiedDiff(textOf(uri) ?? '', inFile(edits, uri))));
  }
  return [head, ...body.map((block) => indented(block))].join('\n\n');
}

function inFile(edits: readonly PlannedEdit[], uri: string): PlannedEdit[] {
  return edits.filter(({ file }) => file === uri);
}

/** Names of files, with as much of their folders as tells them apart. */
function namesOf(edits: readonly PlannedEdit[]): (uri: string) => string {
  const folders = edits.map(({ file }) => file.split('/').slice(0, -1));
  const [first = []] = folders;
  let shared = 0;
  while (shared < first.length && folders.every((folder) => folder[shared] === first[shared])) shared++;
  return (uri) => decodeURIComponent(uri.split('/').slice(shared).join('/'));
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function indented(block: string): string {
  return block.replace(/^(?=.)/gm, '  ');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
