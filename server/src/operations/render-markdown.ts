import type { Plan, PlannedEdit, Step } from './plan';
import { findProcedure } from './procedures';

/** The runbook: warnings first, then numbered steps with boxes to tick, then the way back. */
export function renderMarkdown(plan: Plan): string {
  const title = findProcedure(plan.procedure)?.title ?? plan.procedure;
  const parts = [`# ${title}: ${plan.node}`, `Canton ${plan.cantonVersion}`];
  if (!plan.possible) return lines([...parts, '**Not possible:**', list(plan.reasons)]);
  if (plan.warnings.length > 0) parts.push('## Warnings', list(plan.warnings));
  parts.push('## Steps', ...plan.steps.map((step, i) => stepText(step, i + 1)));
  if (plan.rollback.length > 0) parts.push('## The way back', ...plan.rollback.map((step, i) => stepText(step, i + 1)));
  return lines(parts);
}

function stepText({ title, kind, text, console, edits, pointOfNoReturn }: Step, number: number): string {
  const head = `- [ ] **${number}. ${title}** (${kind})`;
  const body = [text];
  if (pointOfNoReturn) body.unshift('**Point of no return.**');
  if (console.length > 0) body.push(fence('scala', console.join('\n')));
  for (const edit of edits) body.push(editText(edit));
  return [head, ...body.map((block) => indented(block))].join('\n\n');
}

function editText({ file, range, newText }: PlannedEdit): string {
  const name = decodeURIComponent(file.slice(file.lastIndexOf('/') + 1));
  const { start, end } = range;
  const isInsertion = start.line === end.line && start.character === end.character;
  const where = `\`${name}\`, line ${start.line + 1}`;
  if (newText === '') return `In ${where}: remove ${removed(range)}.`;
  return `In ${where}: ${isInsertion ? 'insert' : 'put in the place of what stands there'}\n\n${fence('hocon', dedented(newText))}`;
}

function removed({ start, end }: PlannedEdit['range']): string {
  const last = end.character === 0 ? end.line : end.line + 1;
  return last <= start.line + 1 ? 'this entry' : `lines ${start.line + 1} to ${last}`;
}

/** The text without the indentation that its lines share; the first line may begin behind other text. */
function dedented(text: string): string {
  const rows = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split(/\r?\n/);
  const indentOf = (row: string) => /^[ \t]*/.exec(row)?.[0].length ?? 0;
  const shared = Math.min(
    ...rows
      .slice(1)
      .filter((row) => row.trim() !== '')
      .map(indentOf),
  );
  return rows.map((row) => row.slice(Math.min(shared, indentOf(row)))).join('\n');
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
