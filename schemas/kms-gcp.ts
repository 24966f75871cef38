import * as z from 'zod';
import { GCP_LOCATION_NAMES } from './cloud-places';
import { auditLogging, common } from './kms-common';
import { key } from './registry';
import { text } from './scalars';

const source = 'config/KmsConfig.scala 3.3, 3.4, 3.5, main';

export const gcpKms = key(
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
      doc: '`host:port` of a proxy for Cloud KMS; in HOCON it needs quotes.',
      example: '"kms-proxy.example:443"',
      source,
    }),
    ...common,
  }),
  { doc: 'Google Cloud KMS. Credentials are the application default credentials.', manual: 'gcp', source },
);
