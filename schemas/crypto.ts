import * as z from 'zod';
import { kms } from './kms';
import type { ManualPage } from './manual';
import { absent, key } from './registry';
import { flag, positiveInt, string300 } from './scalars';
import {
  encryptionAlgorithm,
  encryptionKey,
  hashAlgorithm,
  pbkdfScheme,
  provider,
  signingAlgorithm,
  signingKey,
  symmetricScheme,
} from './scheme-names';
import { sessionSigningKeys } from './session-signing-keys';

const source = 'config/CryptoConfig.scala 3.3, 3.4, 3.5, main';

const keyStoreSource =
  'config/{PrivateKeyStoreConfig,EncryptedPrivateStoreConfig}.scala, crypto/kms/Kms.scala 3.3, 3.4, 3.5, main';

const kmsEncryption = key(
  z.strictObject({
    type: z.literal('kms'),
    'wrapper-key-id': key(string300.optional(), {
      doc: 'The KMS key that encrypts the stored private keys. If not set, Canton uses the one stored in the database, or creates one. AWS: key ID, key ARN (quoted), `alias/NAME` or alias ARN; Cloud KMS: the short name of the crypto key.',
      example: 'alias/canton-wrapper-key',
      source: keyStoreSource,
    }),
    reverted: key(flag.default(false), {
      doc: 'Decrypts all stored keys at the next start and stores them in plaintext. That start still requires the `kms` section.',
      source: keyStoreSource,
    }),
  }),
  { doc: 'Encrypts the stored private keys with a wrapper key of the KMS.', source: keyStoreSource },
);

/** The place of the node's private keys. */
const privateKeyStore = z.strictObject({
  encryption: key(z.discriminatedUnion('type', [kmsEncryption]).optional(), {
    doc: 'Envelope encryption: private keys are stored encrypted with a KMS wrapper key. Requires a `kms` section, the provider `jce` and a database.',
    source: keyStoreSource,
  }),
});

const parallelism = z.strictObject({
  'signature-verification-parallelism': key(positiveInt.default(10), {
    doc: 'Number of signatures that are verified in parallel.',
    source: 'config/CryptoParallelismConfig.scala 3.5, main',
  }),
  'encryption-parallelism': key(positiveInt.default(10), {
    doc: 'Number of encryptions that run in parallel.',
    since: '3.6',
    source: 'config/CryptoParallelismConfig.scala main',
  }),
});

/** `default` and `allowed`, both optional: absent values come from the provider. */
function selection(value: z.ZodEnum<Record<string, string>>, what: string) {
  return z.strictObject({
    default: key(value.optional(), {
      doc: `The ${what} for new keys and data. If not set, the default of the provider, which \`allowed\` must then contain.`,
      source,
    }),
    allowed: key(z.array(value).nonempty().optional(), {
      doc: `The values that the node accepts as ${what}. If not set, all values that the provider supports. It must contain \`default\`.`,
      source,
    }),
  });
}

const gone = (instead: string) =>
  absent({
    doc: 'Canton 3.x splits the schemes of 2.x into `algorithms` and `keys`.',
    until: '2.10',
    deprecated: { since: '3.3', instead },
    source: 'config/CryptoConfig.scala 2.10',
  });

function asymmetric(
  what: string,
  algorithm: z.ZodEnum<Record<string, string>>,
  keySpec: z.ZodEnum<Record<string, string>>,
) {
  return z.strictObject({
    algorithms: key(selection(algorithm, `${what} algorithm`).prefault({}), { doc: `Algorithms for ${what}.`, source }),
    keys: key(selection(keySpec, `${what} key specification`).prefault({}), {
      doc: `Key specifications for ${what}.`,
      source,
    }),
    default: gone('algorithms.default and keys.default'),
    allowed: gone('algorithms.allowed and keys.allowed'),
  });
}

const section = <S extends z.ZodType>(schema: S, doc: string, manual: ManualPage = 'schemes') =>
  key(schema, { doc, manual, source });

/** The `crypto` section of a node, Canton 3.x. */
export const crypto = z.strictObject({
  provider: key(provider.default('jce'), {
    doc: 'Where private keys are stored and used: in the node (`jce`) or in the KMS (`kms`).',
    manual: 'external',
    source: 'config/{CryptoConfig,CryptoProvider}.scala 3.3, 3.4, 3.5, main',
  }),
  kms: key(kms.optional(), {
    doc: 'The connection to the KMS. It is used by the provider `kms` and by `private-key-store.encryption`, and otherwise has no effect.',
    example: '{ type = aws, region = us-east-1 }',
    manual: 'kms',
    source: 'config/KmsConfig.scala 3.3, 3.4, 3.5, main',
  }),
  'private-key-store': section(privateKeyStore.prefault({}), 'How the node stores its private keys.', 'envelope'),
  'session-signing-keys': key(sessionSigningKeys.prefault({ enabled: false }), {
    doc: 'Short-lived software keys that sign instead of the KMS. They are used only on synchronizers with protocol version 35 or later.',
    since: '3.5',
    manual: 'sessionKeys',
    source: 'config/{CryptoConfig,SessionSigningKeysConfig}.scala 3.5, main',
  }),
  signing: section(asymmetric('signing', signingAlgorithm, signingKey).prefault({}), 'Schemes for signatures.'),
  encryption: section(
    asymmetric('encryption', encryptionAlgorithm, encryptionKey).prefault({}),
    'Schemes for asymmetric encryption.',
  ),
  symmetric: section(selection(symmetricScheme, 'symmetric scheme').prefault({}), 'Scheme for symmetric encryption.'),
  hash: section(selection(hashAlgorithm, 'hash algorithm').prefault({}), 'Scheme for hashes.'),
  pbkdf: section(
    selection(pbkdfScheme, 'password-based key derivation').prefault({}),
    'Scheme for keys that are derived from passwords.',
  ),
  parallelism: key(parallelism.prefault({}), {
    doc: 'Number of cryptographic operations that run in parallel.',
    since: '3.5',
    source: 'config/CryptoParallelismConfig.scala 3.5, main',
  }),
  'enable-experimental': key(flag.default(false), {
    doc: 'Enables experimental schemes, currently ML-DSA-65.',
    since: '3.6',
    source: 'config/CryptoConfig.scala main',
  }),
});
