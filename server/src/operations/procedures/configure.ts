import { listVault, liveness } from '../console';
import { type Facts, option, textAt } from '../facts';
import { ask, choicesOf, type Outcome, type Procedure, pick, type Question } from '../procedure';
import { editionRefusals, envelopeOutcome, envelopeRefusals, hasEncryption } from '../shared/envelope';
import {
  EXTERNAL_ANSWERS,
  externalOutcome,
  externalRefusals,
  rootKeyQuestion,
  stateQuestion,
} from '../shared/external';
import { type KmsSettings, kmsSettings, providerOf, providerQuestions, schemeRefusals } from '../shared/provider';
import { editSteps, noFileToChange, rollingRestart, step } from '../steps';

const MODES = choicesOf({
  envelope: ['Envelope encryption', 'The keys stay in the database, encrypted by the KMS. For new and existing nodes.'],
  external: ['External keys', 'The private keys are created in the KMS and never leave it. For new nodes only.'],
});

/** Writes the `kms` section of a node, and the mode in which it is used. */
export const configure: Procedure = {
  name: 'configure',
  title: 'Configure a KMS for a node',
  summary: 'Write the KMS section of a node, for envelope encryption or external keys',
  answers: EXTERNAL_ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
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
    const refusals = [...settings.refusals, ...activeRefusals(facts)];
    if (isToBecome(facts, 'external')) refusals.push(...schemeRefusals(facts, settings.provider));
    if (refusals.length > 0) return { refusals };
    if (mode === facts.target.mode) return adjustOutcome(facts, settings);
    return mode === 'envelope' ? envelopeOutcome(facts, settings) : externalOutcome(facts, settings);
  },
};

export const wrapperKeyQuestion: Question = ask(
  'wrapper-key-id',
  'ID of your own wrapper key (empty: Canton creates one)',
  'alias/canton-wrapper-key',
  true,
);

function modeQuestion({ target }: Facts): readonly Question[] {
  return target.mode === 'none' ? [pick('mode', 'How should the node use the KMS?', MODES)] : [];
}

function isToBecome(facts: Facts, mode: string): boolean {
  return modeOf(facts) === mode && facts.target.mode !== mode;
}

function modeRefusals(facts: Facts): readonly string[] {
  const mode = modeOf(facts);
  if (mode !== 'envelope' && mode !== 'external') {
    return [`Unknown mode '${mode}'. Use \`envelope\` or \`external\`.`];
  }
  if (mode === facts.target.mode) return [];
  return mode === 'envelope' ? envelopeRefusals(facts) : externalRefusals(facts);
}

/** The default is the mode of the node, or the mode that its storage allows. */
function modeOf(facts: Facts): string {
  const { target, storage } = facts;
  const wanted = option(facts, 'mode');
  if (wanted !== undefined) return wanted;
  if (target.mode !== 'none') return target.mode;
  return hasEncryption(facts) || storage !== 'memory' ? 'envelope' : 'external';
}

/** One process uses one KMS: keys that another provider holds or encrypted could not be used. */
function activeRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  const wanted = providerOf(facts);
  if (target.mode === 'none' || target.kmsType === undefined || wanted === target.kmsType) return [];
  return [`${target.id} already uses \`${target.kmsType}\`. To switch to \`${wanted}\`, plan \`change-provider\`.`];
}

/** Settings that determine the location of the keys. */
const PLACES = ['region', 'location-id', 'project-id', 'key-ring-id', 'name'];

/** New settings for the KMS that the node already uses. The keys stay where they are. */
function adjustOutcome(facts: Facts, { section }: KmsSettings): Outcome {
  const { target } = facts;
  if (option(facts, 'wrapper-key-id') !== undefined) {
    return { refusals: [`${target.id} already has a wrapper key. To replace it, plan \`rotate-wrapper-key\`.`] };
  }
  const path = [...target.path, 'crypto', 'kms'];
  const moved = PLACES.filter((key) => {
    const written = textAt(facts, 'crypto', 'kms', key);
    return key in section && written !== undefined && written !== section[key];
  });
  if (moved.length > 0) {
    const names = moved.map((key) => `'${key}'`).join(', ');
    const replicas =
      target.kmsType === 'aws' && moved.every((key) => key === 'region')
        ? ' If they are multi-region keys with replicas in the other region, plan `failover-region`.'
        : '';
    return {
      refusals: [
        `With another ${names}, ${target.id} would not find its keys. To switch, plan \`change-provider\`.${replicas}`,
      ],
    };
  }
  const edit = editSteps(facts, 'Change the settings', 'The keys are not moved.', [
    { kind: 'set', path, value: section },
  ]);
  if (edit === undefined) return noFileToChange(facts);
  if (edit.back.length === 0) return { refusals: [`Nothing to do: ${target.id} already has this configuration.`] };
  const after = rollingRestart(facts, 'The settings apply from then on; existing keys do not change.');
  return {
    steps: [
      ...edit.forward,
      after,
      step('verify', 'Verify', 'The keys are the same as before.', [listVault(facts), ...liveness(facts)]),
    ],
    rollback: [...edit.back, after],
  };
}
