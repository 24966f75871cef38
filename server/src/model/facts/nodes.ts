import type { KmsType } from '../../../../schemas/kms-types';
import type { ConfigObject, Definition } from '../../hocon/values/config-value';
import type { Bound } from '../binding/bound';

/** The sections of `canton` that hold nodes which run in the process, in Canton's order. */
export const NODE_SECTIONS = ['participants', 'sequencers', 'mediators', 'domains', 'domain-managers'] as const;
export type NodeSection = (typeof NODE_SECTIONS)[number];

/** A local node of a configuration, as the files write it. */
export interface WrittenNode {
  readonly kind: NodeSection;
  readonly name: string;
  /** `participants.p1` */
  readonly id: string;
  /** `['canton', 'participants', 'p1']` */
  readonly path: readonly string[];
  readonly value: ConfigObject;
  readonly definitions: readonly Definition[];
  /** The `crypto` object as written; undefined if it is absent or not an object. */
  readonly crypto: ConfigObject | undefined;
}

/**
 * The use that a node makes of the KMS: not at all, to encrypt the stored keys (`envelope`), or to hold them
 * (`external`). Also `none` if it cannot be known because a value comes from outside.
 */
export type KmsMode = 'none' | 'envelope' | 'external';

/** The modes in words. */
export const MODE_NAMES: Readonly<Record<KmsMode, string>> = {
  none: 'no KMS',
  envelope: 'envelope encryption',
  external: 'external keys',
};

/** A local node as one version of Canton reads it; faulty values are unknown. */
export interface CantonNode extends WrittenNode {
  readonly bound: Bound;
  /** The `crypto` section, after the move of the session signing keys in 3.5. */
  readonly section: Bound;
  readonly mode: KmsMode;
  /** Undefined if there is none, or if it cannot be known. */
  readonly kmsType: KmsType | undefined;
}

/** `participants.p1` for the path of the node or of anything in it; undefined for other paths. */
export function nodeIdAt([root, kind, name]: readonly string[]): string | undefined {
  const isNode = root === 'canton' && NODE_SECTIONS.some((section) => section === kind) && name !== undefined;
  return isNode ? `${kind}.${name}` : undefined;
}

/** All local nodes that are objects; `root` is the whole configuration, not the object at `canton`. */
export function findNodes(root: ConfigObject): WrittenNode[] {
  const canton = objectAt(root, 'canton');
  if (canton === undefined) return [];
  return NODE_SECTIONS.flatMap((kind) => {
    const section = objectAt(canton, kind);
    return section === undefined ? [] : nodesOf(kind, section);
  });
}

/** The reason why nothing can be done for a node that the configuration does not have, as one sentence. */
export function unknownNode(root: ConfigObject, id: string): string {
  const ids = findNodes(root).map((node) => node.id);
  return `This configuration has no node '${id}'; it has ${ids.length === 0 ? 'none' : ids.join(', ')}.`;
}

function nodesOf(kind: NodeSection, section: ConfigObject): WrittenNode[] {
  const nodes: WrittenNode[] = [];
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
    });
  }
  return nodes;
}

/** The object at a key; undefined for any other value. */
export function objectAt(parent: ConfigObject | undefined, key: string): ConfigObject | undefined {
  const value = parent?.entries.get(key)?.value;
  return value?.kind === 'object' ? value : undefined;
}
