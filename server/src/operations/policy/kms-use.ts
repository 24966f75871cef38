import { type Bound, booleanAt, boundAt, textAt } from '../../model/binding/bound';
import type { PolicyMode } from '../../model/facts/kms-permissions';
import { envelopeOf } from '../../model/facts/node-facts';
import type { CantonNode } from '../../model/facts/nodes';
import type { NodeView } from '../../model/facts/view';
import { type Gaps, isPlain, type PlaceholderName, placeholder } from './render';

/** The creator of the keys: Canton, or an operator beforehand. */
export type KeyOrigin = 'created' | 'existing';

/** Information that is not in the configuration. */
export interface PolicyOptions {
  /** Undefined to follow the configuration. */
  readonly keys?: KeyOrigin | undefined;
  /** IDs of the keys that the node uses, in addition to a wrapper key in the configuration. */
  readonly keyIds: readonly string[];
  /** True if `keys.secret.delete` is run on this node. */
  readonly deletesKeys: boolean;
  /** The AWS account of the keys, 12 digits. */
  readonly account?: string | undefined;
  /** Another identity that will use the keys: an ARN of AWS, or a member of Google Cloud. */
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
  /** True if the node gives up envelope encryption. */
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

/** A text of the `kms` section if it is allowed in a policy, otherwise a placeholder. */
export function settingOf({ kms }: KmsUse, key: string, name: PlaceholderName, gaps: Gaps): string {
  const bound = kms && boundAt(kms, key);
  const value = kms && textAt(kms, key);
  if (typeof value === 'string' && isPlain(value)) return value;
  const why = typeof value === 'string' ? 'contains invalid characters' : unknownBecause(bound);
  return placeholder(gaps, name, `kms.${key}, which ${why}`);
}

/** The reason why a value is unknown, as the end of a sentence. */
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
