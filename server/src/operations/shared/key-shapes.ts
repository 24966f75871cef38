import { parseArn } from '../../model/facts/key-id';
import type { Facts } from '../facts';

/** A wrapper key must be symmetric (`AwsKms.scala`, `GcpKms.scala` 3.4, 3.5, main; driver guide, main). */
export function wrapperKeyShape(provider: string): string {
  switch (provider) {
    case 'aws':
      return 'key spec `SYMMETRIC_DEFAULT`, usage `ENCRYPT_DECRYPT`. Name it by key id, key ARN or `alias/NAME`; a key of another account by its ARN';
    case 'gcp':
      return 'purpose `ENCRYPT_DECRYPT`, algorithm `GOOGLE_SYMMETRIC_ENCRYPTION`, in the configured key ring. Name it by its short key name';
    default:
      return 'a 128-bit key for AES-GCM. What its id looks like is the business of the driver';
  }
}

/** Keys for external key storage, made by the operator (same files; `crypto_schemes.rst`, main), one Markdown item each. */
export function externalKeyShapes(provider: string, { kind }: Pick<Facts, 'kind'>): string {
  return shapes(provider)
    .filter((line) => kind === 'participant' || !line.startsWith('Encryption'))
    .map((line) => `- ${line}`)
    .join('\n');
}

function shapes(provider: string): readonly string[] {
  switch (provider) {
    case 'aws':
      return [
        'Signing keys: spec `ECC_NIST_P256` or `ECC_NIST_P384`, usage `SIGN_VERIFY`. AWS cannot hold Ed25519 keys for Canton.',
        'Encryption key: spec `RSA_2048`, usage `ENCRYPT_DECRYPT`.',
        'Keys of another account are always named by their full ARN.',
      ];
    case 'gcp':
      return [
        'Signing keys: purpose `ASYMMETRIC_SIGN`, algorithm `EC_SIGN_P256_SHA256` or `EC_SIGN_P384_SHA384`.',
        'Encryption key: purpose `ASYMMETRIC_DECRYPT`, algorithm `RSA_DECRYPT_OAEP_2048_SHA256`.',
        'Name a key by its short key name. Canton always uses version 1 of it: later versions are not used for signing, and version 1 must stay enabled.',
      ];
    default:
      return ['Signing keys on P-256 or P-384, an encryption key RSA 2048, with ids as the driver wants them.'];
  }
}

/** The accounts that own the keys which are named by ARN. */
export function accountsOf(ids: readonly (string | undefined)[]): string[] {
  const accounts = ids.map((id) => (id === undefined ? undefined : parseArn(id)?.account));
  return [...new Set(accounts.filter((account) => account !== undefined && account !== ''))] as string[];
}
