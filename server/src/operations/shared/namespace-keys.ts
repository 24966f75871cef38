import { scalaString } from '../console/text';
import { type Facts, is2x, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { step } from '../steps';
import { allowCommands } from './console-flags';
import { asFingerprint, fingerprintOf } from './existing-keys';
import { externalKeyShapes } from './key-shapes';

/** Nobody can rotate it: the namespace is the hash of this key. Says what is left. */
export function rootKeyReasons(facts: Facts): string[] {
  const { kind, target } = facts;
  const fact = `The root namespace key of ${target.id} cannot be rotated: its fingerprint is the namespace.`;
  if (kind !== 'participant') {
    const place = is2x(facts) ? 'domain' : 'synchronizer';
    return [`${fact} A ${kind} gets another one only with a new ${place}.`];
  }
  const way = is2x(facts) ? ' with `--set way=new-namespace`' : '';
  return [`${fact} Build a new namespace on a new node and move the assets: \`migrate-transfer-assets\`${way}.`];
}

export function intermediateReasons(facts: Facts): string[] {
  if (!is2x(facts) || (facts.kind !== 'sequencer' && facts.kind !== 'mediator')) return [];
  return [`A ${facts.kind} of Canton 2.x has no namespace of its own; that of the domain manager counts.`];
}

/**
 * Replaces the intermediate namespace key, or makes the first one. Source: `keys/namespace_key.rst` 3.5, main;
 * `NamespaceIntermediateKmsKeyIntegrationTest.scala` 3.5; `TopologyAdministration.scala` 2.10 (`all.renew`).
 */
export function rotateIntermediate(facts: Facts): Outcome {
  return is2x(facts) ? rotate2x(facts) : rotate3x(facts);
}

function rotate3x(facts: Facts): Outcome {
  const { ref } = facts;
  const old = fingerprintOf(facts);
  const delegations = `${ref}.topology.namespace_delegations`;
  return {
    warnings: [
      'The root key must be reachable for this: give the node its right to sign back for as long as it takes, or use the scripts of `scripts/offline-root-key`.',
      'What the old key has signed stays valid: nothing is signed again. Canton shows that in one test for mappings of keys only.',
    ],
    steps: [
      step('verify', 'The delegations', 'They show which key is the root key and which the intermediate one.', [
        `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive)`,
      ]),
      ...ownKey(facts),
      step('console', 'Make the new key known to the node', 'It may not sign for the namespace yet.', [
        newKeyLine(facts),
      ]),
      step('backup', 'Back up the database', 'Before the new key is announced; and note its id in the KMS.'),
      step('console', 'Delegate to the new key', `The root key signs this. ${offline(facts)}`, [
        `${delegations}.propose_delegation(${ref}.namespace, newKey, CanSignAllButNamespaceDelegations)`,
      ]),
      ...(old === undefined ? [] : [revoke(facts, old)]),
      step(
        'verify',
        'Verify',
        `On every node: root key and new key${old === undefined ? '' : ', and no longer the old one'}. The last line asks as ${ref} itself.`,
        [
          `<another node>.topology.namespace_delegations.list(store = <synchronizer id>, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
          `${delegations}.list(store = TopologyStoreId.Authorized, filterNamespace = ${ref}.namespace.toProtoPrimitive).map(_.item.target.fingerprint)`,
        ],
      ),
    ],
    rollback: [
      step('console', 'Delegate to the old key again', 'The root key signs this, too.', [
        ...(old === undefined
          ? []
          : [`${delegations}.propose_delegation(${ref}.namespace, oldKey, CanSignAllButNamespaceDelegations)`]),
        `${delegations}.propose_revocation(${ref}.namespace, newKey)`,
      ]),
    ],
  };
}

function revoke(facts: Facts, old: string): Step {
  const { ref } = facts;
  return step('console', 'Revoke the old key', 'The root key signs this, too.', [
    `val oldKey = ${ref}.keys.public.list(filterFingerprint = ${scalaString(old)}).head.publicKey.asInstanceOf[SigningPublicKey]`,
    `${ref}.topology.namespace_delegations.propose_revocation(${ref}.namespace, oldKey)`,
  ]);
}

function offline({ ref }: Facts): string {
  return `With an offline root key instead: export the new key (\`${ref}.keys.public.download_to(newKey.id, "new.pub")\`), sign delegation and revocation with the scripts, and load both (\`${ref}.topology.transactions.load_single_from_files(Seq("revoke.cert", "new.cert"), TopologyStoreId.Authorized)\`).`;
}

function ownKey(facts: Facts): Step[] {
  const id = option(facts, 'new-key-id');
  if (id === undefined) return [];
  const text = `\`${id}\` exists and was never used by this node.\n\n${externalKeyShapes(facts.target.kmsType ?? '', { kind: 'sequencer' })}`;
  return [step('external', 'Create the new key', text)];
}

function newKeyLine(facts: Facts): string {
  const { ref } = facts;
  const id = option(facts, 'new-key-id');
  const name = scalaString(`${facts.target.name}-intermediate-2`);
  const usage = 'SigningKeyUsage.NamespaceOnly';
  if (id === undefined) {
    const args = is2x(facts) ? `name = ${name}` : `name = ${name}, usage = ${usage}`;
    return `val newKey = ${ref}.keys.secret.generate_signing_key(${args})`;
  }
  const args = is2x(facts) ? '' : `${usage}, `;
  return `val newKey = ${ref}.keys.secret.register_kms_signing_key(${scalaString(id)}, ${args}name = ${name})`;
}

function rotate2x(facts: Facts): Outcome {
  const { ref, kind, target } = facts;
  const preview = kind === 'participant' ? allowCommands(facts, ['preview']) : { forward: [], back: [] };
  if (preview === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const namespace = kind === 'participant' ? `${ref}.id.uid.namespace.fingerprint` : '<fingerprint of the namespace>';
  const authorize = (change: 'Add' | 'Remove', key: string) =>
    `${ref}.topology.namespace_delegations.authorize(TopologyChangeOp.${change}, ${namespace}, ${key})`;
  const given = fingerprintOf(facts);
  const old = given === undefined ? undefined : asFingerprint(facts, scalaString(given));
  return {
    warnings: ['The root key must be reachable for this.'],
    steps: [
      ...preview.forward,
      ...ownKey(facts),
      step('console', 'Make the new key known to the node', 'It may not sign for the namespace yet.', [
        newKeyLine(facts),
      ]),
      step('backup', 'Back up the database', 'Before the new key is announced; and note its id in the KMS.'),
      step('console', 'Delegate to the new key', 'The root key signs this.', [authorize('Add', 'newKey.fingerprint')]),
      ...(old === undefined
        ? []
        : [
            step('console', 'Sign again with the new key', 'Everything that the old key has signed.', [
              `${ref}.topology.all.renew(${old}, newKey.fingerprint)`,
            ]),
            step('console', 'Take the old delegation away', 'The root key signs this, too.', [
              authorize('Remove', old),
            ]),
          ]),
      step('verify', 'Verify', 'The delegations are to the root key and to the new key.', [
        `${ref}.topology.namespace_delegations.list(filterStore = "Authorized")`,
      ]),
    ],
    rollback: [
      ...(old === undefined
        ? [step('console', 'Take the delegation away', '', [authorize('Remove', 'newKey.fingerprint')])]
        : [
            step('console', 'The same in reverse', 'The old key is still in the vault and in the KMS.', [
              authorize('Add', old),
              `${ref}.topology.all.renew(newKey.fingerprint, ${old})`,
              authorize('Remove', 'newKey.fingerprint'),
            ]),
          ]),
      ...preview.back,
    ],
  };
}
