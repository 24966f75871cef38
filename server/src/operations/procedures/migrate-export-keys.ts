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
import { externalKeyShapes } from '../shared/kms-handling';
import { clearFlags, externalCrypto, identifierRefusals, type NewNode, newNode, newNodeStep } from '../shared/new-node';
import { type KmsSettings, kmsSettings, labelOf, providerQuestions } from '../shared/provider';
import { hasId, KEY_IDS, manualInit } from '../shared/registration';
import { kmsReady } from '../shared/requirements';
import { evidence } from '../shared/shown';
import { allowCommands, condition, firstStart, noFileToChange, noReturn, step } from '../steps';

const WAY = 'way';
const SPEC = 'namespace-key-spec';
const IDENTIFIER = 'identifier';
const ED25519 = 'ec-curve-25519';
const IN_PLACE = 'in-place';
const ANSWERS: Answers = {
  [WAY]: '`in-place` by default, `new-identifier`, `same-identifier` or `delegation`',
  [SPEC]: 'key spec of the current namespace key: `ec-curve-25519`, `ec-p-256`, `ec-p-384`, `ec-secp-256k-1`',
  [IDENTIFIER]: 'identifier of the new node, which was never used before (`way=new-identifier`)',
  ...KEY_IDS,
};

interface Way extends Choice {
  readonly since: CantonVersion;
  /** The root key itself moves into the KMS. */
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
    detail: 'A new node reads the whole history again; the old one is stopped permanently',
    since: '3.3',
    importsRoot: true,
  },
  {
    value: 'delegation',
    label: 'Namespace delegation',
    detail: 'A new node with its own namespace, on another synchronizer; no key is exported',
    since: '3.4',
    importsRoot: false,
  },
];

/**
 * Procedure (f) and the migration in place, which is not in any manual. Source:
 * `external_key_storage_migration_export_keys.rst` 3.4 to main, `KmsMigrationIntegrationTest.scala`,
 * `RehydrationIntegrationTest.scala`; each way was run on 3.5, and in place on 3.4 and 3.6 as well.
 */
export const migrateExportKeys: Procedure = {
  name: 'migrate-export-keys',
  title: 'Migrate an existing node to external keys',
  summary: 'Move the keys of an existing node into a KMS: in place, or on a new node in its namespace',
  since: '3.3',
  instead2x: 'Canton 2.10 moves the parties and contracts to a new participant: `migrate-transfer-assets`.',
  answers: ANSWERS,
  writesKms: true,
  refusals: (facts) => [...editionRefusals(facts), ...nodeRefusals(facts)],
  questions: (facts) => [
    ...providerQuestions(facts),
    pick(`set.${WAY}`, 'How?', waysOf(facts)),
    ...(wayOf(facts) === 'delegation'
      ? []
      : [pick(`set.${SPEC}`, 'Which key spec does the namespace key have?', SPECS)]),
    ...(wayOf(facts) === 'new-identifier'
      ? [
          ask(
            `set.${IDENTIFIER}`,
            'Identifier of the new node (empty: enter it later)',
            `${facts.target.name}-kms`,
            true,
          ),
        ]
      : []),
  ],
  plan: (facts) => {
    const settings = kmsSettings(facts, ANSWERS);
    const refusals = [
      ...wayRefusals(facts),
      ...(wayOf(facts) === 'new-identifier' ? identifierRefusals(facts, option(facts, `set.${IDENTIFIER}`)) : []),
      ...keyRefusals(facts, settings.provider),
      ...settings.refusals,
    ];
    return refusals.length > 0 ? { refusals } : outcome(facts, settings);
  },
};

/** The namespace is the hash of the root key. */
const SPECS: readonly Choice[] = [
  { value: ED25519, label: 'Ed25519', detail: "Canton's default; not supported by AWS" },
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
    return [
      `${target.id} already has its keys in a KMS, which never exports them. To use another KMS, or none, plan \`change-provider\`.`,
    ];
  }
  if (option(facts, 'state') === 'new')
    return [`A new node needs no migration. Plan \`enable-external\` or \`register-keys\`.`];
  return [];
}

function wayRefusals(facts: Facts): string[] {
  const way = wayOf(facts);
  const known = WAYS.find(({ value }) => value === way);
  if (known === undefined) {
    return [
      `Invalid value '${way}' for '${WAY}'. Use ${waysOf(facts)
        .map(({ value }) => value)
        .join(', ')}.`,
    ];
  }
  if (waysOf(facts).includes(known)) return [];
  return facts.kind === 'participant'
    ? [`'${way}' requires Canton ${known.since} or later, not ${facts.version}. Use \`--set way=in-place\`.`]
    : [`A ${facts.kind} has no parties to move. Use \`--set way=in-place\`.`];
}

function keyRefusals(facts: Facts, provider: string): string[] {
  const given = option(facts, `set.${SPEC}`);
  if (given !== undefined && !SPECS.some(({ value }) => value === given)) {
    return [`Invalid value '${given}' for '${SPEC}'. Use ${SPECS.map(({ value }) => value).join(', ')}.`];
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
  // Before 3.5, a node signs only with its default algorithm, so it cannot announce keys of another kind.
  const first = isAtLeast(facts, '3.5') ? 'Use' : 'Plan `migrate-transfer-assets`, or update to Canton 3.5 and use';
  return [
    `${labelOf(provider)} does not support ${kind}, and the namespace key of ${facts.target.id} is one by default (set \`--set ${SPEC}=ec-p-256\` if it is not). ${first} \`--set way=in-place\`, which works with an intermediate key.`,
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
  "The files contain key pairs in Canton's format: `CryptoKeyPair.fromTrustedByteString` reads them, and the PKCS#8 bytes are the third field of the private key. From a remote console, this requires `canton.features.enable-preview-commands = yes` there and on the node.";

/** One key for the KMS, in a variable that later lines use. */
function register(facts: Facts, ref: string, name: string, role: string, value: string, usage?: string): string {
  const id = stringOr(option(facts, `set.${role}-key-id`), `KMS key ID of the ${role} key`);
  const named = `name = ${scalaString(`${name}-${role}`)}`;
  return usage === undefined
    ? `val ${value} = ${ref}.keys.secret.register_kms_encryption_key(${id}, ${named})`
    : `val ${value} = ${ref}.keys.secret.register_kms_signing_key(${id}, SigningKeyUsage.${usage}, ${named})`;
}

function started(facts: Facts, next: NewNode): Step[] {
  return [
    newNodeStep(facts, next),
    firstStart({ ...facts, target: { ...facts.target, name: next.name } }, 'The node opens its Admin API and waits.'),
  ];
}

/** The number of contracts that the party `party` has on a node. */
function contracts(ref: string): string {
  return `${ref}.ledger_api.state.acs.of_party(party, limit = PositiveInt.tryCreate(1000000)).size`;
}

/** Whether a node hosts the party `party`, as another node sees it. */
function hosts(seenBy: string, host: string): string {
  return `${seenBy}.topology.party_to_participant_mappings.list(synchronizerId, filterParty = party.filterString).exists(_.item.participants.exists(_.participantId == ${host}.id))`;
}

/** F-new: the old namespace, a new identifier, the parties replicated one by one. */
function newIdentifier(facts: Facts, settings: KmsSettings): Outcome {
  const { ref: source, target } = facts;
  const repair = allowCommands(facts, ['repair']);
  if (repair === undefined) return noFileToChange(facts);
  const next = newNode(facts, externalCrypto(facts, settings), { init: manualInit(facts) });
  const { ref } = next;
  const identifier = option(facts, `set.${IDENTIFIER}`) ?? `${target.name}-kms`;
  const mapping = 'topology.party_to_participant_mappings.propose_delta';
  const isSame = `parties.filter(party => ${hosts(ref, source)}).forall(party => ${contracts(ref)} == ${contracts(source)})`;
  const withId = isAtLeast(facts, '3.5') ? 'synchronizerId, importFilePath = ' : '';
  return {
    warnings: [
      `Migration in place (\`--set way=in-place\`) is shorter and safer, because it needs no second node. ${evidence(facts, 'new-identifier', settings.provider)} Rehearse the whole procedure first.`,
      'Both nodes must be in one console. Contracts with the admin party of the old node as a stakeholder cannot be moved. External parties sign their own mapping: see `migrate-transfer-assets`.',
      "Canton's documentation does not support removing a party from its old participant. It worked in our tests.",
    ],
    steps: [
      step('confirm', 'The procedure was rehearsed', 'The whole plan succeeded on a test network.'),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: false }),
      ...repair.forward,
      step(
        'console',
        'Export the root namespace key',
        `All other keys of the new node are created there. ${EXPORT_TEXT}`,
        [`${source}.keys.secret.download_to(${source}.namespace.fingerprint, "namespace.key")`],
      ),
      importKeys(settings.provider, 'Import only the root namespace key.'),
      step(
        'external',
        'Create three new keys in the KMS',
        `For sequencer authentication, signing and encryption; \`canton-kms preflight --create\` prints the commands.\n\n${externalKeyShapes(facts, settings.provider, true)}`,
      ),
      ...started(facts, next),
      step('console', 'Register the keys', 'The imported root key, and three new ones.', [
        { code: `${ref}.health.wait_for_ready_for_id()`, done: hasId(ref) },
        register(facts, ref, next.name, 'namespace', 'rootKey', 'NamespaceOnly'),
        condition('the imported key is the root namespace key', `rootKey.id == ${source}.namespace.fingerprint`),
        condition(
          'the identifier is not that of the old node',
          `${source}.uid.identifier.unwrap != ${scalaString(identifier)}`,
        ),
        register(facts, ref, next.name, 'sequencer-auth', 'authKey', 'SequencerAuthenticationOnly'),
        register(facts, ref, next.name, 'signing', 'signingKey', 'ProtocolOnly'),
        register(facts, ref, next.name, 'encryption', 'encryptionKey'),
      ]),
      step('console', 'Initialize the identity', 'With the existing delegations of the namespace.', [
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
      step('console', 'Connect the new node', 'Also upload the same packages.', [
        ...movePackages(source, ref),
        connectOnce(facts, ref),
        ping(ref),
      ]),
      step(
        'console',
        'Note the parties',
        'Stop the applications and scheduled pruning first. The admin party stays on the old node.',
        [
          { code: `val synchronizerId = ${source}.synchronizers.id_of("<alias>")`, value: 'query' as const },
          {
            code: `val parties = ${source}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party).filterNot(_ == ${source}.id.adminParty)`,
            value: 'query' as const,
          },
          {
            code: `val before = parties.map(party => party -> ${contracts(source)}).toMap`,
            value: 'counts' as const,
          },
        ],
      ),
      step(
        'console',
        'Disconnect the new node',
        'Disconnect it before any party is proposed: both nodes have the key of the namespace, so a single proposal takes effect immediately.',
        [
          `${ref}.synchronizers.disconnect_all()`,
          `${ref}.synchronizers.modify("<alias>", _.copy(manualConnect = true))`,
        ],
      ),
      step('console', 'Propose the parties', 'Run this on the old node, once for each party.', [
        { code: `val sourceOffset = ${source}.ledger_api.state.end()`, value: 'number' as const },
        `parties.filterNot(party => ${hosts(source, ref)}).foreach(party => ${source}.${mapping}(party = party, adds = Seq(${ref}.id -> ParticipantPermission.Submission), store = synchronizerId, requiresPartyToBeOnboarded = true))`,
      ]),
      step('console', 'Export the contracts', 'Run this on the old node. It writes one file for each party.', [
        `parties.zipWithIndex.foreach { case (party, i) => ${source}.parties.export_party_acs(party, synchronizerId, ${ref}.id, sourceOffset, s"acs-$i.gz") }`,
      ]),
      step('backup', 'Back up the database of the new node', 'Back up before the import.'),
      step(
        'console',
        'Import the contracts',
        'Do not name the party, because the new node has not received its mapping yet. A warning about skipped onboarding clearance is expected.',
        [
          {
            code: `parties.zipWithIndex.foreach { case (party, i) => ${ref}.parties.import_party_acs(${withId}s"acs-$i.gz") }`,
            done: 'noted("targetOffset").isDefined',
          },
          { code: `val targetOffset = ${ref}.ledger_api.state.end()`, value: 'number' as const },
        ],
      ),
      noReturn(
        step('console', 'Reconnect the new node', 'After its first confirmation, there is no way back.', [
          `${ref}.synchronizers.reconnect("<alias>")`,
          `${ref}.synchronizers.modify("<alias>", _.copy(manualConnect = false))`,
        ]),
      ),
      step(
        'console',
        'Clear the onboarding flag',
        'The line repeats the command, always with the same offset, until no mapping has the flag. This takes about a minute. Then let the applications use the new node.',
        [clearFlags(ref, 'parties')],
      ),
      step('console', 'Shut down the old node', 'Run this on the new node, when everything works there.', [
        { ...condition('both nodes have the same contracts of every party', isSame), until: isSame },
        `parties.filter(party => ${hosts(ref, source)}).foreach(party => ${ref}.${mapping}(party = party, removes = Seq(${source}.id), store = synchronizerId))`,
        `${source}.stop()`,
      ]),
      step('verify', 'Verify', 'The second-to-last line is `true` for every party.', [
        listVault(facts, ref),
        `parties.map(party => party -> (${contracts(ref)} == before(party)))`,
        ...liveness(facts, ref),
      ]),
    ],
    rollback: [
      step(
        'console',
        'Remove the new node',
        'Possible until the new node is reconnected. Afterwards, drop its database.',
        [
          `parties.filter(party => ${hosts(source, ref)}).foreach(party => ${source}.${mapping}(party = party, removes = Seq(${ref}.id), store = synchronizerId))`,
        ],
      ),
      ...repair.back,
    ],
  };
}

/** F-same: the old identifier on an empty database, with the whole stream read again. */
function sameIdentifier(facts: Facts, settings: KmsSettings): Outcome {
  const { ref: source } = facts;
  const next = newNode(facts, externalCrypto(facts, settings), { init: manualInit(facts) });
  const { ref } = next;
  return {
    warnings: [
      `Migration in place (\`--set way=in-place\`) is shorter and safer, because it needs no second node. ${evidence(facts, 'same-identifier', settings.provider)} Rehearse the whole procedure first.`,
      'Possible only if no sequencer has pruned any event since the participant was onboarded. Sequencers of the Global Synchronizer keep 30 days, so it is not possible there.',
      'Possible only if every key that the node ever announced can be imported: AWS and Google Cloud cannot decrypt data that was encrypted for an ECIES key. Rotating the key shortly before does not help.',
      'Data that did not come from the synchronizer, such as imported contracts, is lost and must be imported again. Upload every package before you connect. Offsets and completions differ afterwards.',
      'Two nodes that run with the same identity diverge. Never start the old node again.',
    ],
    steps: [
      step('confirm', 'The procedure was rehearsed', 'The whole plan succeeded on a test network.'),
      ...kmsReady(facts, settings.provider, { mode: 'external', creates: false }),
      step(
        'console',
        'Note the identity',
        'Stop the applications first. `identity_transactions()` returns only the newest key mapping, so this exports the whole history, in the order of the serials, to files `identity-N.tx` in the folder of the scripts.',
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
          {
            code: `val before = ${source}.parties.hosted(limit = PositiveInt.tryCreate(100000)).map(_.party).map(party => party -> ${contracts(source)}).toMap`,
            value: 'counts',
          },
        ],
      ),
      step('console', 'Export the keys and the packages', `Export every key in the vault. ${EXPORT_TEXT}`, [
        listVault(facts),
        `${source}.keys.secret.list().foreach(k => ${source}.keys.secret.download_to(k.id, k.id.unwrap + ".key"))`,
        ...movePackages(source, ref).slice(0, 1),
      ]),
      step(
        'external',
        'Import every key into the KMS',
        importKeys(settings.provider, 'Import keys that have been rotated as well.').text,
      ),
      step('backup', 'Back up the old node', 'Its database is the way back until the new node is connected.'),
      ...started(facts, next),
      step(
        'console',
        'Stop the old node',
        'The old node is stopped permanently once the new one is connected. A restart of the process would start it again, so remove it from the configuration afterwards.',
        [`${source}.stop()`],
      ),
      step(
        'console',
        'Register every key',
        'Add a line for each key that was ever announced, with its old name and usage.',
        [
          { code: `${ref}.health.wait_for_ready_for_id()`, done: hasId(ref) },
          register(facts, ref, facts.target.name, 'namespace', 'namespaceKey', 'NamespaceOnly'),
          register(facts, ref, facts.target.name, 'sequencer-auth', 'authKey', 'SequencerAuthenticationOnly'),
          register(facts, ref, facts.target.name, 'signing', 'signingKey', 'ProtocolOnly'),
          register(facts, ref, facts.target.name, 'encryption', 'encryptionKey'),
        ],
      ),
      step('console', 'Load the identity', 'The transactions are loaded one by one.', [
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
        step('console', 'Connect the new node', 'The node reads the whole history, which may take a long time.', [
          {
            code: `${ref}.synchronizers.connect_by_config(SynchronizerConnectionConfig(synchronizerAlias = "<alias>", sequencerConnections = GrpcSequencerConnection.tryCreate("<URL of the synchronizer>"), initializeFromTrustedSynchronizer = true))`,
            done: `${ref}.synchronizers.list_registered().nonEmpty`,
          },
        ]),
      ),
      step(
        'verify',
        'Verify',
        'The ID is the same. The parties have at least the contracts that they had before, once the history is read.',
        [
          condition('the ID is that of the old node', `${ref}.uid.toProtoPrimitive == identifier`),
          listVault(facts, ref),
          {
            ...condition(
              'the parties have their contracts',
              `before.forall { case (party, count) => ${contracts(ref)} >= count }`,
            ),
            until: `before.forall { case (party, count) => ${contracts(ref)} >= count }`,
          },
          ...liveness(facts, ref),
        ],
      ),
      step(
        'external',
        'Take the old node out of the configuration',
        'Otherwise the next start of the process starts it again. Keep its database and the exported keys until nothing depends on them.',
      ),
    ],
    rollback: [
      step(
        'restart',
        'Return to the old node',
        'Possible only until the new node is connected: destroy the new node, and start the old one.',
      ),
    ],
  };
}
