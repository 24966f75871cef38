import { markdownFence } from '../../text/encoders/markdown';
import { connectOnce, movePackages, ping } from '../console';
import { type Facts, is2x, isAtLeast, option } from '../facts';
import type { Step } from '../plan';
import { type Answers, type Choice, choicesOf, type Outcome, type Procedure, pick, type Question } from '../procedure';
import { delegateNamespace } from '../shared/delegate-namespace';
import { editionRefusals } from '../shared/envelope';
import { migrate2x, NEW_NAMESPACE_PARAMETERS } from '../shared/migrate-2x';
import { clearFlags, externalCrypto, type NewNode, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, providerQuestions, providersOf } from '../shared/provider';
import { kmsReady } from '../shared/requirements';
import { moveTo3x } from '../shared/to-3x';
import { allowCommands, type ConsoleLine, condition, firstStart, noFileToChange, noReturn, step } from '../steps';

const WAY = 'way';
const ANSWERS: Answers = {
  [WAY]: '`parties` or, from 3.4 on, `delegation`; in 2.10 `same-namespace`, `new-namespace` or `to-3`',
};
/** True if the old keys are in a KMS and the new ones will not be. */
const NO_KMS = 'none';

/** A move to another release line needs no KMS settings here. */
const TO_3X = 'to-3';

const WAYS_3X = choicesOf({
  parties: [
    'Party by party',
    'Each party is replicated on the same synchronizer; local ones keep their IDs in the old namespace',
  ],
  delegation: ['Namespace delegation', 'All parties at once, to another synchronizer; the old root key is kept'],
});
const WAYS_2X = choicesOf({
  'same-namespace': ['Same namespace', 'Parties keep their IDs; the old root key must be kept forever'],
  'new-namespace': [
    'New namespace',
    'Parties get new IDs, which the script writes into the contracts; protocol version 3 only',
  ],
  [TO_3X]: ['To Canton 3', 'A new participant of Canton 3, as far as this is documented'],
});

/** Procedures (f2), (g) and, for 2.x, (h). */
export const migrateTransferAssets: Procedure = {
  name: 'migrate-transfer-assets',
  title: 'Migrate to external keys by transferring assets',
  summary: 'Move the parties and contracts of an existing participant to a new one with keys in a KMS',
  answers: ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...nodeRefusals(facts)],
  questions: (facts) => [...wayQuestion(facts), ...(wayOf(facts) === TO_3X ? [] : placeQuestions(facts))],
  plan: (facts) => {
    const way = wayOf(facts);
    const ways = waysOf(facts).map(({ value }) => value);
    if (!ways.includes(way)) {
      return { refusals: [`Invalid value '${way}' for '${WAY}' in Canton ${facts.version}. Use ${ways.join(', ')}.`] };
    }
    if (way === TO_3X) return moveTo3x(facts);
    if (isLeaving(facts)) return move(facts, way, undefined);
    const settings = kmsSettings(facts, ANSWERS);
    return settings.refusals.length > 0 ? { refusals: settings.refusals } : move(facts, way, settings);
  },
};

function move(facts: Facts, way: string, settings: KmsSettings | undefined): Outcome {
  const crypto = settings === undefined ? { provider: 'jce' } : externalCrypto(facts, settings);
  const isRenamed = way === 'new-namespace';
  const next = newNode(facts, crypto, isRenamed ? NEW_NAMESPACE_PARAMETERS : {});
  if (is2x(facts)) return migrate2x(facts, settings, next, isRenamed);
  return way === 'delegation' ? delegateNamespace(facts, settings, next) : replicateParties(facts, settings, next);
}

function nodeRefusals(facts: Facts): string[] {
  const { kind, target } = facts;
  if (kind !== 'participant') {
    return [
      is2x(facts)
        ? `A ${kind} has no assets. Replace ${target.name} with a new node that has its keys in the KMS (\`enable-external\`), onboarded on a new domain.`
        : `A ${kind} has no assets. Plan \`migrate-export-keys\`, which moves the keys of ${target.name} into the KMS in place.`,
    ];
  }
  if (option(facts, 'state') === 'new')
    return ['A new node needs no migration. Plan `enable-external` or `register-keys`.'];
  return [];
}

/** Canton 3.3 has no test for a delegation (`KmsMigrationIntegrationTest.scala` 3.4 to main). */
function waysOf(facts: Facts): readonly Choice[] {
  if (is2x(facts)) return WAYS_2X;
  return isAtLeast(facts, '3.4') ? WAYS_3X : WAYS_3X.slice(0, 1);
}

function wayOf(facts: Facts): string {
  return option(facts, `set.${WAY}`) ?? (waysOf(facts)[0] as Choice).value;
}

function wayQuestion(facts: Facts): readonly Question[] {
  const ways = waysOf(facts);
  return ways.length > 1 ? [pick(`set.${WAY}`, 'How?', ways)] : [];
}

function isLeaving(facts: Facts): boolean {
  return facts.target.mode === 'external' && option(facts, 'provider') === NO_KMS;
}

function placeQuestions(facts: Facts): readonly Question[] {
  if (facts.target.mode !== 'external') return providerQuestions(facts);
  const where = pick('provider', 'Which KMS should the new node use?', [
    ...providersOf(facts),
    { value: NO_KMS, label: 'No KMS', detail: 'Keys in the database, in plaintext' },
  ]);
  return isLeaving(facts)
    ? [where]
    : [where, ...providerQuestions(facts).filter(({ option: name }) => name !== 'provider')];
}

const ALIAS = '"<alias of the synchronizer>"';
/** Parties of other namespaces may have the same identifier. */
const OF_PARTY = `${'$'}{party.uid.identifier.unwrap}-${'$'}{party.uid.namespace.fingerprint.unwrap.takeRight(8)}`;
const CONTRACTS: ConsoleLine = { code: `val contracts = s"acs-${OF_PARTY}.gz"`, value: 'query' };

/** The export needs what pruning would remove. */
function stopPruning(source: string): readonly ConsoleLine[] {
  const texts = 's.cron + ";" + s.maxDuration.underlying.toSeconds + ";" + s.retention.underlying.toSeconds';
  return [
    { code: `val schedule = ${source}.pruning.get_schedule().fold("none")(s => ${texts})`, value: 'text' },
    `${source}.pruning.clear_schedule()`,
  ];
}

function resumePruning(source: string): Step {
  return step('console', 'Restore the pruning schedule', 'The old node had it before the export, or had none.', [
    `if (schedule != "none") { val Array(cron, max, retention) = schedule.split(";"); ${source}.pruning.set_schedule(cron, PositiveDurationSeconds.ofSeconds(max.toLong), PositiveDurationSeconds.ofSeconds(retention.toLong)) }`,
  ]);
}

/**
 * Procedure (g): a new namespace. Source: `kms/migration/external_key_storage_migration_transfer_assets.rst`,
 * `parties/party_replication.rst` 3.5, main; `PartiesAdministration.scala` 3.3 to main.
 * @param settings undefined: the new node has no KMS
 */
function replicateParties(facts: Facts, settings: KmsSettings | undefined, next: NewNode): Outcome {
  const { target } = facts;
  // 3.3 imports contracts with a repair command, and shows the ledger end with a testing command (`ParticipantRepairAdministration.scala`, `LedgerApiAdministration.scala` 3.3).
  const repair = isAtLeast(facts, '3.4') ? { forward: [], back: [] } : allowCommands(facts, ['repair', 'testing']);
  if (repair === undefined) return noFileToChange(facts);
  const access = { mode: 'external', creates: true } as const;
  return {
    warnings: [
      `Local parties keep their IDs in the namespace of ${target.name}, so its root key must stay usable for them. If that key may have leaked or must be given up, transfer their assets to new parties on the new node with transactions of your application, which you must plan and implement for each Daml model.`,
      'Replicate the parties one by one, in exactly this order. The admin party of the old node cannot be replicated.',
      "Canton's documentation does not support removing a party from its old participant. For each party, check that its confirmation threshold can be reached without the old node before you shut it down.",
    ],
    steps: [
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, access)),
      ...repair.forward,
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        settings === undefined ? 'Canton creates its keys.' : 'Canton creates its keys in the KMS.',
      ),
      ...(isAtLeast(facts, '3.4') ? replication(facts, next) : replication33(facts, next)),
      step(
        'external',
        'Local parties that must leave the namespace',
        `Transfer their assets with Daml transactions of your application. For local parties that were replicated, keep the root namespace key of ${target.name} offline, or delegate the namespace to the new node before the old one is shut down.`,
      ),
      step(
        'external',
        'Shut down the old node',
        'Do this only when every party is replicated and its onboarding flag is cleared, every asset that must leave the old namespace is transferred, and no threshold depends on the old node.',
      ),
    ],
    rollback: [
      step(
        'restart',
        'Restore the new node',
        'Possible until the new node is reconnected with the imported contracts: restore its backup and continue from there. The old node is unchanged until it is shut down.',
      ),
      ...repair.back,
    ],
  };
}

/** Offline party replication, once for each party. */
function replication(facts: Facts, { ref: target }: NewNode): Step[] {
  const { ref: source } = facts;
  const delta = `party = party, adds = Seq(${target}.id -> permission), store = synchronizerId, requiresPartyToBeOnboarded = true`;
  return [
    step(
      'console',
      'Prepare both nodes',
      'Connect the new node, vet the same packages on it, and stop pruning on the old node until the export is done, including manual pruning.',
      [connectOnce(facts, target), ...movePackages(source, target), ...stopPruning(source)],
    ),
    step(
      'console',
      'Propose the party on the new node',
      'The replication of one party starts here. A local party is hosted with `Submission`, an external one with `Confirmation`.',
      [
        { code: `val synchronizerId = ${source}.synchronizers.id_of(${ALIAS})`, value: 'query' as const },
        { code: 'val party = PartyId.tryFromProtoPrimitive("<party>")', value: 'query' as const },
        condition('it is not the admin party of the old node', `party != ${source}.id.adminParty`),
        permission(source),
        ...written(target, 'proposal', delta),
      ],
    ),
    step('console', 'Disconnect the new node', 'It must stay disconnected until the import is done.', [
      `${target}.synchronizers.disconnect_all()`,
      `${target}.synchronizers.modify(${ALIAS}, _.copy(manualConnect = true))`,
    ]),
    offset(source),
    ...consent(source, 'proposal', 'signed', delta, isHosted(source, target)),
    step('console', 'Export the contracts of the party', 'Run this on the old node.', [
      CONTRACTS,
      { code: exportLine(facts, target), done: 'better.files.File(contracts).exists' },
    ]),
    resumePruning(source),
    step('backup', 'Back up the database of the new node', 'The replication can be completed from this backup.'),
    step('console', 'Import the contracts', 'Import them into the new node while it is disconnected.', [
      importLine(facts, target),
    ]),
    noReturn(
      step(
        'console',
        'Reconnect the new node',
        'Mismatches of ACS commitments on it are expected while the party is being onboarded.',
        [
          { code: `val targetOffset = ${target}.ledger_api.state.end()`, value: 'number' as const },
          `${target}.synchronizers.reconnect(${ALIAS})`,
          `${target}.synchronizers.modify(${ALIAS}, _.copy(manualConnect = false))`,
        ],
      ),
    ),
    clearFlag(facts, target),
    step('verify', 'Verify the party', 'Its contracts are on the new node, and the mapping contains the new host.', [
      `${target}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size`,
      `${target}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString)`,
      ping(target),
    ]),
  ];
}

/**
 * 3.3 has no onboarding flag: the party is an observer on the new node first, and its contracts are exported at the
 * offset of that activation. At the ledger end, contracts that changed in between would be missing or duplicated.
 * Source: `OfflinePartyReplicationIntegrationTest.scala` 3.3.
 */
function replication33({ ref: source, ...facts }: Facts, { ref: target }: NewNode): Step[] {
  const delta = (as: string) => `party = party, adds = Seq(${target}.id -> ${as}), store = synchronizerId`;
  const observes = delta('ParticipantPermission.Observation');
  const acts = delta('permission');
  const isActive = `${source}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).exists(_.item.participants.exists(p => p.participantId == ${target}.id && p.permission == permission))`;
  return [
    step(
      'console',
      'Prepare both nodes',
      'Connect the new node, vet the same packages on it, and stop pruning on the old node until the export is done, including manual pruning. The party must not act on the new node in the meantime.',
      [connectOnce({ ...facts, ref: source }, target), ...movePackages(source, target), ...stopPruning(source)],
    ),
    step('console', 'Propose the party on the new node', 'The new node is an observer at first.', [
      { code: `val synchronizerId = ${source}.synchronizers.id_of(${ALIAS})`, value: 'query' as const },
      { code: 'val party = PartyId.tryFromProtoPrimitive("<party>")', value: 'query' as const },
      condition('it is not the admin party of the old node', `party != ${source}.id.adminParty`),
      { code: `val sourceOffset = ${source}.ledger_api.state.end()`, value: 'number' as const },
      ...written(target, 'proposal', observes),
    ]),
    ...consent(source, 'proposal', 'signed', observes, isHosted(source, target)),
    step(
      'console',
      'Export the contracts of the party',
      'Export them at the offset at which the party became active on the new node.',
      [
        `val activation = ${source}.parties.find_party_max_activation_offset(partyId = party, participantId = ${target}.id, synchronizerId = synchronizerId, beginOffsetExclusive = sourceOffset, completeAfter = PositiveInt.one)`,
        CONTRACTS,
        {
          code: `${source}.parties.export_acs(parties = Set(party), exportFilePath = contracts, ledgerOffset = activation)`,
          done: 'better.files.File(contracts).exists',
        },
      ],
    ),
    resumePruning(source),
    step('console', 'Disconnect the new node', 'It must stay disconnected until the import is done.', [
      `${target}.synchronizers.disconnect_all()`,
    ]),
    step('backup', 'Back up the database of the new node', 'The replication can be completed from this backup.'),
    step('console', 'Import the contracts', 'Import them into the new node while it is disconnected.', [
      `${target}.repair.import_acs(contracts, contractIdImportMode = ContractIdImportMode.Accept)`,
    ]),
    noReturn(
      step('console', 'Reconnect the new node', 'The new node receives the events since the activation.', [
        `${target}.synchronizers.reconnect(${ALIAS})`,
      ]),
    ),
    step(
      'console',
      'Raise the permission',
      'A local party is hosted with `Submission`, an external one with `Confirmation`.',
      [permission(source), ...written(target, 'raise', acts)],
    ),
    ...consent(source, 'raise', 'signed-raise', acts, isActive),
    step('verify', 'Verify the party', 'Its contracts are on the new node, and the mapping contains the new host.', [
      `${target}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size`,
      `${target}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString)`,
      ping(target),
    ]),
  ];
}

/** A local party has the namespace of its node, which signs for it. */
function isLocal(source: string): string {
  return `party.uid.namespace == ${source}.namespace`;
}

function permission(source: string): ConsoleLine {
  const code = `val permission = if (${isLocal(source)}) ParticipantPermission.Submission else ParticipantPermission.Confirmation`;
  return { code, value: 'query' };
}

/** The consent of the new node, in a file. @param name of the value and of the file */
function written(target: string, name: string, delta: string): readonly ConsoleLine[] {
  return [
    { code: `val ${name} = s"${name}-${OF_PARTY}.tx"`, value: 'query' },
    {
      code: `${target}.topology.party_to_participant_mappings.propose_delta(${delta}).writeToFile(${name})`,
      done: `better.files.File(${name}).exists`,
    },
  ];
}

/** The consent of the party: its holder signs the proposal in the file, or its old node proposes the same. */
function consent(source: string, name: string, signed: string, delta: string, isDone: string): readonly Step[] {
  const signing = `val party = PartyId.tryFromProtoPrimitive("<party>")
val synchronizerId = <holder>.synchronizers.id_of(${ALIAS})
val proposal = <holder>.topology.transactions.list(store = synchronizerId, proposals = true, filterMappings = Seq(PartyToParticipant.code)).result.map(_.transaction).filter(_.mapping.asInstanceOf[PartyToParticipant].partyId == party).head
<holder>.topology.transactions.sign(Seq(proposal), synchronizerId, Seq(Fingerprint.tryFromString("<fingerprint of the key of the party>"))).head.writeToFile("${signed}.tx")`;
  return [
    step(
      'external',
      'The party signs',
      `For a local party, skip this step: its old node signs in the next one. The holder of the key of an external party signs the same proposal, in the file \`${name}-….tx\`, and returns a file \`${signed}.tx\` to the folder of the scripts. If a Canton node has the key:\n\n${markdownFence('scala', signing)}`,
    ),
    step(
      'console',
      'The party consents',
      'Run this on the old node. A local party is proposed there, and the signed proposal of an external one is loaded.',
      [
        {
          code: `if (${isLocal(source)}) ${source}.topology.party_to_participant_mappings.propose_delta(${delta}) else ${source}.topology.transactions.load_single_from_file("${signed}.tx", synchronizerId)`,
          done: isDone,
        },
        // It takes effect shortly after it was loaded.
        { ...condition('the mapping of the party is as proposed', isDone), until: isDone },
      ],
    ),
  ];
}

function isHosted(ref: string, target: string): string {
  return `${ref}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).exists(_.item.participants.exists(_.participantId == ${target}.id))`;
}

/** The export waits until the party becomes active after it. */
function offset(source: string): Step {
  const line = `val sourceOffset = ${source}.ledger_api.state.end()`;
  return step('console', 'Remember the offset of the old node', 'Do this only now.', [{ code: line, value: 'number' }]);
}

function exportLine({ ref: source }: Facts, target: string): string {
  return `${source}.parties.export_party_acs(party, synchronizerId, ${target}.id, sourceOffset, contracts)`;
}

function importLine(facts: Facts, target: string): string {
  const first = isAtLeast(facts, '3.5') ? 'synchronizerId, Some(party), ' : '';
  return `${target}.parties.import_party_acs(${first}contracts)`;
}

/** Offsets are local to a node, so that of the new node counts. */
function clearFlag(facts: Facts, target: string): Step {
  const auto = isAtLeast(facts, '3.5') ? ' From protocol version 35 on, this happens automatically.' : '';
  return step(
    'console',
    'Clear the onboarding flag',
    `The line repeats the command until the mapping no longer has the flag, which takes about a minute.${auto} Keep the old node running until then.`,
    [clearFlags(target, 'Seq(party)')],
  );
}
