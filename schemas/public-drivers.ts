import { AWS_REGION_NAMES } from './cloud-places';
import { type CantonVersion, compareVersions } from './version';

const region = { type: 'string', description: 'AWS region of the KMS.', examples: Object.keys(AWS_REGION_NAMES) };
const awsKms = {
  region,
  'multi-region-key': { type: 'boolean', description: 'Creates new keys as multi-region keys.' },
  'audit-logging': { type: 'boolean', description: 'Logs every call to the KMS.' },
};
const tags = {
  'custom-tags': {
    type: 'object',
    description: 'Tags put on every key that the driver creates.',
    additionalProperties: { type: 'string' },
  },
};

/**
 * JSON Schema of the `config` of a driver that is part of Canton's public sources: `aws-kms` (`community/aws-kms-driver`
 * 3.4, 3.5, main), which reads it when a node starts and leaves unknown keys out. Undefined for any other driver.
 */
export function publicDriverSchema(name: string, version: CantonVersion): object | undefined {
  if (name !== 'aws-kms' || compareVersions(version, '3.4') < 0) return undefined;
  return compareVersions(version, '3.6') < 0 ? AWS_KMS : AWS_KMS_WITH_TAGS;
}

const AWS_KMS = { type: 'object', properties: awsKms, required: ['region'], additionalProperties: false };
const AWS_KMS_WITH_TAGS = { ...AWS_KMS, properties: { ...awsKms, ...tags } };
