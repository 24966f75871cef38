import { isKmsType, type KmsType } from '../../../../schemas/kms-types';
import { type CantonVersion, compareVersions } from '../../../../schemas/version';
import { type Bound, booleanAt, boundAt, isPresent, textAt, UNKNOWN, type Unknown, valueAt } from '../binding/bound';
import { asText } from '../binding/pureconfig';
import type { CantonNode, KmsMode } from './nodes';

/**
 * Facts of a node, each derived here and nowhere else, from what Canton reads: defaults filled in, `yes` and `on` as
 * true, the aliases of the version applied. Rules, lenses, the effective configuration, plans and policies use them.
 */

/**
 * @param section the `crypto` section; a section with mistakes also has a mode, so that it can be shown while it is
 * typed
 */
export function kmsMode(section: Bound): KmsMode {
  if (textAt(section, 'provider') === 'kms') return 'external';
  const encryption = boundAt(section, ...ENCRYPTION);
  if (!isObjectWritten(boundAt(section, 'kms')) || !isObjectWritten(encryption)) return 'none';
  return booleanAt(section, ...ENCRYPTION, 'reverted') === true ? 'none' : 'envelope';
}

const ENCRYPTION = ['private-key-store', 'encryption'] as const;

function isObjectWritten(bound: Bound | undefined): boolean {
  return bound?.entry?.value.kind === 'object';
}

/** Undefined if the section has none, an invalid one, or one that comes from outside. */
export function kmsType(section: Bound): KmsType | undefined {
  const type = textAt(section, 'kms', 'type');
  return isKmsType(type) ? type : undefined;
}

/** The known settings of a node's envelope encryption. */
export interface Envelope {
  readonly type: KmsType | undefined;
  /** The wrapper key, if one is configured. */
  readonly keyId: string | undefined;
  readonly keyIdAt: Bound | undefined;
  readonly reverted: boolean;
}

/** Undefined if the node does not encrypt its stored keys. */
export function envelopeOf({ crypto, section }: CantonNode): Envelope | undefined {
  if (!crypto?.entries.has('private-key-store')) return undefined;
  const encryption = boundAt(section, ...ENCRYPTION);
  if (encryption?.value.kind !== 'object') return undefined;
  const keyId = textAt(encryption, 'wrapper-key-id');
  return {
    type: kmsType(section),
    keyId: typeof keyId === 'string' ? keyId : undefined,
    keyIdAt: boundAt(encryption, 'wrapper-key-id'),
    reverted: booleanAt(encryption, 'reverted') === true,
  };
}

/** True if a node has a client of its KMS: to hold its keys, or to encrypt them. */
export function usesKms(node: CantonNode): boolean {
  if (isPresent(node.section, 'kms') !== true) return false;
  return textAt(node.section, 'provider') === 'kms' || envelopeOf(node) !== undefined;
}

export type StorageKind = 'memory' | 'database';

/** `memory` is the default of every version. */
export function storageKind({ bound }: CantonNode): StorageKind | Unknown {
  const storage = valueAt(bound, 'storage');
  if (storage === undefined) return bound.value.kind === 'object' ? 'memory' : UNKNOWN;
  // The model does not describe the storage of 2.x.
  if (storage.kind === 'raw') {
    const type = storage.value.kind === 'object' ? storage.value.entries.get('type') : undefined;
    const text = type && asText(type.value);
    return text?.ok ? kindOf(text.value) : UNKNOWN;
  }
  const type = textAt(bound, 'storage', 'type');
  return typeof type === 'string' ? kindOf(type) : UNKNOWN;
}

function kindOf(type: string): StorageKind {
  return type === 'memory' ? 'memory' : 'database';
}

/** False if the default applies because nothing is set. */
export function hasStorage(node: CantonNode): boolean {
  return node.value.entries.has('storage');
}

/** The path below the node at which a version keeps the session signing keys. */
function sessionKeysPath(version: CantonVersion): readonly string[] {
  if (compareVersions(version, '3.5') >= 0) return ['crypto', 'session-signing-keys'];
  if (version === '3.4') return ['crypto', 'kms', 'session-signing-keys'];
  return ['parameters', 'session-signing-keys'];
}

/** The section as read (after the move of 3.5); undefined if it cannot be known or the version has none. */
export function sessionKeys({ bound }: CantonNode, version: CantonVersion): Bound | undefined {
  return version === '2.10' ? undefined : boundAt(bound, ...sessionKeysPath(version));
}
