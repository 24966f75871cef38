import * as z from 'zod';
import { AWS_REGION_NAMES, GCP_LOCATION_NAMES } from './cloud-places';
import { key } from './registry';
import { flag, raw, text } from './scalars';

/**
 * The KMS part of Canton 2.x is closed source; these are the keys that its documentation names (2.8.12, 2.10.4, release
 * notes 2.7.0 to 2.9.1), so unknown ones are let pass.
 */
const source = 'documentation of Canton 2.8.12 and 2.10.4 (enterprise, closed source)';
const auditLogging = key(flag.default(false), { doc: 'Logs every call to the KMS.', source });
const retries = key(raw.optional(), { doc: 'How failed calls to the KMS are tried again.', source });

export const kms2x = z.discriminatedUnion('type', [
  key(
    z.looseObject({
      type: z.literal('aws'),
      region: key(text, { doc: 'AWS region of the KMS.', example: 'us-east-1', known: AWS_REGION_NAMES, source }),
      'multi-region-key': key(flag.default(false), { doc: 'Creates new keys as multi-region keys.', source }),
      'audit-logging': auditLogging,
      retries,
    }),
    { doc: 'AWS Key Management Service.', manual: 'aws', source },
  ),
  key(
    z.looseObject({
      type: z.literal('gcp'),
      'location-id': key(text, {
        doc: 'Cloud KMS location of the key ring.',
        example: 'us-east1',
        known: GCP_LOCATION_NAMES,
        source,
      }),
      'project-id': key(text, { doc: 'Google Cloud project that holds the key ring.', source }),
      'key-ring-id': key(text, { doc: 'Name of the key ring, which must exist.', source }),
      'audit-logging': auditLogging,
      retries,
    }),
    { doc: 'Google Cloud KMS.', manual: 'gcp', source },
  ),
  key(
    z.looseObject({
      type: z.literal('driver'),
      name: key(text, { doc: 'Name that the driver reports itself under.', source }),
      config: key(raw, { doc: 'Handed to the driver as it stands.', example: '{}', source }),
      retries,
    }),
    { doc: 'A KMS driver (beta since 2.9.1).', manual: 'driver', source },
  ),
]);
