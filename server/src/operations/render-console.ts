import type { Plan, Step } from './plan';

/** The console lines of a plan as one script; what has to happen elsewhere is a comment in its place. */
export function renderConsole(plan: Plan): string {
  const head = [`// ${plan.procedure}: ${plan.node}, Canton ${plan.cantonVersion}`];
  if (!plan.possible) return text([...head, ...plan.reasons.map((reason) => comment(`Not possible: ${reason}`))]);
  const gaps = plan.steps.flatMap(({ console }) => console).filter((line) => GAP.test(line)).length;
  if (gaps > 0)
    head.push(`// Fill in what stands between < and > first: ${gaps === 1 ? 'one line' : `${gaps} lines`}.`);
  const steps = plan.steps.map((step, i) => block(step, i + 1));
  const back = plan.rollback.filter(({ console }) => console.length > 0);
  const undo = back.map(
    (step) => `\n// To go back: ${step.title}\n${step.console.map((line) => `// ${line}`).join('\n')}`,
  );
  return text([...head, ...plan.warnings.map((warning) => comment(`Warning: ${warning}`)), ...steps, ...undo]);
}

/** What the operator has to fill in. */
const GAP = /<[A-Za-z][^<>]*>/;

function block({ title, text: body, console, pointOfNoReturn }: Step, number: number): string {
  const mark = pointOfNoReturn ? ' (point of no return)' : '';
  return [`\n// ${number}. ${title}${mark}`, comment(body), ...console.map(runnable)].join('\n');
}

/** A line with a gap outside of strings is no Scala; it waits as a comment to be filled in. */
function runnable(line: string): string {
  return GAP.test(line.replace(/"[^"]*"/g, '')) ? `// ${line}` : line;
}

function comment(body: string): string {
  return body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `// ${line}`)
    .join('\n');
}

function text(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}
