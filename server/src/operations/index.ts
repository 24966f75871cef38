import { type ConfigError, type Facts, factsOf, LAUNCH_SET, type PlanRequest } from './facts';
import type { Plan } from './plan';
import type { Outcome, Procedure } from './procedure';
import { findProcedure, procedures } from './procedures';
import { pick, type Question } from './question';
import { nodeReasons, openSetReasons, unreadable } from './reasons';

export { type AnswerFault, answerFault } from './answers';
export { type ConfigError, LAUNCH_SET, type OpenSet, type PlanRequest } from './facts';
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

/**
 * Keeps what every plan promises: the configuration that it leaves behind has no error that was not there before, and
 * none in what it edits or in the crypto section of its node. Errors elsewhere are warnings, and stop nothing.
 */
function checked(request: PlanRequest, outcome: Outcome): Outcome {
  const edits = (outcome.steps ?? []).flatMap((step) => step.edits);
  const { node, version, errors } = request;
  const known = new Map<string, number>();
  for (const error of errors) known.set(identityOf(error), (known.get(identityOf(error)) ?? 0) + 1);
  const own: ConfigError[] = [];
  const others: ConfigError[] = [];
  for (const error of edits.length === 0 ? errors : request.check(edits)) {
    const left = known.get(identityOf(error)) ?? 0;
    known.set(identityOf(error), left - 1);
    const isOwn = left <= 0 || isWithin(error.configPath, `canton.${node}.crypto`);
    (isOwn ? own : others).push(error);
  }
  if (own.length > 0 && edits.length > 0) {
    return {
      reasons: own.map(
        (error) => `Canton ${version} would refuse the configuration with these edits: ${sentence(error)}`,
      ),
    };
  }
  const listed = [...own, ...others].map(
    (error) => `Canton ${version} refuses this configuration as it is: ${sentence(error)}`,
  );
  return { ...outcome, warnings: [...listed, ...(outcome.warnings ?? [])] };
}

/** Edits move an error, and leave it the same one. */
function identityOf({ code, message, configPath = '' }: ConfigError): string {
  return JSON.stringify([code, message, configPath]);
}

function isWithin(path: string | undefined, section: string): boolean {
  return path === section || path?.startsWith(`${section}.`) === true;
}

function sentence({ code, message, place }: ConfigError): string {
  return `${place}: ${message}${/[.?!]$/.test(message) ? '' : '.'} (${code})`;
}

/** Undefined when every answer is there, or when no answer would help. */
export function nextQuestion(request: PlanRequest): Question | undefined {
  const { openSets = [] } = request;
  if (openSets.length > 0) {
    const choices = openSets.map(({ id, name }) => ({ value: id, label: name, detail: `Launch set ${name}` }));
    return pick(LAUNCH_SET, `${request.node} is in several launch sets: which one?`, choices);
  }
  const facts = factsOf(request);
  const procedure = findProcedure(request.procedure);
  if (facts === undefined || procedure === undefined || refusals(procedure, facts).length > 0) return undefined;
  return procedure.questions(facts).find((question) => request.options[question.option] === undefined);
}

/** A procedure of a Canton version, and why it is not for a node; undefined where it may be. */
export interface OfferedProcedure {
  readonly procedure: Procedure;
  readonly reason: string | undefined;
}

/** The procedures that the version has, those first that may be possible for the node. */
export function offeredProcedures(request: Omit<PlanRequest, 'procedure'>): OfferedProcedure[] {
  const facts = factsOf({ ...request, procedure: '' });
  const offered = procedures
    .filter(({ versions }) => versions.includes(request.version))
    .map((procedure) => ({ procedure, reason: facts && refusals(procedure, facts)[0] }));
  return [
    ...offered.filter(({ reason }) => reason === undefined),
    ...offered.filter(({ reason }) => reason !== undefined),
  ];
}

/** Why the procedure is not for the node, whatever is answered. */
function refusals(procedure: Procedure, facts: Facts): readonly string[] {
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
  const open = openSetReasons(request);
  if (open.length > 0) return { reasons: open };
  const reasons = [...refusals(procedure, facts), ...strangeAnswers(procedure, request)];
  if (reasons.length > 0) return { reasons };
  const outcome = procedure.plan(facts);
  return (outcome.reasons ?? []).length > 0 ? outcome : checked(request, outcome);
}

/** A misspelt answer must not be passed over. Settings of a `kms` section are checked against their schema instead. */
function strangeAnswers({ name, answers = {}, writesKms }: Procedure, { options }: PlanRequest): string[] {
  if (writesKms === true) return [];
  const given = Object.keys(options).filter((key) => key.startsWith('set.'));
  const strange = given.map((key) => key.slice('set.'.length)).filter((key) => !Object.hasOwn(answers, key));
  const known = Object.keys(answers).join(', ');
  return strange.map((key) => `'${key}' is no setting of \`${name}\`; it takes ${known === '' ? 'none' : known}.`);
}
