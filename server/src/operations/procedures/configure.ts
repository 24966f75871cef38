import { CANTON_VERSIONS } from '../../../../schemas/version';
import { type Facts, option } from '../facts';
import type { Procedure } from '../procedure';
import { ask, type Choice, pick, type Question } from '../question';
import { adjustOutcome } from '../shared/adjust';
import { editionReasons, envelopeOutcome, envelopeRefusals, hasEncryption } from '../shared/envelope';
import {
  EXTERNAL_ANSWERS,
  externalOutcome,
  externalRefusals,
  rootKeyQuestion,
  stateQuestion,
} from '../shared/external';
import { kmsSettings, providerOf, providerQuestions, schemeReasons } from '../shared/provider';

const MODES: readonly Choice[] = [
  {
    value: 'envelope',
    label: 'Envelope encryption',
    detail: 'Canton keeps its keys in its database, encrypted with a key of the KMS. New and existing nodes.',
  },
  {
    value: 'external',
    label: 'External keys',
    detail: 'The private keys are made and stay in the KMS. New nodes only.',
  },
];

/** Writes a node's `kms` section and the mode that it is used in. */
export const configure: Procedure = {
  name: 'configure',
  title: 'Configure a KMS for a node',
  summary: 'Write the KMS section of a node, for envelope encryption or external keys',
  versions: CANTON_VERSIONS,
  answers: EXTERNAL_ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionReasons(facts), ...modeRefusals(facts)],
  questions: (facts) => {
    const { target } = facts;
    const first = [...modeQuestion(facts), ...(isToBecome(facts, 'external') ? [stateQuestion(facts)] : [])];
    const last = isToBecome(facts, 'external') ? rootKeyQuestion(facts) : [];
    const wrapperKey = modeOf(facts) === 'envelope' && target.mode === 'none' ? [wrapperKeyQuestion] : [];
    return [...first, ...providerQuestions(facts), ...wrapperKey, ...last];
  },
  plan: (facts) => {
    const settings = kmsSettings(facts, EXTERNAL_ANSWERS);
    const mode = modeOf(facts);
    const reasons = [...settings.reasons, ...activeReasons(facts)];
    if (isToBecome(facts, 'external')) reasons.push(...schemeReasons(facts, settings.provider));
    if (reasons.length > 0) return { reasons };
    if (mode === facts.target.mode) return adjustOutcome(facts, settings);
    return mode === 'envelope' ? envelopeOutcome(facts, settings) : externalOutcome(facts, settings);
  },
};

export const wrapperKeyQuestion: Question = ask(
  'wrapper-key-id',
  'Id of your own wrapper key, or empty: Canton makes one',
  'alias/canton-wrapper-key',
  true,
);

function modeQuestion({ target }: Facts): readonly Question[] {
  return target.mode === 'none' ? [pick('mode', 'What is the KMS used for?', MODES)] : [];
}

function isToBecome(facts: Facts, mode: string): boolean {
  return modeOf(facts) === mode && facts.target.mode !== mode;
}

function modeRefusals(facts: Facts): readonly string[] {
  const mode = modeOf(facts);
  if (mode !== 'envelope' && mode !== 'external') {
    return [`There is no mode '${mode}': it is \`envelope\` or \`external\`.`];
  }
  if (mode === facts.target.mode) return [];
  return mode === 'envelope' ? envelopeRefusals(facts) : externalRefusals(facts);
}

/** Without an answer: the mode that the node has, or the one that its storage allows. */
function modeOf(facts: Facts): string {
  const { target, storage } = facts;
  const wanted = option(facts, 'mode');
  if (wanted !== undefined) return wanted;
  if (target.mode !== 'none') return target.mode;
  return hasEncryption(facts) || storage !== 'memory' ? 'envelope' : 'external';
}

/** One process talks to one KMS: keys that another provider holds or encrypted would be out of reach. */
function activeReasons(facts: Facts): readonly string[] {
  const { target } = facts;
  const wanted = providerOf(facts);
  if (target.mode === 'none' || target.kmsType === undefined || wanted === target.kmsType) return [];
  return [
    `${target.id} uses provider \`${target.kmsType}\` already. To go over to \`${wanted}\` is a procedure of its own: \`change-provider\`.`,
  ];
}
