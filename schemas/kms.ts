import * as z from 'zod';
import { AWS_REGION_NAMES, GCP_LOCATION_NAMES } from './cloud-places';
import { key, sectionsByType } from './registry';
import { flag, int32, nonNegative, nonNegativeFinite, positiveFinite, raw, text } from './scalars';
import { sessionSigningKeys } from './session-signing-keys';

const source = 'config/KmsConfig.scala 3.3, 3.4, 3.5, main';

const retriesSource = 'config/{KmsConfig,ExponentialBackoffConfig}.scala 3.3, 3.4, 3.5, main';

/** All three keys are required as soon as the object is written: none has a default of its own. */
const backoff = z.strictObject({
  'initial-delay': key(nonNegativeFinite, {
    doc: 'Pause before the first retry.',
    example: '500ms',
    source: retriesSource,
  }),
  'max-delay': key(nonNegative, {
    doc: 'Longest pause between two retries; `Inf` sets no limit. Since 3.4 it has practically no effect, because the jitter is limited by `initial-delay`.',
    example: '10s',
    source: retriesSource,
  }),
  'max-retries': key(int32, {
    doc: 'Number of retries; `2147483647` means forever. With zero or a negative number, calls are not retried.',
    example: '20',
    source: retriesSource,
  }),
});

const retries = z.strictObject({
  failures: key(backoff.prefault({ 'initial-delay': '500ms', 'max-delay': '10s', 'max-retries': 2147483647 }), {
    doc: 'Backoff after a failed KMS call that can be retried. Set all three keys or none.',
    source: retriesSource,
  }),
  'create-key-check': key(backoff.prefault({ 'initial-delay': '100ms', 'max-delay': '10s', 'max-retries': 20 }), {
    doc: 'Backoff while waiting for a newly created key to become usable. Set all three keys or none.',
    source: retriesSource,
  }),
});

const auditLogging = key(flag.default(false), {
  doc: 'Logs every call to the KMS, to the normal log or to the file in `KMS_LOG_FILE_NAME`.',
  source,
});

/** The keys that every KMS type has. */
const common = {
  retries: key(retries.prefault({}), { doc: 'How failed calls to the KMS are retried.', source }),
  'session-signing-keys': key(sessionSigningKeys.prefault({ enabled: false }), {
    doc: 'Session signing keys of Canton 3.4. Since 3.5 the section is `crypto.session-signing-keys`, and this location is only an alias.',
    since: '3.4',
    deprecated: { since: '3.5', instead: 'crypto.session-signing-keys' },
    manual: 'sessionKeys',
    source,
  }),
};

const awsKms = key(
  z.strictObject({
    type: z.literal('aws'),
    region: key(text, {
      doc: 'AWS region of the KMS. Canton does not check the name.',
      example: 'us-east-1',
      known: AWS_REGION_NAMES,
      source,
    }),
    'multi-region-key': key(flag.default(false), {
      doc: 'Creates new keys as multi-region keys, so that they can be replicated to other regions.',
      source,
    }),
    'audit-logging': auditLogging,
    'disable-ssl-verification': key(flag.default(false), {
      doc: 'Disables verification of the TLS certificate of the KMS endpoint. For tests only; requires `canton.parameters.non-standard-config = true` (3.4: enterprise edition only).',
      source,
    }),
    'endpoint-override': key(text.optional(), {
      doc: 'Endpoint to use instead of AWS, for a proxy or a local KMS. A URI with a scheme, in quotes.',
      example: '"https://kms.example:4566"',
      source,
    }),
    'custom-tags': key(z.record(z.string(), text).default({}), {
      doc: 'Tags for every key that Canton creates, in addition to `CreatedBy = Canton`. Put names with dots or colons in quotes.',
      since: '3.6',
      example: '{ "cost:center" = ledger }',
      source: 'config/KmsConfig.scala main',
    }),
    ...common,
  }),
  {
    doc: 'AWS Key Management Service. Credentials come from the default provider chain of the AWS SDK.',
    manual: 'aws',
    source,
  },
);

const gcpKms = key(
  z.strictObject({
    type: z.literal('gcp'),
    'location-id': key(text, {
      doc: 'Cloud KMS location of the key ring: a region, a multi-region or `global`.',
      example: 'us-east1',
      known: GCP_LOCATION_NAMES,
      source,
    }),
    'project-id': key(text, { doc: 'Google Cloud project that holds the key ring.', example: 'my-project', source }),
    'key-ring-id': key(text, {
      doc: 'Name of the key ring. It must exist; Canton does not create it.',
      example: 'canton-keys',
      source,
    }),
    'audit-logging': auditLogging,
    'endpoint-override': key(text.optional(), {
      doc: '`host:port` of a proxy for Cloud KMS, in quotes.',
      example: '"kms-proxy.example:443"',
      source,
    }),
    ...common,
  }),
  { doc: 'Google Cloud KMS. Credentials come from Application Default Credentials.', manual: 'gcp', source },
);

const driverKms = key(
  z.strictObject({
    type: z.literal('driver'),
    name: key(text, {
      doc: 'Name that the driver reports. The driver must be on the class path when the node starts.',
      example: 'aws-kms',
      source,
    }),
    config: key(raw, {
      doc: 'Passed to the driver unchanged; the driver defines the keys. Canton accepts `{}`.',
      example: '{}',
      source,
    }),
    'health-check-period': key(positiveFinite.default('10s'), {
      doc: 'Pause between two health checks of the driver.',
      source,
    }),
    ...common,
  }),
  { doc: 'A KMS driver: a plug-in on the class path that connects to a KMS of your choice.', manual: 'driver', source },
);

/** The connection to the KMS, Canton 3.x: exactly the keys of the chosen `type`. */
export const kms = sectionsByType({ aws: awsKms, gcp: gcpKms, driver: driverKms });
