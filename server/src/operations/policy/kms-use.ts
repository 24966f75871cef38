import { type Bound, booleanAt, boundAt, textAt } from '../../model/binding/bound';
import type { PolicyMode } from '../../model/facts/kms-permissions';
import { envelopeOf } from '../../model/facts/node-facts';
import type { CantonNode } from '../../model/facts/nodes';
import type { NodeView } from '../../model/facts/view';
import { type Gaps, isPlain, type PlaceholderName, placeholder } from './render';

/** Who makes the keys: Canton, or somebody beforehand. */
export type KeyOrigin = 'created' | 'existing';

/** Information that is not in the configuration. */
export interface PolicyOptions {
  /** Undefined: as the configuration suggests. */
  readonly keys?: KeyOrigin | undefined;
  /** Ids of the keys that the node uses, besides a wrapper key that the configuration names. */
  readonly keyIds: readonly string[];
  /** Is `keys.secret.delete` run on this node? */
  readonly deletesKeys: boolean;
  /** The AWS account of the keys, 12 digits. */
  readonly account?: string | undefined;
  /** Another identity that is to use the keys: an ARN of AWS, a member of Google Cloud. */
  readonly principal?: string | undefined;
}

/** The operations of a node in the KMS. */
export interface KmsUse {
  /** `participants.p1` */
  readonly node: string;
  readonly mode: PolicyMode;
  readonly keys: KeyOrigin;
  readonly keyIds: readonly string[];
  readonly deletesKeys: boolean;
  /** The node gives up its envelope encryption. */
  readonly reverts: boolean;
  readonly account: string | undefined;
  readonly principal: string | undefined;
  /** The `kms` section. */
  readonly kms: Bound | undefined;
}

export function kmsUseOf(view: NodeView, mode: PolicyMode, options: PolicyOptions, gaps: Gaps): KmsUse {
  const wrapper = mode === 'envelope' ? wrapperKeyOf(view, gaps) : undefined;
  const reverts = mode === 'envelope' && envelopeOf(view)?.reverted === true;
  return {
    node: view.id,
    mode,
    keys: reverts ? 'existing' : (options.keys ?? (isMadeBeforehand(view, mode, wrapper) ? 'existing' : 'created')),
    keyIds: [...new Set([...(wrapper === undefined ? [] : [wrapper]), ...options.keyIds])],
    deletesKeys: options.deletesKeys,
    reverts,
    account: options.account,
    principal: options.principal,
    kms: boundAt(view.section, 'kms'),
  };
}

/** A text of the `kms` section that can be in a policy; else a placeholder. */
export function settingOf({ kms }: KmsUse, key: string, name: PlaceholderName, gaps: Gaps): string {
  const bound = kms && boundAt(kms, key);
  const value = kms && textAt(kms, key);
  if (typeof value === 'string' && isPlain(value)) return value;
  const why = typeof value === 'string' ? 'contains invalid characters' : unknownBecause(bound);
  return placeholder(gaps, name, `kms.${key}, which ${why}`);
}

/** Why nothing is known of a value, as the end of a sentence. */
export function unknownBecause(bound: Bound | undefined): string {
  const value = bound?.entry?.value;
  if (value?.kind !== 'unknown') return 'is not set in the configuration';
  const { cause, subject } = value.reason;
  return cause === 'environment'
    ? `comes from the variable ${subject}: set it with --env`
    : `cannot be read (${subject})`;
}

function wrapperKeyOf(view: NodeView, gaps: Gaps): string | undefined {
  const envelope = envelopeOf(view);
  if (envelope?.keyId !== undefined) return envelope.keyId;
  if (envelope?.keyIdAt?.value.kind !== 'unknown') return undefined;
  return placeholder(gaps, 'KEY_ID', `the wrapper key, which ${unknownBecause(envelope.keyIdAt)}`);
}

/**
 * A wrapper key that is named exists; external keys are registered by hand on a node that does not generate its own
 * (`config/InitConfig.scala`: `generate-topology-transactions-and-keys` since 3.3, `auto-init` in 2.x).
 */
export function isMadeBeforehand(
  view: Pick<CantonNode, 'bound'>,
  mode: PolicyMode,
  wrapper: string | undefined,
): boolean {
  if (mode === 'envelope') return wrapper !== undefined;
  const switches = ['generate-topology-transactions-and-keys', 'auto-init'];
  return switches.some((name) => booleanAt(view.bound, 'init', name) === false);
}
