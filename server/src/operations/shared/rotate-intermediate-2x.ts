import { scalaString } from '../../text/encoders/scala';
import { liveness } from '../console';
import type { Facts } from '../facts';
import type { Outcome } from '../procedure';
import { allowCommands, condition, type GuardedLine, noFileToChange, step } from '../steps';
import { asFingerprint, fingerprintOf } from './keys';

/**
 * Replaces the intermediate namespace key of 2.x, or creates the first one. Source:
 * `KeyManagementIntegrationTest.scala` of 2.10.1; `TopologyAdministration.scala` of release-line-2.10 (`all.renew`).
 * Differences from them: completed steps are not repeated, and the script looks at the delegations itself.
 * @param newKey the line that creates or registers the new key
 */
export function rotateIntermediate2x(facts: Facts, newKey: GuardedLine, before: Outcome['steps'] = []): Outcome {
  const { ref, kind } = facts;
  // Renewing a mapping of a party needs the flag; domains and domain managers host none.
  const preview = kind === 'participant' ? allowCommands(facts, ['preview']) : { forward: [], back: [] };
  if (preview === undefined) return noFileToChange(facts);
  const namespace = `${ref}.id.uid.namespace.fingerprint`;
  const delegations = `${ref}.topology.namespace_delegations`;
  const targets = `${delegations}.list(filterStore = "Authorized", filterNamespace = ${namespace}.toProtoPrimitive).map(_.targetKey)`;
  const authorize = (change: 'Add' | 'Remove', key: string) =>
    `${delegations}.authorize(TopologyChangeOp.${change}, ${namespace}, ${key})`;
  const given = fingerprintOf(facts);
  const old = given === undefined ? undefined : asFingerprint(facts, scalaString(given));
  const has = (key: string) => `${targets}.contains(${key})`;
  return {
    warnings: [
      'The root key must be accessible for this.',
      ...(old === undefined
        ? []
        : ['`renew` refuses a new key that may not sign for everything that the old key signs for.']),
    ],
    steps: [
      ...preview.forward,
      ...before,
      step(
        'console',
        'Make the new key known to the node',
        `The key may not sign for the namespace yet.${old === undefined ? '' : ' Continue only if the first two lines are true: the old key must be an intermediate key.'}`,
        [...(old === undefined ? [] : isIntermediate(namespace, old, has(old))), newKey],
      ),
      step('backup', 'Back up the database', 'Back up before the new key is announced, and note its KMS key ID.'),
      step('console', 'Delegate to the new key', 'The root key signs this.', [
        { code: authorize('Add', 'newKey.fingerprint'), done: has('newKey.fingerprint') },
      ]),
      ...(old === undefined
        ? []
        : [
            step(
              'console',
              'Sign again with the new key',
              'This signs every transaction again that the old key signed.',
              [
                {
                  code: `${ref}.topology.all.renew(${old}, newKey.fingerprint)`,
                  done: `!${has(old)}`,
                },
              ],
            ),
            step('console', 'Revoke the old delegation', 'The root key signs this as well.', [
              { code: authorize('Remove', old), done: `!${has(old)}` },
            ]),
          ]),
      step('verify', 'Verify', 'The delegations are for the root key and the new key.', [
        targets,
        condition('the namespace is delegated to the new key', has('newKey.fingerprint')),
        ...(old === undefined ? [] : [condition('it is not delegated to the old one', `!${has(old)}`)]),
        ...liveness(facts),
      ]),
    ],
    rollback: [
      ...(old === undefined
        ? [step('console', 'Revoke the delegation', '', [authorize('Remove', 'newKey.fingerprint')])]
        : [
            step(
              'console',
              'Reverse the steps',
              'The old key is still in the vault and in the KMS. Leave out the first line if the delegation of the old key was not revoked yet: Canton refuses to add it twice.',
              [
                { code: authorize('Add', old), done: has(old) },
                `${ref}.topology.all.renew(newKey.fingerprint, ${old})`,
                authorize('Remove', 'newKey.fingerprint'),
              ],
            ),
          ]),
      ...preview.back,
    ],
  };
}

/** Without a delegation of the old key, nothing would be renewed or revoked. The root key has its own delegation. */
function isIntermediate(namespace: string, old: string, isDelegated: string): GuardedLine[] {
  const done = 'noted("newKey").isDefined';
  return [
    { ...condition('the namespace is delegated to the old key', isDelegated), done },
    {
      ...condition('the old key is not the root namespace key, which cannot be rotated', `${namespace} != ${old}`),
      done,
    },
  ];
}
