import { type CantonVersion, compareVersions } from './version';

const flag = { type: 'boolean' };
const region = { type: 'string' };
const awsKms = { region, 'multi-region-key': flag, 'audit-logging': flag };
const tags = { 'custom-tags': { type: 'object', additionalProperties: { type: 'string' } } };

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
