import { announcedHere, announcedKeys, liveness } from '../console';
import type { Facts } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { kmsHandling } from '../shared/kms-handling';
import { FINISH, finishRotation } from '../shared/rotate-node-keys';
import { catchUp } from '../shared/waits';
import { condition, step } from '../steps';

/**
 * Procedure (s). Source: `keys/namespace_key.rst`, `keys/key_restrictions.rst` 3.5, main, which are marked as work in
 * progress; `TopologyManagerSigningKeyDetection.scala` 3.3 to main.
 */
export const isolateRootKey: Procedure = {
  name: 'isolate-root-key',
  title: 'Remove access to the root namespace key',
  summary: 'Use an intermediate namespace key for daily signing, and restore access to the root key for maintenance',
  needsKeys: true,
  since: '3.3',
  instead2x:
    'Canton 2.10 can create an intermediate namespace key: `rotate-external-keys --set key=intermediate-namespace`.',
  refusals: ({ target }) =>
    target.mode === 'external'
      ? []
      : [
          `${target.id} does not have its keys in a KMS (\`provider = kms\`), so its access to them cannot be removed there. To move them into a KMS, plan \`migrate-export-keys\`.`,
        ],
  questions: () => [],
  plan: isolation,
};

function isolation(facts: Facts): Outcome {
  const { ref, target } = facts;
  const delegations = `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive)`;
  const key = `${ref}.keys.secret.list(filterFingerprint = ${ref}.namespace.fingerprint.unwrap)`;
  const old = '"<fingerprint of the protocol signing key>"';
  return {
    warnings: [
      'Never delete or permanently disable the root key: you would lose control of the namespace forever.',
      'The node can operate without access to the root key, and without the intermediate key between administrative changes. It needs all other keys.',
      "The documentation of this procedure is marked as work in progress, and Canton's own tests do not cover it.",
    ],
    steps: [
      step(
        'verify',
        'The node has an intermediate key',
        'The second line lists a delegation to a key other than the root key, with a restriction that allows all operations of the node (`CanSignAllButNamespaceDelegations` is sufficient). If it does not, plan `rotate-external-keys` with `--set key=intermediate-namespace`.',
        [
          `${key}.map(k => (k.name, k.kmsKeyId))`,
          delegations,
          condition(
            'the namespace is delegated to another key of the vault',
            `${delegations}.exists(r => r.item.target.fingerprint != ${ref}.namespace.fingerprint && ${ref}.keys.secret.list().exists(_.id == r.item.target.fingerprint))`,
          ),
        ],
      ),
      step(
        'external',
        'Remove the permission to sign',
        `In the KMS, for the key in the first line: ${kmsHandling(target.kmsType).denySigning}. The configuration does not change, and no restart is needed. The change may take several minutes to apply: continue when the KMS refuses a signature with this key to the identity of the node.`,
      ),
      ...catchUp(facts),
      step(
        'console',
        'Test it',
        `Make any topology change; this one rotates one key. Canton signs with the key that is farthest from the root. ${FINISH}`,
        [
          { code: `val oldKeys = ${announcedHere(facts)}.map(_.id.unwrap)`, value: 'texts' },
          finishRotation(facts),
          {
            code: `val newKey = finishRotation(${old}, oldKeys).getOrElse(${ref}.keys.secret.rotate_node_key(${old}))`,
            value: 'signing-key',
          },
        ],
      ),
      step(
        'verify',
        'Verify',
        'The rotation succeeded. `TOPOLOGY_NO_APPROPRIATE_SIGNING_KEY_IN_STORE` means that no delegation allows the change; Canton may have chosen another intermediate key that the KMS refuses.',
        [announcedKeys(facts), ...liveness(facts)],
      ),
    ],
    rollback: [
      step(
        'external',
        'Restore the permission',
        'Restore it permanently, or only while you create or revoke an intermediate key or change a delegation.',
      ),
    ],
  };
}
