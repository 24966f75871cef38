import { fingerprints, listVault, liveness } from '../console';
import { type Facts, isOn } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals, hasEncryption, rejoin } from '../shared/envelope';
import { editSteps, restart, step } from '../steps';

/**
 * Procedure (c). It takes two restarts: while `reverted` is set the plan is that for the second one. Source:
 * `kms/migration/encrypted_key_storage_migration.rst` 3.5, main; `EncryptedCryptoPrivateStore.scala` 3.3 to main.
 */
export const revertEnvelope: Procedure = {
  name: 'revert-envelope',
  title: 'Revert envelope encryption',
  summary: 'Decrypt the stored private keys again, then take the KMS out of the configuration',
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: () => [],
  plan: (facts) => {
    return isOn(facts, 'crypto', 'private-key-store', 'encryption', 'reverted') ? cleanUp(facts) : decrypt(facts);
  },
};

function modeRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  if (target.mode === 'external') {
    return [`${target.id} keeps its keys in the KMS; there is no way back in place. See \`change-provider\`.`];
  }
  return hasEncryption(facts) ? [] : [`${target.id} does not use envelope encryption; there is nothing to revert.`];
}

/** First half: decrypt. Also the first half of a change of the provider. */
export function decrypt(facts: Facts): Outcome {
  const { target, ref } = facts;
  const edit = editSteps(
    facts,
    'Ask for decryption',
    'The `kms` section and `type = kms` must stay as they are: Canton needs them to decrypt.',
    [{ kind: 'set', path: [...target.path, 'crypto', 'private-key-store', 'encryption', 'reverted'], value: true }],
  );
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: [
      'The keys will be in clear in the database and in every backup made from then on.',
      'Do not take `private-key-store` out before the keys are decrypted: the node could not read them and would not start.',
    ],
    steps: [
      step(
        'console',
        'Note the keys',
        'The fingerprints must be the same afterwards; the wrapper key is needed to read old backups.',
        [fingerprints(facts), `val before = ${ref}.keys.secret.get_wrapper_key_id()`],
      ),
      step('backup', 'Back up the database', 'Keep the wrapper key as long as this backup.'),
      ...edit.forward,
      restart(facts, 'At its start it decrypts every stored key.'),
      ...rejoin(facts),
      step(
        'verify',
        'Verify',
        'The first line is `true`, and the fingerprints are those noted before. `keys.secret.get_wrapper_key_id()` now fails with `NO_ENCRYPTED_PRIVATE_KEY_STORE_ERROR`.',
        [`${ref}.keys.secret.list().forall(_.wrapperKeyId.isEmpty)`, listVault(facts), ...liveness(facts)],
      ),
      step(
        'confirm',
        'Clean up later',
        'Plan this procedure again when the keys are verified: it then takes the sections out. Until then every start needs the settings of the KMS.',
      ),
    ],
    rollback: [
      ...edit.back,
      restart(facts, 'It encrypts the keys again, with a new wrapper key unless `wrapper-key-id` names the old one.'),
    ],
  };
}

/** Second half: the keys are in clear, the sections have done their work. */
function cleanUp(facts: Facts): Outcome {
  const { target, ref } = facts;
  const crypto = [...target.path, 'crypto'];
  const edit = editSteps(facts, 'Take the KMS out of the configuration', 'Nothing uses it any more.', [
    { kind: 'remove', path: [...crypto, 'private-key-store'], otherwise: { encryption: null } },
    { kind: 'remove', path: [...crypto, 'kms'], otherwise: null },
  ]);
  if (edit === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: [
      `Only after a start with \`reverted = true\`: otherwise ${target.name} cannot read its keys and does not start.`,
    ],
    steps: [
      step('verify', 'The keys are decrypted', 'The line is `true`.', [
        `${ref}.keys.secret.list().forall(_.wrapperKeyId.isEmpty)`,
      ]),
      step('backup', 'Back up the database', 'The keys are in it in clear: protect it.'),
      ...edit.forward,
      restart(facts, 'It needs no KMS any more.'),
      ...rejoin(facts),
      step('verify', 'Verify', 'The keys are the same as before.', [listVault(facts), ...liveness(facts)]),
      step('external', 'Keep the wrapper key', 'As long as a backup may be restored that it encrypts.'),
    ],
    rollback: [...edit.back, restart(facts, 'The keys stay in clear. To encrypt them again: `enable-envelope`.')],
  };
}
