import { type Bound, booleanAt, boundAt, isPresent, textAt } from '../binding/bound';
import type { NodeView } from './view';

/** Envelope encryption as far as it is known of a node. */
export interface Envelope {
  /** `aws`, `gcp`, `driver`; undefined where it is not known. */
  readonly type: string | undefined;
  /** The wrapper key, where one is written. */
  readonly keyId: string | undefined;
  readonly keyIdAt: Bound | undefined;
  readonly reverted: boolean;
}

/** Whether a node has a client of its KMS: to hold its keys, or to encrypt them. */
export function usesKms(node: NodeView): boolean {
  if (isPresent(node.section, 'kms') !== true) return false;
  return textAt(node.section, 'provider') === 'kms' || envelopeOf(node) !== undefined;
}

/** Undefined where the node does not encrypt its stored keys. */
export function envelopeOf(node: NodeView): Envelope | undefined {
  if (!node.crypto?.entries.has('private-key-store')) return undefined;
  const encryption = boundAt(node.section, 'private-key-store', 'encryption');
  if (encryption?.value.kind !== 'object') return undefined;
  const keyId = textAt(encryption, 'wrapper-key-id');
  const type = textAt(node.section, 'kms', 'type');
  return {
    type: typeof type === 'string' ? type : undefined,
    keyId: typeof keyId === 'string' ? keyId : undefined,
    keyIdAt: boundAt(encryption, 'wrapper-key-id'),
    reverted: booleanAt(encryption, 'reverted') === true,
  };
}
