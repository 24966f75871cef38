import { type Facts, isAtLeast } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { noReturn, step } from '../steps';
import { allowCommands } from './console-flags';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';
import { firstStart } from './restart';

const ALIAS = '"<alias of the synchronizer>"';
const FILE = '"party-acs.gz"';

/**
 * Procedure (g): a new namespace. Source: `kms/migration/external_key_storage_migration_transfer_assets.rst`,
 * `parties/party_replication.rst` 3.5, main; `PartiesAdministration.scala` 3.3 to main.
 * @param settings undefined: the new node has no KMS
 */
export function replicateParties(facts: Facts, settings: KmsSettings | undefined, next: NewNode): Outcome {
  const { target } = facts;
  // 3.3 imports contracts of a party with the repair command (`ParticipantRepairAdministration.scala` 3.3).
  const repair = isAtLeast(facts, '3.4') ? { forward: [], back: [] } : allowCommands(facts, ['repair']);
  if (repair === undefined) return { reasons: [`No file at hand can take the settings of ${target.id}.`] };
  const access = { mode: 'external', creates: true } as const;
  return {
    warnings: [
      `The ids of local parties contain the namespace of ${target.name}: they cannot be moved. Give their assets to new parties on the new node by transactions of your own application, planned and coded for each model.`,
      'External parties are replicated, one by one, in exactly this order.',
      'That a party is taken off its old participant is documented as not supported: check for each one that its confirmation threshold can be reached without the old node before you switch that off.',
    ],
    steps: [
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, access)),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        settings === undefined ? 'Canton makes its keys.' : 'Canton makes its keys in the KMS.',
      ),
      ...replication(facts, next),
      step('external', 'Local parties', 'Transfer their assets by Daml transactions of your application.'),
      step(
        'external',
        'Switch the old node off',
        'Only when every party is replicated and its onboarding flag cleared, every asset of local parties transferred, and no threshold needs the old node.',
      ),
    ],
    rollback: [
      step(
        'restart',
        'Restore the new node',
        'Before it was reconnected with the imported contracts: restore its backup and go on from there. The old node is untouched until it is switched off.',
      ),
      ...repair.back,
    ],
  };
}

/** Offline party replication, once for each external party. */
function replication(facts: Facts, { ref: target }: NewNode): Step[] {
  const { ref: source } = facts;
  const flag = isAtLeast(facts, '3.4');
  const delta = `party = party, adds = Seq(${target}.id -> ParticipantPermission.Confirmation), store = synchronizerId${flag ? ', requiresPartyToBeOnboarded = true' : ''}`;
  return [
    step(
      'console',
      'Prepare both nodes',
      'Connect the new node, vet the same packages on it, and stop pruning on the old one until the export is done, by hand as well.',
      [
        `${target}.dars.upload("<file.dar>")`,
        `val schedule = ${source}.pruning.get_schedule()`,
        `${source}.pruning.clear_schedule()`,
      ],
    ),
    step(
      'console',
      'Propose the party on the new node',
      'Here the replication of one party begins. An external party can be hosted with `Confirmation` or `Observation`.',
      [
        `val synchronizerId = ${source}.synchronizers.id_of(${ALIAS})`,
        'val party = PartyId.tryFromProtoPrimitive("<party>")',
        `val proposal = ${target}.topology.party_to_participant_mappings.propose_delta(${delta})`,
      ],
    ),
    step('console', 'Disconnect the new node', 'It must stay disconnected until the import is done.', [
      `${target}.synchronizers.disconnect_all()`,
      `${target}.synchronizers.modify(${ALIAS}, _.copy(manualConnect = true))`,
    ]),
    ...(flag ? [offset(source)] : []),
    step('external', 'The party signs', 'The holder of its key signs the same proposal.'),
    step('console', 'Load the signed proposal', 'On the old node.', [
      `${source}.topology.transactions.load(Seq(<signed transaction>), synchronizerId)`,
    ]),
    step(
      'console',
      'Export the contracts of the party',
      'From the old node. After the last party the pruning schedule is set again, as `schedule` shows it.',
      [exportLine(facts, target), `${source}.pruning.set_schedule(<cron>, <maximal duration>, <retention>)`],
    ),
    step('backup', 'Back up the database of the new node', 'The replication can be finished from there.'),
    step('console', 'Import the contracts', 'Into the new node, still disconnected.', [importLine(facts, target)]),
    noReturn(
      step(
        'console',
        'Reconnect the new node',
        'Mismatches of ACS commitments on it are expected while the party is being onboarded.',
        [
          ...(flag ? [`val targetOffset = ${target}.ledger_api.state.end()`] : []),
          `${target}.synchronizers.reconnect(${ALIAS})`,
          `${target}.synchronizers.modify(${ALIAS}, _.copy(manualConnect = false))`,
        ],
      ),
    ),
    ...(flag ? [clearFlag(facts, target)] : []),
    step('verify', 'Verify the party', 'Its contracts are there, and the mapping has the new host.', [
      `${target}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size`,
      `${target}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString)`,
      `${target}.health.ping(${target}.id)`,
    ]),
  ];
}

/** The export waits for the party to become active behind it. */
function offset(source: string): Step {
  const line = `val sourceOffset = ${source}.ledger_api.state.end()`;
  return step('console', 'Remember the offset of the old node', 'Only now.', [line]);
}

function exportLine(facts: Facts, target: string): string {
  const { ref: source } = facts;
  return isAtLeast(facts, '3.4')
    ? `${source}.parties.export_party_acs(party, synchronizerId, ${target}.id, sourceOffset, ${FILE})`
    : `${source}.parties.export_acs(parties = Set(party), synchronizerId = Some(synchronizerId), exportFilePath = ${FILE}, ledgerOffset = NonNegativeLong.tryCreate(${source}.ledger_api.state.end()))`;
}

function importLine(facts: Facts, target: string): string {
  if (isAtLeast(facts, '3.5')) return `${target}.parties.import_party_acs(synchronizerId, Some(party), ${FILE})`;
  return isAtLeast(facts, '3.4')
    ? `${target}.parties.import_party_acs(${FILE})`
    : `${target}.repair.import_acs(${FILE})`;
}

/** Offsets are local to a node: that of the new node counts. */
function clearFlag(facts: Facts, target: string): Step {
  const done = isAtLeast(facts, '3.5') ? '`FlagNotSet`' : '`(true, None)`';
  const auto = isAtLeast(facts, '3.5') ? ' From protocol version 35 on this happens by itself.' : '';
  return step(
    'console',
    'Clear the onboarding flag',
    `Repeat it until it answers ${done}.${auto} Keep the old node running until then.`,
    [`${target}.parties.clear_party_onboarding_flag(party, synchronizerId, targetOffset)`],
  );
}
