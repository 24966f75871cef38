import { KMS_TYPE_NAMES } from '../../../../schemas/kms-types';
import type { HoconObject } from '../../edits/hocon-text';
import { everyKey, listVault, liveness } from '../console';
import { type Facts, is2x, isOn, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask, pick, type Question } from '../procedure';
import { editionRefusals, hasEncryption, memoryRefusals, rejoin, startUsing } from '../shared/envelope';
import { keyIdWarnings } from '../shared/keys';
import { kmsHandling } from '../shared/kms-handling';
import { moveOut } from '../shared/out-of-kms';
import { type KmsSettings, kmsSettings, providersOf, requiredQuestions } from '../shared/provider';
import { kmsReady } from '../shared/requirements';
import { editSteps, noFileToChange, restart, step } from '../steps';
import { decrypt, revertEnvelope } from './revert-envelope';

const LEAVE = 'none';

/**
 * Procedure (i). With envelope encryption it takes two plans, one for each restart. Source:
 * `external_key_storage_migration_export_keys.rst` 3.5, main; `participant_kms_migration/*.rst` 2.10.4;
 * `EncryptedCryptoPrivateStore.scala` 3.3 to main.
 */
export const changeProvider: Procedure = {
  name: 'change-provider',
  title: 'Leave the KMS or change the provider',
  summary: 'Switch to another KMS, account or region, or stop using a KMS',
  needsKeys: true,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: (facts) => [
    pick('provider', 'Which KMS should the node use?', [
      ...providersOf(facts),
      { value: LEAVE, label: 'No KMS', detail: 'Keys in the database, in plaintext' },
    ]),
    ...(isLeaving(facts) ? [] : requiredQuestions(fresh(facts), option(facts, 'provider'))),
    ...(isLeaving(facts) ? [] : ownKeys(facts)),
  ],
  plan: (facts) => {
    const wanted = option(facts, 'provider');
    if (wanted === undefined) {
      const types = KMS_TYPE_NAMES.map((type) => `\`${type}\``).join(', ');
      return { refusals: [`Missing new provider: ${types}, or \`${LEAVE}\` to stop using a KMS.`] };
    }
    if (facts.target.mode === 'external') return goOver(facts);
    const isDecrypted = isOn(facts, 'crypto', 'private-key-store', 'encryption', 'reverted');
    if (isLeaving(facts)) return revertEnvelope.plan(facts);
    const settings = kmsSettings(fresh(facts));
    if (settings.refusals.length > 0) return { refusals: settings.refusals };
    return isDecrypted ? encryptAgain(facts, settings) : firstHalf(facts);
  },
};

function goOver(facts: Facts): Outcome {
  const lost = memoryRefusals(facts);
  if (lost.length > 0) return { refusals: lost };
  if (isLeaving(facts)) return moveOut(facts, undefined);
  const settings = kmsSettings(fresh(facts));
  return settings.refusals.length > 0 ? { refusals: settings.refusals } : moveOut(facts, settings);
}

function isLeaving(facts: Facts): boolean {
  return option(facts, 'provider') === LEAVE;
}

function ownKeys(facts: Facts): readonly Question[] {
  if (facts.target.mode === 'external') return [];
  return [ask('wrapper-key-id', 'ID of your own wrapper key there (empty: Canton creates one)', '', true)];
}

function modeRefusals(facts: Facts): string[] {
  const { target, kind } = facts;
  if (target.mode !== 'external') {
    return hasEncryption(facts) ? [] : [`${target.id} does not use a KMS. ${startUsing(facts)}`];
  }
  if (!is2x(facts)) return [];
  return kind === 'participant'
    ? [
        'In Canton 2.x, use `migrate-transfer-assets` with a new participant that is configured for the new KMS, or for none.',
      ]
    : [
        `The keys of a ${kind} of Canton 2.x cannot be moved out of the KMS. Onboard a new node that has its keys elsewhere, or deploy a new domain.`,
      ];
}

/** The facts without the section, because the settings of the old provider do not apply to the new one. */
function fresh(facts: Facts): Facts {
  return { ...facts, target: { ...facts.target, kmsType: undefined } };
}

function firstHalf(facts: Facts): Outcome {
  const outcome = decrypt(facts);
  const steps = (outcome.steps ?? []).filter(({ title }) => title !== 'Clean up later');
  const later = step(
    'confirm',
    'Switch to the new provider later',
    'When you have verified that the keys are decrypted, plan this procedure again. The new plan encrypts them with the new provider.',
  );
  return { ...outcome, steps: [...steps, later] };
}

/** A node uses only one KMS, so it cannot decrypt with the old one and encrypt with the new one at the same time. */
function encryptAgain(facts: Facts, { provider, section }: KmsSettings): Outcome {
  const { target, ref } = facts;
  const wrapperKey = option(facts, 'wrapper-key-id');
  const crypto = [...target.path, 'crypto'];
  const encryption: HoconObject = { type: 'kms', ...(wrapperKey && { 'wrapper-key-id': wrapperKey }) };
  const edit = editSteps(
    facts,
    'Switch to the new provider',
    'The keys are in plaintext, so the old section is no longer needed.',
    [
      { kind: 'replace', path: [...crypto, 'kms'], value: section },
      { kind: 'replace', path: [...crypto, 'private-key-store', 'encryption'], value: encryption },
    ],
  );
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: [
      `Do this only after a start with \`reverted = true\`. Otherwise ${target.name} cannot read its keys and does not start.`,
      'Backups since that start contain the keys in plaintext: protect or destroy them.',
      ...keyIdWarnings(facts, provider, wrapperKey),
    ],
    steps: [
      step('verify', 'The keys are decrypted', 'The line is `true`.', [
        everyKey(facts, 'no key has a wrapper key', '_.wrapperKeyId.isEmpty'),
      ]),
      ...kmsReady(
        facts,
        provider,
        { mode: 'envelope', creates: wrapperKey === undefined, keyIds: [wrapperKey] },
        'The new KMS is ready',
      ),
      ...(wrapperKey === undefined
        ? []
        : [step('external', 'Create the wrapper key', `\`${wrapperKey}\`: ${kmsHandling(provider).wrapperKey}.`)]),
      step('backup', 'Back up the database', 'The backup contains the keys in plaintext.'),
      ...edit.forward,
      restart(facts, 'The node encrypts the keys with a key of the new provider.', 'wrapped'),
      ...rejoin(facts),
      step('verify', 'Verify', 'Every key has the new wrapper key.', [
        `${ref}.keys.secret.get_wrapper_key_id()`,
        everyKey(facts, 'every key has a wrapper key ID', '_.wrapperKeyId.isDefined'),
        listVault(facts),
        ...liveness(facts),
      ]),
      step('external', 'Keep the old wrapper key', 'Keep it as long as you may restore a backup that it encrypts.'),
    ],
    rollback: [
      step(
        'restart',
        'Go back',
        'Decrypt the keys again (`revert-envelope`), or restore the earlier backup together with the former configuration.',
      ),
      ...edit.back,
    ],
  };
}
