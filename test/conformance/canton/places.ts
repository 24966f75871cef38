import type { Line } from './case';
import type { Reader } from './values';

/** A key with a value of its own, and the statements with which everything else can be read. */
export interface ValuePlace {
  readonly group: string;
  readonly key: string;
  readonly reader: Reader;
  /** The spellings of an enumeration in all lines. */
  readonly values?: readonly string[];
  readonly context?: readonly string[];
  /** The versions to try; all by default. */
  readonly lines?: readonly Line[];
}

/** An object with these keys, `required` among them. */
export interface ObjectPlace {
  readonly group: string;
  readonly key: string;
  /** A good value for every key. */
  readonly keys: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly context?: readonly string[];
  /** The first line that is known to refuse unknown keys here; every line by default. */
  readonly strictSince?: Line;
}

export const AWS = 'crypto.kms { type = aws, region = us-east-1 }';
export const GCP = 'crypto.kms { type = gcp, location-id = us-east1, project-id = p, key-ring-id = r }';
const DRIVER = 'crypto.kms { type = driver, name = my-driver, config {} }';
export const KMS = { aws: AWS, gcp: GCP, driver: DRIVER };

export const SIGNING_ALGORITHMS = ['ed-25519', 'ec-dsa-sha-256', 'ec-dsa-sha-384', 'ml-dsa-65'];
export const SIGNING_KEYS = ['ec-curve-25519', 'ec-p-256', 'ec-p-384', 'ec-secp-256k-1', 'ml-dsa-65'];
export const ENCRYPTION_ALGORITHMS = [
  'ecies-hkdf-hmac-sha-256-aes-128-cbc',
  'ecies-hkdf-hmac-sha-256-aes-128-gcm',
  'rsa-oaep-sha-256',
];
export const ENCRYPTION_KEYS = ['ec-p-256', 'rsa-2048'];

const COMMON = { 'audit-logging': 'true', 'endpoint-override': '"x:1"', retries: '{}' };

export const KMS_KEYS = {
  aws: {
    type: 'aws',
    region: 'r',
    'multi-region-key': 'true',
    'disable-ssl-verification': 'false',
    ...COMMON,
    'custom-tags': '{ a = b }',
  },
  gcp: { type: 'gcp', 'location-id': 'l', 'project-id': 'p', 'key-ring-id': 'r', ...COMMON },
  driver: { type: 'driver', name: 'd', config: '{}', 'health-check-period': '10s', retries: '{}' },
};

export const SCHEMES: readonly (readonly [string, readonly string[]])[] = [
  ['signing.algorithms', SIGNING_ALGORITHMS],
  ['signing.keys', SIGNING_KEYS],
  ['encryption.algorithms', ENCRYPTION_ALGORITHMS],
  ['encryption.keys', ENCRYPTION_KEYS],
  ['symmetric', ['aes-128-gcm']],
  ['hash', ['sha-256']],
  ['pbkdf', ['argon-2id-mode-1']],
];

/** The places of session signing keys: in 3.3; in 3.4 and, as an alias, in 3.5; since 3.5. */
export const SESSION_PLACES: readonly {
  readonly key: string;
  readonly context: readonly string[];
  readonly lines: readonly Line[];
}[] = [
  { key: 'parameters.session-signing-keys', context: [], lines: ['3.3'] },
  { key: 'crypto.kms.session-signing-keys', context: [AWS], lines: ['3.4', '3.5'] },
  { key: 'crypto.session-signing-keys', context: [], lines: ['3.5', '3.6'] },
];

function kmsValue(type: keyof typeof KMS, name: string, reader: Reader): ValuePlace {
  return { group: `kms-${type}`, key: `crypto.kms.${name}`, reader, context: [KMS[type]] };
}

function sessionValues({ key: place, context, lines }: (typeof SESSION_PLACES)[number]): ValuePlace[] {
  const value = (name: string, reader: Reader, values?: readonly string[]): ValuePlace => ({
    group: 'session-signing-keys',
    key: `${place}.${name}`,
    reader,
    ...(values && { values }),
    context: [...context, `${place}.enabled = false`],
    lines,
  });
  return [
    value('key-validity-duration', 'duration'),
    value('cut-off-duration', 'duration'),
    value('tolerance-shift-duration', 'duration'),
    value('key-eviction-period', 'duration'),
    value('signing-algorithm-spec', 'enum', SIGNING_ALGORITHMS),
    value('signing-key-spec', 'enum', SIGNING_KEYS),
    value('disable-bound-checks', 'boolean'),
    { group: 'session-signing-keys', key: `${place}.enabled`, reader: 'boolean', context, lines },
  ];
}

function backoffValues(name: string): ValuePlace[] {
  const value = (key: string, reader: Reader): ValuePlace => ({
    group: 'retries',
    key: `crypto.kms.retries.${name}.${key}`,
    reader,
    context: [AWS, `crypto.kms.retries.${name} { initial-delay = 1s, max-delay = 20s, max-retries = 5 }`],
  });
  return [value('initial-delay', 'duration'), value('max-delay', 'duration'), value('max-retries', 'int')];
}

export const CACHES = ['sender-cache', 'receiver-cache'];
export const CACHING = 'parameters.caching';
export const KEY_CACHE = `${CACHING}.session-encryption-key-cache`;
export const KEY_CACHE_WHOLE = `${KEY_CACHE} { enabled = true, sender-cache.maximum-size = 9, receiver-cache.maximum-size = 9 }`;

export const VALUE_PLACES: readonly ValuePlace[] = [
  { group: 'schemes', key: 'crypto.provider', reader: 'enum', values: ['jce', 'kms', 'tink'], context: [DRIVER] },
  ...SCHEMES.flatMap(([key, values]): ValuePlace[] => [
    { group: 'schemes', key: `crypto.${key}.default`, reader: 'enum', values },
    { group: 'schemes', key: `crypto.${key}.allowed`, reader: 'set', values },
  ]),
  {
    group: 'kms-aws',
    key: 'crypto.kms.type',
    reader: 'enum',
    values: ['aws', 'gcp', 'driver'],
    context: ['crypto.kms.region = r'],
  },
  kmsValue('aws', 'region', 'string'),
  kmsValue('aws', 'multi-region-key', 'boolean'),
  kmsValue('aws', 'audit-logging', 'boolean'),
  kmsValue('aws', 'disable-ssl-verification', 'boolean'),
  kmsValue('aws', 'endpoint-override', 'string'),
  kmsValue('aws', 'custom-tags', 'tags'),
  kmsValue('gcp', 'location-id', 'string'),
  kmsValue('gcp', 'project-id', 'string'),
  kmsValue('gcp', 'key-ring-id', 'string'),
  kmsValue('gcp', 'audit-logging', 'boolean'),
  kmsValue('gcp', 'endpoint-override', 'string'),
  kmsValue('driver', 'name', 'string'),
  kmsValue('driver', 'config', 'raw'),
  kmsValue('driver', 'health-check-period', 'duration'),
  ...backoffValues('failures'),
  ...backoffValues('create-key-check'),
  ...SESSION_PLACES.flatMap(sessionValues),
  {
    group: 'private-key-store',
    key: 'crypto.private-key-store.encryption.type',
    reader: 'enum',
    values: ['kms', 'aws'],
    context: [AWS, 'storage.type = postgres'],
  },
  ...(['wrapper-key-id', 'reverted'] as const).map(
    (name): ValuePlace => ({
      group: 'private-key-store',
      key: `crypto.private-key-store.encryption.${name}`,
      reader: name === 'reverted' ? 'boolean' : 'string',
      context: [AWS, 'storage.type = postgres', 'crypto.private-key-store.encryption.type = kms'],
    }),
  ),
  { group: 'crypto', key: 'crypto.parallelism.signature-verification-parallelism', reader: 'positive' },
  { group: 'crypto', key: 'crypto.parallelism.encryption-parallelism', reader: 'positive' },
  { group: 'crypto', key: 'crypto.enable-experimental', reader: 'boolean' },
  { group: 'init', key: 'init.identity.type', reader: 'enum', values: ['auto', 'manual', 'external'] },
  {
    group: 'init',
    key: 'init.identity.identifier.type',
    reader: 'enum',
    values: ['config', 'random', 'explicit'],
    context: ['init.identity.type = auto'],
  },
  {
    group: 'init',
    key: 'init.identity.identifier.name',
    reader: 'string',
    context: ['init.identity { type = auto, identifier.type = explicit }'],
  },
  { group: 'init', key: 'init.identity.identifier', reader: 'string', context: ['init.identity.type = external'] },
  {
    group: 'init',
    key: 'init.identity.namespace',
    reader: 'string',
    context: ['init.identity { type = external, identifier = x }'],
  },
  {
    group: 'init',
    key: 'init.identity.certificates',
    reader: 'set',
    values: ['a.pem', 'b.pem'],
    context: ['init.identity { type = external, identifier = x }'],
  },
  { group: 'init', key: 'init.generate-intermediate-key', reader: 'boolean' },
  { group: 'init', key: 'init.generate-topology-transactions-and-keys', reader: 'boolean' },
  { group: 'init', key: 'init.ledger-api.max-deduplication-duration', reader: 'duration' },
  { group: 'caching', key: `${KEY_CACHE}.enabled`, reader: 'boolean', context: [KEY_CACHE_WHOLE] },
  ...CACHES.map(
    (name): ValuePlace => ({
      group: 'caching',
      key: `${KEY_CACHE}.${name}.maximum-size`,
      reader: 'positive',
      context: [KEY_CACHE_WHOLE],
    }),
  ),
  { group: 'caching', key: `${CACHING}.kms-metadata-cache.maximum-size`, reader: 'positive' },
  { group: 'parameters', key: 'canton.parameters.non-standard-config', reader: 'boolean' },
  { group: 'parameters', key: 'canton.parameters.fail-on-unknown-config-keys', reader: 'boolean' },
];
