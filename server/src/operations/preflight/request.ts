import { isKmsType, type KmsType, kmsTypeFacts, supportedSchemes } from '../../../../schemas/kms-types';
import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { ConfigObject } from '../../hocon/values/config-value';
import { booleanAt, boundAt, textAt, UNKNOWN } from '../../model/binding/bound';
import { TRUE } from '../../model/binding/pureconfig';
import type { PolicyMode } from '../../model/facts/kms-permissions';
import { envelopeOf } from '../../model/facts/node-facts';
import { type CantonNode, unknownNode } from '../../model/facts/nodes';
import { selectSchemes } from '../../model/facts/schemes';
import { readNodes } from '../../model/facts/view';
import { type NodeKind, nodeKindOf } from '../facts';
import { isMadeBeforehand, type KeyOrigin, unknownBecause } from '../policy/kms-use';
import { firstKeys, INTERMEDIATE_KEY } from '../shared/key-kinds';
import { type GivenKey, KEY_ROLES, type KeyRole, type PreflightOptions } from './given-keys';

/** An evaluated launch set, the node whose KMS is checked, and the information that is not in the configuration. */
export interface PreflightRequest extends PreflightOptions {
  readonly config: ConfigObject;
  readonly version: CantonVersion;
  readonly edition: Edition;
  /** `participants.p1` */
  readonly node: string;
}

/** The KMS that the node requires. */
export interface NodeKms {
  /** `participants.p1` */
  readonly node: string;
  readonly name: string;
  readonly version: CantonVersion;
  readonly type: KmsType;
  readonly mode: PolicyMode;
  readonly origin: KeyOrigin;
  /** The known keys. */
  readonly keys: readonly GivenKey[];
  /** Every role for which the node needs a key. */
  readonly roles: readonly KeyRole[];
  /** Canton's key specifications that the node accepts, starting with the one for new keys. */
  readonly signing: readonly string[];
  readonly encryption: readonly string[];
  /** A setting of the `kms` section; an unknown setting is added to the gaps. */
  setting(key: string): string;
  /** Undefined if there is none or it is not known. */
  readonly optional: (key: string) => string | undefined;
  /** A setting that is on for Canton. */
  readonly isOn: (key: string) => boolean;
  /** Settings that are required but unknown, one sentence each. */
  readonly gaps: readonly string[];
}

export type NodeKmsResult =
  | { readonly kind: 'node'; readonly kms: NodeKms }
  | { readonly kind: 'none'; readonly reason: string };

/** The requirements of the node for its KMS, or one sentence with the reason why they are unknown. Never fails. */
export function nodeKmsOf(request: PreflightRequest): NodeKmsResult {
  const { config, version, edition, node: id, settings } = request;
  const node = readNodes(config, version, edition).find((one) => one.id === id);
  if (node === undefined) return { kind: 'none', reason: unknownNode(request.config, id) };
  const { section } = node;
  const mode = request.mode ?? (node.mode === 'none' ? undefined : node.mode);
  const written = textAt(section, 'kms', 'type');
  const type = request.provider ?? (isKmsType(written) ? written : undefined);
  if (mode === undefined || type === undefined) {
    const isUnknown = written === UNKNOWN || textAt(section, 'provider') === UNKNOWN;
    const reason = isUnknown
      ? `It is not known whether ${id} uses a KMS, because a part of its crypto section comes from outside.`
      : `${id} does not use a KMS. Use --provider, --mode and --set to describe the KMS that it will use.`;
    return { kind: 'none', reason };
  }
  const optional = (key: string): string | undefined => {
    const given = settings[key];
    if (given !== undefined) return given;
    const text = type === written ? textAt(section, 'kms', key) : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  const keys = keysOf(node, request.keys, mode);
  const gaps = new Set<string>();
  const kms: NodeKms = {
    node: id,
    name: node.name,
    version,
    type,
    mode,
    origin: isMadeBeforehand(node, mode, keys[0]?.id) ? 'existing' : 'created',
    keys,
    roles: rolesOf(request, nodeKindOf(node), mode),
    ...specsOf(node, version, type),
    optional,
    isOn: (key) => {
      const given = settings[key];
      return given === undefined ? booleanAt(section, 'kms', key) === true : TRUE.has(given);
    },
    setting: (key) => {
      const text = optional(key);
      if (text === undefined) {
        const bound = boundAt(section, 'kms', key);
        gaps.add(`kms.${key} is not known: it ${unknownBecause(bound).replace(/: give it with --env$/, '')}`);
      }
      return text ?? '';
    },
    get gaps() {
      return [...gaps];
    },
  };
  return { kind: 'node', kms };
}

/** With envelope encryption, every key of the KMS is a wrapper key; the configured one comes first. */
function keysOf(node: CantonNode, given: readonly GivenKey[], mode: PolicyMode): readonly GivenKey[] {
  if (mode === 'external') return given.filter(({ role }) => role !== 'wrapper');
  const configured = envelopeOf(node)?.keyId;
  const ids = new Set([...(configured === undefined ? [] : [configured]), ...given.map(({ id }) => id)]);
  return [...ids].map((id) => ({ role: 'wrapper', id }));
}

function rolesOf({ keys, version }: PreflightRequest, kind: NodeKind, mode: PolicyMode): readonly KeyRole[] {
  if (mode === 'envelope') return ['wrapper'];
  const wanted = new Set(firstKeys(kind, version).map(({ name }) => name));
  if (keys.some(({ role }) => role === 'intermediate')) wanted.add(INTERMEDIATE_KEY.name);
  return KEY_ROLES.filter((role) => wanted.has(role));
}

/** The kinds of keys that the schemes of the node allow and the KMS can hold; 2.x has only the defaults. */
function specsOf(node: CantonNode, version: CantonVersion, type: KmsType) {
  const selected = version !== '2.10' ? selectSchemes(node.section, 'kms', version) : UNKNOWN;
  const chosen = (section: 'signing.keys' | 'encryption.keys') => {
    const held = supportedSchemes(type, section, version);
    const selection = selected instanceof Map ? selected.get(section) : undefined;
    if (selection === undefined) return byDefault(section, held);
    const allowed = held.filter((spec) => selection.allowed.includes(spec));
    return [
      ...allowed.filter((spec) => spec === selection.default),
      ...allowed.filter((spec) => spec !== selection.default),
    ];
  };
  return { signing: chosen('signing.keys'), encryption: chosen('encryption.keys') };
}

/** The default of the provider first (`config/CryptoProvider.scala` 3.3 to main; `crypto_schemes.rst` 2.10). */
function byDefault(section: 'signing.keys' | 'encryption.keys', held: readonly string[]): readonly string[] {
  const first = section === 'signing.keys' ? 'ec-p-256' : 'rsa-2048';
  return [first, ...held.filter((spec) => spec !== first)];
}

/** The location of the keys in the KMS, in the terms of its users. */
export function placeOf(kms: NodeKms): string {
  return kmsTypeFacts(kms.type).place.replace(/\{([\w-]+)\}/g, (_, key: string) => kms.setting(key));
}

export function kmsName({ type }: Pick<NodeKms, 'type'>): string {
  return kmsTypeFacts(type).name;
}
