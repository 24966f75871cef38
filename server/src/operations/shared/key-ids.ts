import { awsKeyIdFault, isGcpKeyId, parseArn } from '../../model/facts/key-id';
import { asText, type Facts, option, valueAt } from '../facts';

/** `INVALID_KMS_KEY_ID` (`GrpcVaultService.scala` 3.3 to main). */
export function lengthReasons(id: string | undefined): string[] {
  return id !== undefined && id.length > 300 ? [`The id has ${id.length} characters; Canton takes 300 at most.`] : [];
}

/** What to think of with a key of this id at a provider. */
export function keyIdWarnings(facts: Facts, provider: string, id: string | undefined): string[] {
  if (id === undefined) return [];
  const odd = keyIdOddities(facts, provider, id);
  if (provider !== 'aws' || !id.includes('alias/')) return odd;
  return [
    `Never point '${id}' to another key: Canton keeps and compares the id as text, so that an alias and the ARN of its key are two keys for it.`,
    ...odd,
  ];
}

/** What is odd about the id of a key at a provider. */
export function keyIdOddities(facts: Facts, provider: string, id: string): string[] {
  if (provider === 'gcp' && !isGcpKeyId(id)) {
    return [
      `'${id}' is no short key name. For Google Cloud Canton puts the id behind project, location and key ring itself.`,
    ];
  }
  if (provider !== 'aws') return [];
  const fault = awsKeyIdFault(id);
  if (fault !== undefined) return [`'${id}' ${fault}.`];
  return regionWarnings(facts, id);
}

function regionWarnings(facts: Facts, id: string): string[] {
  const region = option(facts, 'set.region') ?? asText(valueAt(facts, 'crypto', 'kms', 'region'));
  const other = parseArn(id)?.region;
  if (region === undefined || other === undefined || other === region) return [];
  return [`'${id}' is a key of region ${other}, and the node talks to the KMS of ${region}.`];
}
