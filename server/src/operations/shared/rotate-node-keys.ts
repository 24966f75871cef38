import { supportsScheme } from '../../../../schemas/kms-types';
import type { ConfigChange } from '../../edits/edit-config';
import { scalaString } from '../../text/encoders/scala';
import { announcedHere, announcedKeys, announcedOnce, listVault, liveness } from '../console';
import { type Facts, is2x, listAt, onlyAlgorithm, option } from '../facts';
import type { Step } from '../plan';
import type { Answers, Outcome } from '../procedure';
import { ACTIVE_REPLICA, type ConsoleLine, condition, type GuardedLine, step } from '../steps';
import { ALL, type KeyKind, keyAnswer, keyKindOf, keyKinds } from './key-kinds';
import { asFingerprint, fingerprintOf, fingerprintWarnings, keyIdWarnings, quoted } from './keys';
import { externalKeyShapes } from './kms-handling';
import { labelOf } from './provider';
import { record } from './registration';
import { allowed } from './requirements';
import { catchUp, waitForMessages } from './waits';

/**
 * Procedures (k1) and (k2), and the frame of (k3). An encryption key is never removed right after its successor was
 * added: Canton reads a message only if a key that it is encrypted for is announced when it is sequenced
 * (`EncryptedViewMessage.scala`), and the commands that rotate in a single step do not wait for that.
 */
export function rotation(facts: Facts): Outcome {
  const id = option(facts, 'new-key-id');
  const before = [ready(facts, id === undefined), ...(id === undefined ? [] : [ownKey(facts, id)])];
  const after = [record(facts, facts.target.mode === 'external'), keepOld(facts)];
  if (isPaused(facts)) {
    const { steps, rollback } = rotateInSteps(facts, keyKindOf(facts) as KeyKind, find(facts), verification(facts));
    return { warnings: warnings(facts, id), steps: [...before, ...steps, ...after], rollback };
  }
  const encryption =
    keyAnswer(facts) === ALL ? keyKinds(facts).find(({ purpose }) => purpose === 'Encryption') : undefined;
  const last =
    encryption === undefined ? [] : rotateInSteps(facts, encryption, undefined, verification(facts, encryption)).steps;
  return {
    warnings: [
      `If ${facts.target.name} is not connected to every synchronizer, the command stops after the new key is added and before the old one is removed.`,
      ...warnings(facts, id),
    ],
    steps: [
      ...before,
      find(facts),
      step(
        'backup',
        'Back up the database',
        'This backup cannot contain the new signing keys, which are created and announced together: after a restore, they must be registered again (`restore-keys`). To pause for a backup in between, use `--set pause=yes`, for one key at a time.',
      ),
      ...catchUp(facts),
      rotate(facts, id),
      verification(facts),
      ...last,
      ...after,
    ],
    rollback: goBack(facts),
  };
}

export function warnings(facts: Facts, id: string | undefined): string[] {
  return [
    'This does not rotate the namespace key. The root namespace key cannot be rotated at all.',
    ...(facts.version === '3.4' && option(facts, `set.${KEY_SPEC}`) === 'ec-curve-25519'
      ? ['Ed25519 keys require Canton 3.4.4 or later, and a driver that was rebuilt for it.']
      : []),
    ...fingerprintWarnings(fingerprintOf(facts)),
    ...keyIdWarnings(facts, facts.target.kmsType ?? '', id),
  ];
}

export function ready(facts: Facts, creates: boolean): Step {
  const { target } = facts;
  const keyIds = [option(facts, 'new-key-id')];
  const rights =
    target.mode === 'external' ? allowed(facts, target.kmsType ?? '', { mode: 'external', creates, keyIds }) : '';
  return step(
    'confirm',
    facts.kind === 'domain' ? 'The node is running' : 'The node is running and connected',
    `${target.name} is ${connection(facts)}, and a namespace key that may sign for it is accessible. ${ACTIVE_REPLICA} ${rights}`.trim(),
  );
}

/** Only participants connect to several domains of 2.x; a domain contains its own sequencer. */
function connection(facts: Facts): string {
  if (!is2x(facts)) return 'connected to all synchronizers that know its keys';
  if (facts.kind === 'participant') return 'connected to all domains that know its keys';
  return facts.kind === 'domain' ? 'running' : 'connected to its domain';
}

export function ownKey(facts: Facts, id: string): Step {
  const text = `\`${id}\` exists, was never used by this node, and has the same key spec as the key that it replaces.`;
  return step(
    'external',
    'Create the new key',
    `${text}\n\n${externalKeyShapes(facts, facts.target.kmsType, facts.kind === 'participant')}`,
  );
}

function find(facts: Facts): Step {
  const kind = keyKindOf(facts);
  const purpose = `filterPurpose = Set(KeyPurpose.${kind?.purpose})`;
  const usage = kind?.usage === undefined ? '' : `, filterUsage = ${kind.usage}`;
  const list = listVault(facts, facts.ref, kind === undefined ? '' : `${purpose}${usage}`);
  return step(
    'console',
    'Find the keys',
    'The first line lists the vault, including keys that were rotated earlier. Only the keys in the second line are in use.',
    [list, announcedKeys(facts)],
  );
}

/** The announced keys of a purpose, as the node itself sees them. */
export function announced(facts: Facts, purpose: KeyKind['purpose']): string {
  return `${announcedHere(facts)}.filter(_.purpose == KeyPurpose.${purpose})`;
}

/** The announced keys of a kind; undefined if only a fingerprint can identify the key. */
function announcedAs(facts: Facts, kind: KeyKind | undefined): string | undefined {
  if (kind === undefined) return undefined;
  if (kind.usage === undefined) return announced(facts, kind.purpose);
  const usage = kind.usage.replace(/Only$/, '');
  return `${announcedHere(facts)}.filter { case s: SigningPublicKey => s.usage.contains(${usage}); case _ => false }`;
}

/**
 * A rotation that was interrupted has announced the new key beside the old one. Rotating again would create another key,
 * so a later run looks for the new key, and removes the old one. Ends with nothing where no new key is announced.
 */
export function finishRotation(facts: Facts): string {
  const { ref } = facts;
  const old = `${ref}.keys.secret.list(filterFingerprint = old).map(_.publicKey).collectFirst { case o: SigningPublicKey => o }`;
  const isNew = '!before.contains(s.id.unwrap) && o.usage.forall(u => s.usage.contains(u))';
  const remove = `if (now.exists(_.id == o.id)) ${ref}.topology.owner_to_key_mappings.remove_key(o.id, KeyPurpose.Signing)`;
  return `def finishRotation(old: String, before: Seq[String]) = { val now = ${announcedHere(facts)}; ${old}.flatMap(o => now.collectFirst { case s: SigningPublicKey if ${isNew} => ${remove}; s }) }`;
}

export const FINISH =
  'If this is interrupted, run the script again: it removes the old key where the new one is announced already.';

function rotate(facts: Facts, id: string | undefined): Step {
  const { ref } = facts;
  if (keyAnswer(facts) === ALL) {
    const [what, after] =
      facts.kind === 'participant'
        ? ['the signing keys', ' The encryption key is rotated in the next steps.']
        : ['all keys', ''];
    const gone = `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString).forall(r => !r.item.keys.exists(k => signingKeys.contains(k.id.unwrap)))`;
    return step(
      'console',
      `Rotate ${what}`,
      `Canton creates a new key in the KMS for each of them, which takes about 20 seconds for each key. ${FINISH}${after}`,
      [
        { code: `val signingKeys = ${announced(facts, 'Signing')}.map(_.id.unwrap)`, value: 'texts' },
        finishRotation(facts),
        `${announced(facts, 'Signing')}.map(_.id.unwrap).filter(signingKeys.contains).foreach(id => finishRotation(id, signingKeys).getOrElse(${ref}.keys.secret.rotate_node_key(id)))`,
        { ...condition('no store shows one of the replaced keys', gone), until: gone },
      ],
    );
  }
  const fingerprint = fingerprintOf(facts);
  const kind = keyKindOf(facts);
  const name = scalaString(newNameOf(facts, kind));
  const found = fingerprint === undefined ? announcedAs(facts, kind) : undefined;
  const which = found === undefined ? quoted(fingerprint) : 'oldKeys.head';
  const call =
    id === undefined ? `rotate_node_key(${which})` : `rotate_kms_node_key(${which}, ${scalaString(id)}, ${name})`;
  const made = id === undefined ? 'Canton creates a key with the same key spec in the KMS. ' : '';
  const guard =
    kind === undefined && facts.kind === 'participant'
      ? [
          `require(${ref}.keys.secret.list(filterFingerprint = ${which}).forall(_.purpose == KeyPurpose.Signing), "This is an encryption key, which is replaced in single steps: plan again with --set key=encryption")`,
        ]
      : [];
  return step(
    'console',
    'Rotate the key',
    `${made}The command adds the new key, waits until the stores of this node show it, and removes the old one, which takes about 20 seconds. If it fails, a key that Canton created may remain unused. ${FINISH}`,
    [
      ...guard,
      { code: `val oldKeys = ${found ?? announcedHere(facts)}.map(_.id.unwrap)`, value: 'texts' },
      found === undefined
        ? condition('the key was announced before this rotation', `oldKeys.contains(${which})`)
        : condition(
            'exactly one key of this kind is announced (if there are several, name the one to rotate: plan again with `--fingerprint`)',
            'oldKeys.size == 1',
          ),
      finishRotation(facts),
      {
        code: `val newKey = finishRotation(${which}, oldKeys).getOrElse(${ref}.keys.secret.${call})`,
        value: 'signing-key',
      },
      condition(
        'the new key is announced, and the old one is not',
        `{ val now = ${announcedHere(facts)}.map(_.id.unwrap); now.contains(newKey.id.unwrap) && !now.contains(${which}) }`,
      ),
    ],
  );
}

function verification(facts: Facts, kind = keyKindOf(facts)): Step {
  const { ref } = facts;
  const seen = (purpose: string) =>
    `<another node>.keys.public.list_by_owner(${ref}.id.member).flatMap(_.keys(KeyPurpose.${purpose})).map(_.id.unwrap)`;
  const purposes = kind === undefined ? [...new Set(keyKinds(facts).map(({ purpose }) => purpose))] : [kind.purpose];
  const finish = `finish it with \`${removeLine(facts, kind, '<old fingerprint>')}\``;
  return step(
    'verify',
    'Verify',
    `The announced keys, on this node and on another one, contain the new key and not the old one. If both are announced, the rotation was interrupted: ${finish}.${isConnected(facts)}`,
    [announcedKeys(facts), listVault(facts), ...purposes.map(seen), ...liveness(facts)],
  );
}

/** A participant that received a message which it cannot decrypt has the right keys, but no connection. */
function isConnected({ kind }: Facts): string {
  return kind === 'participant'
    ? ' The list of connected synchronizers must not be empty, and the ping must succeed.'
    : '';
}

export function keepOld({ kind, target }: Facts): Step {
  // A domain manager has no data to prune.
  const when =
    kind === 'domain manager' ? 'no other node shows it any more' : `the ${kind} is pruned past the rotation`;
  return step(
    'confirm',
    'Keep the old key',
    `The old key stays in the vault${target.mode === 'external' ? ' and in the KMS' : ''}. Delete it only when ${when}: plan \`delete-keys\`.`,
  );
}

/** Nothing is lost as long as nothing was deleted. */
function goBack(facts: Facts): readonly Step[] {
  const kept = 'The old key is still in the vault and in the KMS.';
  const kind = keyKindOf(facts);
  const isAll = keyAnswer(facts) === ALL;
  const old = asFingerprint(facts, quoted(fingerprintOf(facts)));
  const fresh = isAll ? asFingerprint(facts, '"<fingerprint of the new key>"') : 'newKey.fingerprint';
  const isAny = kind === undefined && facts.kind === 'participant';
  const how = isAny ? ' For the encryption key, use `KeyPurpose.Encryption`.' : '';
  const each = isAll ? ' Run the line for each key.' : '';
  return [
    step('console', 'Announce the old key again', `${kept}${each}${how}`, [addLine(facts, kind, old)]),
    ...(isAny && isAll ? [waitForMessages(facts, 'new')] : []),
    step('console', 'Take the new key out of use', `${isAny && isAll ? 'Run the line for each key.' : ''}`, [
      removeLine(facts, kind, fresh),
    ]),
  ];
}

export const PAUSE = 'pause';
export const KEY_SPEC = 'key-spec';
export const PAUSE_ANSWERS: Answers = {
  [PAUSE]: '`yes` to pause for a backup before the new key is announced, or `no`',
  [KEY_SPEC]: 'another key spec: `ec-p-256`, `ec-p-384`, `ec-secp-256k-1`, `ec-curve-25519`, `rsa-2048`',
};

interface KeySpec {
  /** The name in the console. */
  readonly scala: string;
  /** The algorithm that is configured together with it. */
  readonly algorithm: string;
  readonly purpose: KeyKind['purpose'];
}

/** Source: `crypto_schemes.rst` main; `CryptoConfig.scala` 3.3 to main. */
export const SPECS: Readonly<Record<string, KeySpec>> = {
  'ec-p-256': { scala: 'SigningKeySpec.EcP256', algorithm: 'ec-dsa-sha-256', purpose: 'Signing' },
  'ec-p-384': { scala: 'SigningKeySpec.EcP384', algorithm: 'ec-dsa-sha-384', purpose: 'Signing' },
  'ec-secp-256k-1': { scala: 'SigningKeySpec.EcSecp256k1', algorithm: 'ec-dsa-sha-256', purpose: 'Signing' },
  'ec-curve-25519': { scala: 'SigningKeySpec.EcCurve25519', algorithm: 'ed-25519', purpose: 'Signing' },
  'rsa-2048': { scala: 'EncryptionKeySpec.Rsa2048', algorithm: 'rsa-oaep-sha-256', purpose: 'Encryption' },
};

/** True if the request needs single steps instead of one command. */
export function isPaused(facts: Facts): boolean {
  return (
    option(facts, `set.${PAUSE}`) === 'yes' ||
    option(facts, `set.${KEY_SPEC}`) !== undefined ||
    // A restore does not recover a key that was announced before the next backup.
    facts.target.mode !== 'external' ||
    keyKindOf(facts)?.purpose === 'Encryption'
  );
}

/** The reason why the steps cannot be planned. */
export function pauseRefusals(facts: Facts): readonly string[] {
  const pause = option(facts, `set.${PAUSE}`);
  if (pause !== undefined && pause !== 'yes' && pause !== 'no')
    return [`Invalid value '${pause}' for '${PAUSE}'. Use yes or no.`];
  if (!isPaused(facts)) return [];
  const kind = keyKindOf(facts);
  if (kind === undefined) {
    return [
      'With a pause, one key is rotated at a time. Set it with `--set key=signing`, `sequencer-auth` or `encryption`.',
    ];
  }
  const wanted = option(facts, `set.${KEY_SPEC}`);
  return wanted === undefined ? [] : specRefusals(facts, kind, wanted);
}

function specRefusals(facts: Facts, kind: KeyKind, wanted: string): string[] {
  const spec = SPECS[wanted];
  if (is2x(facts)) return ['Canton 2.x rotates only to a key with the same key spec.'];
  if (option(facts, 'new-key-id') !== undefined) {
    return [`Your own key already has a key spec. Remove the new key or '${KEY_SPEC}'.`];
  }
  if (spec === undefined || spec.purpose !== kind.purpose) {
    const fitting = Object.keys(SPECS).filter((name) => SPECS[name]?.purpose === kind.purpose);
    return [`Invalid value '${wanted}' for '${KEY_SPEC}' of this key. Use ${fitting.join(', ')}.`];
  }
  const section = kind.purpose === 'Signing' ? 'signing' : 'encryption';
  const type = facts.target.kmsType;
  if (
    facts.target.mode === 'external' &&
    type !== undefined &&
    !supportsScheme(type, `${section}.keys`, wanted, facts.version)
  ) {
    return [
      `Canton ${facts.version} does not support ${wanted === 'ec-curve-25519' ? 'Ed25519' : `'${wanted}'`} keys in ${labelOf(type)}.`,
    ];
  }
  const only = onlyAlgorithm(facts, facts.target.mode === 'external' ? 'kms' : 'jce');
  if (kind.purpose === 'Signing' && only !== undefined && only !== spec.algorithm) {
    return [
      `Canton ${facts.version} signs only with the default algorithm of ${facts.target.id}, \`${only}\`, so its namespace key and a new '${wanted}' key cannot both sign. Canton 3.5 can do this. Update Canton first.`,
    ];
  }
  const isOut = (list: string, name: string) =>
    listAt(facts, 'crypto', section, list, 'allowed')?.includes(name) === false;
  return isOut('keys', wanted) || isOut('algorithms', spec.algorithm)
    ? [`\`crypto.${section}\` does not allow \`${spec.algorithm}\` with \`${wanted}\`. Add both to \`allowed\` first.`]
    : [];
}

/**
 * Procedure (k3), and (n) with another kind of key. Source: `keys/key_management.rst`, `backup-restore.rst` 3.5, main.
 * @param found undefined: the keys were listed before, and the old key is the one that the node announces
 */
function rotateInSteps(
  facts: Facts,
  kind: KeyKind,
  found: Step | undefined,
  checked: Step,
): Required<Pick<Outcome, 'steps' | 'rollback'>> {
  const isExternal = facts.target.mode === 'external';
  const fingerprint = fingerprintOf(facts);
  const all = announcedAs(facts, kind);
  const isFilledIn = fingerprint !== undefined || all === undefined;
  const old = asFingerprint(facts, quoted(fingerprint));
  const remember: ConsoleLine[] = isFilledIn ? [] : [{ code: `val oldKeys = ${all}.map(_.id.unwrap)`, value: 'texts' }];
  const oldOnes = `${all}.filter(k => oldKeys.contains(k.id.unwrap))`;
  const remove: ConsoleLine = isFilledIn
    ? {
        code: removeLine(facts, kind, old),
        done: `!${announcedHere(facts)}.exists(_.id.unwrap == ${quoted(fingerprint)})`,
      }
    : `${oldOnes}.foreach(k => ${removeLine(facts, kind, 'k.id')})`;
  const gone = isFilledIn
    ? `!r.item.keys.exists(_.id.unwrap == ${quoted(fingerprint)})`
    : '!r.item.keys.exists(k => oldKeys.contains(k.id.unwrap))';
  return {
    steps: [
      ...(found === undefined ? [] : [found]),
      step(
        'console',
        'Make the new key known to the node',
        `The key is not announced or used yet.${isExternal ? '' : ' It is in the database of the node.'}`,
        [...remember, newKeyLine(facts, kind)],
      ),
      step(
        'backup',
        'Back up the database',
        `Back up now, before the key is announced${isExternal ? ', and note its KMS key ID.' : ': restoring an older backup would lose a key that other nodes use.'}`,
      ),
      ...catchUp(facts),
      step(
        'console',
        'Announce the new key',
        'Repeat the last line until every store shows the new key.',
        announce(facts, kind),
      ),
      ...(kind.purpose === 'Encryption' ? [waitForMessages(facts)] : []),
      step('console', 'Take the old key out of use', 'Until now both keys may be used; the newer one is preferred.', [
        condition(
          'the new key is announced in every store',
          `${facts.ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${facts.ref}.id.filterString).forall(_.item.keys.exists(_.id == newKey.id))`,
        ),
        remove,
        announcedOnce(facts, gone),
      ]),
      checked,
    ],
    rollback: [
      step(
        'console',
        'Announce the old key again',
        'Before the new key is announced, there is nothing to undo. Skip this if the old key was not removed.',
        [addLine(facts, kind, old)],
      ),
      ...(kind.purpose === 'Encryption' ? [waitForMessages(facts, 'new')] : []),
      step('console', 'Take the new key out of use', '', [removeLine(facts, kind, 'newKey.fingerprint')]),
    ],
  };
}

/** The change of the default kind that a wanted kind needs. */
export function specChanges(facts: Facts): ConfigChange[] {
  const kind = keyKindOf(facts);
  const wanted = option(facts, `set.${KEY_SPEC}`);
  const spec = wanted === undefined ? undefined : SPECS[wanted];
  if (wanted === undefined || spec === undefined || kind === undefined) return [];
  const section = kind.purpose === 'Signing' ? 'signing' : 'encryption';
  const value = { algorithms: { default: spec.algorithm }, keys: { default: wanted } };
  return [{ kind: 'set', path: [...facts.target.path, 'crypto', section], value }];
}

function newKeyLine(facts: Facts, kind: KeyKind): GuardedLine {
  const { ref } = facts;
  const id = option(facts, 'new-key-id');
  const name = scalaString(newNameOf(facts, kind));
  const usage = kind.usage ?? '';
  const isSigning = kind.purpose === 'Signing';
  const what = isSigning ? 'signing_key' : 'encryption_key';
  const value = isSigning ? 'signing-key' : 'encryption-key';
  if (id !== undefined) {
    const args = [scalaString(id), ...(usage === '' ? [] : [usage]), `name = ${name}`].join(', ');
    return { code: `val newKey = ${ref}.keys.secret.register_kms_${what}(${args})`, value };
  }
  const spec = SPECS[option(facts, `set.${KEY_SPEC}`) as string];
  const args = [
    `name = ${name}`,
    ...(usage === '' ? [] : [`usage = ${usage}`]),
    ...(spec === undefined ? [] : [`keySpec = Some(${spec.scala})`]),
  ];
  return { code: `val newKey = ${ref}.keys.secret.generate_${what}(${args.join(', ')})`, value };
}

/** Names need not be unique; this one distinguishes the new key from the old one. */
export function newNameOf({ target }: Facts, kind: KeyKind | undefined): string {
  return `${target.name}-${kind?.name ?? 'key'}-2`;
}

function announce(facts: Facts, kind: KeyKind): ConsoleLine[] {
  const add = addLine(facts, kind, 'newKey.fingerprint');
  return [
    { code: add, done: `${announcedHere(facts)}.exists(_.id == newKey.id)` },
    announcedOnce(facts, 'r.item.keys.exists(_.id == newKey.id)'),
  ];
}

function addLine(facts: Facts, kind: KeyKind | undefined, key: string): string {
  return mappingLine(facts, kind, 'Add', key);
}

function removeLine(facts: Facts, kind: KeyKind | undefined, key: string): string {
  return mappingLine(facts, kind, 'Remove', key);
}

function mappingLine(facts: Facts, kind: KeyKind | undefined, change: 'Add' | 'Remove', key: string): string {
  const mappings = `${facts.ref}.topology.owner_to_key_mappings`;
  const purpose = `KeyPurpose.${kind?.purpose ?? 'Signing'}`;
  return `${mappings}.${change === 'Add' ? 'add_key' : 'remove_key'}(${key}, ${purpose})`;
}
