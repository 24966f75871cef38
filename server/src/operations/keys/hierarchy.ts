import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { ConfigObject } from '../../hocon/values/config-value';
import { booleanAt, textAt, UNKNOWN } from '../../model/binding/bound';
import { envelopeOf, sessionKeys } from '../../model/facts/node-facts';
import { type CantonNode, MODE_NAMES } from '../../model/facts/nodes';
import { readNodes } from '../../model/facts/view';
import { type NodeKind, nodeKindOf } from '../facts';
import { kmsName, nodeKmsOf, placeOf } from '../preflight/request';
import { firstKeys, type KeyKind } from '../shared/key-kinds';

/** A key of a node, with the keys that depend on it. */
export interface HeldKey {
  /** `namespace` */
  readonly id: string;
  /** `root namespace key p1-namespace` */
  readonly name: string;
  /** The location of the private key, as the end of a sentence. */
  readonly holder: string;
  /** The consequences of losing it, in whole sentences. */
  readonly lost: string;
  /** The relation of its parent key to it: `encrypts`. Undefined at the top. */
  readonly by?: string;
  /** Not every node has it. */
  readonly isOptional?: true;
  readonly below: readonly HeldKey[];
}

export interface KeyHierarchy {
  /** `participants.p1` */
  readonly node: string;
  readonly cantonVersion: string;
  /** `external keys, AWS KMS in us-east-1` */
  readonly mode: string;
  readonly keys: readonly HeldKey[];
}

interface HierarchyRequest {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly node: string;
}

/** Undefined if the launch set has no such node. Never fails. */
export function keyHierarchy(request: HierarchyRequest): KeyHierarchy | undefined {
  const { config, version, edition } = request;
  const node = readNodes(config, version, edition).find(({ id }) => id === request.node);
  if (node === undefined) return undefined;
  const kept = keepingOf(node, request);
  const keys = identityKeys(node, version, kept.holder);
  return {
    node: node.id,
    cantonVersion: version,
    mode: kept.mode,
    keys:
      kept.wrapper === undefined ? keys : [{ ...kept.wrapper, below: keys.map((key) => ({ ...key, by: 'encrypts' })) }],
  };
}

interface Keeping {
  readonly mode: string;
  readonly holder: string;
  readonly wrapper?: Omit<HeldKey, 'below'>;
}

function keepingOf(node: CantonNode, { config, version, edition }: HierarchyRequest): Keeping {
  const known = nodeKmsOf({ config, version, edition, node: node.id, keys: [], settings: {} });
  if (known.kind === 'none') return withoutKms(node);
  const { kms } = known;
  const place = placeOf(kms);
  const isWhole = kms.gaps.length === 0;
  const where = `${kmsName(kms)}${isWhole ? ` (${place})` : ', at a place that comes from outside'}`;
  if (kms.mode === 'external') return { mode: `${MODE_NAMES.external}, ${where}`, holder: `in ${where}` };
  const id = envelopeOf(node)?.keyId;
  const named = id === undefined ? 'wrapper key that Canton created, whose ID is in the database' : `wrapper key ${id}`;
  return {
    mode: `${MODE_NAMES.envelope}, ${where}`,
    holder: 'in the database, encrypted',
    wrapper: { id: 'wrapper', name: named, holder: `in ${where}`, lost: LOST.wrapper },
  };
}

function withoutKms(node: CantonNode): Keeping {
  const isOpen = textAt(node.section, 'provider') === UNKNOWN || textAt(node.section, 'kms', 'type') === UNKNOWN;
  if (isOpen)
    return { mode: 'unknown: a part of the crypto section comes from outside', holder: 'at a place that is not known' };
  const isReverted = envelopeOf(node)?.reverted === true;
  return {
    mode: isReverted ? `${MODE_NAMES.none}, after a revert of ${MODE_NAMES.envelope}` : MODE_NAMES.none,
    holder: 'in the database, unencrypted',
  };
}

/** The keys below the root: every other key of the node is valid because a key of the namespace signed it. */
function identityKeys(node: CantonNode, version: CantonVersion, holder: string): readonly HeldKey[] {
  const [kind, kinds] = [nodeKindOf(node), firstKeys(nodeKindOf(node), version)];
  const all = kinds.map((one) => heldKey(one, node, kind, holder));
  const [root, ...others] = all;
  if (root?.id !== 'namespace') return all.map((key) => withSessions(key, node, version));
  const announced = others.map((key) => ({ ...withSessions(key, node, version), by: 'authorizes' }));
  return [{ ...root, below: [intermediate(node, holder), ...announced] }];
}

function heldKey({ name, what }: KeyKind, node: CantonNode, kind: NodeKind, holder: string): HeldKey {
  const title = name === 'namespace' ? 'root namespace key' : what;
  return { id: name, name: `${title} ${node.name}-${name}`, holder, lost: lostOf(name, kind), below: [] };
}

/**
 * Created at the first start with `init.generate-intermediate-key` (`CantonConfig.scala` 3.3 to main), or delegated to
 * later.
 */
function intermediate(node: CantonNode, holder: string): HeldKey {
  const isMade = booleanAt(node.bound, 'init', 'generate-intermediate-key') === true;
  return {
    id: 'intermediate',
    name: `intermediate namespace key${isMade ? '' : ', if the root key delegated to one'}`,
    holder,
    lost: LOST.intermediate,
    by: 'delegates to',
    ...(isMade ? {} : { isOptional: true as const }),
    below: [],
  };
}

/** Session keys are only in memory (`SessionSigningKeysConfig.scala` 3.3 to main; `CacheConfig.scala` 3.3 to main). */
function withSessions(key: HeldKey, node: CantonNode, version: CantonVersion): HeldKey {
  if (key.id === 'encryption') return { ...key, below: [session('session-encryption', 'session encryption keys')] };
  const isOn = key.id === 'signing' && node.mode === 'external' && hasSessionSigningKeys(node, version);
  return isOn ? { ...key, below: [session('session-signing', 'session signing keys')] } : key;
}

function hasSessionSigningKeys(node: CantonNode, version: CantonVersion): boolean {
  const section = sessionKeys(node, version);
  return section !== undefined && booleanAt(section, 'enabled') === true;
}

function session(id: string, name: string): HeldKey {
  return { id, name, holder: 'in memory', lost: LOST.session, by: 'covers', below: [] };
}

/**
 * Sources: `security.rst`, `key_management.rst` 3.5; `EncryptedCryptoPrivateStore.scala:159-195` 3.5 for the wrapper key;
 * signing, authentication and encryption keys were disabled on a running 3.5.
 */
const LOST = {
  wrapper:
    'The database and every backup under it are unreadable, and the node does not start again. A node that still runs has its keys in memory: export them at once.',
  namespace:
    'No key, party or delegation of the node can be changed any more, unless an intermediate key may do it. The identity cannot be had from another key.',
  intermediate: 'The root key signs in its place, and can delegate to another one.',
  authentication:
    'The node cannot connect to sequencers once its token ends. With a namespace key, another one can be announced.',
  signing: {
    participant: 'Commands and confirmations fail. With a namespace key, another one can be announced.',
    sequencer: 'Nothing is sequenced by this node any more. With a namespace key, another one can be announced.',
    mediator: 'The mediator cannot decide on requests. With a namespace key, another one can be announced.',
    domain: 'The domain processes nothing. With a namespace key, another one can be announced.',
    'domain manager': 'Topology changes are not signed any more. With a namespace key, another one can be announced.',
  },
  encryption:
    'Messages that are encrypted for it stay unreadable, and the participant ends or disconnects at the first of them. Another one can be announced for later messages.',
  session: 'Nothing: the node makes new ones.',
} as const;

function lostOf(name: string, kind: NodeKind): string {
  switch (name) {
    case 'namespace':
      return LOST.namespace;
    case 'sequencer-auth':
      return LOST.authentication;
    case 'encryption':
      return LOST.encryption;
    default:
      return LOST.signing[kind];
  }
}
