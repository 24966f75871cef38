import { ping } from '../console';
import type { Facts } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import {
  allowCommands,
  type ConsoleLine,
  condition,
  firstStart,
  type GuardedLine,
  noFileToChange,
  noReturn,
  step,
} from '../steps';
import { type NewNode, newNodeStep } from './new-node';
import type { KmsSettings } from './provider';
import { kmsReady } from './requirements';

/*
 * Procedures (h1) and (h2). Source: `KmsMigrationWithSameNamespaceIntegrationTest.scala` and
 * `KmsMigrationWithNewNamespaceIntegrationTest.scala` of 2.10.1, which the pages
 * `external_key_storage/participant_kms_migration/*.rst` quote. The differences allow a script to be run again, or
 * without references to the domains:
 * - IDs of domains and the protocol version come from the participants and from the operator, not from domain managers;
 * - transactions are issued only if they do not exist yet, and the root delegation is found by its key;
 * - nothing else may be connected, and the contracts of each party are counted before and after;
 * - the export is a permanent file, and the ledger create time comes from the wall clock and is saved.
 */

const OLD_ALIAS = '"<alias of the old domain>"';
const NEW_ALIAS = '"<alias of the new domain>"';
const EXPORT = '"acs-export.gz"';
const REWRITTEN = '"acs-new-parties.gz"';
const EVERY_CONTRACT = 'limit = PositiveInt.MaxValue';

/** The new participant needs more than its keys, because the imported contracts have unauthenticated IDs. */
export const NEW_NAMESPACE_PARAMETERS = { parameters: { 'allow-for-unauthenticated-contract-ids': true } };

/**
 * @param settings undefined: the new participant has no KMS
 * @param isRenamed the parties get IDs in the new namespace; otherwise the old namespace is delegated
 */
export function migrate2x(facts: Facts, settings: KmsSettings | undefined, next: NewNode, isRenamed: boolean): Outcome {
  const { target } = facts;
  const flags = allowCommands(facts, isRenamed ? ['repair', 'testing'] : ['repair', 'preview', 'testing']);
  if (flags === undefined) return noFileToChange(facts);
  return {
    warnings: isRenamed ? [RENAMED, UNSTABLE, TINK] : [KEEP_ROOT, TINK],
    steps: [
      domainFits(isRenamed),
      ...(settings === undefined ? [] : kmsReady(facts, settings.provider, { mode: 'external', creates: true })),
      step('backup', 'Back up the old participant', 'Back up its database.'),
      ...flags.forward,
      ...(isRenamed ? [] : [keepRootKey(facts)]),
      newNodeStep(facts, next),
      firstStart(
        { ...facts, target: { ...target, name: next.name } },
        `Canton creates its keys${settings === undefined ? '' : ' in the KMS'}.`,
      ),
      step(
        'external',
        'Stop the applications',
        'Stop the applications of the old participant, then wait until no transaction is in flight. A contract that is created or archived after the export would be lost or duplicated.',
      ),
      connect(next),
      ...(isRenamed ? newNamespace(facts, next) : sameNamespace(facts, next)),
      step('backup', 'Back up the new participant', 'Back up its database before it is connected with the contracts.'),
      ...switchOver(facts, next),
    ],
    rollback: [
      step(
        'restart',
        'Return to the old participant',
        'Possible until the new participant is connected with the contracts: start the old participant with its database, and the old domain.',
      ),
      ...flags.back,
    ],
  };
}

const RENAMED =
  'The IDs of all parties change. All owners of the contracts must agree, and every system that stores a party ID must replace it.';
const UNSTABLE =
  'The manual describes this only for an old participant with protocol version 3, and its test is marked as unstable. Rehearse the whole procedure on a test system.';
const KEEP_ROOT =
  'Keep the root namespace key of the old participant permanently: it must sign topology transactions at every later migration to a protocol version that the old domain does not support.';
const TINK =
  'Nodes with the provider `tink` cannot communicate with KMS nodes. The domain must use `kms`, or `jce` with the schemes of the KMS as required schemes.';

function domainFits(isRenamed: boolean): Step {
  const fits =
    'The new participant will use a domain whose nodes use `kms`, or `jce` with the schemes of the KMS as required schemes.';
  const versions = isRenamed
    ? 'The old domain uses protocol version 3: contracts of later versions have authenticated IDs, which depend on the parties.'
    : 'The old domain supports the protocol version of the new one.';
  return step('confirm', 'The domain supports the keys', `${fits} ${versions}`);
}

/** Keys that are in a KMS cannot be exported. */
function keepRootKey({ ref, target }: Facts): Step {
  const title = 'Keep the root namespace key';
  if (target.mode === 'external') {
    return step(
      'confirm',
      title,
      'The root namespace key of the old participant stays in its KMS. Never delete it there.',
    );
  }
  return step(
    'backup',
    title,
    'The file contains the private key in plaintext: store it offline, then destroy this copy. For a remote console, the old participant also requires `canton.features.enable-preview-commands = yes`.',
    [`${ref}.keys.secret.download_to(${ref}.uid.namespace.fingerprint, "root-namespace-key")`],
  );
}

function connect({ ref }: NewNode): Step {
  return step('console', 'Connect the new participant to the new domain', '', [
    {
      code: `${ref}.domains.connect(${NEW_ALIAS}, "<URL of the new domain>")`,
      done: `${ref}.domains.list_registered().nonEmpty`,
    },
  ]);
}

function nothingConnected(ref: string): GuardedLine {
  return condition(`${ref} is connected to no domain`, `${ref}.domains.list_connected().isEmpty`);
}

/** The domain must respond to the query for its ID, so this happens before the participants are disconnected. */
function domainId(name: string, ref: string, alias: string): GuardedLine {
  return { code: `val ${name} = ${ref}.domains.id_of(${alias}).toProtoPrimitive`, value: 'text' };
}

const PROTOCOL_VERSION: GuardedLine = {
  code: 'val protocolVersion = com.digitalasset.canton.version.ProtocolVersion.tryCreate("<protocol version of the new domain>")',
  value: 'query',
};

/** The hosted parties; `parties.hosted` would include the admin party, which cannot move. */
function localParties({ ref }: Facts): string {
  return `${ref}.ledger_api.parties.list().filter(party => party.party.toProtoPrimitive != ${ref}.uid.toProtoPrimitive && party.isLocal)`;
}

const HOSTED = 'This excludes the admin party of the old participant, and parties that other participants host.';

function sameNamespace(facts: Facts, { ref: fresh }: NewNode): Step[] {
  const { ref: source } = facts;
  return [
    delegate(facts, fresh),
    step(
      'console',
      'Disconnect both participants',
      'From now on, nothing changes on the old participant. No domain may be connected while parties and contracts are moved.',
      [
        domainId('oldDomain', source, OLD_ALIAS),
        domainId('newDomain', fresh, NEW_ALIAS),
        `${source}.domains.disconnect(${OLD_ALIAS})`,
        `${fresh}.domains.disconnect(${NEW_ALIAS})`,
        nothingConnected(source),
        nothingConnected(fresh),
      ],
    ),
    step('console', 'Host the parties', HOSTED, [
      { code: `val parties = ${localParties(facts)}.map(_.party)`, value: 'query' },
      `parties.filterNot(party => ${isHosted(fresh)}).foreach(party => ${fresh}.topology.party_to_participant_mappings.authorize(ops = TopologyChangeOp.Add, party = party, participant = ${fresh}.id))`,
      condition(`every party has a mapping to ${fresh}`, `parties.forall(party => ${isHosted(fresh)})`),
    ]),
    packages(source, fresh),
    step(
      'console',
      'Move the contracts',
      'The export uses `partiesOffboarding = false`, because `true` would require a connection to the old domain.',
      [
        PROTOCOL_VERSION,
        {
          code: `val counts = parties.map(party => party -> ${contractsOf(source, 'party')}).toMap`,
          value: 'counts',
        },
        `${source}.repair.export_acs(parties = parties.toSet, outputFile = ${EXPORT}, contractDomainRenames = Map(DomainId.tryFromString(oldDomain) -> (DomainId.tryFromString(newDomain), protocolVersion)), partiesOffboarding = false)`,
        `${fresh}.repair.import_acs(${EXPORT}, parties.toSet)`,
      ],
    ),
  ];
}

function isHosted(fresh: string): string {
  return `${fresh}.topology.party_to_participant_mappings.list(filterStore = "Authorized", filterParty = party.filterString).exists(_.item.participant == ${fresh}.id)`;
}

function delegate({ ref: source }: Facts, fresh: string): Step {
  const delegations = (ref: string) =>
    `${ref}.topology.namespace_delegations.list(filterStore = "Authorized", filterNamespace = namespaceOld.toProtoPrimitive)`;
  const has = (ref: string, key: string) => `${delegations(ref)}.exists(_.targetKey == ${key})`;
  return step('console', 'Delegate the old namespace', 'The new participant may then sign for the old parties.', [
    { code: `val namespaceOld = ${source}.uid.namespace.fingerprint`, value: 'query' },
    { code: `val namespaceNew = ${fresh}.uid.namespace.fingerprint`, value: 'query' },
    `val rootNamespaceDelegationOld = ${delegations(source)}.filter(_.targetKey == namespaceOld).head.context.serialized`,
    `val namespaceKeyNew = ${fresh}.keys.public.download(namespaceNew)`,
    `${source}.keys.public.upload(namespaceKeyNew, Some("pNew-namespace-key"))`,
    {
      code: `${source}.topology.namespace_delegations.authorize(ops = TopologyChangeOp.Add, namespace = namespaceOld, authorizedKey = namespaceNew)`,
      done: has(source, 'namespaceNew'),
    },
    `val delegation = ${delegations(source)}.filter(_.targetKey == namespaceNew).head.context.serialized`,
    {
      code: `${fresh}.topology.load_transaction(rootNamespaceDelegationOld)`,
      done: has(fresh, 'namespaceOld'),
    },
    { code: `${fresh}.topology.load_transaction(delegation)`, done: has(fresh, 'namespaceNew') },
  ]);
}

function packages(source: string, fresh: string): Step {
  return step('console', 'Move the packages', 'This copies every DAR except the one of the admin workflows.', [
    `utils.migrate_dars(${source}, ${fresh})`,
  ]);
}

function contractsOf(ref: string, party: string): string {
  return `${ref}.ledger_api.acs.of_party(${party}, ${EVERY_CONTRACT}).size`;
}

function newNamespace(facts: Facts, { ref: fresh }: NewNode): Step[] {
  const { ref: source } = facts;
  const allocated = `${fresh}.ledger_api.parties.list().find(party => party.isLocal && party.party.uid.id == old.party.uid.id).map(_.party).getOrElse(${fresh}.ledger_api.parties.allocate(old.party.uid.id.toProtoPrimitive, old.displayName).party)`;
  const isWritten = `better.files.File(${REWRITTEN}).exists`;
  const once = (code: string): ConsoleLine => ({ code, done: isWritten });
  return [
    step(
      'console',
      'Disconnect the old participant',
      'From now on, nothing changes on the old participant. The new one stays connected, because a participant without a domain allocates no parties.',
      [`${source}.domains.disconnect(${OLD_ALIAS})`, nothingConnected(source)],
    ),
    step(
      'console',
      'Allocate the parties again',
      `The parties keep their names and display names, in the namespace of the new participant. ${HOSTED}`,
      [
        {
          code: `val renamed = ${localParties(facts)}.map(old => old.party -> ${allocated}).toMap`,
          value: 'query',
        },
      ],
    ),
    packages(source, fresh),
    step(
      'console',
      'Read the contracts of the old participant',
      'Meanwhile the new participant sends a ping, so that the import finds a topology snapshot with the new parties. Then it is disconnected.',
      [
        domainId('newDomain', fresh, NEW_ALIAS),
        {
          code: `val counts = renamed.map { case (old, party) => party -> ${contractsOf(source, 'old')} }`,
          value: 'counts',
        },
        `val acsOld = ${source}.ledger_api.acs.of_all(${EVERY_CONTRACT}, includeCreatedEventBlob = true)`,
        once(`${fresh}.domains.reconnect_all()`),
        once(ping(fresh)),
        `${fresh}.domains.disconnect_all()`,
        nothingConnected(fresh),
      ],
    ),
    step(
      'console',
      'Move the contracts to the new parties',
      'The contracts keep their IDs (`withContractIdRemap = false`). The ledger create time must come from the clock of the domain.',
      [
        PROTOCOL_VERSION,
        { code: 'val ledgerCreateTime = Instant.now().toString', value: 'text' },
        'val rewritten = utils.change_contracts_party_ids(renamed, acsOld, DomainId.tryFromString(newDomain), Instant.parse(ledgerCreateTime), protocolVersion, withContractIdRemap = false)',
        `scala.util.Using.resource(better.files.File(${REWRITTEN}).newGzipOutputStream())(out => rewritten.foreach(_.writeDelimitedTo(out)))`,
        `${fresh}.repair.import_acs(${REWRITTEN}, renamed.values.toSet)`,
      ],
    ),
  ];
}

function switchOver({ ref: source }: Facts, { ref: fresh }: NewNode): Step[] {
  return [
    noReturn(
      step(
        'console',
        'Switch to the new participant',
        'The old participant is stopped permanently. If it runs in another process, stop it there instead of the first line.',
        [`${source}.stop()`, `${fresh}.domains.reconnect_all()`],
      ),
    ),
    step(
      'verify',
      'Verify',
      'The first line shows the number of contracts of each party, on the old participant and on the new one. New transactions may change it.',
      [
        {
          code: `counts.map { case (party, size) => (party, size, ${contractsOf(fresh, 'party')}) }`,
          until: `counts.forall { case (party, size) => size == 0 || ${contractsOf(fresh, 'party')} > 0 }`,
        },
        `${fresh}.domains.list_connected()`,
        ping(fresh),
      ],
    ),
  ];
}
