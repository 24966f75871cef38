import type { Facts } from '../facts';
import { isAtLeast } from '../facts';
import type { Step } from '../plan';
import { noReturn, step } from '../steps';
import type { NewNode } from './new-node';

const FILE = '"acs-export.gz"';

/** The export of active contracts has another name and other parameters in each line (release notes 3.5.1). */
function exportLine(facts: Facts): string {
  const { ref } = facts;
  const end = `${ref}.ledger_api.state.end()`;
  if (isAtLeast(facts, '3.5')) {
    return `${ref}.repair.export_acs(parties = parties.toSet, ledgerOffset = ${end}, exportFilePath = ${FILE})`;
  }
  const group = isAtLeast(facts, '3.4') ? 'repair' : 'parties';
  return `${ref}.${group}.export_acs(parties = parties.toSet, ledgerOffset = NonNegativeLong.tryCreate(${end}), exportFilePath = ${FILE})`;
}

function importLine(facts: Facts, ref: string): string {
  const first = isAtLeast(facts, '3.5') ? 'synchronizerId, ' : '';
  return `${ref}.repair.import_acs(${first}${FILE})`;
}

/** Steps 6 to 14 of procedure (f): all parties of the node at once, both nodes on one synchronizer. */
export function moveData(facts: Facts, { ref: target }: NewNode): Step[] {
  const { ref: source } = facts;
  const alias = '"<alias of the synchronizer>"';
  return [
    step(
      'confirm',
      'Nothing is in flight',
      `Applications and scheduled pruning of ${facts.target.name} are stopped, and no transaction is pending. Do not stop sequencer or mediator.`,
    ),
    noReturn(
      step(
        'console',
        'Connect the new node and give it the packages',
        'It now appears under the identity of the old node. Register the synchronizer on it as on the old one, then upload the same DARs.',
        [`${target}.dars.upload("<file.dar>")`],
      ),
    ),
    step(
      'console',
      'Host the parties on the new node',
      'The mapping of a party is replaced as a whole: for a party with other hosts or a threshold above 1 put all of them in. If Canton answers `TOPOLOGY_MAPPING_ALREADY_EXISTS`, this is not needed. External parties must sign it themselves.',
      [
        `val synchronizerId = ${source}.synchronizers.id_of(${alias})`,
        `val parties = ${source}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party)`,
        `parties.foreach(party => ${target}.topology.party_to_participant_mappings.propose(party = party, newParticipants = Seq(${target}.id -> ParticipantPermission.Submission), store = synchronizerId))`,
        `val before = parties.map(party => party -> ${source}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size).toMap`,
      ],
    ),
    step('console', 'Disconnect both', 'The new node first.', [
      `${target}.synchronizers.disconnect(${alias})`,
      `${source}.synchronizers.disconnect(${alias})`,
    ]),
    step('console', 'Export the contracts', 'From the old node.', [exportLine(facts)]),
    step('backup', 'Back up both databases', 'Before the import.'),
    step('console', 'Import the contracts', 'Into the new node.', [importLine(facts, target)]),
    noReturn(
      step(
        'console',
        'Go over to the new node',
        'The old node is stopped for good: two nodes must never be connected under one identity.',
        [`${source}.stop()`, `${target}.synchronizers.reconnect(${alias})`],
      ),
    ),
    step('verify', 'Verify', 'The last line is `true` for every party: as many contracts as before.', [
      `${target}.id`,
      `${target}.keys.secret.list().map(k => (k.name, k.id, k.kmsKeyId))`,
      `${target}.health.ping(${target}.id)`,
      `parties.map(party => party -> (${target}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size == before(party)))`,
    ]),
  ];
}
