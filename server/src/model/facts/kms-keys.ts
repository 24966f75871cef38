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
}

/** The types whose keys are known: those of a driver are what its KMS has. */
export type CloudKms = Exclude<KmsType, 'driver'>;

const SIGNING = { aws: 'SIGN_VERIFY', gcp: 'asymmetric-signing' } as const;

const SHAPES = new Map<string, Readonly<Record<CloudKms, KmsKey | undefined>>>([
  [
    'ec-p-256',
    {
      aws: { spec: 'ECC_NIST_P256', usage: SIGNING.aws },
      gcp: { spec: 'EC_SIGN_P256_SHA256', usage: SIGNING.gcp },
    },
  ],
  [
    'ec-p-384',
    {
      aws: { spec: 'ECC_NIST_P384', usage: SIGNING.aws },
      gcp: { spec: 'EC_SIGN_P384_SHA384', usage: SIGNING.gcp },
    },
  ],
  [
    'ec-secp-256k-1',
    {
      aws: { spec: 'ECC_SECG_P256K1', usage: SIGNING.aws },
      gcp: { spec: 'EC_SIGN_SECP256K1_SHA256', usage: SIGNING.gcp },
    },
  ],
  ['ec-curve-25519', { aws: undefined, gcp: { spec: 'EC_SIGN_ED25519', usage: SIGNING.gcp } }],
  [
    'ml-dsa-65',
    {
      aws: { spec: 'ML_DSA_65', usage: SIGNING.aws },
      gcp: { spec: 'PQ_SIGN_ML_DSA_65', usage: SIGNING.gcp },
    },
  ],
  [
    'rsa-2048',
    {
      aws: { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' },
      gcp: { spec: 'RSA_DECRYPT_OAEP_2048_SHA256', usage: 'asymmetric-encryption' },
    },
  ],
]);

const WRAPPERS: Readonly<Record<CloudKms, KmsKey>> = {
  aws: { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' },
  gcp: { spec: 'GOOGLE_SYMMETRIC_ENCRYPTION', usage: 'encryption' },
};

/** @param spec a key specification in the spelling of the configuration, such as `ec-p-256` */
export function kmsKeyOf(type: CloudKms, spec: string): KmsKey | undefined {
  return SHAPES.get(spec)?.[type];
}

export function wrapperKeyOf(type: CloudKms): KmsKey {
  return WRAPPERS[type];
}
