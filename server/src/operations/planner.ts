import { checkNodeName } from '../../../schemas/node-name';
import { entryAt } from '../hocon/values/config-value';
import { textAt, UNKNOWN } from '../model/binding/bound';
import { envelopeOf } from '../model/facts/node-facts';
import { unknownNode } from '../model/facts/nodes';
import { withVisibleControls } from '../text/encoders/controls';
import { fileName } from '../text/location';
import { type ConfigError, type Facts, factsOf, is2x, option, type PlanRequest } from './facts';
import { LAUNCH_SET, type Plan, type Step, type VaultState } from './plan';
import { preflightStep } from './preflight/step';
import { type Outcome, type Procedure, pick, type Question, versionsOf } from './procedure';
import { findProcedure, procedures } from './procedures';
import { fingerprintWarnings, keyShapeWarnings, lengthRefusals } from './shared/keys';
import { placeWarnings, providerOf, settingRefusals } from './shared/provider';

/** Never fails: a plan that is not possible has reasons, and neither steps nor edits. */
export function plan(request: PlanRequest): Plan {
  const outcome = outcomeOf(request);
  const { procedure, node, version } = request;
  const { refusals: reasons = [] } = outcome;
  const head = { procedure, node, cantonVersion: version, possible: reasons.length === 0, reasons };
  if (reasons.length > 0) return { ...head, warnings: [], steps: [], rollback: [] };
  const { warnings = [], steps = [], rollback = [], vault } = outcome;
  return { ...head, warnings, ...(vault !== undefined && { vault }), steps: steps.map(inFiles), rollback };
}

/** The edits in terms of HOCON were needed only for the check. */
function inFiles(step: Step): Step {
  return { ...step, edits: step.edits.map(({ inside: _, ...edit }) => edit) };
}

/**
 * Ensures what every plan promises: the configuration that it leaves behind has no error that was not there before, and
 * none in what it edits or in the crypto section of its node. Errors elsewhere become warnings and do not prevent the
 * plan.
 */
function checked(request: PlanRequest, outcome: Outcome): Outcome {
  const { steps = [], warnings = [] } = outcome;
  const edits = steps.flatMap((step) => step.edits);
  const { node, version, errors } = request;
  const known = errors.map(identityOf);
  const own: ConfigError[] = [];
  const others: ConfigError[] = [];
  for (const error of request.check(edits)) {
    // Each error that was there before stands for one that is left.
    const before = known.indexOf(identityOf(error));
    const isNew = known.splice(before, before < 0 ? 0 : 1).length === 0;
    const isOwn = isNew || isWithin(error.configPath, `canton.${node}.crypto`);
    (isOwn ? own : others).push(error);
  }
  if (own.length > 0 && edits.length > 0) {
    return {
      refusals: own.map(
        (error) => `With these edits, Canton ${version} would refuse the configuration: ${sentence(error)}`,
      ),
    };
  }
  const listed = [...own, ...others].map(
    (error) => `Canton ${version} refuses this configuration as it is: ${sentence(error)}`,
  );
  return { ...outcome, warnings: [...listed, ...warnings] };
}

/** Edits move an error but do not change its identity. */
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

/** A procedure of a Canton version, and why it is not for a node; undefined if it may be. */
export interface OfferedProcedure {
  readonly procedure: Procedure;
  readonly reason: string | undefined;
}

/** The procedures that the version has, those first that may be possible for the node. */
export function offeredProcedures(request: Omit<PlanRequest, 'procedure'>): OfferedProcedure[] {
  const facts = factsOf({ ...request, procedure: '' });
  const offered = procedures
    .filter((procedure) => versionsOf(procedure).includes(request.version))
    .map((procedure) => ({ procedure, reason: facts && refusals(procedure, facts)[0] }));
  return [
    ...offered.filter(({ reason }) => reason === undefined),
    ...offered.filter(({ reason }) => reason !== undefined),
  ];
}

/** Why the procedure is not for the node, whatever is answered. */
function refusals(procedure: Procedure, facts: Facts): readonly string[] {
  const name = checkNodeName(facts.target.name);
  if (name !== undefined) return [name];
  const broken = unreadable(facts);
  if (broken.length > 0) return broken;
  if (!versionsOf(procedure).includes(facts.version)) {
    const instead = is2x(facts) && procedure.instead2x !== undefined ? ` ${procedure.instead2x}` : '';
    return [`Canton ${facts.version} does not have this: it is for ${procedure.since} or later.${instead}`];
  }
  if (procedure.needsKeys === true && option(facts, 'state') === 'new') {
    return [
      `${facts.target.id} is new, so it has no keys yet, and \`${procedure.name}\` is for a node that has been started. For its first start, plan \`enable-envelope\`, \`enable-external\` or \`register-keys\`.`,
    ];
  }
  return procedure.refusals(facts);
}

function outcomeOf(request: PlanRequest): Outcome {
  const procedure = findProcedure(request.procedure);
  if (procedure === undefined) return { refusals: [`Unknown procedure '${request.procedure}'.`] };
  const facts = factsOf(request);
  if (facts === undefined) return { refusals: [unknownNode(request.config, request.node)] };
  const open = openSetRefusals(request);
  if (open.length > 0) return { refusals: open };
  const found = [...refusals(procedure, facts), ...strangeAnswers(procedure, request), ...controlRefusals(request)];
  if (found.length > 0) return { refusals: found };
  const outcome = procedure.plan(facts);
  const { steps = [], withoutKms: _, ...sound } = checked(request, outcome);
  return { vault: vaultOf(facts), ...sound, steps: [preflightStep(facts, procedure, outcome), ...steps] };
}

/** No id, name or setting has control characters; one that came with a paste would be shown as something else. */
function controlRefusals({ options }: PlanRequest): string[] {
  return Object.entries(options)
    .filter(([, answer]) => withVisibleControls(answer, '\n\t') !== answer)
    .map(([option]) => `The answer to '${withVisibleControls(option)}' contains a control character.`);
}

/** How the running node keeps its keys, by its configuration; undefined if that is not wholly known. */
function vaultOf({ target }: Facts): VaultState | undefined {
  if (textAt(target.section, 'provider') === UNKNOWN) return undefined;
  if (target.mode !== 'none') return target.mode === 'external' ? 'external' : 'wrapped';
  const envelope = envelopeOf(target);
  return envelope === undefined || envelope.reverted ? 'clear' : undefined;
}

/** A misspelled answer must not be passed over. Settings of a `kms` section are checked against their schema instead. */
function strangeAnswers({ name, answers = {}, writesKms }: Procedure, { options }: PlanRequest): string[] {
  if (writesKms === true) return [];
  const given = Object.keys(options).filter((key) => key.startsWith('set.'));
  const strange = given.map((key) => key.slice('set.'.length)).filter((key) => !Object.hasOwn(answers, key));
  const known = Object.keys(answers).join(', ');
  return strange.map(
    (key) =>
      `'${key}' is not a setting of \`${name}\`. ${known === '' ? 'It has none.' : `The settings are ${known}.`}`,
  );
}

/** The problem with an answer; a warning does not prevent it. */
export interface AnswerFault {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const SETTING = /^set\.(.+)$/;
const KEY_ID = /(?:^|[.-])key-id$/;

/** Checks an answer while it is being typed. Undefined if there is no problem, as with an empty one. */
export function answerFault(request: PlanRequest, option: string, typed: string): AnswerFault | undefined {
  const answer = typed.trim();
  const facts = factsOf({ ...request, options: { ...request.options, [option]: answer } });
  const procedure = findProcedure(request.procedure);
  if (facts === undefined || procedure === undefined || answer === '') return undefined;
  const setting = SETTING.exec(option)?.[1];
  const isKms =
    setting !== undefined && procedure.writesKms === true && !Object.hasOwn(procedure.answers ?? {}, setting);
  const errors = [
    ...(isKms ? settingRefusals(facts, setting, answer) : []),
    ...(KEY_ID.test(option) ? lengthRefusals(answer) : []),
    ...(procedure.answerRefusals?.(facts) ?? []),
  ];
  const warnings = [
    ...(isKms ? placeWarnings(setting, answer) : []),
    ...(KEY_ID.test(option) ? keyShapeWarnings(facts, providerOf(facts) ?? '', answer) : []),
    ...(option === 'fingerprint' ? fingerprintWarnings(answer) : []),
  ];
  if (errors[0] !== undefined) return { severity: 'error', message: errors[0] };
  return warnings[0] === undefined ? undefined : { severity: 'warning', message: warnings[0] };
}

/** The refusal if several launch sets have the node. */
function openSetRefusals({ node, openSets = [] }: PlanRequest): string[] {
  if (openSets.length === 0) return [];
  return [
    `${node} is in ${openSets.length} launch sets (${openSets.map(({ name }) => name).join('; ')}). Choose one of them.`,
  ];
}

/** Files of the node that cannot be read without faults: a plan based on them would not be reliable. */
function unreadable(facts: Facts): readonly string[] {
  const { unresolved = [] } = facts;
  if (unresolved.length > 0) return unresolved.map((one) => `The configuration cannot be resolved. ${one}`);
  const uris = new Set<string>();
  for (let depth = 1; depth <= facts.target.path.length; depth++) {
    const definitions = entryAt(facts.config, facts.target.path.slice(0, depth))?.definitions ?? [];
    for (const { uri } of definitions) uris.add(uri);
  }
  return [...uris].flatMap((uri) => {
    const problem = facts.tree(uri)?.problems.find(({ severity }) => severity === 'error');
    if (problem === undefined) return [];
    const name = fileName(uri);
    return [`${name} is not valid HOCON yet: ${problem.message}`];
  });
}
