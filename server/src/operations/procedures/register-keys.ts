import { CANTON_VERSIONS } from '../../../../schemas/version';
import type { HoconObject } from '../../edits/hocon-text';
import { type Facts, is2x } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionReasons } from '../shared/envelope';
import {
  externalChanges,
  externalReasons,
  hotPath,
  isNewNode,
  join,
  newNodeWarning,
  record,
  startOver,
} from '../shared/external';
import { type KmsSettings, kmsSettings, providerQuestions } from '../shared/provider';
import { idQuestions, KEY_IDS, registration } from '../shared/registration';
import { externalKeyShapes, readiness } from '../shared/requirements';
import { firstStart } from '../shared/restart';
import { editSteps, step } from '../steps';
import { otherProvider } from './enable-external';

/**
 * Procedure (e). Source: `kms/mode/external_key_storage.rst`, `manual_identity_init.rst` 3.5, main;
 * `TopologyManagementHelper.scala` 3.5, main; `external_key_storage_aws.rst` 2.10.4.
 */
export const registerKeys: Procedure = {
  name: 'register-keys',
  title: 'Register your own keys on a new node',
  summary: 'Start a new node with keys that you made in the KMS',
  versions: CANTON_VERSIONS,
  questions: (facts) => [...providerQuestions(facts), ...idQuestions(facts)],
  plan: (facts) => {
    const settings = kmsSettings(facts, KEY_IDS);
    const reasons = [
      ...editionReasons(facts),
      ...settings.reasons,
      ...otherProvider(facts, settings.provider),
      ...externalReasons(facts, settings.provider),
    ];
    return reasons.length > 0 ? { reasons } : outcome(facts, settings);
  },
};

/** Keeps Canton from making keys of its own at the first start (`InitConfig.scala` 3.3 to main; `CantonConfig.scala` 2.10). */
export function manualInit(facts: Facts): HoconObject {
  if (!is2x(facts)) return { 'generate-topology-transactions-and-keys': false, identity: { type: 'manual' } };
  return facts.kind === 'sequencer' || facts.kind === 'mediator' ? {} : { 'auto-init': false };
}

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  const { target } = facts;
  const edit = editSteps(
    facts,
    'Use keys of your own',
    'Canton uses the KMS for every key and makes none itself.',
    externalChanges(facts, settings, manualInit(facts)),
  );
  if (edit === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const access = { mode: 'external', creates: false } as const;
  const count =
    facts.kind === 'participant'
      ? 'four keys: namespace, sequencer authentication, protocol signing, encryption'
      : 'three signing keys: namespace, sequencer authentication, protocol';
  const made = is2x(facts) ? 'the keys of the node' : count;
  return {
    warnings: [
      newNodeWarning(facts),
      hotPath(facts),
      'Registering a key does not prove that the node may use it: a missing permission shows only when it is first used.',
      'The usage of a key is fixed for its life, and the same key registered by another form of its id or under another name conflicts.',
    ],
    steps: [
      isNewNode(facts),
      step(
        'external',
        'Make the keys in the KMS',
        `Make ${made}.\n\n${externalKeyShapes(settings.provider)
          .map((line) => `- ${line}`)
          .join('\n')}`,
      ),
      step('confirm', 'The KMS is ready', readiness(facts, settings.provider, access)),
      ...edit.forward,
      firstStart(facts, 'It opens its Admin API and waits.'),
      ...registration(facts, facts.ref, target.name),
      record(facts),
      join(facts),
    ],
    rollback: startOver(facts, edit.back),
  };
}
