import * as z from 'zod';
import { key } from './registry';
import { flag, string300 } from './scalars';

const source =
  'config/{PrivateKeyStoreConfig,EncryptedPrivateStoreConfig}.scala, crypto/kms/Kms.scala 3.3, 3.4, 3.5, main';

const kmsEncryption = key(
  z.strictObject({
    type: z.literal('kms'),
    'wrapper-key-id': key(string300.optional(), {
      doc: 'The KMS key that encrypts the stored private keys. Without it Canton takes the one noted in the database, or creates one. AWS: key id, key ARN (quoted), `alias/NAME` or alias ARN; Cloud KMS: the short name of the crypto key.',
      example: 'alias/canton-wrapper-key',
      source,
    }),
    reverted: key(flag.default(false), {
      doc: 'Decrypts all stored keys at the next start and stores them in clear again. The `kms` section must stay for that start.',
      source,
    }),
  }),
  { doc: 'Encrypt the stored private keys with a wrapper key of the KMS.', source },
);

/** Where the node keeps its private keys. */
export const privateKeyStore = z.strictObject({
  encryption: key(z.discriminatedUnion('type', [kmsEncryption]).optional(), {
    doc: 'Envelope encryption: private keys are stored encrypted with a KMS wrapper key. Needs a `kms` section, provider `jce` and a database.',
    source,
  }),
});
