import { AWS_ACTIONS, GCP_PERMISSIONS, namesOf } from '../../model/facts/kms-permissions';
import { announcedKeys, listVault } from '../console';
import { type Facts, is2x } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { ask } from '../procedure';
import { asFingerprint, fingerprintOf, fingerprintWarnings, quoted } from '../shared/keys';
import { noReturn, step } from '../steps';

/**
 * Procedure (l). Source: `keys/key_management.rst` main; `KmsCryptoPrivateStore.scala`, `AwsKms.scala`, `GcpKms.scala`
 * 3.5; `VaultAdministration.scala` all lines.
 */
export const deleteKeys: Procedure = {
  name: 'delete-keys',
  title: 'Delete old keys',
  summary: 'Delete a key that was rotated out, from the node and from the KMS',
  refusals: () => [],
  questions: () => [ask('fingerprint', 'Fingerprint of the key to delete, or empty: fill it in later', '1220…', true)],
  plan: (facts): Outcome => {
    const isExternal = facts.target.mode === 'external';
    return {
      warnings: [
        'Never delete a key that is announced, nor a namespace key: others go on using it, and it can no longer be taken back.',
        'There is no Canton command that deletes a wrapper key.',
        ...(isExternal ? externalWarnings(facts) : []),
        ...fingerprintWarnings(fingerprintOf(facts)),
      ],
      steps: [
        step(
          'verify',
          'The key is not in use',
          'It is in the first list and not in the second. If it is in the second, rotate it first: once deleted it cannot be taken out of use any more.',
          [listVault(facts), announcedKeys(facts)],
        ),
        prune(facts),
        step(
          'backup',
          'Back up the database',
          isExternal
            ? 'And note id, usage and name of the key, with which it would be registered again.'
            : 'It is the only way back.',
        ),
        remove(facts, isExternal),
        step('verify', 'Verify', `The key is gone.${isExternal ? ' In the KMS it is pending deletion.' : ''}`, [
          listVault(facts),
        ]),
      ],
      rollback: isExternal ? [goBack(facts)] : [],
    };
  },
};

function externalWarnings({ target }: Facts): string[] {
  const list = target.kmsType === 'aws' ? AWS_ACTIONS : target.kmsType === 'gcp' ? GCP_PERMISSIONS : [];
  const right = namesOf(list, 'external', 'delete').map((name) => `\`${name}\``)[0];
  return [
    `${target.name} needs a right for this that is in no documented list: ${right ?? 'what the driver needs to delete a key'}. If the KMS refuses, the command fails, and the node has forgotten the key all the same.`,
    ...(target.kmsType === 'aws'
      ? ['AWS does not delete by alias: a key that was registered by its alias is refused.']
      : []),
  ];
}

function prune(facts: Facts): Step {
  const { kind, ref } = facts;
  const isParticipant = kind === 'participant';
  const lines = isParticipant
    ? [`${ref}.pruning.prune(<offset after the rotation>)`]
    : is2x(facts)
      ? []
      : [`${ref}.pruning.prune()`];
  const lag = kind === 'sequencer' ? ' Members that lag behind may still need signatures made with it.' : '';
  return step(
    'console',
    'Prune past the rotation',
    `Data from before the key was taken out of use must be gone.${lag}`,
    lines,
  );
}

function remove(facts: Facts, isExternal: boolean): Step {
  const effect = isExternal ? effectInKms(facts.target.kmsType) : 'The key is removed from the database.';
  return noReturn(
    step('console', 'Delete the key', `${effect} Without \`force = true\` the command asks on the console.`, [
      `${facts.ref}.keys.secret.delete(${asFingerprint(facts, quoted(fingerprintOf(facts)))}, force = true)`,
    ]),
  );
}

function effectInKms(provider: string | undefined): string {
  switch (provider) {
    case 'aws':
      return 'AWS deletes it after 7 days, and until then it can be saved.';
    case 'gcp':
      return 'Version 1 of the key is destroyed at the end of the window that Google Cloud gives, and until then it can be saved.';
    default:
      return 'The driver deletes it; whether it can be saved is its business.';
  }
}

/** While the provider still has the key. It repairs a deletion that the KMS refused, too. */
function goBack(facts: Facts): Step {
  const { ref, target } = facts;
  const usage = is2x(facts) ? '' : ', <usage of the key>';
  const how =
    target.kmsType === 'aws'
      ? 'Cancel the deletion in AWS within 7 days'
      : 'Restore the key in the KMS while that is possible';
  return step(
    'console',
    'Restore the key',
    `${how}, then register it again with the same id, usage and name: the first line for a signing key, the second for an encryption key. The same repairs a node whose KMS refused the deletion.`,
    [
      `${ref}.keys.secret.register_kms_signing_key("<KMS key id>"${usage}, name = "<name>")`,
      `${ref}.keys.secret.register_kms_encryption_key("<KMS key id>", name = "<name>")`,
    ],
  );
}
