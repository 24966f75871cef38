import * as z from 'zod';
import { kms2x } from './kms-2x';
import { absent, key } from './registry';
import { flag, string300 } from './scalars';
import { hashAlgorithm, symmetricScheme } from './schemes';
import { encryptionScheme2x, provider2x, signingScheme2x } from './schemes-2x';

const source = 'config/{CryptoConfig,CryptoProvider}.scala 2.10';
const enterprise = 'documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source)';

function selection(value: z.ZodEnum<Record<string, string>>, what: string) {
  const schema = z.strictObject({
    default: key(value.optional(), {
      doc: `The ${what} for everything new. Absent: the default of the provider.`,
      source,
    }),
    allowed: key(z.array(value).nonempty().optional(), { doc: `Which values the node accepts as ${what}.`, source }),
    algorithms: later(),
    keys: later(),
  });
  return key(schema.prefault({}), { doc: `The ${what}.`, manual: 'schemes', source });
}

function later() {
  return absent({ doc: 'Canton 3.x only.', since: '3.3', source: 'config/CryptoConfig.scala 3.3' });
}

const encryption = z.discriminatedUnion('type', [
  key(
    z.looseObject({
      type: z.literal('kms'),
      'wrapper-key-id': key(string300.optional(), {
        doc: 'The KMS key that encrypts the stored private keys. A plain text since 2.7.5.',
        example: 'alias/canton-wrapper-key',
        source: 'release notes 2.7.5, 2.8.0',
      }),
      reverted: key(flag.default(false), { doc: 'Decrypts all stored keys at the next start.', source: enterprise }),
    }),
    { doc: 'Encrypt the stored private keys with a wrapper key of the KMS.', source: enterprise },
  ),
]);

const shape = {
  provider: key(provider2x.default('tink'), { doc: 'Who performs cryptography.', manual: 'external', source }),
  signing: selection(signingScheme2x, 'signing scheme'),
  encryption: selection(encryptionScheme2x, 'encryption scheme'),
  symmetric: selection(symmetricScheme, 'symmetric scheme'),
  hash: selection(hashAlgorithm, 'hash algorithm'),
  kms: key(kms2x.optional(), {
    doc: 'The connection to the KMS.',
    editions: ['enterprise'],
    manual: 'kms',
    source: enterprise,
  }),
  'private-key-store': key(
    z
      .looseObject({
        encryption: key(encryption.optional(), {
          doc: 'Envelope encryption with a KMS wrapper key.',
          source: enterprise,
        }),
      })
      .prefault({}),
    { doc: 'How the node stores its private keys.', editions: ['enterprise'], manual: 'envelope', source: enterprise },
  ),
  pbkdf: later(),
  'session-signing-keys': later(),
  parallelism: later(),
  'enable-experimental': later(),
};

/** The `crypto` section of the open-source 2.10: it has no KMS at all. */
export const crypto2xCommunity = z.strictObject(shape);

/** The `crypto` section of the closed 2.x enterprise edition: keys that its documentation does not name pass. */
export const crypto2xEnterprise = z.looseObject(shape);
