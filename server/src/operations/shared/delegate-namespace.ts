import { type Facts, isAtLeast } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { allowCommands, firstStart, noReturn, step } from '../steps';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';

/**
 * Procedure (f2): the new node has a namespace of its own, to which the old one is delegated, and another synchronizer.
 * No page describes it. Source: `KmsMigrationIntegrationTest.scala` 3.4, 3.5, main.
 * @param settings undefined: the new node has no KMS
 */
export function delegateNamespace(facts: Facts, settings: KmsSettings | undefined, next: NewNode): Outcome {
  const { target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
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

const FILE = '"acs-export.gz"';
const ALIAS = '"<alias of the synchronizer>"';
const NEW_ALIAS = '"<alias of the new synchronizer>"';
/** Lists are cut at 1000 where nothing else is said. */
const ALL_PARTIES = 'limit = PositiveInt.tryCreate(100000)';
const ALL_CONTRACTS = 'limit = PositiveInt.tryCreate(1000000)';

/**
 * Where the contracts go: to a node under the same identity on the same synchronizer, or to one with an identity of its
 * own on another synchronizer.
 */
export type Destination = 'same' | 'other';

/** The export of active contracts has another name and other parameters in each line (release notes 3.5.1). */
function exportLine(facts: Facts, to: Destination): string {
  const { ref } = facts;
  const end = `${ref}.ledger_api.state.end()`;
  const renames = to === 'same' ? '' : ', contractSynchronizerRenames = Map(oldSynchronizerId -> synchronizerId)';
  if (isAtLeast(facts, '3.5')) {
    return `${ref}.repair.export_acs(parties = parties.toSet, ledgerOffset = ${end}, exportFilePath = ${FILE}${renames})`;
  }
  const group = isAtLeast(facts, '3.4') ? 'repair' : 'parties';
  return `${ref}.${group}.export_acs(parties = parties.toSet, ledgerOffset = NonNegativeLong.tryCreate(${end}), exportFilePath = ${FILE}${renames})`;
}

function importLine(facts: Facts, ref: string): string {
  const first = isAtLeast(facts, '3.5') ? 'synchronizerId, ' : '';
  return `${ref}.repair.import_acs(${first}${FILE})`;
}

/**
 * Steps 6 to 14 of procedure (f): all parties of the node at once. Source:
 * `external_key_storage_migration_export_keys.rst` 3.5, main; `KmsMigrationIntegrationTest.scala` 3.4 to main.
 */
export function moveData(facts: Facts, { ref: target }: NewNode, to: Destination = 'same'): Step[] {
  const alias = to === 'same' ? ALIAS : NEW_ALIAS;
  return [
    step(
      'confirm',
      'Nothing is in flight',
      `Applications and scheduled pruning of ${facts.target.name} are stopped, and no transaction is pending.${
        to === 'same' ? ' Do not stop sequencer or mediator.' : ''
      }`,
    ),
    connect(target, to),
    host(facts, target, to),
    ...quieten(facts, target, to),
    step('console', 'Export the contracts', 'From the old node.', [exportLine(facts, to)]),
    step('backup', 'Back up both databases', 'Before the import.'),
    importContracts(facts, target, to),
    step(
      'console',
      'Go over to the new node',
      to === 'same'
        ? 'The old node is stopped for good: two nodes must never be connected under one identity.'
        : 'The old node is stopped for good.',
      [`${facts.ref}.stop()`, `${target}.synchronizers.reconnect(${alias})`],
    ),
    step('verify', 'Verify', 'The last line is `true` for every party: as many contracts as before.', [
      `${target}.id`,
      `${target}.keys.secret.list().map(k => (k.name, k.id, k.kmsKeyId))`,
      `${target}.health.ping(${target}.id)`,
      `parties.map(party => party -> (${target}.ledger_api.state.acs.of_party(party, ${ALL_CONTRACTS}).size == before(party)))`,
    ]),
  ];
}

/** Under one identity this is what others see first. */
function connect(target: string, to: Destination): Step {
  const lines = [`${target}.dars.upload("<file.dar>")`];
  const title = 'Connect the new node and give it the packages';
  if (to === 'other') return step('console', title, 'To the new synchronizer. Then upload the same DARs.', lines);
  return noReturn(
    step(
      'console',
      title,
      'It now appears under the identity of the old node. Register the synchronizer on it as on the old one, then upload the same DARs.',
      lines,
    ),
  );
}

function host({ ref: source }: Facts, target: string, to: Destination): Step {
  const ids =
    to === 'same'
      ? [`val synchronizerId = ${source}.synchronizers.id_of(${ALIAS})`]
      : [
          `val oldSynchronizerId = ${source}.synchronizers.id_of(${ALIAS})`,
          `val synchronizerId = ${target}.synchronizers.id_of(${NEW_ALIAS})`,
        ];
  const exists = to === 'same' ? ' If Canton answers `TOPOLOGY_MAPPING_ALREADY_EXISTS`, this is not needed.' : '';
  return step(
    'console',
    'Host the parties on the new node',
    `The mapping of a party is replaced as a whole: for a party with other hosts or a threshold above 1 put all of them in.${exists} External parties must sign it themselves.`,
    [
      ...ids,
      `val parties = ${source}.parties.hosted(${ALL_PARTIES}).map(_.party)`,
      `parties.foreach(party => ${target}.topology.party_to_participant_mappings.propose(party = party, newParticipants = Seq(${target}.id -> ParticipantPermission.Submission), store = synchronizerId))`,
      `val before = parties.map(party => party -> ${source}.ledger_api.state.acs.of_party(party, ${ALL_CONTRACTS}).size).toMap`,
    ],
  );
}

function quieten({ ref: source }: Facts, target: string, to: Destination): Step[] {
  const disconnect = step('console', 'Disconnect both', 'The new node first.', [
    `${target}.synchronizers.disconnect(${to === 'same' ? ALIAS : NEW_ALIAS})`,
    `${source}.synchronizers.disconnect(${ALIAS})`,
  ]);
  return to === 'same'
    ? [disconnect]
    : [
        disconnect,
        step(
          'external',
          'Stop the old synchronizer',
          'Its mediators and sequencers, so that nothing changes any more.',
        ),
      ];
}

function importContracts(facts: Facts, target: string, to: Destination): Step {
  const imported = step('console', 'Import the contracts', 'Into the new node.', [importLine(facts, target)]);
  return to === 'same' ? imported : noReturn(imported);
}
