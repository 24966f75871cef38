import type { Facts } from '../facts';
import type { Outcome, Procedure } from '../procedure';
import { kmsHandling } from '../shared/kms-handling';
import { step } from '../steps';

/**
 * Procedure (s). Source: `keys/namespace_key.rst`, `keys/key_restrictions.rst` 3.5, main, which are marked as work in
 * progress; `TopologyManagerSigningKeyDetection.scala` 3.3 to main.
 */
export const isolateRootKey: Procedure = {
  name: 'isolate-root-key',
  title: 'Take away access to the root namespace key',
  summary: 'Leave day-to-day signing to an intermediate namespace key, and give the root key back for maintenance',
  since: '3.3',
  refusals: ({ target }) =>
    target.mode === 'external'
      ? []
      : [
          `${target.id} does not keep its keys in a KMS (\`provider = kms\`), so nothing can be taken away from it there.`,
        ],
  questions: () => [],
  plan: isolation,
};

function isolation(facts: Facts): Outcome {
  const { ref, target } = facts;
  const key = `${ref}.keys.secret.list(filterFingerprint = ${ref}.namespace.fingerprint.unwrap)`;
  return {
    warnings: [
      'Never delete or disable the root key for good: the control over the namespace would be lost forever.',
      'Only the root key can do without access, and the intermediate one between administrative work; all other keys are needed for operation.',
      'The page that describes this is marked as work in progress, and no test of Canton takes the right away.',
    ],
    steps: [
      step(
        'verify',
        'There is an intermediate key',
        'The last list has a delegation to a key that is not the root key, with a restriction that allows all that the operator does (`CanSignAllButNamespaceDelegations` is enough). If there is none: `rotate-external-keys` with `--set key=intermediate-namespace`.',
        [
          `${key}.map(k => (k.name, k.kmsKeyId))`,
          `${ref}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive)`,
        ],
      ),
      step(
        'external',
        'Take the right to sign away',
        `In the KMS, for the key that the first line names: ${kmsHandling(target.kmsType).denySigning}. The configuration stays as it is, and nothing is restarted.`,
      ),
      step(
        'console',
        'Try it',
        'Any change of the topology will do: this one rotates one key. Canton signs with the key that is farthest from the root.',
        [`val newKey = ${ref}.keys.secret.rotate_node_key("<fingerprint of the protocol signing key>")`],
      ),
      step(
        'verify',
        'Verify',
        'The rotation went through. `TOPOLOGY_NO_APPROPRIATE_SIGNING_KEY_IN_STORE` means that no delegation allows it; another intermediate key that the KMS refuses may have been chosen.',
        [`${ref}.health.status`],
      ),
    ],
    rollback: [
      step(
        'external',
        'Give the right back',
        'For good, or for as long as an intermediate key is made or revoked, or a delegation changed.',
      ),
    ],
  };
}
