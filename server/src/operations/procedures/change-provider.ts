import { KMS_TYPE_NAMES } from '../../../../schemas/kms-types';
import type { HoconObject } from '../../edits/hocon-text';
import { everyKey, listVault, liveness } from '../console';
import { type Facts, is2x, isOn, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { ask, pick, type Question } from '../procedure';
import { editionRefusals, hasEncryption, rejoin } from '../shared/envelope';
import { keyIdWarnings } from '../shared/keys';
import { kmsHandling } from '../shared/kms-handling';
import { moveOut } from '../shared/out-of-kms';
import { type KmsSettings, kmsSettings, providersOf, requiredQuestions } from '../shared/provider';
import { kmsReady } from '../shared/requirements';
import { editSteps, restart, step } from '../steps';
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
  summary: 'Switch to another KMS, account or region, or go back to keys without a KMS',
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: (facts) => [
    pick('provider', 'Where to?', [
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
      return { refusals: [`The new provider is not given: ${types}, or \`${LEAVE}\` to leave the KMS.`] };
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
  if (isLeaving(facts)) return moveOut(facts, undefined);
  const settings = kmsSettings(fresh(facts));
  return settings.refusals.length > 0 ? { refusals: settings.refusals } : moveOut(facts, settings);
}

function isLeaving(facts: Facts): boolean {
  return option(facts, 'provider') === LEAVE;
}

function ownKeys(facts: Facts): readonly Question[] {
  if (facts.target.mode === 'external') return [];
  return [ask('wrapper-key-id', 'Id of your own wrapper key there, or empty: Canton makes one', '', true)];
}

function modeRefusals(facts: Facts): string[] {
  const { target, kind } = facts;
  if (target.mode !== 'external') {
    return hasEncryption(facts) ? [] : [`${target.id} uses no KMS. To begin with one: \`enable-envelope\`.`];
  }
  if (!is2x(facts)) return [];
  return kind === 'participant'
    ? [
        'Canton 2.x goes back or over by the same steps as it came: `migrate-transfer-assets`, with the new participant configured for the new place.',
      ]
    : [
        `The keys of a ${kind} of Canton 2.x cannot leave the KMS: onboard a new node with keys where you want them, or deploy a new domain.`,
      ];
}

/** As if there were no section yet: nothing of the old provider's settings counts for the new one. */
function fresh(facts: Facts): Facts {
  return { ...facts, target: { ...facts.target, kmsType: undefined } };
}

function firstHalf(facts: Facts): Outcome {
  const outcome = decrypt(facts);
  const steps = (outcome.steps ?? []).filter(({ title }) => title !== 'Clean up later');
  const later = step(
    'confirm',
    'Then the new provider',
    'Plan this procedure again when the keys are verified to be decrypted: it then encrypts them with the new provider.',
  );
  return { ...outcome, steps: [...steps, later] };
}

/** A node talks to one KMS only, so that it cannot decrypt with the old and encrypt with the new one at once. */
function encryptAgain(facts: Facts, { provider, section }: KmsSettings): Outcome {
  const { target, ref } = facts;
  const wrapperKey = option(facts, 'wrapper-key-id');
  const crypto = [...target.path, 'crypto'];
  const encryption: HoconObject = { type: 'kms', ...(wrapperKey && { 'wrapper-key-id': wrapperKey }) };
  const edit = editSteps(
    facts,
    'Switch to the new provider',
    'The keys are in plaintext, so that nothing of the old section is needed.',
    [
      { kind: 'replace', path: [...crypto, 'kms'], value: section },
      { kind: 'replace', path: [...crypto, 'private-key-store', 'encryption'], value: encryption },
    ],
  );
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: [
      `Only after a start with \`reverted = true\`: otherwise ${target.name} cannot read its keys and does not start.`,
      'Backups made since then have the keys in plaintext: protect or destroy them.',
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
      step('backup', 'Back up the database', 'The keys are in it in plaintext.'),
      ...edit.forward,
      restart(facts, 'It encrypts the keys with a key of the new provider.', 'wrapped'),
      ...rejoin(facts),
      step('verify', 'Verify', 'Every key has the new wrapper key.', [
        `${ref}.keys.secret.get_wrapper_key_id()`,
        everyKey(facts, 'every key has a wrapper key id', '_.wrapperKeyId.isDefined'),
        listVault(facts),
        ...liveness(facts),
      ]),
      step('external', 'Keep the old wrapper key', 'As long as a backup may be restored that it encrypts.'),
    ],
    rollback: [
      step(
        'restart',
        'Go back',
        'Decrypt again (`revert-envelope`), or restore the backup from before with the former configuration.',
      ),
      ...edit.back,
    ],
  };
}
