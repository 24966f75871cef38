import type { ConfigObject, ConfigValue, Definition } from '../../hocon/values/config-value';
import { aliasedCrypto } from '../binding/crypto-alias';

/** The sections of `canton` that hold nodes which run in the process, in Canton's order. */
export const NODE_SECTIONS = ['participants', 'sequencers', 'mediators', 'domains', 'domain-managers'] as const;
export type NodeSection = (typeof NODE_SECTIONS)[number];

/**
 * What the KMS is used for: not at all, to encrypt the stored keys (`envelope`), or to hold them (`external`). `none` as
 * well where it cannot be known, because a value comes from outside.
 */
export type KmsMode = 'none' | 'envelope' | 'external';

/** A local node of a configuration, as far as it is written. */
export interface CantonNode {
  readonly kind: NodeSection;
  readonly name: string;
  /** `participants.p1` */
  readonly id: string;
  /** `['canton', 'participants', 'p1']` */
  readonly path: readonly string[];
  readonly value: ConfigObject;
  readonly definitions: readonly Definition[];
  /** The `crypto` object as written; undefined where it is absent or no object. */
  readonly crypto: ConfigObject | undefined;
  readonly mode: KmsMode;
  readonly provider: string | undefined;
  /** `aws`, `gcp`, `driver`, or whatever is written. */
  readonly kmsType: string | undefined;
}

/** All local nodes that are objects; `root` is the whole configuration, not the object at `canton`. */
export function findNodes(root: ConfigObject): CantonNode[] {
  const canton = objectAt(root, 'canton');
  if (canton === undefined) return [];
  return NODE_SECTIONS.flatMap((kind) => {
    const section = objectAt(canton, kind);
    return section === undefined ? [] : nodesOf(kind, section);
  });
}

function nodesOf(kind: NodeSection, section: ConfigObject): CantonNode[] {
  const nodes: CantonNode[] = [];
  for (const [name, { value, definitions }] of section.entries) {
    if (value.kind !== 'object') continue;
    const crypto = objectAt(value, 'crypto');
    nodes.push({
      kind,
      name,
      id: `${kind}.${name}`,
      path: ['canton', kind, name],
      value,
      definitions,
      crypto,
      ...summary(crypto),
    });
  }
  return nodes;
}

function summary(written: ConfigObject | undefined): Pick<CantonNode, 'mode' | 'provider' | 'kmsType'> {
  const crypto = written && aliasedCrypto(written);
  const provider = textAt(crypto, 'provider');
  const kms = objectAt(crypto, 'kms');
  const encryption = objectAt(objectAt(crypto, 'private-key-store'), 'encryption');
  const reverted = encryption?.entries.get('reverted')?.value;
  const decrypts =
    reverted?.kind === 'boolean' ? reverted.value : reverted?.kind === 'string' && reverted.value === 'true';
  const mode = provider === 'kms' ? 'external' : kms && encryption && !decrypts ? 'envelope' : 'none';
  return { mode, provider, kmsType: textAt(kms, 'type') };
}

/** The object at a key, undefined for everything else. */
export function objectAt(parent: ConfigObject | undefined, key: string): ConfigObject | undefined {
  const value = parent?.entries.get(key)?.value;
  return value?.kind === 'object' ? value : undefined;
}

function textAt(parent: ConfigObject | undefined, key: string): string | undefined {
  const value: ConfigValue | undefined = parent?.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}
