import { awsKeyIdFault, isGcpKeyId, parseArn } from '../../canton/key-id';
import { asText, type Facts, option, valueAt } from '../facts';

/** What is odd about the id of a key at a provider. */
export function keyIdWarnings(facts: Facts, provider: string, id: string | undefined): string[] {
  if (id === undefined) return [];
  if (provider === 'gcp' && !isGcpKeyId(id)) {
    return [
      `'${id}' is no short key name. For Google Cloud Canton puts the id behind project, location and key ring itself.`,
    ];
  }
  if (provider !== 'aws') return [];
  const fault = awsKeyIdFault(id);
  if (fault !== undefined) return [`'${id}' ${fault}.`];
  const region = option(facts, 'set.region') ?? asText(valueAt(facts, 'crypto', 'kms', 'region'));
  const other = parseArn(id)?.region;
  if (region === undefined || other === undefined || other === region) return [];
  return [`'${id}' is a key of region ${other}, and the node talks to the KMS of ${region}.`];
}
