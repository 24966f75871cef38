import * as z from 'zod';
import { AWS_REGION_NAMES } from './cloud-places';
import { auditLogging, common } from './kms-common';
import { key } from './registry';
import { flag, text } from './scalars';

const source = 'config/KmsConfig.scala 3.3, 3.4, 3.5, main';

export const awsKms = key(
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
      doc: 'Does not verify the certificate of the KMS endpoint. For tests only; needs `canton.parameters.non-standard-config = true` (3.4: enterprise edition only).',
      source,
    }),
    'endpoint-override': key(text.optional(), {
      doc: 'Another endpoint than that of AWS, for a proxy or a local KMS. A URI with scheme; in HOCON it needs quotes.',
      example: '"https://kms.example:4566"',
      source,
    }),
    'custom-tags': key(z.record(z.string(), text).default({}), {
      doc: 'Tags put on every key that Canton creates, besides `CreatedBy = Canton`. Quote names with dots or colons.',
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
