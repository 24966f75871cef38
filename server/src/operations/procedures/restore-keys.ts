import { announcedKeys, listVault, liveness } from '../console';
import { type Facts, is2x } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals, rejoin } from '../shared/envelope';
import { record } from '../shared/registration';
import { allowed } from '../shared/requirements';
import { step } from '../steps';

/** Procedure (m). Source: `recover/backup-restore.rst`, `KmsCryptoPrivateStore.scala` 3.5. */
export const restoreKeys: Procedure = {
  name: 'restore-keys',
  title: 'Register keys again after a restore',
  summary: 'Give a node that was restored from a backup the keys in the KMS that are newer than it',
  refusals: (facts) => {
    const { target } = facts;
    if (target.mode === 'external') return editionRefusals(facts);
    return [
      `${target.id} does not keep its keys in a KMS (\`provider = kms\`): a backup of its database has them. One with encrypted keys needs every wrapper key that it was made with.`,
    ];
  },
  questions: () => [],
  plan: restoration,
};

function restoration(facts: Facts): Outcome {
  const { ref, target } = facts;
  const usage = is2x(facts) ? '' : ', <usage of the key>';
  return {
    warnings: [
      'Mediators and participants are backed up before the sequencer; restored in another order they may not reconnect.',
      'The same id, usage and name as before: another form of the id or another name conflicts.',
    ],
    steps: [
      step(
        'confirm',
        'The table of keys is at hand',
        `Name, id in the KMS and usage of every key that is newer than the backup. ${allowed(target.kmsType ?? '', { mode: 'external', creates: false })}`.trim(),
      ),
      step(
        'restart',
        'Restore and start',
        `Restore the database of ${target.name} and start it with its configuration.`,
      ),
      step(
        'console',
        'Find what is missing',
        'Keys that are announced but not in the vault. The restored database may not know the newest announcements: ask another node, too.',
        [
          listVault(facts),
          announcedKeys(facts),
          ...(is2x(facts)
            ? []
            : [
                `<another node>.keys.public.list_by_owner(${ref}.id.member).flatMap(_.keys(KeyPurpose.Signing)).map(_.id)`,
              ]),
        ],
      ),
      step(
        'console',
        'Register each missing key',
        'The first line for a signing key, the second for an encryption key. They are announced already: nothing has to be done about the topology.',
        [
          `${ref}.keys.secret.register_kms_signing_key("<KMS key id>"${usage}, name = "<name>")`,
          `${ref}.keys.secret.register_kms_encryption_key("<KMS key id>", name = "<name>")`,
        ],
      ),
      ...rejoin(facts),
      step('verify', 'Verify', 'Every announced key is in the vault.', [
        listVault(facts),
        announcedKeys(facts),
        ...liveness(facts),
      ]),
      record(facts),
    ],
    rollback: [],
  };
}
