import { announcedKeys, listVault, liveness } from '../console';
import { type Facts, is2x, isAtLeast } from '../facts';
import type { Step } from '../plan';
import type { Outcome, Procedure } from '../procedure';
import { editionRefusals, rejoin } from '../shared/envelope';
import { record } from '../shared/registration';
import { allowed } from '../shared/requirements';
import { step } from '../steps';

/** Procedure (m). Source: `recover/backup-restore.rst`, `KmsCryptoPrivateStore.scala` 3.5. */
export const restoreKeys: Procedure = {
  name: 'restore-keys',
  title: 'Repair the keys after a restore',
  summary: 'Give a node that was restored from a backup the keys that are newer than it',
  refusals: editionRefusals,
  questions: () => [],
  plan: (facts) => (facts.target.mode === 'external' ? registerAgain(facts) : repairAnnouncement(facts)),
};

const ORDER =
  'Mediators and participants are backed up before the sequencer; restored in another order they may not reconnect.';

function registerAgain(facts: Facts): Outcome {
  const { target } = facts;
  return {
    warnings: [ORDER, 'The same id, usage and name as before: another form of the id or another name conflicts.'],
    steps: [
      step(
        'confirm',
        'The table of keys is at hand',
        `Name, id in the KMS and usage of every key that was announced at any time since the backup, those that were rotated out again included. ${allowed(target.kmsType ?? '', { mode: 'external', creates: false })}`.trim(),
      ),
      restored(facts),
      step(
        'console',
        'Find what is missing',
        'The restored database does not know what was announced since the backup, so its own lists look complete: ask another node. It shows the present keys only; those in between are in the table.',
        [listVault(facts), announcedKeys(facts), ...elsewhere(facts)],
      ),
      step(
        'console',
        'Register every key since the backup',
        `Each key that was announced after the backup, not only the present ones: the node reads again what happened since, and ends its subscription where a key is missing. The first line for a signing key, the second for an encryption key. The sequencer authentication key comes last, since the node connects by itself with it.`,
        registerLines(facts),
      ),
      ...rejoin(facts),
      ...storesAgree(facts),
      verified(facts),
      record(facts),
    ],
    rollback: [],
  };
}

/** Keys that were made after the backup are lost, unless they were exported. */
function repairAnnouncement(facts: Facts): Outcome {
  const { ref, target } = facts;
  const isEnvelope = target.mode === 'envelope';
  const kind = facts.kind === 'participant' ? ['signing', 'encryption'] : ['signing'];
  const generate = kind.map((what) =>
    what === 'signing'
      ? `val newKey = ${ref}.keys.secret.generate_signing_key(name = "<name>"${is2x(facts) ? '' : ', usage = <usage of the lost key>'})`
      : `val newKey = ${ref}.keys.secret.generate_encryption_key(name = "<name>")`,
  );
  return {
    warnings: [
      ORDER,
      ...(isEnvelope
        ? ['Every row is read with the wrapper key that it names: all wrapper keys since the backup must be enabled.']
        : []),
      'A key that was made after the backup, and was not exported, is lost. Messages that were encrypted for it stay unreadable, and a lost namespace key cannot be repaired at all.',
      'The repair of a lost key is derived from the code of Canton, and was not run: rehearse it, and ask for support.',
    ],
    steps: [
      restored(facts),
      step(
        'console',
        'Find what is missing',
        'The restored database does not know what was announced since the backup: ask another node, too.',
        [listVault(facts), announcedKeys(facts), ...elsewhere(facts)],
      ),
      step('console', 'Upload exported keys', 'Once for each key that was exported before.', [
        is2x(facts)
          ? `${ref}.keys.secret.upload("<file>", Some("<name>"))`
          : `${ref}.keys.secret.upload_from("<file>", Some("<name>"))`,
      ]),
      ...storesAgree(facts),
      ...(is2x(facts)
        ? []
        : [
            step('console', 'Make a key in place of a lost one', `By its kind: ${kind.join(' or ')}.`, generate),
            step('backup', 'Back up the database', 'Before the new key is announced.'),
            step(
              'console',
              'Announce the remaining keys with the new one',
              '`remove_key` demands the lost key in the vault, so the whole mapping is proposed: all keys that are left and the new one, with the serial of the synchronizers plus 1.',
              [proposal(facts)],
            ),
          ]),
      ...rejoin(facts),
      verified(facts),
    ],
    rollback: [],
  };
}

function restored({ target }: Facts): Step {
  return step(
    'restart',
    'Restore and start',
    `Restore the database of ${target.name} and start it with its configuration.`,
  );
}

function elsewhere(facts: Facts): string[] {
  if (is2x(facts)) return [];
  const purposes = facts.kind === 'participant' ? ['Signing', 'Encryption'] : ['Signing'];
  return purposes.map(
    (purpose) =>
      `<another node>.keys.public.list_by_owner(${facts.ref}.id.member).flatMap(_.keys(KeyPurpose.${purpose})).map(_.id.unwrap)`,
  );
}

function registerLines(facts: Facts): string[] {
  const usage = is2x(facts) ? '' : ', <usage of the key>';
  return [
    `${facts.ref}.keys.secret.register_kms_signing_key("<KMS key id>"${usage}, name = "<name>")`,
    ...(facts.kind === 'participant'
      ? [`${facts.ref}.keys.secret.register_kms_encryption_key("<KMS key id>", name = "<name>")`]
      : []),
  ];
}

/**
 * The store of the node itself is that of the backup, and the next rotation would compute a serial that the synchronizers
 * refuse. Source: `RepairMacros.scala` 3.5, which loads transactions this way; run on 3.5.
 */
function storesAgree(facts: Facts): Step[] {
  if (is2x(facts)) return [];
  const { ref } = facts;
  const store = facts.kind === 'participant' ? `${ref}.synchronizers.id_of("<alias>")` : '<id of the synchronizer>';
  return [
    step(
      'console',
      'Let the stores agree',
      'The node’s own store is behind, and the next rotation would fail. This loads what is missing, in the order of the serials; afterwards the last line shows the same serial and keys for every store.',
      [
        { code: `val syncId = ${store}`, value: 'query' as const },
        {
          code: `val local = ${ref}.topology.owner_to_key_mappings.list(store = Some(TopologyStoreId.Authorized), filterKeyOwnerUid = ${ref}.id.filterString).map(_.context.serial.value).max`,
          value: 'query' as const,
        },
        {
          code: `val missing = ${ref}.topology.transactions.list(store = syncId, timeQuery = TimeQuery.Range(None, None), filterMappings = Seq(OwnerToKeyMapping.code), filterNamespace = ${ref}.namespace.filterString).result.map(_.transaction).filter(_.mapping.asInstanceOf[OwnerToKeyMapping].member == ${ref}.id).filter(_.serial.value > local).sortBy(_.serial.value)`,
          value: 'query' as const,
        },
        `missing.foreach(t => ${ref}.topology.transactions.load(Seq(t), TopologyStoreId.Authorized, ForceFlag.AlienMember))`,
        announcedKeys(facts),
      ],
    ),
  ];
}

/** 3.3 takes a mapping (`TopologyAdministrationGroup.scala` 3.3), later lines the keys. */
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
    'Every announced key is in the vault. Pings may time out until what happened since the backup was read again.',
    [listVault(facts), announcedKeys(facts), ...liveness(facts)],
  );
}
