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

/** Keys for external key storage, made by the operator (same files; `crypto_schemes.rst`, main). */
export function externalKeyShapes(provider: string): readonly string[] {
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
        'Name a key by its short key name. Canton always uses version 1 of it.',
      ];
    default:
      return ['Signing keys on P-256 or P-384, an encryption key RSA 2048, with ids as the driver wants them.'];
  }
}

export interface Access {
  readonly mode: 'envelope' | 'external';
  /** Canton makes keys itself. */
  readonly creates: boolean;
}

/** What the node's identity at the provider must be allowed to do, by what Canton's code calls (same files). */
export function permissions(provider: string, { mode, creates }: Access): readonly string[] {
  const isEnvelope = mode === 'envelope';
  switch (provider) {
    case 'aws': {
      const use = isEnvelope ? ['Encrypt', 'Decrypt'] : ['Sign', 'Decrypt', 'GetPublicKey'];
      return [...use, 'DescribeKey', ...(creates ? ['CreateKey', 'TagResource'] : [])].map((name) => `kms:${name}`);
    }
    case 'gcp': {
      const versions = isEnvelope ? ['useToEncrypt', 'useToDecrypt'] : ['useToSign', 'useToDecrypt', 'viewPublicKey'];
      const keys = creates ? ['cloudkms.cryptoKeys.create', 'cloudkms.cryptoKeyVersions.create'] : [];
      return [
        ...[...versions, 'get'].map((name) => `cloudkms.cryptoKeyVersions.${name}`),
        'cloudkms.cryptoKeys.get',
        ...keys,
      ];
    }
    default:
      return [];
  }
}

/** Where credentials come from (`kms_aws_config.rst`, `kms_gcp_config.rst`, main). */
function credentials(provider: string): string {
  switch (provider) {
    case 'aws':
      return 'credentials in the default chain of the AWS SDK (environment, profile, container or instance role)';
    case 'gcp':
      return 'Application Default Credentials (`GOOGLE_APPLICATION_CREDENTIALS` or the metadata server)';
    default:
      return 'the driver jar on its class path (`EXTRA_CLASSPATH` before `bin/canton`; not with `java -jar`), and what the driver itself wants as credentials';
  }
}

/** What must be true of the KMS before the node is started. */
export function readiness({ target }: Facts, provider: string, access: Access): string {
  const allowed = permissions(provider, access);
  const actions =
    allowed.length === 0 ? '' : `\n\nIts identity is allowed: ${allowed.map((one) => `\`${one}\``).join(', ')}.`;
  return `The process of ${target.name} reaches the KMS and has ${credentials(provider)}.${actions}`;
}
