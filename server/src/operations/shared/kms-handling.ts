import { type KmsType, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import { keysOfAlgorithm } from '../../../../schemas/schemes';
import { type Facts, onlyAlgorithm } from '../facts';

/** The actions at a KMS that Canton leaves to the operator, as parts of a plan's texts (Markdown). */
export interface KmsHandling {
  /** Kind and naming of a wrapper key, which must be symmetric (`AwsKms.scala`, `GcpKms.scala` 3.4, 3.5, main; driver guide, main). */
  readonly wrapperKey: string;
  /** Kinds and naming of keys for external key storage (same files; `crypto_schemes.rst`, main). */
  readonly signingKeys: string;
  readonly encryptionKey: string | undefined;
  readonly naming: string | undefined;
  /** The vendors' own steps: AWS KMS, "Importing key material"; Cloud KMS, "Import jobs". */
  readonly importing: string;
  /** The effect of `keys.secret.delete` on the key (`KmsCryptoPrivateStore.scala`, `AwsKms.scala`, `GcpKms.scala` 3.5). */
  readonly deletion: string;
  readonly deletionLimits: readonly string[];
  readonly undoDeletion: string;
  readonly disableKey: string;
  readonly enableKey: string;
  readonly denySigning: string;
  /** The behavior of Canton when a call fails (`Kms.scala`, `AwsKms.scala`, `GcpKms.scala` 3.5; seen with AWS on 3.5). */
  readonly failures: string;
  /** A secret of the Splice charts (`splice-participant`, `values-template.yaml`). */
  readonly chartSecret: string | undefined;
  /** The limits of the Splice charts. */
  readonly chartLimits: readonly string[];
}

const HANDLING = {
  aws: {
    wrapperKey:
      'key spec `SYMMETRIC_DEFAULT`, usage `ENCRYPT_DECRYPT`. Name it by key ID, key ARN or `alias/NAME`; a key of another account by its ARN',
    signingKeys:
      'Signing keys: spec `ECC_NIST_P256` or `ECC_NIST_P384`, usage `SIGN_VERIFY`. Canton does not support Ed25519 keys in AWS.',
    encryptionKey: 'Encryption key: spec `RSA_2048`, usage `ENCRYPT_DECRYPT`.',
    naming: 'Always use the full ARN for a key of another account.',
    importing:
      '`aws kms create-key --origin EXTERNAL` with the spec and usage of each key, `get-parameters-for-import` with `RSA_AES_KEY_WRAP_SHA_256`, then `import-key-material`. ',
    deletion: 'AWS deletes the key after 7 days. Until then, it can be restored.',
    deletionLimits: ['AWS does not delete keys by alias, so it refuses a key that was registered by its alias.'],
    undoDeletion:
      'Within 7 days `aws kms cancel-key-deletion --key-id ID`, and then `aws kms enable-key --key-id ID`, because the key is disabled afterwards',
    disableKey: '`aws kms disable-key --key-id ID`',
    enableKey: '`aws kms enable-key --key-id ID`',
    failures:
      'An error from AWS (refused, disabled, not found) fails immediately, and throttling after the few attempts of the AWS SDK; only a closed connection is retried without limit',
    denySigning: 'deny `kms:Sign` to the identity of the node, in the key policy or with a condition',
    chartSecret:
      'kubectl create secret generic aws-credentials --from-literal=accessKeyId=… --from-literal=secretAccessKey=…',
    chartLimits: [],
  },
  gcp: {
    wrapperKey:
      'purpose `ENCRYPT_DECRYPT`, algorithm `GOOGLE_SYMMETRIC_ENCRYPTION`, in the configured key ring. Name it by its short key name',
    signingKeys: 'Signing keys: purpose `ASYMMETRIC_SIGN`, algorithm `EC_SIGN_P256_SHA256` or `EC_SIGN_P384_SHA384`.',
    encryptionKey: 'Encryption key: purpose `ASYMMETRIC_DECRYPT`, algorithm `RSA_DECRYPT_OAEP_2048_SHA256`.',
    naming:
      'Name a key by its short key name. Canton always uses version 1 of it: later versions are not used for signing, and version 1 must stay enabled.',
    importing:
      'An import job of the key ring (`gcloud kms import-jobs create`), then `gcloud kms keys versions import` with the algorithm of each key. ',
    deletion:
      'Version 1 of the key is destroyed at the end of the window that Google Cloud gives, and until then it can be restored.',
    deletionLimits: [],
    undoDeletion:
      '`gcloud kms keys versions restore 1` while that is possible, and then `gcloud kms keys versions enable 1`, because the version is disabled afterwards',
    disableKey: '`gcloud kms keys versions disable 1 --key NAME` with the key ring and the location of the node',
    enableKey: '`gcloud kms keys versions enable 1 --key NAME` with the key ring and the location of the node',
    failures:
      'A refusal or a disabled key fails immediately; throttling and lost connections are retried without limit, while the operation waits',
    denySigning: 'remove `cloudkms.cryptoKeyVersions.useToSign` on it from the service account of the node',
    chartSecret: 'kubectl create secret generic gke-credentials --from-file=googleCredentials=credentials.json',
    chartLimits: [],
  },
  driver: {
    wrapperKey: 'a 128-bit key for AES-GCM. The driver defines the form of its ID',
    signingKeys:
      'Signing keys on P-256 or P-384, an encryption key RSA 2048, with IDs in the form that the driver documents.',
    encryptionKey: undefined,
    naming: undefined,
    importing: '',
    deletion: 'The driver deletes it; whether it can be restored depends on the driver.',
    deletionLimits: [],
    undoDeletion: 'Restore the key in the KMS while that is possible',
    disableKey: 'Disable the key in the KMS',
    enableKey: 'Enable the key in the KMS',
    failures: 'An error that the driver marks as retryable is retried without limit; other errors fail immediately',
    denySigning: 'as the documentation of the KMS describes',
    chartSecret: undefined,
    chartLimits: [
      'Splice documents only AWS and Google Cloud. Provide the JAR file of the driver in a volume that `EXTRA_CLASSPATH` contains, or in your own image.',
    ],
  },
} as const satisfies Record<KmsType, KmsHandling>;

/** The handling of a driver, if the type is unknown. */
export function kmsHandling(type: string | undefined): KmsHandling {
  return HANDLING[kmsTypeOrDriver(type)];
}

/** Keys for external key storage that the operator creates, one Markdown item each. */
export function externalKeyShapes(facts: Facts, type: string | undefined, hasEncryptionKey: boolean): string {
  const { signingKeys, encryptionKey, naming } = kmsHandling(type);
  const only = onlyAlgorithm(facts, 'kms');
  const specs = keysOfAlgorithm(only).map((spec) => `\`${spec}\``);
  const same =
    specs.length === 0
      ? undefined
      : `All signing keys have the key spec ${specs.join(' or ')}: Canton ${facts.version} signs only with \`${only}\`, the default algorithm of the node.`;
  return [signingKeys, same, hasEncryptionKey ? encryptionKey : undefined, naming]
    .flatMap((line) => (line === undefined ? [] : `- ${line}`))
    .join('\n');
}
