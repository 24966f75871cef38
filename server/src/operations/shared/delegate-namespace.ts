import { scalaString } from '../../text/encoders/scala';
import { listVault, liveness, movePackages } from '../console';
import { type Facts, isAtLeast } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { allowCommands, firstStart, noFileToChange, noReturn, step } from '../steps';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';
import { evidence } from './shown';

/**
 * Procedure (f2): the new node has a namespace of its own, to which the old one is delegated, and another synchronizer.
 * It is not documented. Source: `KmsMigrationIntegrationTest.scala` 3.4, 3.5, main.
 * @param settings undefined: the new node has no KMS
 */
export function delegateNamespace(facts: Facts, settings: KmsSettings | undefined, next: NewNode): Outcome {
  const { target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return noFileToChange(facts);
  return {
    warnings: [
      `Canton tests this procedure but does not document it. ${evidence(facts, settings === undefined ? 'delegation-back' : 'delegation', settings?.provider)} Rehearse it on a test network first.`,
      'The procedure moves to another synchronizer and stops the mediators and sequencers of the old one, so all members of the old synchronizer must move as well.',
      `Keep the root namespace key of ${target.name} permanently: only this key can renew or revoke the delegation.`,
    ],
    steps: [
      step('confirm', 'The procedure was rehearsed', 'The whole plan succeeded on a test network.'),
      step('confirm', 'The new synchronizer is available', 'It is running, and the new node may connect to it.'),
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, { mode: 'external', creates: true })),
      step('backup', 'Back up the old node', 'Back up its database, and store its root namespace key offline.'),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        settings === undefined ? 'Canton creates its keys.' : 'Canton creates its keys in the KMS.',
      ),
      ...delegation(facts, next),
      ...moveData(facts, next),
    ],
    rollback: [
      step(
        'console',
        'Revoke the delegation',
        'Possible until the contracts are imported. Run this on the old node, then start the old nodes again.',
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
        {
          code: `val rootDelegation = ${source}.topology.transactions.list(filterAuthorizedKey = Some(${source}.namespace.fingerprint)).result.map(_.transaction).filter(_.mapping.code == NamespaceDelegation.code).head`,
          value: 'query',
        },
        {
          code: `${source}.keys.public.upload(${target}.keys.public.download(${target}.namespace.fingerprint), Some(${scalaString(`${name}-namespace`)}))`,
          done: `${source}.keys.public.list(filterFingerprint = ${target}.namespace.fingerprint.unwrap).nonEmpty`,
        },
        {
          code: `val newNamespaceKey = ${source}.keys.public.list(filterFingerprint = ${target}.namespace.fingerprint.unwrap).head.publicKey.asInstanceOf[SigningPublicKey]`,
          value: 'query',
        },
        {
          code: `${source}.topology.namespace_delegations.propose_delegation(${source}.namespace, newNamespaceKey, CanSignAllButNamespaceDelegations)`,
          done: `${source}.topology.namespace_delegations.list(store = TopologyStoreId.Authorized, filterTargetKey = Some(newNamespaceKey.fingerprint)).nonEmpty`,
        },
        {
          code: `val delegation = ${source}.topology.transactions.list(store = TopologyStoreId.Authorized, filterMappings = Seq(NamespaceDelegation.code)).result.map(_.transaction).filter(_.mapping.asInstanceOf[NamespaceDelegation].target.fingerprint == newNamespaceKey.fingerprint).head`,
          value: 'query',
        },
      ],
    ),
    step('console', 'Load the delegations', 'Run this on the new node.', [
      `${target}.topology.transactions.load(Seq(rootDelegation, delegation), TopologyStoreId.Authorized, ForceFlag.AlienMember)`,
    ]),
  ];
}

const FILE = '"acs-export.gz"';
const ALIAS = '"<alias of the synchronizer>"';
const NEW_ALIAS = '"<alias of the new synchronizer>"';
/** Lists have at most 1000 entries by default. */
const ALL_PARTIES = 'limit = PositiveInt.tryCreate(100000)';
const ALL_CONTRACTS = 'limit = PositiveInt.tryCreate(1000000)';

/**
 * The offset has another type since 3.5 (release notes 3.5.1). Nothing is written any more, so the ledger end is
 * correct.
 */
function exportLine(facts: Facts): string {
  const end = `${facts.ref}.ledger_api.state.end()`;
  const offset = isAtLeast(facts, '3.5') ? end : `NonNegativeLong.tryCreate(${end})`;
  return `${facts.ref}.repair.export_acs(parties = parties.toSet, ledgerOffset = ${offset}, exportFilePath = ${FILE}, contractSynchronizerRenames = Map(oldSynchronizerId -> synchronizerId))`;
}

function importLine(facts: Facts, ref: string): string {
  const first = isAtLeast(facts, '3.5') ? 'synchronizerId, ' : '';
  return `${ref}.repair.import_acs(${first}${FILE})`;
}

/** The data of all parties of the node at once. Source: `KmsMigrationIntegrationTest.scala` 3.4 to main; run on 3.5. */
function moveData(facts: Facts, { ref: target }: NewNode): Step[] {
  const { ref: source } = facts;
  return [
    step(
      'confirm',
      'No transaction is pending',
      `Applications and scheduled pruning of ${facts.target.name} are stopped, and all transactions are complete.`,
    ),
    step('console', 'Connect the new node and upload the packages', 'Connect it to the new synchronizer.', [
      {
        code: `${target}.synchronizers.connect(${NEW_ALIAS}, "<URL of the new synchronizer>")`,
        done: `${target}.synchronizers.list_registered().nonEmpty`,
      },
      ...movePackages(source, target),
    ]),
    step(
      'console',
      'Host the parties on the new node',
      'The admin party stays on its node. The mapping of a party is replaced as a whole: for a party with other hosts or a threshold above 1, include all of them. External parties must sign the mapping themselves. Parties with a mapping are skipped, because Canton refuses a second proposal (`TOPOLOGY_MAPPING_ALREADY_EXISTS`).',
      [
        { code: `val oldSynchronizerId = ${source}.synchronizers.id_of(${ALIAS})`, value: 'query' as const },
        { code: `val synchronizerId = ${target}.synchronizers.id_of(${NEW_ALIAS})`, value: 'query' as const },
        {
          code: `val parties = ${source}.parties.hosted(${ALL_PARTIES}).map(_.party).filterNot(_ == ${source}.id.adminParty)`,
          value: 'query' as const,
        },
        `parties.filterNot(party => ${target}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).nonEmpty).foreach(party => ${target}.topology.party_to_participant_mappings.propose(party = party, newParticipants = Seq(${target}.id -> ParticipantPermission.Submission), store = synchronizerId))`,
        {
          code: `val before = parties.map(party => party -> ${source}.ledger_api.state.acs.of_party(party, ${ALL_CONTRACTS}).size).toMap`,
          value: 'counts' as const,
        },
      ],
    ),
    step('console', 'Disconnect both nodes', 'Disconnect the new node first, from every synchronizer.', [
      `${target}.synchronizers.disconnect_all()`,
      `${source}.synchronizers.disconnect_all()`,
    ]),
    step(
      'external',
      'Stop the old synchronizer',
      'Stop its mediators and sequencers, so that nothing changes any more.',
    ),
    step('console', 'Export the contracts', 'Run this on the old node. A start in between has connected it again.', [
      `${source}.synchronizers.disconnect_all()`,
      { code: exportLine(facts), done: `better.files.File(${FILE}).exists` },
    ]),
    step('backup', 'Back up both databases', 'Back up before the import.'),
    noReturn(
      step(
        'console',
        'Import the contracts',
        'Import them into the new node. A start in between has connected it again.',
        [`${target}.synchronizers.disconnect_all()`, importLine(facts, target)],
      ),
    ),
    step('console', 'Switch to the new node', 'The old node is stopped permanently.', [
      `${source}.stop()`,
      `${target}.synchronizers.reconnect(${NEW_ALIAS})`,
    ]),
    step(
      'verify',
      'Verify',
      'The third line is `true` for every party: each has the same number of contracts as before.',
      [
        `${target}.id`,
        listVault(facts, target),
        `parties.map(party => party -> (${target}.ledger_api.state.acs.of_party(party, ${ALL_CONTRACTS}).size == before(party)))`,
        ...liveness(facts, target),
      ],
    ),
  ];
}
