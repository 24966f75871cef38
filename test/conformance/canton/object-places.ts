import {
  AWS,
  CACHES,
  CACHING,
  GCP,
  KEY_CACHE,
  KEY_CACHE_WHOLE,
  KMS_KEYS,
  type ObjectPlace,
  SCHEMES,
  SESSION_PLACES,
} from './places';

const BACKOFF = { 'initial-delay': '1s', 'max-delay': '20s', 'max-retries': '5' };

const SESSION_KEYS = {
  enabled: 'false',
  'key-validity-duration': '5m',
  'cut-off-duration': '30s',
  'tolerance-shift-duration': '2m',
  'key-eviction-period': '10m',
  'signing-algorithm-spec': 'ed-25519',
  'signing-key-spec': 'ec-curve-25519',
  'disable-bound-checks': 'false',
};

export const OBJECT_PLACES: readonly ObjectPlace[] = [
  {
    group: 'crypto',
    key: 'crypto',
    keys: {
      provider: 'jce',
      signing: '{}',
      encryption: '{}',
      symmetric: '{}',
      hash: '{}',
      pbkdf: '{}',
      kms: 'null',
      'session-signing-keys': '{ enabled = false }',
      'private-key-store': '{}',
      parallelism: '{}',
      'enable-experimental': 'false',
    },
  },
  ...['signing', 'encryption'].map(
    (name): ObjectPlace => ({ group: 'schemes', key: `crypto.${name}`, keys: { algorithms: '{}', keys: '{}' } }),
  ),
  ...SCHEMES.map(
    ([key, values]): ObjectPlace => ({
      group: 'schemes',
      key: `crypto.${key}`,
      keys: { default: values[0] ?? 'null', allowed: 'null' },
    }),
  ),
  ...(['aws', 'gcp', 'driver'] as const).map(
    (type): ObjectPlace => ({
      group: `kms-${type}`,
      key: 'crypto.kms',
      keys: KMS_KEYS[type],
      required: {
        aws: ['type', 'region'],
        gcp: ['type', 'location-id', 'project-id', 'key-ring-id'],
        driver: ['type', 'name', 'config'],
      }[type],
    }),
  ),
  {
    group: 'retries',
    key: 'crypto.kms.retries',
    keys: {
      failures: `{ initial-delay = 1s, max-delay = 2s, max-retries = 3 }`,
      'create-key-check': `{ initial-delay = 1s, max-delay = 2s, max-retries = 3 }`,
    },
    context: [AWS],
  },
  ...['failures', 'create-key-check'].map(
    (name): ObjectPlace => ({
      group: 'retries',
      key: `crypto.kms.retries.${name}`,
      keys: BACKOFF,
      required: Object.keys(BACKOFF),
      context: [GCP],
    }),
  ),
  ...SESSION_PLACES.map(
    ({ key, context }): ObjectPlace => ({
      group: 'session-signing-keys',
      key,
      keys: SESSION_KEYS,
      required: ['enabled'],
      context,
    }),
  ),
  { group: 'private-key-store', key: 'crypto.private-key-store', keys: { encryption: 'null' } },
  {
    group: 'private-key-store',
    key: 'crypto.private-key-store.encryption',
    keys: { type: 'kms', 'wrapper-key-id': 'x', reverted: 'false' },
    required: ['type'],
    context: [AWS, 'storage.type = postgres'],
  },
  {
    group: 'crypto',
    key: 'crypto.parallelism',
    keys: { 'signature-verification-parallelism': '3', 'encryption-parallelism': '4' },
  },
  {
    group: 'init',
    key: 'init',
    keys: {
      identity: '{ type = auto }',
      'generate-intermediate-key': 'true',
      'generate-topology-transactions-and-keys': 'true',
      'ledger-api': '{}',
    },
  },
  {
    group: 'init',
    key: 'init.identity',
    keys: { type: 'external', identifier: 'x', namespace: 'y', certificates: '[]' },
    required: ['type', 'identifier'],
  },
  {
    group: 'init',
    key: 'init.identity.identifier',
    keys: { type: 'explicit', name: 'x' },
    required: ['type', 'name'],
    strictSince: '3.6',
    context: ['init.identity.type = auto'],
  },
  { group: 'init', key: 'init.ledger-api', keys: { 'max-deduplication-duration': '1d' }, strictSince: '3.6' },
  {
    group: 'caching',
    key: KEY_CACHE,
    keys: { enabled: 'true', 'sender-cache': '{ maximum-size = 5 }', 'receiver-cache': '{ maximum-size = 5 }' },
    required: ['enabled', 'sender-cache', 'receiver-cache'],
    strictSince: '3.6',
  },
  ...CACHES.map(
    (name): ObjectPlace => ({
      group: 'caching',
      key: `${KEY_CACHE}.${name}`,
      keys: { 'maximum-size': '5', 'expire-after-timeout': '10s' },
      required: ['maximum-size'],
      strictSince: '3.6',
      context: [KEY_CACHE_WHOLE.replace(`${name}.maximum-size = 9`, `${name} {}`)],
    }),
  ),
  {
    group: 'caching',
    key: `${CACHING}.kms-metadata-cache`,
    keys: { 'maximum-size': '5', 'expire-after-access': '1m' },
    required: ['maximum-size'],
    strictSince: '3.6',
  },
];
