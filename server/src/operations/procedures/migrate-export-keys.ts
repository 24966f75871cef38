import { isKmsType, supportsScheme } from '../../../../schemas/kms-types';
import type { CantonVersion } from '../../../../schemas/version';
import { scalaString } from '../../text/encoders/scala';
import { connectOnce, listVault, liveness, movePackages, ping, stringOr } from '../console';
import { type Facts, isAtLeast, option, textAt } from '../facts';
import type { Step } from '../plan';
import { type Answers, ask, type Choice, type Outcome, type Procedure, pick } from '../procedure';
import { delegateNamespace } from '../shared/delegate-namespace';
import { editionRefusals } from '../shared/envelope';
import { importKeys, moveIn } from '../shared/in-place';
import { externalCrypto, type NewNode, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, labelOf, providerQuestions } from '../shared/provider';
import { hasId, KEY_IDS, manualInit } from '../shared/registration';
import { kmsReady } from '../shared/requirements';
import { allowCommands, condition, firstStart, noReturn, step } from '../steps';

const WAY = 'way';
const SPEC = 'namespace-key-spec';
const IDENTIFIER = 'identifier';
const ED25519 = 'ec-curve-25519';
const IN_PLACE = 'in-place';
const ANSWERS: Answers = {
  [WAY]: '`in-place` by default, `new-identifier`, `same-identifier` or `delegation`',
  [SPEC]: 'kind of the present namespace key: `ec-curve-25519`, `ec-p-256`, `ec-p-384`, `ec-secp-256k-1`',
  [IDENTIFIER]: 'name of the new node in its identity, never used before (`way=new-identifier`)',
  ...KEY_IDS,
};

interface Way extends Choice {
  readonly since: CantonVersion;
  /** The root key itself goes into the KMS. */
  readonly importsRoot: boolean;
}

const WAYS: readonly Way[] = [
  {
    value: IN_PLACE,
    label: 'In place',
    detail: 'The same node, database and identity: a restart and a few commands',
    since: '3.3',
    importsRoot: false,
  },
  {
    value: 'new-identifier',
    label: 'New identifier',
    detail: 'A new node in the same namespace, to which the parties are replicated',
    since: '3.4',
    importsRoot: true,
  },
  {
    value: 'same-identifier',
    label: 'Same identifier',
    detail: 'A new node reads the whole history again; the old one is stopped for good',
    since: '3.3',
    importsRoot: true,
  },
  {
    value: 'delegation',
    label: 'By a delegation of the namespace',
    detail: 'A new node with a namespace of its own, on another synchronizer; no key is exported',
    since: '3.4',
    importsRoot: false,
  },
];

/**
 * Procedure (f) and the way in place, which no manual has. Source: `external_key_storage_migration_export_keys.rst` 3.4 to
 * main, `KmsMigrationIntegrationTest.scala`, `RehydrationIntegrationTest.scala`; each way was run on 3.5, and in place on
 * 3.4 and 3.6, too.
 */
export const migrateExportKeys: Procedure = {
  name: 'migrate-export-keys',
  title: 'Migrate an existing node to external keys',
  summary: 'Put the keys of an existing node into a KMS: in place, or on a new node in its namespace',
  since: '3.3',
  answers: ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...nodeRefusals(facts)],
  questions: (facts) => [
    ...providerQuestions(facts),
    pick(`set.${WAY}`, 'How?', waysOf(facts)),
    ...(wayOf(facts) === 'delegation' ? [] : [pick(`set.${SPEC}`, 'Of what kind is the namespace key?', SPECS)]),
    ...(wayOf(facts) === 'new-identifier'
      ? [ask(`set.${IDENTIFIER}`, 'Name of the new node in its identity, or empty', `${facts.target.name}-kms`, true)]
      : []),
  ],
  plan: (facts) => {
    const settings = kmsSettings(facts, ANSWERS);
    const refusals = [...wayRefusals(facts), ...keyRefusals(facts, settings.provider), ...settings.refusals];
    return refusals.length > 0 ? { refusals } : outcome(facts, settings);
  },
};

/** The namespace is the hash of the root key. */
const SPECS: readonly Choice[] = [
  { value: ED25519, label: 'Ed25519', detail: 'The default of Canton; AWS cannot hold it' },
  { value: 'ec-p-256', label: 'P-256', detail: 'EcP256' },
  { value: 'ec-p-384', label: 'P-384', detail: 'EcP384' },
  { value: 'ec-secp-256k-1', label: 'secp256k1', detail: 'EcSecp256k1' },
];

function wayOf(facts: Facts): string {
  return option(facts, `set.${WAY}`) ?? IN_PLACE;
}

function waysOf(facts: Facts): readonly Way[] {
  return WAYS.filter(
    ({ value, since }) => isAtLeast(facts, since) && (facts.kind === 'participant' || value === IN_PLACE),
  );
}

function specOf(facts: Facts): string {
  return option(facts, `set.${SPEC}`) ?? textAt(facts, 'crypto', 'signing', 'keys', 'default') ?? ED25519;
}

function nodeRefusals(facts: Facts): string[] {
  const { target } = facts;
  if (target.mode === 'external') {
    return [`${target.id} keeps its keys in a KMS already, and that never hands them out. See \`change-provider\`.`];
  }
  if (option(facts, 'state') === 'new')
    return [`A new node needs no migration: \`enable-external\` or \`register-keys\`.`];
  return [];
}

function wayRefusals(facts: Facts): string[] {
  const way = wayOf(facts);
  const known = WAYS.find(({ value }) => value === way);
  if (known === undefined) {
    return [
      `'${way}' is not accepted for '${WAY}': ${waysOf(facts)
        .map(({ value }) => value)
        .join(', ')}.`,
    ];
  }
  if (waysOf(facts).includes(known)) return [];
  return facts.kind === 'participant'
    ? [
        `Canton ${facts.version} cannot go this way: '${way}' needs ${known.since} or later. In place works: \`--set way=in-place\`.`,
      ]
    : [`A ${facts.kind} has no parties to move: it goes in place, \`--set way=in-place\`.`];
}

function keyRefusals(facts: Facts, provider: string): string[] {
  const given = option(facts, `set.${SPEC}`);
  if (given !== undefined && !SPECS.some(({ value }) => value === given)) {
    return [`'${given}' is not accepted for '${SPEC}': ${SPECS.map(({ value }) => value).join(', ')}.`];
  }
  const spec = specOf(facts);
  const way = WAYS.find(({ value }) => value === wayOf(facts));
  if (
    way?.importsRoot !== true ||
    !isKmsType(provider) ||
    supportsScheme(provider, 'signing.keys', spec, facts.version)
  ) {
    return [];
  }
  const kind = spec === ED25519 ? "Ed25519 keys ('ec-curve-25519')" : `'${spec}' keys`;
  return [
    `${labelOf(provider)} cannot hold ${kind}, and the namespace key of ${facts.target.id} is one unless it was made otherwise (\`--set ${SPEC}=ec-p-256\`). In place it works with an intermediate key: \`--set way=in-place\`.`,
  ];
}

function outcome(facts: Facts, settings: KmsSettings): Outcome {
  switch (wayOf(facts)) {
    case 'new-identifier':
      return newIdentifier(facts, settings);
    case 'same-identifier':
      return sameIdentifier(facts, settings);
    case 'delegation':
      return delegateNamespace(facts, settings, newNode(facts, externalCrypto(facts, settings)));
    default:
      return moveIn(facts, settings, specOf(facts));
  }
}

const EXPORT_TEXT =
  'The files hold pairs in the format of Canton: `CryptoKeyPair.fromTrustedByteString` reads them, and the PKCS#8 bytes are the third field of the private key. From a remote console this needs `canton.features.enable-preview-commands = yes` there and on the node.';

/** One key for the KMS, in the variable that later lines use. */
function register(facts: Facts, ref: string, name: string, role: string, value: string, usage?: string): string {
  const id = stringOr(option(facts, `set.${role}-key-id`), `KMS id of the ${role} key`);
  const named = `name = ${scalaString(`${name}-${role}`)}`;
  return usage === undefined
    ? `val ${value} = ${ref}.keys.secret.register_kms_encryption_key(${id}, ${named})`
    : `val ${value} = ${ref}.keys.secret.register_kms_signing_key(${id}, SigningKeyUsage.${usage}, ${named})`;
}

function started(facts: Facts, next: NewNode): Step[] {
  return [
    newNodeStep(facts, next),
    firstStart({ ...facts, target: { ...facts.target, name: next.name } }, 'It opens its Admin API and waits.'),
  ];
}

/** F-new: the old namespace, a new identifier, the parties replicated one by one. */
function newIdentifier(facts: Facts, settings: KmsSettings): Outcome {
  const { ref: source, target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return { refusals: [`No file at hand can take the settings of ${target.id}.`] };
  const next = newNode(facts, externalCrypto(facts, settings), manualInit(facts));
  const { ref } = next;
  const identifier = option(facts, `set.${IDENTIFIER}`) ?? `${target.name}-kms`;
  const mapping = 'topology.party_to_participant_mappings.propose_delta';
  const withId = isAtLeast(facts, '3.5') ? 'synchronizerId, importFilePath = ' : '';
  const done = isAtLeast(facts, '3.5') ? '`FlagNotSet`' : '`(true, None)`';
  return {
    warnings: [
      'In place (`--set way=in-place`) is shorter and safer: it needs no second node. This way was shown on Canton 3.5 with an AWS KMS; elsewhere it is derived. Rehearse all of it first.',
      'Both nodes are in one console. Contracts of which the admin party of the old node is a stakeholder cannot be moved, and external parties sign their own mapping: `migrate-transfer-assets`.',
      'Taking a party off its old participant is documented as not supported by Canton; here it was shown to work.',
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: false }),
      ...repair.forward,
      step('console', 'Export the root namespace key', `The other keys of the new node are new. ${EXPORT_TEXT}`, [
        `${source}.keys.secret.download_to(${source}.namespace.fingerprint, "namespace.key")`,
      ]),
      importKeys(settings.provider),
      ...started(facts, next),
      step('console', 'Register the keys', 'The imported root key, and three new ones.', [
        { code: `${ref}.health.wait_for_ready_for_id()`, done: hasId(ref) },
        register(facts, ref, next.name, 'namespace', 'rootKey', 'NamespaceOnly'),
        condition('the imported key is the root namespace key', `rootKey.id == ${source}.namespace.fingerprint`),
        register(facts, ref, next.name, 'sequencer-auth', 'authKey', 'SequencerAuthenticationOnly'),
        register(facts, ref, next.name, 'signing', 'signingKey', 'ProtocolOnly'),
        register(facts, ref, next.name, 'encryption', 'encryptionKey'),
      ]),
      step('console', 'Initialise the identity', 'With the delegations that the namespace has.', [
        {
          code: `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryCreate(${scalaString(identifier)}, Namespace(rootKey.id)))`,
          done: hasId(ref),
        },
        { code: `${ref}.health.wait_for_ready_for_node_topology()`, done: `${ref}.health.initialized()` },
        {
          code: `val delegations = ${source}.topology.transactions.identity_transactions().filter(_.mapping.code == NamespaceDelegation.code)`,
          value: 'query',
        },
        `${ref}.topology.transactions.load(delegations, TopologyStoreId.Authorized, ForceFlag.AlienMember)`,
        {
          code: `${ref}.topology.owner_to_key_mappings.add_keys(Seq(authKey, signingKey, encryptionKey).map(k => (k.fingerprint, k.purpose)))`,
          done: `${ref}.health.initialized()`,
        },
        `${ref}.health.wait_for_initialized()`,
      ]),
      step('console', 'Connect the new node', 'And upload the same packages.', [
        ...movePackages(source, ref),
        connectOnce(facts, ref),
        ping(ref),
      ]),
      step(
        'console',
        'Note the parties',
        'Stop the applications and scheduled pruning first. The admin party stays with its node.',
        [
          { code: `val synchronizerId = ${source}.synchronizers.id_of("<alias>")`, value: 'query' as const },
          {
            code: `val parties = ${source}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party).filterNot(_ == ${source}.id.adminParty)`,
            value: 'query' as const,
          },
          {
            code: `val before = parties.map(party => party -> ${source}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size).toMap`,
            value: 'counts' as const,
          },
        ],
      ),
      step(
        'console',
        'Disconnect the new node',
        'Before any party is proposed: both nodes have the key of the namespace, so that one proposal is complete at once.',
        [
          `${ref}.synchronizers.disconnect_all()`,
          `${ref}.synchronizers.modify("<alias>", _.copy(manualConnect = true))`,
        ],
      ),
      step('console', 'Propose the parties', 'On the old node, once for each party.', [
        { code: `val sourceOffset = ${source}.ledger_api.state.end()`, value: 'number' as const },
        `parties.filterNot(party => ${source}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).exists(_.item.participants.exists(_.participantId == ${ref}.id))).foreach(party => ${source}.${mapping}(party = party, adds = Seq(${ref}.id -> ParticipantPermission.Submission), store = synchronizerId, requiresPartyToBeOnboarded = true))`,
      ]),
      step('console', 'Export the contracts', 'From the old node, a file for each party.', [
        `parties.zipWithIndex.foreach { case (party, i) => ${source}.parties.export_party_acs(party, synchronizerId, ${ref}.id, sourceOffset, s"acs-$i.gz") }`,
      ]),
      step('backup', 'Back up the database of the new node', 'Before the import.'),
      step(
        'console',
        'Import the contracts',
        'Without naming the party: the new node has not seen its mapping. A warning about skipped onboarding clearance is expected.',
        [
          `parties.zipWithIndex.foreach { case (party, i) => ${ref}.parties.import_party_acs(${withId}s"acs-$i.gz") }`,
          { code: `val targetOffset = ${ref}.ledger_api.state.end()`, value: 'number' as const },
        ],
      ),
      noReturn(
        step('console', 'Reconnect the new node', 'From its first confirmation on there is no way back.', [
          `${ref}.synchronizers.reconnect("<alias>")`,
          `${ref}.synchronizers.modify("<alias>", _.copy(manualConnect = false))`,
        ]),
      ),
      step(
        'console',
        'Clear the onboarding flag',
        `Repeat it until it answers ${done} for every party, about a minute, always with the same offset. Then let the applications use the new node.`,
        [`parties.foreach(party => ${ref}.parties.clear_party_onboarding_flag(party, synchronizerId, targetOffset))`],
      ),
      step('console', 'Switch the old node off', 'On the new node, when everything works there.', [
        `parties.foreach(party => ${ref}.${mapping}(party = party, removes = Seq(${source}.id), store = synchronizerId))`,
        `${source}.stop()`,
      ]),
      step('verify', 'Verify', 'The last but one line is `true` for every party.', [
        listVault(facts, ref),
        `parties.map(party => party -> (${ref}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size == before(party)))`,
        ...liveness(facts, ref),
      ]),
    ],
    rollback: [
      step('console', 'Take the new node out', 'Before it was reconnected. Then drop its database.', [
        `parties.foreach(party => ${source}.${mapping}(party = party, removes = Seq(${ref}.id), store = synchronizerId))`,
      ]),
      ...repair.back,
    ],
  };
}

/** F-same: the old identifier on an empty database, the whole stream read again. */
function sameIdentifier(facts: Facts, settings: KmsSettings): Outcome {
  const { ref: source } = facts;
  const next = newNode(facts, externalCrypto(facts, settings), manualInit(facts));
  const { ref } = next;
  return {
    warnings: [
      'In place (`--set way=in-place`) is shorter and safer: it needs no second node. This way was shown on Canton 3.5 with an AWS KMS; elsewhere it is derived. Rehearse all of it first.',
      'Only if no sequencer has pruned any event since the participant was onboarded. On the Global Synchronizer sequencers keep 30 days, so that it is out of the question there.',
      'Only if every key that the node ever announced can be imported: what was encrypted for an ECIES key cannot be read with AWS or Google Cloud. To rotate the key shortly before does not help.',
      'What entered the ledger outside of the stream, such as imported contracts, is lost and must be brought in again. Every package must be uploaded before the connection. Offsets and completions are others afterwards.',
      'Two running nodes under one identity fork each other: the old one must never be started again.',
    ],
    steps: [
      step('confirm', 'It was rehearsed', 'The whole plan went through on a test network.'),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: false }),
      step(
        'console',
        'Note the identity',
        'Stop the applications first. `identity_transactions()` alone has only the newest mapping of keys; the whole history is kept, in the order of the serials, as files `identity-N.tx` in the folder of the scripts.',
        [
          { code: `val identifier = ${source}.uid.toProtoPrimitive`, value: 'text' },
          {
            code: `val mappings = ${source}.topology.transactions.list(store = TopologyStoreId.Authorized, timeQuery = TimeQuery.Range(None, None), filterMappings = Seq(OwnerToKeyMapping.code)).result.map(_.transaction).filter(_.mapping.asInstanceOf[OwnerToKeyMapping].member == ${source}.id).sortBy(_.serial.value)`,
            value: 'query',
          },
          {
            code: `val delegations = ${source}.topology.transactions.identity_transactions().filter(_.mapping.code == NamespaceDelegation.code)`,
            value: 'query',
          },
          '(delegations ++ mappings).zipWithIndex.foreach { case (t, i) => t.writeToFile(s"identity-$i.tx") }',
          { code: 'val transactions = (delegations ++ mappings).size.toLong', value: 'number' },
        ],
      ),
      step('console', 'Export the keys and the packages', `Every key of the vault. ${EXPORT_TEXT}`, [
        listVault(facts),
        `${source}.keys.secret.list().foreach(k => ${source}.keys.secret.download_to(k.id, k.id.unwrap + ".key"))`,
        ...movePackages(source, ref).slice(0, 1),
      ]),
      step(
        'external',
        'Import every key into the KMS',
        `${importKeys(settings.provider).text.replace('The present keys alone are needed: former ones are not read again. ', 'Those that were rotated out, too. ')}`,
      ),
      step('backup', 'Back up the old node', 'Its database is the way back until the new node was connected.'),
      ...started(facts, next),
      step(
        'console',
        'Stop the old node',
        'For good, once the new one was connected. A start of the process brings it up again: take it out of the configuration afterwards.',
        [`${source}.stop()`],
      ),
      step(
        'console',
        'Register every key',
        'A line for each key that was ever announced, with its old name and usage.',
        [
          { code: `${ref}.health.wait_for_ready_for_id()`, done: hasId(ref) },
          register(facts, ref, facts.target.name, 'namespace', 'namespaceKey', 'NamespaceOnly'),
          register(facts, ref, facts.target.name, 'sequencer-auth', 'authKey', 'SequencerAuthenticationOnly'),
          register(facts, ref, facts.target.name, 'signing', 'signingKey', 'ProtocolOnly'),
          register(facts, ref, facts.target.name, 'encryption', 'encryptionKey'),
        ],
      ),
      step('console', 'Load the identity', 'One transaction after the other.', [
        {
          code: `${ref}.topology.init_id_from_uid(UniqueIdentifier.tryFromProtoPrimitive(identifier))`,
          done: hasId(ref),
        },
        {
          code: `${ref}.health.wait_for_ready_for_node_topology()`,
          done: `${ref}.health.initialized()`,
        },
        {
          code: `(0L until transactions).foreach(i => ${ref}.topology.transactions.load_single_from_file(s"identity-$i.tx", TopologyStoreId.Authorized, ForceFlag.AlienMember))`,
          done: `${ref}.health.initialized()`,
        },
        `${ref}.health.wait_for_initialized()`,
        ...movePackages(source, ref).slice(1),
      ]),
      noReturn(
        step('console', 'Connect the new node', 'It reads the whole history, which may take long.', [
          {
            code: `${ref}.synchronizers.connect_by_config(SynchronizerConnectionConfig(synchronizerAlias = "<alias>", sequencerConnections = GrpcSequencerConnection.tryCreate("<URL of the synchronizer>"), initializeFromTrustedSynchronizer = true))`,
            done: `${ref}.synchronizers.list_registered().nonEmpty`,
          },
        ]),
      ),
      step('verify', 'Verify', 'The id is the same, and the parties have as many contracts as before.', [
        condition('the id is that of the old node', `${ref}.uid.toProtoPrimitive == identifier`),
        listVault(facts, ref),
        ...liveness(facts, ref),
      ]),
      step(
        'external',
        'Take the old node out of the configuration',
        'So that no start brings it up again. Keep its database and the exported keys until nothing depends on them any more.',
      ),
    ],
    rollback: [
      step(
        'restart',
        'Go on with the old node',
        'Only before the new node was connected: destroy it, and start the old one.',
      ),
    ],
  };
}
