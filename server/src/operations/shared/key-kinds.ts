import type { CantonVersion } from '../../../../schemas/version';
import { type Facts, is2x, type NodeKind, option } from '../facts';
import type { Answers, Choice } from '../procedure';
import { needsManager } from './topology-2x';

/** A key of a node. Source: `TopologyManagementHelper.scala` 3.3 to main. */
export interface KeyKind {
  /** The suffix that Canton appends to the name of the node when it creates the key. */
  readonly name: string;
  /** The name in a sentence: "the protocol signing key". */
  readonly what: string;
  readonly purpose: 'Signing' | 'Encryption';
  /** The usage in 3.x; undefined for the encryption key. */
  readonly usage: string | undefined;
  /** The option for its KMS key ID. */
  readonly option: string;
  /** The value that holds the key in scripts. */
  readonly variable: string;
}

export const NAMESPACE_KEY = keyKind('namespace', 'namespace key', 'NamespaceOnly');
/** An optional key that replaces the root key, so that access to the root key can be removed. */
export const INTERMEDIATE_KEY = keyKind('intermediate', 'intermediate namespace key', 'NamespaceOnly');
export const AUTHENTICATION_KEY = keyKind(
  'sequencer-auth',
  'sequencer authentication key',
  'SequencerAuthenticationOnly',
);
export const SIGNING_KEY = keyKind('signing', 'protocol signing key', 'ProtocolOnly');
export const ENCRYPTION_KEY = keyKind('encryption', 'encryption key');

/**
 * The keys that a node of a kind has from the start, without an intermediate namespace key. 2.x has no key for
 * sequencer authentication, and namespace keys only for the nodes that it initializes (`TopologyManagementHelper.scala`
 * 3.3 to main; `external_key_storage_aws.rst` 2.10.4).
 */
export function firstKeys(kind: NodeKind, version: CantonVersion): readonly KeyKind[] {
  const encryption = kind === 'participant' ? [ENCRYPTION_KEY] : [];
  if (version !== '2.10') return [NAMESPACE_KEY, AUTHENTICATION_KEY, SIGNING_KEY, ...encryption];
  return kind === 'sequencer' || kind === 'mediator' ? [SIGNING_KEY] : [NAMESPACE_KEY, SIGNING_KEY, ...encryption];
}

function keyKind(name: string, what: string, usage?: string): KeyKind {
  return {
    name,
    what,
    purpose: usage === undefined ? 'Encryption' : 'Signing',
    usage: usage && `SigningKeyUsage.${usage}`,
    option: `${name}-key-id`,
    variable: `${name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Key`,
  };
}

/** The answer that selects a key. */
export const KEY = 'key';
export const ALL = 'all';
export const INTERMEDIATE = 'intermediate-namespace';
export const ROOT = 'root-namespace';
export const KEY_ANSWER: Answers = {
  [KEY]:
    'the key to rotate: `all`, `signing`, `sequencer-auth` (not in 2.10), `encryption`, `intermediate-namespace`, `root-namespace`',
};

/**
 * The keys that a node announces (`TopologyManagementHelper.scala` 3.3 to main; 2.x: `manual_kms_key_rotation.rst`).
 */
export function keyKinds(facts: Facts): readonly KeyKind[] {
  const encryption = facts.kind === 'participant' ? [ENCRYPTION_KEY] : [];
  return is2x(facts) ? [SIGNING_KEY, ...encryption] : [SIGNING_KEY, AUTHENTICATION_KEY, ...encryption];
}

export function keyChoices(facts: Facts): readonly Choice[] {
  return [
    { value: ALL, label: 'All keys', detail: 'All at once, without the namespace keys' },
    ...keyKinds(facts).map(({ name, what }) => ({ value: name, label: `The ${what}`, detail: 'Only this key' })),
    ...(needsManager(facts)
      ? []
      : [{ value: INTERMEDIATE, label: 'The intermediate namespace key', detail: 'Requires the root key' }]),
    { value: ROOT, label: 'The root namespace key', detail: 'Cannot be rotated; shows the alternatives' },
  ];
}

/** The selected key; without an answer, a fingerprint or a new key shows that it is a single key. */
export function keyAnswer(facts: Facts): string | undefined {
  const answer = option(facts, `set.${KEY}`);
  if (answer !== undefined) return answer;
  return option(facts, 'fingerprint') === undefined && option(facts, 'new-key-id') === undefined ? ALL : undefined;
}

export function keyKindOf(facts: Facts): KeyKind | undefined {
  return keyKinds(facts).find(({ name }) => name === keyAnswer(facts));
}
