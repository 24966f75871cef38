import { type Facts, factsOf, type PlanRequest } from './facts';
import type { Plan } from './plan';
import type { Outcome, Procedure } from './procedure';
import { findProcedure } from './procedures';
import type { Question } from './question';
import { nodeReasons, unreadable } from './reasons';

export type { PlanRequest } from './facts';
export type { Plan, PlannedEdit, Step, StepKind } from './plan';
export type { Procedure } from './procedure';
export { findProcedure, procedures } from './procedures';
export type { Choice, Question } from './question';
export { renderConsole } from './render-console';
export { renderMarkdown } from './render-markdown';

/** Never fails: what stands in the way is in the plan's reasons, and such a plan has neither steps nor edits. */
export function plan(request: PlanRequest): Plan {
  const outcome = outcomeOf(request);
  const { procedure, node, version } = request;
  const reasons = outcome.reasons ?? [];
  const head = { procedure, node, cantonVersion: version, possible: reasons.length === 0, reasons };
  if (reasons.length > 0) return { ...head, warnings: [], steps: [], rollback: [] };
  return { ...head, warnings: outcome.warnings ?? [], steps: outcome.steps ?? [], rollback: outcome.rollback ?? [] };
}

/** Undefined when every answer is there, or when no answer would help. */
export function nextQuestion(request: PlanRequest): Question | undefined {
  const facts = factsOf(request);
  const procedure = findProcedure(request.procedure);
  if (facts === undefined || procedure === undefined || refusals(procedure, facts).length > 0) return undefined;
  return procedure.questions(facts).find((question) => request.options[question.option] === undefined);
}

/** Why the procedure is not for the node, whatever is answered. */
export function refusals(procedure: Procedure, facts: Facts): readonly string[] {
  const broken = unreadable(facts);
  if (broken.length > 0) return broken;
  if (!procedure.versions.includes(facts.version)) {
    return [`Canton ${facts.version} does not have this: it is for ${procedure.versions.join(', ')}.`];
  }
  return procedure.refusals(facts);
}

function outcomeOf(request: PlanRequest): Outcome {
  const procedure = findProcedure(request.procedure);
  if (procedure === undefined) return { reasons: [`There is no procedure '${request.procedure}'.`] };
  const facts = factsOf(request);
  if (facts === undefined) return { reasons: nodeReasons(request) };
  const reasons = [...refusals(procedure, facts), ...strangeAnswers(procedure, request)];
  return reasons.length > 0 ? { reasons } : procedure.plan(facts);
}

/** A misspelt answer must not be passed over. Settings of a `kms` section are checked against their schema instead. */
function strangeAnswers({ name, answers = [], writesKms }: Procedure, { options }: PlanRequest): string[] {
  if (writesKms === true) return [];
  const given = Object.keys(options).filter((key) => key.startsWith('set.'));
  const strange = given.map((key) => key.slice('set.'.length)).filter((key) => !answers.includes(key));
  const known = answers.length === 0 ? 'it takes none' : `it takes ${answers.join(', ')}`;
  return strange.map((key) => `'${key}' is no setting of \`${name}\`; ${known}.`);
}
