import { type Facts, is2x, option } from '../facts';
import type { Answers, Choice } from '../procedure';

/** A key of a node that can be rotated by itself. */
export interface KeyKind {
  readonly name: string;
  readonly label: string;
  readonly purpose: 'Signing' | 'Encryption';
  /** Of 3.x; undefined for the encryption key. */
  readonly usage: string | undefined;
}

const SIGNING: KeyKind = {
  name: 'signing',
  label: 'The protocol signing key',
  purpose: 'Signing',
  usage: 'SigningKeyUsage.ProtocolOnly',
};
const AUTHENTICATION: KeyKind = {
  name: 'sequencer-auth',
  label: 'The sequencer authentication key',
  purpose: 'Signing',
  usage: 'SigningKeyUsage.SequencerAuthenticationOnly',
};
const ENCRYPTION: KeyKind = {
  name: 'encryption',
  label: 'The encryption key',
  purpose: 'Encryption',
  usage: undefined,
};

/** The answer that says which key. */
export const KEY = 'key';
export const ALL = 'all';
export const INTERMEDIATE = 'intermediate-namespace';
export const ROOT = 'root-namespace';
export const KEY_ANSWER: Answers = {
  [KEY]:
    'which: `all`, `signing`, `sequencer-auth` (not in 2.10), `encryption`, `intermediate-namespace`, `root-namespace`',
};

/** Those that a node announces (`TopologyManagementHelper.scala` 3.3 to main; 2.x: `manual_kms_key_rotation.rst`). */
export function keyKinds(facts: Facts): readonly KeyKind[] {
  const encryption = facts.kind === 'participant' ? [ENCRYPTION] : [];
  return is2x(facts) ? [SIGNING, ...encryption] : [SIGNING, AUTHENTICATION, ...encryption];
}

export function keyChoices(facts: Facts): readonly Choice[] {
  return [
    { value: ALL, label: 'All keys', detail: 'In one go; not the namespace keys' },
    ...keyKinds(facts).map(({ name, label }) => ({ value: name, label, detail: 'This one alone' })),
    { value: INTERMEDIATE, label: 'The intermediate namespace key', detail: 'Needs the root key' },
    { value: ROOT, label: 'The root namespace key', detail: 'Cannot be rotated: shows what is possible instead' },
  ];
}

/** Which key was asked for; without an answer the fingerprint or the new key tells that it is a single one. */
export function keyAnswer(facts: Facts): string | undefined {
  const answer = option(facts, `set.${KEY}`);
  if (answer !== undefined) return answer;
  return option(facts, 'fingerprint') === undefined && option(facts, 'new-key-id') === undefined ? ALL : undefined;
}

export function keyKindOf(facts: Facts): KeyKind | undefined {
  return keyKinds(facts).find(({ name }) => name === keyAnswer(facts));
}
