import { type KmsType, kmsTypeOrDriver } from '../../../../schemas/kms-types';
import { awsKeyIdFault, isGcpKeyId, parseArn } from '../../model/facts/key-id';
import { scalaString } from '../../text/encoders/scala';
import { type Facts, is2x, option, textAt } from '../facts';

/** `INVALID_KMS_KEY_ID` (`GrpcVaultService.scala` 3.3 to main). */
export function lengthRefusals(id: string | undefined): string[] {
  return id !== undefined && id.length > 300 ? [`The ID has ${id.length} characters. Canton accepts at most 300.`] : [];
}

/** The warnings for a key with this ID at a provider. */
export function keyIdWarnings(facts: Facts, provider: string, id: string | undefined): string[] {
  if (id === undefined) return [];
  return [...REMARKS[kmsTypeOrDriver(provider)].onUse(id), ...keyShapeWarnings(facts, provider, id)];
}

/** The problem with the ID of a key at a provider. */
export function keyShapeWarnings(facts: Facts, provider: string, id: string): readonly string[] {
  return REMARKS[kmsTypeOrDriver(provider)].onShape(id, facts);
}

/** The problem with the ID of a key. */
interface KeyIdRemarks {
  readonly onUse: (id: string) => readonly string[];
  readonly onShape: (id: string, facts: Facts) => readonly string[];
}

const REMARKS: Readonly<Record<KmsType, KeyIdRemarks>> = {
  aws: {
    onUse: (id) =>
      id.includes('alias/')
        ? [
            `Never point '${id}' to another key: Canton stores and compares the ID as text, so it treats an alias and the ARN of its key as two keys.`,
          ]
        : [],
    onShape: (id, facts) => {
      const fault = awsKeyIdFault(id);
      return fault === undefined ? regionWarnings(facts, id) : [`'${id}' ${fault}.`];
    },
  },
  gcp: {
    onUse: () => [],
    onShape: (id) =>
      isGcpKeyId(id)
        ? []
        : [`'${id}' is not a short key name. For Google Cloud, Canton adds project, location and key ring itself.`],
  },
  driver: { onUse: () => [], onShape: () => [] },
};

function regionWarnings(facts: Facts, id: string): string[] {
  const region = option(facts, 'set.region') ?? textAt(facts, 'crypto', 'kms', 'region');
  const other = parseArn(id)?.region;
  if (region === undefined || other === undefined || other === region) return [];
  return [`'${id}' is a key in region ${other}, but the node uses the KMS in ${region}.`];
}

/** The accounts of the keys that are given as ARNs. */
export function accountsOf(ids: readonly (string | undefined)[]): string[] {
  const accounts = ids.map((id) => (id === undefined ? undefined : parseArn(id)?.account));
  return [...new Set(accounts.filter((account) => account !== undefined && account !== ''))] as string[];
}

/** The key that a procedure is about, if it was given. */
export function fingerprintOf(facts: Facts): string | undefined {
  return option(facts, 'fingerprint');
}

/** A fingerprint is a hash in hexadecimal that begins with `1220` (multihash of SHA-256). */
export function fingerprintWarnings(fingerprint: string | undefined): string[] {
  if (fingerprint === undefined || /^1220[0-9a-f]{64}$/i.test(fingerprint)) return [];
  return [`'${fingerprint}' is not a complete fingerprint, which has 68 hexadecimal digits and begins with 1220.`];
}

/** A `Fingerprint` from its text; some commands expect the type, others the text. */
export function asFingerprint(facts: Facts, text: string): string {
  return `Fingerprint.${is2x(facts) ? 'tryCreate' : 'tryFromString'}(${text})`;
}

export function quoted(fingerprint: string | undefined): string {
  return fingerprint === undefined ? '"<fingerprint of the old key>"' : scalaString(fingerprint);
}
