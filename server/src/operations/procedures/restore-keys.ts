import { scalaString } from '../../text/encoders/scala';
import { announcedKeys, listVault, liveness } from '../console';
import { type Facts, is2x, isAtLeast } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals, rejoin } from '../shared/envelope';
import { record, tableOf } from '../shared/registration';
import { allowed } from '../shared/requirements';
import { elsewhere2x, MANAGER_ANSWER, managerQuestion } from '../shared/topology-2x';
import { condition, step } from '../steps';

/** Procedure (m). Source: `recover/backup-restore.rst`, `KmsCryptoPrivateStore.scala` 3.5. */
export const restoreKeys: Procedure = {
  name: 'restore-keys',
  title: 'Repair the keys after a restore',
  summary: 'Register or upload the keys that are newer than the restored backup',
  needsKeys: true,
  answers: MANAGER_ANSWER,
  refusals: editionRefusals,
  questions: managerQuestion,
  plan: (facts) => (facts.target.mode === 'external' ? registerAgain(facts) : repairAnnouncement(facts)),
};

const ORDER =
  'Back up mediators and participants before the sequencer. If backups were made in another order, the restored nodes may not reconnect.';

function registerAgain(facts: Facts): Outcome {
  const { target } = facts;
  const file = is2x(facts) ? '' : ` as \`${tableOf(facts)}\` in the folder of the scripts`;
  return {
    warnings: [
      ORDER,
      ...(is2x(facts) ? [] : quiet(facts)),
      `Use the same ${is2x(facts) ? 'ID' : 'ID, usage'} and name as before: another form of the ID or another name causes a conflict.`,
    ],
    steps: [
      step(
        'confirm',
        'The table of keys is available',
        `${is2x(facts) ? 'Name, KMS key ID and purpose' : 'Name, KMS key ID and usage'} of every key that was announced at any time since the backup, including keys that have been rotated since${file}. ${allowed(facts, target.kmsType ?? '', { mode: 'external', creates: false })}`.trim(),
      ),
      restored(facts),
      step(
        'console',
        'Find the missing keys',
        'The restored database does not contain what was announced since the backup, so its own lists look complete: ask another node. That node shows only the current keys; the table contains the others.',
        [listVault(facts), announcedKeys(facts), ...elsewhere(facts)],
      ),
      is2x(facts) ? registerByHand(facts) : registerTable(facts),
      ...rejoin(facts),
      ...(is2x(facts) ? [] : [readsOn(facts), ...storesAgree(facts)]),
      verified(facts),
      record(facts),
    ],
    rollback: [],
  };
}

const EVERY_KEY =
  'Register each key that was announced after the backup, not only the current ones: the node processes all later events again, and stops its subscription if a key is missing.';

const AUTHENTICATION_LAST =
  'Register the sequencer authentication key last, because the node then connects automatically.';

function registerTable(facts: Facts): Step {
  const { ref } = facts;
  const secret = `${ref}.keys.secret`;
  const usages = [
    'usage.contains("namespace")) SigningKeyUsage.NamespaceOnly',
    'usage.contains("sequencer-auth")) SigningKeyUsage.SequencerAuthenticationOnly',
  ].map((one) => `if (${one} else `);
  return step(
    'console',
    'Register every key since the backup',
    `${EVERY_KEY} ${AUTHENTICATION_LAST} The table has a line for each key: usage (\`encryption\`, \`signing\`, \`namespace\`, \`sequencer-auth\`), KMS key ID, name and fingerprint, separated by tabs. The script stops if a fingerprint differs from the table.`,
    [
      { code: `val table = better.files.File(${scalaString(tableOf(facts))})`, value: 'query' },
      condition(`the table of keys exists: ${tableOf(facts)}`, 'table.exists'),
      {
        code: `val rows = table.lines.toSeq.map(_.split("\\t", -1)).filter(_.length >= 4).filterNot(row => ${secret}.list().exists(_.id.unwrap == row(3))).sortBy(row => if (row(0).contains("encryption")) 0 else if (row(0).contains("sequencer-auth")) 2 else 1)`,
        value: 'query',
      },
      `def register(usage: String, id: String, name: String): String = if (usage.contains("encryption")) ${secret}.register_kms_encryption_key(id, name = name).id.unwrap else ${secret}.register_kms_signing_key(id, ${usages.join('')}SigningKeyUsage.ProtocolOnly, name = name).id.unwrap`,
      'rows.foreach(row => { val made = register(row(0), row(1), row(2)); require(row(3).isEmpty || made == row(3), "Stopped: " + row(1) + " is the key " + made + ", not " + row(3)) })',
      condition(
        'every key of the table is in the vault',
        `rows.forall(row => row(3).isEmpty || ${secret}.list().exists(_.id.unwrap == row(3)))`,
      ),
    ],
  );
}

/** 2.x has no key for sequencer authentication, and its keys have no usage. */
function registerByHand({ ref, kind }: Facts): Step {
  return step(
    'console',
    'Register every key since the backup',
    `${EVERY_KEY}${kind === 'participant' ? ' Use the first line for a signing key, and the second for an encryption key.' : ''}`,
    [
      `${ref}.keys.secret.register_kms_signing_key("<KMS key ID>", name = "<name>")`,
      ...(kind === 'participant'
        ? [`${ref}.keys.secret.register_kms_encryption_key("<KMS key ID>", name = "<name>")`]
        : []),
    ],
  );
}

/**
 * Run on 3.5: an earlier ping stopped the node permanently. The node knows only the keys of the time of the backup, and
 * encrypts its own message for a key that is no longer announced.
 */
const SILENCE =
  'Send no command or ping before the node has processed all events since the backup: it would encrypt for one of its former keys, and the message would disconnect it permanently.';

/** Only participants have an encryption key, and applications. */
function quiet({ kind }: Facts): readonly string[] {
  if (kind !== 'participant') return [];
  return [SILENCE, 'Stop the applications of the node before you start it with the restored database.'];
}

function silence({ kind }: Facts): string {
  return kind === 'participant' ? `${SILENCE} ` : '';
}

/** The newest keys in the table are those that the synchronizers announce. */
function readsOn(facts: Facts): Step {
  const { ref, kind } = facts;
  const usages = [...(kind === 'participant' ? ['encryption'] : []), 'signing', 'sequencer-auth'];
  const stores = `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString).filterNot(_.context.storeId == TopologyStoreId.Authorized)`;
  const holds = `${stores}.nonEmpty && ${stores}.forall(r => newest.forall(id => r.item.keys.exists(_.id.unwrap == id)))`;
  return step(
    'verify',
    'The node has processed the backlog',
    `${silence(facts)}The node has processed all events since the backup when it shows the newest key of each usage in the table. The table must not contain keys that were created but never announced.`,
    [
      { code: `val table = better.files.File(${scalaString(tableOf(facts))})`, value: 'query' },
      {
        code: `val newest = Seq(${usages.map((usage) => scalaString(usage)).join(', ')}).flatMap(usage => table.lines.toSeq.map(_.split("\\t", -1)).filter(row => row.length >= 4 && row(0).split("\\\\+").contains(usage)).lastOption.map(_(3))).filter(_.nonEmpty)`,
        value: 'query',
      },
      { ...condition('every synchronizer shows the newest keys of the table', holds), until: holds },
    ],
  );
}

/** Keys that were created after the backup are lost, unless they were exported. */
function repairAnnouncement(facts: Facts): Outcome {
  const { target } = facts;
  const isEnvelope = target.mode === 'envelope';
  return {
    warnings: [
      ORDER,
      ...(is2x(facts) ? [] : quiet(facts)),
      ...(isEnvelope
        ? [
            'Each stored key is decrypted with the wrapper key that encrypted it, so all wrapper keys since the backup must be enabled.',
          ]
        : []),
      `A key that was created after the backup and not exported is lost. ${facts.kind === 'participant' ? 'Messages that were encrypted for it remain unreadable, and a' : 'A'} lost namespace key cannot be repaired.`,
      is2x(facts)
        ? 'Canton 2.10 has no command that repairs a lost key, and no manual describes how: ask Digital Asset for support.'
        : "The repair of a lost key is derived from Canton's source code and was not tested. Rehearse it, and ask Digital Asset for support.",
    ],
    steps: [
      restored(facts),
      step(
        'console',
        'Find the missing keys',
        'The restored database does not contain what was announced since the backup, so ask another node as well.',
        [listVault(facts), announcedKeys(facts), ...elsewhere(facts)],
      ),
      uploads(facts),
      ...rejoin(facts),
      ...(is2x(facts)
        ? []
        : [
            step(
              'confirm',
              'Wait until the node has read on',
              `${silence(facts)}The node has processed all events since the backup when its list of announced keys equals that of another node.`,
            ),
            ...storesAgree(facts),
          ]),
      ...(is2x(facts)
        ? []
        : [
            step(
              'confirm',
              'Continue only if an announced key is lost',
              'If every announced key is in the vault, the repair is complete.',
            ),
            step(
              'console',
              'Create a key to replace the lost one',
              `Use the first line for a signing key${facts.kind === 'participant' ? ', and the second for an encryption key' : ''}.`,
              lostKey(facts),
            ),
            step('backup', 'Back up the database', 'Back up before the new key is announced.'),
            step(
              'console',
              'Announce the remaining keys with the new one',
              '`remove_key` requires the lost key in the vault. Propose the whole mapping instead: all remaining keys and the new one, with the serial of the synchronizers plus 1.',
              [proposal(facts)],
            ),
          ]),
      verified(facts),
    ],
    rollback: [],
  };
}

function uploads(facts: Facts): Step {
  const { ref } = facts;
  if (is2x(facts)) {
    return step('console', 'Upload exported keys', 'Run this once for each key that was exported before.', [
      `${ref}.keys.secret.upload("<file>", Some("<name>"))`,
    ]);
  }
  return step(
    'console',
    'Upload exported keys',
    'This uploads each key that was exported before to a file `<name>.key` in the folder of the scripts. If there is none, nothing is uploaded.',
    [
      {
        code: 'val files = better.files.File(".").list.filter(_.name.endsWith(".key")).toSeq.sortBy(_.name)',
        value: 'query',
      },
      `files.foreach(file => ${ref}.keys.secret.upload_from(file.pathAsString, Some(file.name.dropRight(4))))`,
    ],
  );
}

function lostKey({ ref, kind }: Facts): string[] {
  return [
    `val newKey = ${ref}.keys.secret.generate_signing_key(name = "<name>", usage = <usage of the lost key>)`,
    ...(kind === 'participant' ? [`val newKey = ${ref}.keys.secret.generate_encryption_key(name = "<name>")`] : []),
  ];
}

function restored({ target }: Facts): Step {
  return step(
    'restart',
    'Restore and start',
    `Restore the database of ${target.name} and start it with its configuration. If the node is replicated, start one replica, and work on it until the keys are verified; then start the others.`,
  );
}

function elsewhere(facts: Facts): string[] {
  if (is2x(facts)) return [elsewhere2x(facts)];
  const purposes = facts.kind === 'participant' ? ['Signing', 'Encryption'] : ['Signing'];
  return purposes.map(
    (purpose) =>
      `<another node>.keys.public.list_by_owner(${facts.ref}.id.member).flatMap(_.keys(KeyPurpose.${purpose})).map(_.id.unwrap)`,
  );
}

/**
 * The store of the node itself is that of the backup, and the next rotation would compute a serial that the synchronizers
 * refuse. Source: `RepairMacros.scala` 3.5, which loads transactions this way; run on 3.5.
 */
function storesAgree(facts: Facts): Step[] {
  if (is2x(facts)) return [];
  const { ref } = facts;
  const mappings = `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString)`;
  const delegations = (store: string) =>
    `${ref}.topology.namespace_delegations.list(store = ${store}, filterNamespace = ${ref}.namespace.filterString)`;
  return [
    step(
      'console',
      'Synchronize the stores',
      'The node’s own store is behind, so the next rotation would fail. This loads the missing transactions in the order of the serials. Afterwards, every store shows the same serial and keys.',
      [
        {
          code: `val stores = ${mappings}.map(_.context.storeId).filterNot(_ == TopologyStoreId.Authorized).distinct`,
          value: 'query',
        },
        {
          code: `val local = ${mappings}.filter(_.context.storeId == TopologyStoreId.Authorized).map(_.context.serial.value).max`,
          value: 'query',
        },
        {
          code: `val missing = stores.flatMap(store => ${ref}.topology.transactions.list(store = store, timeQuery = TimeQuery.Range(None, None), filterMappings = Seq(OwnerToKeyMapping.code), filterNamespace = ${ref}.namespace.filterString).result).map(_.transaction).filter(_.mapping.asInstanceOf[OwnerToKeyMapping].member == ${ref}.id).filter(_.serial.value > local).sortBy(_.serial.value).distinctBy(_.serial.value)`,
          value: 'query',
        },
        `missing.foreach(t => ${ref}.topology.transactions.load(Seq(t), TopologyStoreId.Authorized, ForceFlag.AlienMember))`,
        announcedKeys(facts),
        condition('every store has the same serial', `${mappings}.map(_.context.serial).distinct.size == 1`),
        condition(
          'the node knows every delegation of its namespace (if not, load the missing ones in the same way, with `NamespaceDelegation.code` and in the order of their times)',
          `stores.forall(store => ${delegations('store')}.forall(r => ${delegations('TopologyStoreId.Authorized')}.exists(_.item == r.item)))`,
        ),
      ],
    ),
  ];
}

/** 3.3 expects a mapping (`TopologyAdministrationGroup.scala` 3.3), later lines the keys. */
function proposal(facts: Facts): string {
  const { ref } = facts;
  const serial = 'serial = Some(PositiveInt.tryCreate(<serial of the synchronizers plus 1>))';
  const what = isAtLeast(facts, '3.4')
    ? `member = ${ref}.id.member, keys = NonEmpty(Seq, newKey, <the keys that are left>)`
    : 'proposedMapping = <the mapping of the keys that are left and the new one>';
  return `${ref}.topology.owner_to_key_mappings.propose(${what}, ${serial})`;
}

function verified(facts: Facts): Step {
  return step(
    'verify',
    'Verify',
    'Every announced key is in the vault. Pings may time out until the node has processed all events since the backup.',
    [listVault(facts), announcedKeys(facts), ...liveness(facts)],
  );
}
