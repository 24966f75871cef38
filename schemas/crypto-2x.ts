import * as z from 'zod';
import { AWS_REGION_NAMES, GCP_LOCATION_NAMES } from './cloud-places';
import { absent, choice, key, sectionsByType } from './registry';
import { flag, raw, string300, text } from './scalars';
import { hashAlgorithm, symmetricScheme } from './scheme-names';

const source = 'config/{CryptoConfig,CryptoProvider}.scala 2.10';
const enterprise = 'documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source)';

/** The flat schemes of Canton 2.x (`crypto/{Signing,Encryption}.scala`, `config/CryptoProvider.scala`, 2.10). */
const provider2x = choice({
  tink: { doc: 'Tink, the default. Tink nodes cannot work together with KMS nodes.', displayName: 'Tink' },
  jce: { doc: 'Java cryptography.', displayName: 'JCE' },
  kms: {
    doc: 'Private keys are in the KMS and never leave it. Enterprise edition only.',
    displayName: 'KMS',
    editions: ['enterprise'],
  },
});

const signingScheme2x = choice({
  'ed-25519': { doc: 'EdDSA over Curve25519.', displayName: 'Ed25519' },
  'ec-dsa-p-256': { doc: 'ECDSA on P-256 with SHA-256; the default of provider `kms`.', displayName: 'EC-DSA-P256' },
  'ec-dsa-p-384': { doc: 'ECDSA on P-384 with SHA-384.', displayName: 'EC-DSA-P384' },
});

const encryptionScheme2x = choice({
  'ecies-p-256-hkdf-hmac-sha-256-aes-128-gcm': {
    doc: 'ECIES on P-256 with AES-128-GCM; the only scheme of Tink.',
    displayName: 'ECIES-P256_HMAC256_AES128-GCM',
  },
  'ecies-p-256-hmac-sha-256-aes-128-cbc': {
    doc: 'ECIES on P-256 with AES-128-CBC. The published documentation writes it with `hkdf`; the code does not.',
    displayName: 'ECIES-P256_HMAC256_AES128-CBC',
  },
  'rsa-2048-oaep-sha-256': {
    doc: 'RSA-2048 with OAEP and SHA-256; the default of provider `kms`.',
    displayName: 'RSA2048-OAEP-SHA256',
  },
});

/**
 * The KMS part of Canton 2.x is closed source; these are the keys that its documentation names (2.8.12, 2.10.4, release
 * notes 2.7.0 to 2.9.1), so unknown ones are accepted.
 */
const auditLogging = key(flag.default(false), { doc: 'Logs every call to the KMS.', source: enterprise });
const retries = key(raw.optional(), { doc: 'How failed calls to the KMS are retried.', source: enterprise });

const kms2x = sectionsByType({
  aws: key(
    z.looseObject({
      type: z.literal('aws'),
      region: key(text, {
        doc: 'AWS region of the KMS.',
        example: 'us-east-1',
        known: AWS_REGION_NAMES,
        source: enterprise,
      }),
      'multi-region-key': key(flag.default(false), {
        doc: 'Creates new keys as multi-region keys.',
        source: enterprise,
      }),
      'audit-logging': auditLogging,
      retries,
    }),
    { doc: 'AWS Key Management Service.', manual: 'aws', source: enterprise },
  ),
  gcp: key(
    z.looseObject({
      type: z.literal('gcp'),
      'location-id': key(text, {
        doc: 'Cloud KMS location of the key ring.',
        example: 'us-east1',
        known: GCP_LOCATION_NAMES,
        source: enterprise,
      }),
      'project-id': key(text, { doc: 'Google Cloud project that holds the key ring.', source: enterprise }),
      'key-ring-id': key(text, { doc: 'Name of the key ring, which must exist.', source: enterprise }),
      'audit-logging': auditLogging,
      retries,
    }),
    { doc: 'Google Cloud KMS.', manual: 'gcp', source: enterprise },
  ),
  driver: key(
    z.looseObject({
      type: z.literal('driver'),
      name: key(text, { doc: 'Name that the driver reports.', source: enterprise }),
      config: key(raw, { doc: 'Passed to the driver unchanged.', example: '{}', source: enterprise }),
      retries,
    }),
    { doc: 'A KMS driver (beta since 2.9.1).', manual: 'driver', source: enterprise },
  ),
});

function selection(value: z.ZodEnum<Record<string, string>>, what: string) {
  const schema = z.strictObject({
    default: key(value.optional(), {
      doc: `The ${what} for new keys and data. If not set, the default of the provider.`,
      source,
    }),
    allowed: key(z.array(value).nonempty().optional(), { doc: `The values that the node accepts as ${what}.`, source }),
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
        doc: 'The KMS key that encrypts the stored private keys. A string since 2.7.5.',
        example: 'alias/canton-wrapper-key',
        source: 'release notes 2.7.5, 2.8.0',
      }),
      reverted: key(flag.default(false), { doc: 'Decrypts all stored keys at the next start.', source: enterprise }),
    }),
    { doc: 'Encrypts the stored private keys with a wrapper key of the KMS.', source: enterprise },
  ),
]);

const shape = {
  provider: key(provider2x.default('tink'), {
    doc: 'The implementation that performs cryptography.',
    manual: 'external',
    source,
  }),
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

/**
 * The `crypto` section of the closed 2.x enterprise edition: keys that its documentation does not mention are accepted.
 */
export const crypto2xEnterprise = z.looseObject(shape);
