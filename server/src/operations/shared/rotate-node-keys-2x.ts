import { scalaString } from '../../text/encoders/scala';
import { announcedKeys, listVault, liveness } from '../console';
import { type Facts, option } from '../facts';
import type { Step } from '../plan';
import type { Outcome } from '../procedure';
import { type ConsoleLine, condition, type GuardedLine, step } from '../steps';
import { ALL, ENCRYPTION_KEY, type KeyKind, keyAnswer, keyKindOf, keyKinds } from './key-kinds';
import { asFingerprint, fingerprintOf, quoted } from './keys';
import { record } from './registration';
import { isPaused, keepOld, newNameOf, ownKey, ready, warnings } from './rotate-node-keys';
import { announced2x, elsewhere2x, needsManager, topologyRef } from './topology-2x';
import { waitForMessages } from './waits';

/*
 * Procedures (k1) to (k3) of 2.x. Source: `RotateKmsKeyIntegrationTest.scala` and `KeyManagementIntegrationTest.scala`
 * of 2.10.1, which `manual_kms_key_rotation.rst` quotes; `VaultAdministration.scala`, `TopologyAdministration.scala` of
 * release-line-2.10. Differences from them: the key to replace is the announced one and not the first of the vault;
 * nothing is rotated twice by a second run; the encryption key of a participant is replaced in single steps, because
 * the command would remove the old one immediately; a domain rotates the keys of all three of its parts.
 */

export function rotation2x(facts: Facts): Outcome {
  const id = option(facts, 'new-key-id');
  const before = [ready(facts, id === undefined), ...(id === undefined ? [] : [ownKey(facts, id)]), find(facts)];
  const after = [record(facts, facts.target.mode === 'external'), keepOld(facts)];
  const told = [...warnings(facts, id), ...(isSingle(facts) && needsManager(facts) ? [BUG] : [])];
  const kind = keyKindOf(facts);
  if (isPaused(facts) && kind !== undefined) {
    return {
      warnings: told,
      steps: [...before, ...inSteps(facts, kind), verification(facts, kind), ...after],
      rollback: [goBack(facts, kind)],
    };
  }
  const isParticipant = facts.kind === 'participant';
  const isAll = !isSingle(facts);
  return {
    warnings: [
      ...(isParticipant
        ? [
            `If ${facts.target.name} is not connected to all its domains, they may not learn of the new key before the old one is removed.`,
          ]
        : []),
      ...told,
    ],
    steps: [
      ...before,
      step(
        'backup',
        'Back up the database',
        `${unsaved(id, isAll)} (\`restore-keys\`). To pause for a backup in between, rotate one key at a time with \`--set pause=yes\`.`,
      ),
      ...(isAll && !isParticipant ? rotateAll(facts) : [rotateOne(facts, id)]),
      verification(facts, isAll ? keyKinds(facts)[0] : kind),
      ...(isAll && isParticipant ? [...inSteps(facts, ENCRYPTION_KEY), verification(facts, ENCRYPTION_KEY)] : []),
      ...after,
    ],
    rollback: [goBack(facts, isAll ? keyKinds(facts)[0] : kind)],
  };
}

const BUG =
  'If a single key fails with "The key … does not exist", the release has bug 24-025, which is fixed in 2.8.11 and 2.9.5 and was not found in 2.10.1. Rotate all keys instead.';

const DERIVED = 'These lines are derived from the tests of 2.10 for separate nodes; no script shows them for a domain.';

function unsaved(id: string | undefined, isAll: boolean): string {
  const made = `${id === undefined ? 'created' : 'registered'} and announced in one step`;
  return isAll
    ? `The backup cannot contain the new signing keys, which are ${made}. After a restore they are registered again`
    : `The backup cannot contain the new key, which is ${made}. After a restore it is registered again`;
}

function isSingle(facts: Facts): boolean {
  return keyAnswer(facts) !== ALL;
}

/** The value that holds the new key; a plan for all keys has two. */
function newKeyOf(facts: Facts, kind: KeyKind | undefined): string {
  return isSingle(facts) ? 'newKey' : `new${kind?.purpose ?? 'Signing'}Key`;
}

function find(facts: Facts): Step {
  const where = needsManager(facts) ? ' The domain manager announces them.' : '';
  return step(
    'console',
    'Find the keys',
    `The first line lists the vault, including keys that were replaced earlier. Only the keys that the second line lists are in use.${where}`,
    [listVault(facts), announcedKeys(facts)],
  );
}

/** The currently announced keys, saved before the first change. */
function oldKeys(facts: Facts, kind: KeyKind | undefined, name: string): GuardedLine {
  const ofPurpose = kind === undefined ? '' : `.filter(_.purpose == KeyPurpose.${kind.purpose})`;
  const keys = facts.kind === 'domain' ? `${mappings(facts)}.map(_.item.key)` : announced2x(facts);
  return { code: `val ${name} = ${keys}${ofPurpose}.map(_.fingerprint.unwrap).distinct`, value: 'texts' };
}

/** For a domain, including those of its sequencer and mediator. */
function mappings({ ref }: Facts): string {
  return `${ref}.topology.owner_to_key_mappings.list(filterStore = "Authorized", filterKeyOwnerUid = ${ref}.id.filterString)`;
}

function isIdle(facts: Facts): string {
  return `${topologyRef(facts)}.topology.synchronisation.await_idle()`;
}

function rotateAll(facts: Facts): Step[] {
  const { ref } = facts;
  const manager = needsManager(facts) ? topologyRef(facts) : '';
  const isOld = `exists(k => oldKeys.contains(k.fingerprint.unwrap))`;
  const parts = facts.kind === 'domain' ? [partsOfDomain(facts)] : [];
  return [
    step(
      'console',
      'Rotate all keys',
      `Canton creates a new key in the KMS for each of them.${manager === '' ? '' : ' The command fails without the reference of the domain manager.'}`,
      [
        oldKeys(facts, undefined, 'oldKeys'),
        { code: `${ref}.keys.secret.rotate_node_keys(${manager})`, done: `!${announced2x(facts)}.${isOld}` },
        isIdle(facts),
        condition(
          'the new keys are announced, and the old ones are not',
          `${announced2x(facts)}.nonEmpty && !${announced2x(facts)}.${isOld}`,
        ),
      ],
    ),
    ...parts,
  ];
}

/**
 * `rotate_node_keys` of a domain looks up the keys of `id.keyOwner`, which is its topology manager. Its sequencer and
 * mediator have their own keys (`DomainNodeBootstrap.scala` 2.10) under the same unique identifier.
 */
function partsOfDomain(facts: Facts): Step {
  const { ref, target } = facts;
  const line = (owner: string, part: string) =>
    `${mappings(facts)}.filter(r => r.item.owner == ${owner}(${ref}.id.uid) && oldKeys.contains(r.item.key.fingerprint.unwrap)).foreach(r => ${ref}.topology.owner_to_key_mappings.rotate_key(${ref}, r.item.owner, r.item.key, ${ref}.keys.secret.generate_signing_key(name = ${scalaString(`${target.name}-${part}-signing-2`)})))`;
  return step(
    'console',
    'Rotate the keys of its sequencer and mediator',
    `The command above rotates only the key of the topology manager. ${DERIVED}`,
    [
      line('SequencerId', 'sequencer'),
      line('MediatorId', 'mediator'),
      isIdle(facts),
      condition(
        'no old key is announced',
        `!${mappings(facts)}.exists(r => oldKeys.contains(r.item.key.fingerprint.unwrap))`,
      ),
    ],
  );
}

/** The given key, or the announced one. */
function oldKeyOf(facts: Facts, kind: KeyKind | undefined) {
  const given = fingerprintOf(facts);
  const isKnown = given !== undefined || kind === undefined;
  const name = kind?.purpose === 'Encryption' ? 'oldEncryptionKeys' : 'oldKeys';
  return {
    /** The lines that find it. */
    lines: isKnown
      ? []
      : [
          oldKeys(facts, kind, name),
          {
            ...condition(
              'exactly one key of this kind is announced (if there are several, name the one to rotate: plan again with `--fingerprint`)',
              `${name}.size == 1`,
            ),
            done: `noted("${newKeyOf(facts, kind)}").isDefined`,
          },
        ],
    text: isKnown ? quoted(given) : `${name}.head`,
  };
}

function rotateOne(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  const answered = keyKindOf(facts);
  const kind = isSingle(facts) ? answered : keyKinds(facts)[0];
  const old = oldKeyOf(facts, kind);
  const name = scalaString(newNameOf(facts, kind));
  const manager = needsManager(facts) ? [topologyRef(facts)] : [];
  const args = [old.text, ...(id === undefined ? [] : [scalaString(id)]), ...manager, name].join(', ');
  const command = id === undefined ? 'rotate_node_key' : 'rotate_kms_node_key';
  const guard =
    kind === undefined && facts.kind === 'participant'
      ? [
          `require(${ref}.keys.secret.list(filterFingerprint = ${old.text}).forall(_.purpose == KeyPurpose.Signing), "This is an encryption key, which is replaced in single steps: plan again with --set key=encryption")`,
        ]
      : [];
  const made = id === undefined ? 'Canton creates a key of the same kind in the KMS. ' : '';
  const unused =
    id === undefined
      ? 'a key that Canton created may remain unused'
      : 'your key may be registered already, but not announced';
  const [change, derived] =
    facts.kind === 'domain'
      ? [`The new key replaces the old one for every part of the domain that uses it`, ` ${DERIVED}`]
      : ['The command adds the new key and removes the old one', ''];
  const lines: ConsoleLine[] =
    facts.kind === 'domain'
      ? [
          newKeyLine(facts, kind),
          `${holders(facts, old.text)}.foreach(r => ${ref}.topology.owner_to_key_mappings.rotate_key(${ref}, r.item.owner, r.item.key, ${newKeyOf(facts, kind)}))`,
        ]
      : [{ code: `val ${newKeyOf(facts, kind)} = ${ref}.keys.secret.${command}(${args})`, value: 'signing-key' }];
  return step(
    'console',
    isSingle(facts) ? 'Rotate the key' : 'Rotate the signing key',
    `${made}${change}, without waiting for ${facts.kind === 'participant' ? 'the domains' : 'other nodes'}. If this fails, ${unused}.${derived}${isSingle(facts) ? '' : ' The encryption key is replaced in single steps afterwards.'}`,
    [
      ...guard,
      ...old.lines,
      ...lines,
      isIdle(facts),
      condition('the new key is announced, and the old one is not', isReplaced(facts, kind, old.text)),
    ],
  );
}

/** The mappings of a domain that contain the key, one for each part that uses it. */
function holders(facts: Facts, old: string): string {
  return `${mappings(facts)}.filter(_.item.key.fingerprint.unwrap == ${old})`;
}

function isReplaced(facts: Facts, kind: KeyKind | undefined, old: string): string {
  const keys = facts.kind === 'domain' ? `${mappings(facts)}.map(_.item.key)` : announced2x(facts);
  return `{ val now = ${keys}.map(_.fingerprint.unwrap); now.contains(${newKeyOf(facts, kind)}.id.unwrap) && !now.contains(${old}) }`;
}

function newKeyLine(facts: Facts, kind: KeyKind | undefined): GuardedLine {
  const { ref } = facts;
  const id = option(facts, 'new-key-id');
  const name = `name = ${scalaString(newNameOf(facts, kind))}`;
  const isEncryption = kind?.purpose === 'Encryption';
  const what = isEncryption ? 'encryption_key' : 'signing_key';
  const call = id === undefined ? `generate_${what}(${name})` : `register_kms_${what}(${scalaString(id)}, ${name})`;
  return {
    code: `val ${newKeyOf(facts, kind)} = ${ref}.keys.secret.${call}`,
    value: isEncryption ? 'encryption-key' : 'signing-key',
  };
}

/** Procedure (k3): the new key is in a backup before other nodes know it. */
function inSteps(facts: Facts, kind: KeyKind): Step[] {
  const { ref } = facts;
  const isExternal = facts.target.mode === 'external';
  const old = oldKeyOf(facts, kind);
  const fresh = `${newKeyOf(facts, kind)}.fingerprint`;
  const isAnnounced = `${announced2x(facts)}.exists(_.fingerprint == ${fresh})`;
  const uploads = needsManager(facts)
    ? [
        `${topologyRef(facts)}.keys.public.upload(${ref}.keys.public.download(${fresh}), Some(${scalaString(newNameOf(facts, kind))}))`,
      ]
    : [];
  return [
    step(
      'console',
      'Make the new key known to the node',
      `The key is not announced yet, and not in use.${isExternal ? '' : ' It is in the database of the node.'}`,
      [...old.lines, newKeyLine(facts, kind)],
    ),
    step(
      'backup',
      'Back up the database',
      `Back up before the key is announced${isExternal ? ', and note its KMS key ID.' : ': a restore from an older backup would lose a key that other nodes use.'}`,
    ),
    step(
      'console',
      'Announce it',
      `Repeat the last line until every store shows the new key.${uploads.length === 0 ? '' : ' The domain manager requires the public key first.'}${facts.kind === 'domain' ? ` ${DERIVED}` : ''}`,
      [
        ...uploads,
        { code: changeLine(facts, kind, 'Add', fresh, old.text), done: isAnnounced },
        isIdle(facts),
        announcedKeys(facts),
      ],
    ),
    ...(kind.purpose === 'Encryption' ? [waitForMessages(facts)] : []),
    step('console', 'Take the old key out of use', 'Until now both keys may be used; the newer one is preferred.', [
      condition('the new key is announced', isAnnounced),
      {
        code: changeLine(facts, kind, 'Remove', asFingerprint(facts, old.text), old.text),
        done: `!${mappingsOfAll(facts)}.exists(_.item.key.fingerprint.unwrap == ${old.text})`,
      },
      isIdle(facts),
      condition('the new key is announced, and the old one is not', isReplaced(facts, kind, old.text)),
    ]),
  ];
}

function mappingsOfAll(facts: Facts): string {
  return `${topologyRef(facts)}.topology.owner_to_key_mappings.list(filterStore = "Authorized", filterKeyOwnerUid = ${facts.ref}.id.filterString)`;
}

/** @param old the expression that identifies the parts of a domain that use the key */
function changeLine(
  facts: Facts,
  kind: KeyKind | undefined,
  change: 'Add' | 'Remove',
  key: string,
  old: string,
): string {
  const authorize = (owner: string) =>
    `${topologyRef(facts)}.topology.owner_to_key_mappings.authorize(TopologyChangeOp.${change}, ${owner}, ${key}, KeyPurpose.${kind?.purpose ?? 'Signing'})`;
  if (facts.kind !== 'domain') return authorize(`${facts.ref}.id.keyOwner`);
  return `${holders(facts, old)}.map(_.item.owner).foreach(owner => ${authorize('owner')})`;
}

function verification(facts: Facts, kind: KeyKind | undefined): Step {
  const { ref } = facts;
  const purpose = kind?.purpose ?? 'Signing';
  const owner = facts.kind === 'domain' ? '<key owner>' : `${ref}.id.keyOwner`;
  const finish = `${topologyRef(facts)}.topology.owner_to_key_mappings.authorize(TopologyChangeOp.Remove, ${owner}, <old fingerprint>, KeyPurpose.${purpose})`;
  const connected =
    facts.kind === 'participant' ? ' The list of connected domains must not be empty, and the ping must answer.' : '';
  return step(
    'verify',
    'Verify',
    `The announced keys, on this node and on another one, contain the new key and not the old one. If both are announced, the rotation was interrupted: finish it with \`${finish}\`.${connected}`,
    [announcedKeys(facts), listVault(facts), elsewhere2x(facts), ...liveness(facts)],
  );
}

/** Nothing is lost as long as nothing was deleted. */
function goBack(facts: Facts, kind: KeyKind | undefined): Step {
  const given = fingerprintOf(facts);
  const isOne = isSingle(facts);
  const owner = facts.kind === 'domain' ? '<key owner>' : `${facts.ref}.id.keyOwner`;
  const change = (of: 'Add' | 'Remove', key: string) =>
    `${topologyRef(facts)}.topology.owner_to_key_mappings.authorize(TopologyChangeOp.${of}, ${owner}, ${key}, KeyPurpose.${kind?.purpose ?? 'Signing'})`;
  const fresh = isOne ? 'newKey.fingerprint' : asFingerprint(facts, '"<fingerprint of the new key>"');
  const how =
    kind === undefined && facts.kind === 'participant' ? ' For the encryption key, write `KeyPurpose.Encryption`.' : '';
  return step(
    'console',
    'Announce the old key again',
    `The old key is still in the vault${facts.target.mode === 'external' ? ' and in the KMS' : ''}.${how}${isOne ? '' : ' Run both lines for each key.'} If the new key was not announced yet, there is nothing to undo.`,
    [change('Add', asFingerprint(facts, quoted(given))), change('Remove', fresh)],
  );
}
