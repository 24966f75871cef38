import { factsOf, type PlanRequest } from './facts';
import type { Plan } from './plan';
import type { Outcome } from './procedure';
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
  const questions = facts && findProcedure(request.procedure)?.questions(facts);
  return questions?.find((question) => request.options[question.option] === undefined);
}

function outcomeOf(request: PlanRequest): Outcome {
  const procedure = findProcedure(request.procedure);
  if (procedure === undefined) return { reasons: [`There is no procedure '${request.procedure}'.`] };
  const facts = factsOf(request);
  if (facts === undefined) return { reasons: nodeReasons(request) };
  const broken = unreadable(facts);
  if (broken.length > 0) return { reasons: broken };
  if (!procedure.versions.includes(facts.version)) {
    const versions = procedure.versions.join(', ');
    return { reasons: [`Canton ${facts.version} does not have this: it is for ${versions}.`] };
  }
  return procedure.plan(facts);
}
