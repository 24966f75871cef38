import type { Facts } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { step } from '../steps';
import { allowCommands } from './console-flags';
import { moveData } from './move-data';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';
import { firstStart } from './restart';

/**
 * Procedure (f2): the new node has a namespace of its own, to which the old one is delegated, and another synchronizer.
 * No page describes it. Source: `KmsMigrationIntegrationTest.scala` 3.4, 3.5, main.
 * @param settings undefined: the new node has no KMS
 */
export function delegateNamespace(facts: Facts, settings: KmsSettings | undefined, next: NewNode): Outcome {
  const { target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  return {
    warnings: [
      'Canton tests this way, but documents it nowhere: rehearse all of it on a test network first.',
      'It moves to another synchronizer, and the mediators and sequencers of the old one are stopped: everybody on it must come along.',
      `Keep the root namespace key of ${target.name} for good: only that key can renew or revoke the delegation.`,
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      step('confirm', 'The new synchronizer is there', 'It runs, and the new node may connect to it.'),
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, { mode: 'external', creates: true })),
      step('backup', 'Back up the old node', 'Its database, and offline its root namespace key.'),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        settings === undefined ? 'Canton makes its keys.' : 'Canton makes its keys in the KMS.',
      ),
      ...delegation(facts, next),
      ...moveData(facts, next, 'other'),
    ],
    rollback: [
      step(
        'console',
        'Revoke the delegation',
        'Before the contracts were imported: on the old node. Then start the old nodes again.',
        [`${facts.ref}.topology.namespace_delegations.propose_revocation(${facts.ref}.namespace, newNamespaceKey)`],
      ),
      ...repair.back,
    ],
  };
}

function delegation({ ref: source }: Facts, { ref: target, name }: NewNode): Step[] {
  return [
    step(
      'console',
      'Delegate the old namespace',
      'The new node may then sign for the old parties, but not for further delegations.',
      [
        `val rootDelegation = ${source}.topology.transactions.list(filterAuthorizedKey = Some(${source}.namespace.fingerprint)).result.map(_.transaction).filter(_.mapping.code == NamespaceDelegation.code).head`,
        `${source}.keys.public.upload(${target}.keys.public.download(${target}.namespace.fingerprint), Some("${name}-namespace"))`,
        `val newNamespaceKey = ${source}.keys.public.list(filterFingerprint = ${target}.namespace.fingerprint.unwrap).head.publicKey.asInstanceOf[SigningPublicKey]`,
        `val delegation = ${source}.topology.namespace_delegations.propose_delegation(${source}.namespace, newNamespaceKey, CanSignAllButNamespaceDelegations)`,
      ],
    ),
    step('console', 'Load the delegations', 'On the new node.', [
      `${target}.topology.transactions.load(Seq(rootDelegation, delegation), TopologyStoreId.Authorized, ForceFlag.AlienMember)`,
    ]),
  ];
}
