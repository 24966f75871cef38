import type { ConfigChange } from '../../edits/edit-config';
import { announcedKeys } from '../console/lines';
import { scalaString } from '../console/text';
import { type Facts, is2x, listAt, option } from '../facts';
import type { Step } from '../plan';
import type { Answers, Outcome } from '../procedure';
import { step } from '../steps';
import { asFingerprint, fingerprintOf, quoted } from './existing-keys';
import { type KeyKind, keyKindOf } from './key-kinds';

export const PAUSE = 'pause';
export const KEY_SPEC = 'key-spec';
export const PAUSE_ANSWERS: Answers = {
  [PAUSE]: '`yes` or `no`: in single steps, with a backup before the new key is announced',
  [KEY_SPEC]: 'another kind of key: `ec-p-256`, `ec-p-384`, `ec-secp-256k-1`, `ec-curve-25519`, `rsa-2048`',
};

interface KeySpec {
  /** As the console writes it. */
  readonly scala: string;
  /** The algorithm that the configuration names with it. */
  readonly algorithm: string;
  readonly purpose: KeyKind['purpose'];
}

/** Source: `crypto_schemes.rst` main; `CryptoConfig.scala` 3.3 to main. */
const SPECS: Readonly<Record<string, KeySpec>> = {
  'ec-p-256': { scala: 'SigningKeySpec.EcP256', algorithm: 'ec-dsa-sha-256', purpose: 'Signing' },
  'ec-p-384': { scala: 'SigningKeySpec.EcP384', algorithm: 'ec-dsa-sha-384', purpose: 'Signing' },
  'ec-secp-256k-1': { scala: 'SigningKeySpec.EcSecp256k1', algorithm: 'ec-dsa-sha-256', purpose: 'Signing' },
  'ec-curve-25519': { scala: 'SigningKeySpec.EcCurve25519', algorithm: 'ed-25519', purpose: 'Signing' },
  'rsa-2048': { scala: 'EncryptionKeySpec.Rsa2048', algorithm: 'rsa-oaep-sha-256', purpose: 'Encryption' },
};

/** Does the request need single steps instead of one command? */
export function isPaused(facts: Facts): boolean {
  return option(facts, `set.${PAUSE}`) === 'yes' || option(facts, `set.${KEY_SPEC}`) !== undefined;
}

/** Why the steps cannot be given. */
export function pauseReasons(facts: Facts): readonly string[] {
  const pause = option(facts, `set.${PAUSE}`);
  if (pause !== undefined && pause !== 'yes' && pause !== 'no')
    return [`'${pause}' is not accepted for '${PAUSE}': yes or no.`];
  if (!isPaused(facts)) return [];
  const kind = keyKindOf(facts);
  if (kind === undefined) {
    return [
      'In single steps one key is rotated at a time: say which with `--set key=signing`, `sequencer-auth` or `encryption`.',
    ];
  }
  const wanted = option(facts, `set.${KEY_SPEC}`);
  return wanted === undefined ? [] : specReasons(facts, kind, wanted);
}

function specReasons(facts: Facts, kind: KeyKind, wanted: string): string[] {
  const spec = SPECS[wanted];
  if (is2x(facts)) return ['Canton 2.x rotates to a key of the same kind.'];
  if (option(facts, 'new-key-id') !== undefined) {
    return [`A key of your own has its kind already. Leave out the new key or '${KEY_SPEC}'.`];
  }
  if (spec === undefined || spec.purpose !== kind.purpose) {
    const fitting = Object.keys(SPECS).filter((name) => SPECS[name]?.purpose === kind.purpose);
    return [`'${wanted}' is not accepted for '${KEY_SPEC}' of this key: ${fitting.join(', ')}.`];
  }
  // AwsKms.scala 3.4, 3.5, main; Google Cloud and drivers from 3.4.4 on.
  if (wanted === 'ec-curve-25519' && (facts.target.kmsType === 'aws' || facts.version === '3.3')) {
    return [`${facts.target.kmsType === 'aws' ? 'AWS KMS' : 'The KMS of Canton 3.3'} cannot hold Ed25519 keys.`];
  }
  const section = kind.purpose === 'Signing' ? 'signing' : 'encryption';
  const isOut = (list: string, name: string) =>
    listAt(facts, 'crypto', section, list, 'allowed')?.includes(name) === false;
  return isOut('keys', wanted) || isOut('algorithms', spec.algorithm)
    ? [`\`crypto.${section}\` does not allow \`${spec.algorithm}\` with \`${wanted}\`: add both to \`allowed\` first.`]
    : [];
}

/**
 * Procedure (k3), and (n) for another kind of key. Source: `keys/key_management.rst`, `backup-restore.rst` 3.5, main;
 * `TopologyAdministration.scala` 2.10.
 */
export function rotateInSteps(facts: Facts, found: Step, checked: Step): Required<Pick<Outcome, 'steps' | 'rollback'>> {
  const kind = keyKindOf(facts) as KeyKind;
  return {
    steps: [
      found,
      step('console', 'Make the new key known to the node', 'It is not announced yet, and not in use.', [
        newKeyLine(facts, kind),
      ]),
      step('backup', 'Back up the database', 'Now, before the key is announced; and note its id in the KMS.'),
      step(
        'console',
        'Announce it',
        'Repeat the last line until every place shows the new key.',
        announce(facts, kind),
      ),
      step('console', 'Take the old key out of use', 'Both may be used until here; the newer one is preferred.', [
        removeLine(facts, kind, asFingerprint(facts, quoted(fingerprintOf(facts)))),
      ]),
      checked,
    ],
    rollback: [
      step(
        'console',
        'Go back',
        'Before the new key was announced there is nothing to undo. Afterwards the old key is announced again, if it was removed, and the new one removed.',
        [
          addLine(facts, kind, asFingerprint(facts, quoted(fingerprintOf(facts)))),
          removeLine(facts, kind, 'newKey.fingerprint'),
        ],
      ),
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

function newKeyLine(facts: Facts, kind: KeyKind): string {
  const { ref } = facts;
  const id = option(facts, 'new-key-id');
  const name = scalaString(newNameOf(facts, kind));
  const usage = is2x(facts) || kind.usage === undefined ? '' : kind.usage;
  const what = kind.purpose === 'Signing' ? 'signing_key' : 'encryption_key';
  if (id !== undefined) {
    const args = [scalaString(id), ...(usage === '' ? [] : [usage]), `name = ${name}`].join(', ');
    return `val newKey = ${ref}.keys.secret.register_kms_${what}(${args})`;
  }
  const spec = SPECS[option(facts, `set.${KEY_SPEC}`) ?? ''];
  const args = [
    `name = ${name}`,
    ...(usage === '' ? [] : [`usage = ${usage}`]),
    ...(spec === undefined ? [] : [`keySpec = Some(${spec.scala})`]),
  ];
  return `val newKey = ${ref}.keys.secret.generate_${what}(${args.join(', ')})`;
}

/** Names need not be unique; this one tells the new key from the old. */
export function newNameOf({ target }: Facts, kind: KeyKind | undefined): string {
  return `${target.name}-${kind?.name ?? 'key'}-2`;
}

function announce(facts: Facts, kind: KeyKind): string[] {
  const { ref } = facts;
  const add = addLine(facts, kind, 'newKey.fingerprint');
  if (is2x(facts)) return [add, `${ref}.topology.synchronisation.await_idle()`, announcedKeys(facts)];
  return [
    add,
    `${ref}.topology.owner_to_key_mappings.list(filterKeyOwnerUid = ${ref}.id.filterString).map(r => (r.context.storeId, r.item.keys.map(_.id)))`,
  ];
}

export function addLine(facts: Facts, kind: KeyKind | undefined, key: string): string {
  return mappingLine(facts, kind, 'Add', key);
}

export function removeLine(facts: Facts, kind: KeyKind | undefined, key: string): string {
  return mappingLine(facts, kind, 'Remove', key);
}

function mappingLine(facts: Facts, kind: KeyKind | undefined, change: 'Add' | 'Remove', key: string): string {
  const mappings = `${facts.ref}.topology.owner_to_key_mappings`;
  const purpose = `KeyPurpose.${kind?.purpose ?? 'Signing'}`;
  if (!is2x(facts)) return `${mappings}.${change === 'Add' ? 'add_key' : 'remove_key'}(${key}, ${purpose})`;
  const owner = facts.kind === 'participant' ? `${facts.ref}.id` : '<key owner of the domain>';
  return `${mappings}.authorize(TopologyChangeOp.${change}, ${owner}, ${key}, ${purpose})`;
}
