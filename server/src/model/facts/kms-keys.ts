import type { KmsType } from '../../../../schemas/kms-types';

/**
 * The key that a KMS must hold for a key specification of Canton, or for a wrapper key. Sources:
 * `crypto/kms/{aws/AwsKms,gcp/GcpKms}.scala` 3.4, 3.5, main; names: AWS KMS API, `CreateKey`; Cloud KMS, "Key purposes
 * and algorithms".
 */
export interface KmsKey {
  /** `KeySpec` of AWS, algorithm of version 1 at Google Cloud. */
  readonly spec: string;
  /** `KeyUsage` of AWS, `--purpose` of gcloud. */
  readonly usage: string;
  /** The algorithm in Canton's calls to AWS; the digest that gcloud signs. Undefined if there is none. */
  readonly algorithm: string | undefined;
}

/** The types whose keys are known: those of a driver are what its KMS has. */
export type CloudKms = Exclude<KmsType, 'driver'>;

const SIGNING = { aws: 'SIGN_VERIFY', gcp: 'asymmetric-signing' } as const;

const SHAPES = new Map<string, Readonly<Record<CloudKms, KmsKey | undefined>>>([
  [
    'ec-p-256',
    {
      aws: { spec: 'ECC_NIST_P256', usage: SIGNING.aws, algorithm: 'ECDSA_SHA_256' },
      gcp: { spec: 'EC_SIGN_P256_SHA256', usage: SIGNING.gcp, algorithm: 'sha256' },
    },
  ],
  [
    'ec-p-384',
    {
      aws: { spec: 'ECC_NIST_P384', usage: SIGNING.aws, algorithm: 'ECDSA_SHA_384' },
      gcp: { spec: 'EC_SIGN_P384_SHA384', usage: SIGNING.gcp, algorithm: 'sha384' },
    },
  ],
  [
    'ec-secp-256k-1',
    {
      aws: { spec: 'ECC_SECG_P256K1', usage: SIGNING.aws, algorithm: 'ECDSA_SHA_256' },
      gcp: { spec: 'EC_SIGN_SECP256K1_SHA256', usage: SIGNING.gcp, algorithm: 'sha256' },
    },
  ],
  ['ec-curve-25519', { aws: undefined, gcp: { spec: 'EC_SIGN_ED25519', usage: SIGNING.gcp, algorithm: undefined } }],
  [
    'ml-dsa-65',
    {
      aws: { spec: 'ML_DSA_65', usage: SIGNING.aws, algorithm: 'ML_DSA_SHAKE_256' },
      gcp: { spec: 'PQ_SIGN_ML_DSA_65', usage: SIGNING.gcp, algorithm: undefined },
    },
  ],
  [
    'rsa-2048',
    {
      aws: { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT', algorithm: 'RSAES_OAEP_SHA_256' },
      gcp: { spec: 'RSA_DECRYPT_OAEP_2048_SHA256', usage: 'asymmetric-encryption', algorithm: undefined },
    },
  ],
]);

const WRAPPERS: Readonly<Record<CloudKms, KmsKey>> = {
  aws: { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', algorithm: undefined },
  gcp: { spec: 'GOOGLE_SYMMETRIC_ENCRYPTION', usage: 'encryption', algorithm: undefined },
};

/** @param spec a key specification in the spelling of the configuration, such as `ec-p-256` */
export function kmsKeyOf(type: CloudKms, spec: string): KmsKey | undefined {
  return SHAPES.get(spec)?.[type];
}

export function wrapperKeyOf(type: CloudKms): KmsKey {
  return WRAPPERS[type];
}
