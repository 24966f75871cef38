import { type CantonVersion, compareVersions } from './version';

/**
 * Which schemes go together, which a provider takes by default, and which a KMS can do with a private key, in the
 * spellings of the configuration. Canton 3.x only.
 */
export type Settings = 'signing.keys' | 'signing.algorithms' | 'encryption.keys' | 'encryption.algorithms';

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

/** Schemes that are filtered out unless `crypto.enable-experimental` is set (`config/CryptoProvider.scala` main). */
export const EXPERIMENTAL: ReadonlySet<string> = new Set(['ml-dsa-65']);

/** What a provider takes where nothing is configured (`config/CryptoProvider.scala` 3.3, 3.4, 3.5, main). */
export function providerDefault(provider: 'jce' | 'kms', settings: Settings, version: CantonVersion): string {
  if (provider === 'kms') return KMS_DEFAULTS[settings];
  if (settings === 'encryption.algorithms' && version === '3.3') return 'ecies-hkdf-hmac-sha-256-aes-128-gcm';
  return JCE_DEFAULTS[settings];
}

const JCE_DEFAULTS: Readonly<Record<Settings, string>> = {
  'signing.algorithms': 'ed-25519',
  'signing.keys': 'ec-curve-25519',
  'encryption.algorithms': 'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  'encryption.keys': 'ec-p-256',
};
const KMS_DEFAULTS: Readonly<Record<Settings, string>> = {
  'signing.algorithms': 'ec-dsa-sha-256',
  'signing.keys': 'ec-p-256',
  'encryption.algorithms': 'rsa-oaep-sha-256',
  'encryption.keys': 'rsa-2048',
};

/**
 * What the backend can do with private keys (`crypto/kms/{aws/AwsKms,gcp/GcpKms,driver/v1/DriverKms}.scala` 3.4, 3.5,
 * main). For drivers: what the driver API can express; the driver itself may report less.
 */
export function backendSupport(
  type: string,
  settings: Settings,
  version: CantonVersion,
): readonly string[] | undefined {
  const postQuantum = compareVersions(version, '3.6') >= 0 ? ['ml-dsa-65'] : [];
  const edwards = compareVersions(version, '3.4') >= 0;
  const keys = ['ec-p-256', 'ec-p-384', 'ec-secp-256k-1'];
  const algorithms = ['ec-dsa-sha-256', 'ec-dsa-sha-384'];
  const ecies = ['ecies-hkdf-hmac-sha-256-aes-128-cbc'];
  const isDriver = type === 'driver';
  if (!isDriver && type !== 'aws' && type !== 'gcp') return undefined;
  switch (settings) {
    case 'signing.keys':
      return [...(edwards && type !== 'aws' ? ['ec-curve-25519'] : []), ...keys, ...(isDriver ? [] : postQuantum)];
    case 'signing.algorithms':
      return [...(edwards && type !== 'aws' ? ['ed-25519'] : []), ...algorithms, ...(isDriver ? [] : postQuantum)];
    case 'encryption.keys':
      return [...(isDriver && edwards ? ['ec-p-256'] : []), 'rsa-2048'];
    case 'encryption.algorithms':
      return [...(isDriver && edwards ? ecies : []), 'rsa-oaep-sha-256'];
  }
}
