import { COMEBACK, everyKey, fingerprints, listVault, liveness, sameFingerprints } from '../console';
import { type Facts, is2x, isOn, option } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals, hasEncryption, rejoin } from '../shared/envelope';
import { evidence } from '../shared/shown';
import { condition, downtime, editSteps, noFileToChange, noReturn, restart, step } from '../steps';

const WRAPPER_KEY = 'wrapper-key';

/**
 * Procedure (c). It takes two restarts: while `reverted` is set, the plan is the one for the second restart. Source:
 * `kms/migration/encrypted_key_storage_migration.rst` 3.5, main; `EncryptedCryptoPrivateStore.scala` 3.3 to main.
 */
export const revertEnvelope: Procedure = {
  name: 'revert-envelope',
  title: 'Revert envelope encryption',
  summary: 'Decrypt the stored private keys, then remove the KMS from the configuration',
  needsKeys: true,
  answers: { [WRAPPER_KEY]: '`lost` if the wrapper key is lost or about to be lost, and the node still runs' },
  refusals: (facts) => [...editionRefusals(facts), ...modeRefusals(facts)],
  questions: () => [],
  plan: (facts) => {
    const answer = option(facts, `set.${WRAPPER_KEY}`);
    if (answer === 'lost') return saveInPlace(facts);
    if (answer !== undefined) return { refusals: [`Invalid value '${answer}' for '${WRAPPER_KEY}'. Use lost.`] };
    return isOn(facts, 'crypto', 'private-key-store', 'encryption', 'reverted') ? cleanUp(facts) : decrypt(facts);
  },
};

function modeRefusals(facts: Facts): readonly string[] {
  const { target } = facts;
  if (target.mode === 'external') {
    return [
      `${target.id} has its keys in the KMS, and no wrapper key. To leave the KMS, plan \`change-provider\` with \`--provider none\`.`,
    ];
  }
  return hasEncryption(facts) ? [] : [`Nothing to revert: ${target.id} does not use envelope encryption.`];
}

/** First half: decrypt. Also the first half of a change of the provider. */
export function decrypt(facts: Facts): Outcome {
  const { target, ref } = facts;
  const edit = editSteps(
    facts,
    'Request decryption',
    'Do not change the `kms` section or `type = kms`: Canton needs them to decrypt the keys.',
    [{ kind: 'set', path: [...target.path, 'crypto', 'private-key-store', 'encryption', 'reverted'], value: true }],
  );
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: [
      'The keys will be in plaintext in the database and in every backup made from then on.',
      'Do not remove `private-key-store` before the keys are decrypted: the node could not read them and would not start.',
    ],
    steps: [
      step(
        'console',
        'Note the keys',
        'The fingerprints must be the same afterwards. You need the wrapper key to read old backups.',
        [fingerprints(facts), { code: `val before = ${ref}.keys.secret.get_wrapper_key_id()`, value: 'text' }],
      ),
      step('backup', 'Back up the database', 'Keep the wrapper key as long as this backup.'),
      ...edit.forward,
      restart(facts, 'When the node starts, it decrypts every stored key.', 'clear'),
      ...rejoin(facts),
      step(
        'verify',
        'Verify',
        'The first line is `true`, and the fingerprints are those noted before. `keys.secret.get_wrapper_key_id()` now fails with `NO_ENCRYPTED_PRIVATE_KEY_STORE_ERROR`.',
        [
          everyKey(facts, 'no key has a wrapper key', '_.wrapperKeyId.isEmpty'),
          sameFingerprints(facts),
          listVault(facts),
          ...liveness(facts),
        ],
      ),
      step(
        'confirm',
        'Clean up later',
        'When you have verified the keys, plan this procedure again. The new plan removes the sections. Until then, every start requires the settings of the KMS.',
      ),
    ],
    rollback: [
      ...edit.back,
      restart(
        facts,
        'The node encrypts the keys again, with a new wrapper key unless `wrapper-key-id` names the old one.',
      ),
    ],
  };
}

/** Second half: the keys are in plaintext, so the sections are no longer needed. */
function cleanUp(facts: Facts): Outcome {
  const { target } = facts;
  const crypto = [...target.path, 'crypto'];
  const edit = editSteps(facts, 'Remove the KMS from the configuration', 'It is no longer used.', [
    { kind: 'remove', path: [...crypto, 'private-key-store'], otherwise: { encryption: null } },
    { kind: 'remove', path: [...crypto, 'kms'], otherwise: null },
  ]);
  if (edit === undefined) return noFileToChange(facts);
  return {
    warnings: [
      `Do this only after a start with \`reverted = true\`. Otherwise ${target.name} cannot read its keys and does not start.`,
    ],
    steps: [
      step('verify', 'The keys are decrypted', 'The line is `true`.', [
        everyKey(facts, 'no key has a wrapper key', '_.wrapperKeyId.isEmpty'),
      ]),
      step('backup', 'Back up the database', 'The backup contains the keys in plaintext: protect it.'),
      ...edit.forward,
      restart(facts, 'The node no longer needs the KMS.'),
      ...rejoin(facts),
      step('verify', 'Verify', 'The keys are the same as before.', [listVault(facts), ...liveness(facts)]),
      step('external', 'Keep the wrapper key', 'Keep it as long as you may restore a backup that it encrypts.'),
    ],
    rollback: [
      ...edit.back,
      restart(facts, 'The keys stay in plaintext. To encrypt them again, plan `enable-envelope`.'),
    ],
  };
}

/**
 * The running node has its keys in memory, although the stored keys can no longer be decrypted: they are exported and
 * uploaded again without encryption. Run on 3.5 with AWS.
 */
function saveInPlace(facts: Facts): Outcome {
  const { target, ref } = facts;
  const crypto = [...target.path, 'crypto'];
  const edit = editSteps(facts, 'Remove the KMS from the configuration', 'The encrypted rows can no longer be read.', [
    { kind: 'remove', path: [...crypto, 'private-key-store'], otherwise: { encryption: null } },
    { kind: 'remove', path: [...crypto, 'kms'], otherwise: null },
  ]);
  if (edit === undefined) return noFileToChange(facts);
  return {
    withoutKms: true,
    warnings: [
      `Do not stop ${target.name} before its keys are exported: they would be lost.`,
      `This procedure is not in Digital Asset's documentation, so ask them for support first if there is time. ${evidence(facts, facts.kind === 'participant' ? 'wrapper-key-lost' : `wrapper-key-lost-${facts.kind}`, target.kmsType)}`,
      'If the wrapper key is only disabled or pending deletion, enable it or cancel the deletion instead.',
      'The exported files contain private keys in plaintext, and so will the database. Protect them, and destroy the files afterwards.',
      'Key export from a remote console requires `canton.features.enable-preview-commands = yes` there and on the node. The node cannot be restarted for this, so use the console of its own process.',
    ],
    steps: [
      step(
        'console',
        'Export every key while the node runs',
        'The running node has the keys in memory. Keep the table, because the upload requires names and usages.',
        [
          listVault(facts),
          ...(is2x(facts)
            ? []
            : [
                {
                  code: `val exported = ${ref}.keys.secret.list().sortBy(${COMEBACK}).map(k => k.id.unwrap + "=" + k.name.fold("")(_.unwrap))`,
                  value: 'texts' as const,
                },
              ]),
          `${ref}.keys.secret.list().foreach(k => ${ref}.keys.secret.download_to(k.id, k.id.unwrap + ".key"))`,
        ],
      ),
      step('verify', 'Every key has its file', 'The line is `true`.', [
        condition(
          'every key has its file',
          `${ref}.keys.secret.list().forall(k => java.nio.file.Files.size(java.nio.file.Path.of(k.id.unwrap + ".key")) > 0)`,
        ),
      ]),
      noReturn(
        step('restart', `Stop the ${facts.kind}`, `Stop ${target.name}, and all its replicas. ${downtime(facts)}`),
      ),
      step('backup', 'Back up the database', 'Keep this backup in case the wrapper key is recovered.'),
      step(
        'external',
        'Move the encrypted rows to another table',
        'In the database of the node:\n\n```sql\ncreate table lost_private_keys as select * from common_crypto_private_keys;\ndelete from common_crypto_private_keys;\n```',
      ),
      ...edit.forward,
      {
        ...step(
          'restart',
          `Start the ${facts.kind}`,
          `${target.name} starts without private keys. An error for each announced key that is not present in the private crypto store is expected.`,
        ),
        leaves: 'clear' as const,
      },
      step(
        'console',
        'Upload the keys',
        'Upload each file under the former name of the key: the encryption key first, the sequencer authentication key last.',
        is2x(facts)
          ? [`${ref}.keys.secret.upload("<file>", Some("<name>"))`]
          : [
              `exported.map(_.split("=", 2)).filterNot(key => ${ref}.keys.secret.list().exists(_.id.unwrap == key(0))).foreach(key => ${ref}.keys.secret.upload_from(key(0) + ".key", Option(key(1)).filter(_.nonEmpty)))`,
              condition(
                'every exported key is in the vault',
                `exported.forall(key => ${ref}.keys.secret.list().exists(k => key.startsWith(k.id.unwrap)))`,
              ),
            ],
      ),
      ...rejoin(facts),
      step('verify', 'Verify', 'The keys are the same as before, and none has a wrapper key.', [
        listVault(facts),
        ...liveness(facts),
      ]),
      step('backup', 'Back up the database', 'Earlier backups are unreadable without the wrapper key.'),
      step(
        'external',
        'Destroy the exported files',
        'Then encrypt the keys with a new wrapper key: plan `enable-envelope`.',
      ),
    ],
    rollback: [
      step(
        'external',
        'Put the encrypted rows back',
        `Only if the wrapper key was recovered. Stop ${target.name}, and in its database:\n\n\`\`\`sql\ndelete from common_crypto_private_keys;\ninsert into common_crypto_private_keys select * from lost_private_keys;\n\`\`\``,
      ),
      ...edit.back,
      restart(facts, 'The node reads the keys with the recovered wrapper key.', 'wrapped'),
    ],
  };
}
