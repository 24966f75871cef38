import type { CantonVersion } from './version';

/**
 * The sections of `crypto` that select among several schemes by `default` and `allowed`. The schemes are in the spellings
 * of the configuration; Canton 3.x only.
 */
export const SCHEME_SECTIONS = [
  'signing.keys',
  'signing.algorithms',
  'encryption.keys',
  'encryption.algorithms',
] as const;
export type SchemeSection = (typeof SCHEME_SECTIONS)[number];

/** Key specifications of each algorithm (`crypto/{Signing,Encryption}.scala` 3.3, 3.4, 3.5, main). */
export const KEYS_OF_ALGORITHM: ReadonlyMap<string, readonly string[]> = new Map([
  ['ed-25519', ['ec-curve-25519']],
  ['ec-dsa-sha-256', ['ec-p-256', 'ec-secp-256k-1']],
  ['ec-dsa-sha-384', ['ec-p-384']],
  ['ml-dsa-65', ['ml-dsa-65']],
  ['ecies-hkdf-hmac-sha-256-aes-128-gcm', ['ec-p-256']],
  ['ecies-hkdf-hmac-sha-256-aes-128-cbc', ['ec-p-256']],
  ['rsa-oaep-sha-256', ['rsa-2048']],
]);

export function keysOfAlgorithm(algorithm: string | undefined): readonly string[] {
  return (algorithm !== undefined && KEYS_OF_ALGORITHM.get(algorithm)) || [];
}

/** Schemes that are filtered out unless `crypto.enable-experimental` is set (`config/CryptoProvider.scala` main). */
export const EXPERIMENTAL: ReadonlySet<string> = new Set(['ml-dsa-65']);

/** The scheme that a provider uses if none is configured (`config/CryptoProvider.scala` 3.3, 3.4, 3.5, main). */
export function providerDefault(provider: 'jce' | 'kms', settings: SchemeSection, version: CantonVersion): string {
  if (provider === 'kms') return KMS_DEFAULTS[settings];
  if (settings === 'encryption.algorithms' && version === '3.3') return 'ecies-hkdf-hmac-sha-256-aes-128-gcm';
  return JCE_DEFAULTS[settings];
}

const JCE_DEFAULTS: Readonly<Record<SchemeSection, string>> = {
  'signing.algorithms': 'ed-25519',
  'signing.keys': 'ec-curve-25519',
  'encryption.algorithms': 'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  'encryption.keys': 'ec-p-256',
};
const KMS_DEFAULTS: Readonly<Record<SchemeSection, string>> = {
  'signing.algorithms': 'ec-dsa-sha-256',
  'signing.keys': 'ec-p-256',
  'encryption.algorithms': 'rsa-oaep-sha-256',
  'encryption.keys': 'rsa-2048',
};
