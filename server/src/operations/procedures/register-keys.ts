import { type Facts, is2x } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals } from '../shared/envelope';
import { externalChanges, externalRefusals, externalWarnings, isNewNode, stateQuestion } from '../shared/external';
import { keyIdWarnings } from '../shared/keys';
import { externalKeyShapes } from '../shared/kms-handling';
import { type KmsSettings, kmsSettings, providerQuestions, schemeRefusals } from '../shared/provider';
import {
  givenIds,
  idQuestions,
  intermediateQuestion,
  join,
  KEY_IDS,
  manualInit,
  record,
  registration,
  startOver,
} from '../shared/registration';
import { kmsReady } from '../shared/requirements';
import { editSteps, firstStart, noFileToChange, step } from '../steps';
import { otherProvider } from './enable-external';

/**
 * Procedure (e). Source: `kms/mode/external_key_storage.rst`, `manual_identity_init.rst` 3.5, main;
 * `TopologyManagementHelper.scala` 3.5, main; `external_key_storage_aws.rst` 2.10.4.
 */
export const registerKeys: Procedure = {
  name: 'register-keys',
  title: 'Register your own keys on a new node',
  summary: 'Start a new node with keys that you created in the KMS',
  answers: KEY_IDS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...externalRefusals(facts)],
  questions: (facts) => [
    stateQuestion(facts),
    ...providerQuestions(facts),
    ...idQuestions(facts),
    ...intermediateQuestion(facts),
  ],
  plan: (facts) => {
    const settings = kmsSettings(facts, KEY_IDS);
    const { provider } = settings;
    const refusals = [...settings.refusals, ...otherProvider(facts, provider), ...schemeRefusals(facts, provider)];
    return refusals.length > 0 ? { refusals } : outcome(facts, settings);
  },
};

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  const { target } = facts;
  const edit = editSteps(
    facts,
    'Use keys of your own',
    'Canton uses the KMS for every key and does not create keys itself.',
    externalChanges(facts, settings, manualInit(facts)),
  );
  if (edit === undefined) return noFileToChange(facts);
  const ids = givenIds(facts);
  return {
    warnings: [
      ...externalWarnings(facts, settings.provider),
      `Registering a key does not prove that the node may use it: a missing permission to sign shows when the identity is initialized${facts.kind === 'participant' ? ', and a missing permission to decrypt only at the first encrypted message' : ''}.`,
      'The usage of a key cannot be changed. Registering the same key with another form of its ID or under another name causes a conflict. Canton refuses a key whose key spec `crypto.signing` or `crypto.encryption` does not allow.',
      ...ids.flatMap((id) => keyIdWarnings(facts, settings.provider, id)),
    ],
    steps: [
      isNewNode(facts),
      step(
        'external',
        'Create the keys in the KMS',
        `Create ${keysToMake(facts)}.\n\n${externalKeyShapes(facts, settings.provider, facts.kind === 'participant')}`,
      ),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: false, keyIds: ids }),
      ...edit.forward,
      firstStart(facts, 'The node opens its Admin API and waits.', 'external'),
      ...registration(facts, facts.ref, target.name),
      record(facts),
      ...join(facts),
    ],
    rollback: startOver(facts, edit.back),
  };
}

function keysToMake(facts: Facts): string {
  const isParticipant = facts.kind === 'participant';
  if (is2x(facts)) {
    if (facts.kind === 'sequencer' || facts.kind === 'mediator') return 'one signing key';
    return isParticipant ? 'three keys: namespace, signing, encryption' : 'two signing keys: namespace, signing';
  }
  return isParticipant
    ? 'four keys: namespace, sequencer authentication, protocol signing, encryption'
    : 'three signing keys: namespace, sequencer authentication, protocol';
}
