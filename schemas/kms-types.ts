import type { SchemeSection } from './schemes';
import { type CantonVersion, compareVersions } from './version';

/** `crypto.kms.type` (`config/KmsConfig.scala` 3.3, 3.4, 3.5, main; documentation of Canton 2.8.12 and 2.10.4). */
export type KmsType = 'aws' | 'gcp' | 'driver';

/** A scheme, or a scheme with the first version in which Canton has it for this KMS. */
type SupportedScheme = string | { readonly scheme: string; readonly since: CantonVersion };

/** Everything that differs between the types, except procedures. */
export interface KmsTypeFacts {
  /** Product name, which fits at the beginning and in the middle of a sentence. */
  readonly name: string;
  /** The operator of the KMS, as shown in the wizard. */
  readonly operatedBy: string;
  /** Name of the case class in `KmsConfig`, which Canton's messages print. */
  readonly className: string;
  /** First version whose community edition accepts the type; in 2.x, only the enterprise edition supports a KMS. */
  readonly communitySince: CantonVersion;
  /**
   * The schemes for which the KMS can hold private keys, in Canton's order. For drivers, these are the schemes that the
   * driver API can express; a driver may support fewer.
   */
  readonly schemes: Readonly<Record<SchemeSection, readonly SupportedScheme[]>>;
  /** The required key of the `kms` section with the location of the KMS. */
  readonly locationKey: string | undefined;
  /** The required keys that distinguish it from others at the same location. */
  readonly nameKeys: readonly string[];
  /** The place of the keys in the terms of its users, with the keys of the `kms` section that it consists of. */
  readonly place: string;
  /** Keys that identify a `kms` section without a `type` as one of Canton. */
  readonly telltaleKeys: readonly string[];
  /** The key itself, its key ring or the driver decides in how many regions a key exists. */
  readonly replicatedBy: 'key' | 'key-ring' | 'driver';
  /**
   * The form of the policy that can be derived from the configuration; undefined if the driver manages permissions
   * itself.
   */
  readonly policy: 'aws-iam' | 'gcp-role' | undefined;
  /** The credentials that the node needs, as a noun phrase (`kms_aws_config.rst`, `kms_gcp_config.rst`, main). */
  readonly credentials: string;
}

const NIST_KEYS = ['ec-p-256', 'ec-p-384', 'ec-secp-256k-1'];
const NIST_ALGORITHMS = ['ec-dsa-sha-256', 'ec-dsa-sha-384'];
const POST_QUANTUM = { scheme: 'ml-dsa-65', since: '3.6' } as const;

/**
 * One row for each type. A new type is a row here; the compiler then lists every other place that must handle it.
 * Schemes: `crypto/kms/{aws/AwsKms,gcp/GcpKms,driver/v1/DriverKms}.scala` 3.4, 3.5, main. Editions:
 * `config/KmsConfig.scala`, `CantonConfigValidation.scala` 3.3.
 */
export const KMS_TYPES = {
  aws: {
    name: 'AWS KMS',
    operatedBy: 'Amazon Web Services',
    className: 'Aws',
    communitySince: '3.4',
    schemes: {
      'signing.keys': [...NIST_KEYS, POST_QUANTUM],
      'signing.algorithms': [...NIST_ALGORITHMS, POST_QUANTUM],
      'encryption.keys': ['rsa-2048'],
      'encryption.algorithms': ['rsa-oaep-sha-256'],
    },
    locationKey: 'region',
    nameKeys: [],
    place: '{region}',
    telltaleKeys: ['region', 'multi-region-key', 'audit-logging', 'endpoint-override'],
    replicatedBy: 'key',
    policy: 'aws-iam',
    credentials: 'credentials in the default chain of the AWS SDK (environment, profile, container or instance role)',
  },
  gcp: {
    name: 'Google Cloud KMS',
    operatedBy: 'Google Cloud',
    className: 'Gcp',
    communitySince: '3.4',
    schemes: {
      'signing.keys': [{ scheme: 'ec-curve-25519', since: '3.4' }, ...NIST_KEYS, POST_QUANTUM],
      'signing.algorithms': [{ scheme: 'ed-25519', since: '3.4' }, ...NIST_ALGORITHMS, POST_QUANTUM],
      'encryption.keys': ['rsa-2048'],
      'encryption.algorithms': ['rsa-oaep-sha-256'],
    },
    locationKey: 'location-id',
    nameKeys: ['key-ring-id'],
    place: 'projects/{project-id}/locations/{location-id}/keyRings/{key-ring-id}',
    telltaleKeys: ['location-id', 'project-id', 'key-ring-id', 'audit-logging', 'endpoint-override'],
    replicatedBy: 'key-ring',
    policy: 'gcp-role',
    credentials: 'Application Default Credentials (`GOOGLE_APPLICATION_CREDENTIALS` or the metadata server)',
  },
  driver: {
    name: 'KMS driver',
    operatedBy: 'Any other KMS or HSM, through a driver jar',
    className: 'Driver',
    communitySince: '3.3',
    schemes: {
      'signing.keys': [{ scheme: 'ec-curve-25519', since: '3.4' }, ...NIST_KEYS],
      'signing.algorithms': [{ scheme: 'ed-25519', since: '3.4' }, ...NIST_ALGORITHMS],
      'encryption.keys': [{ scheme: 'ec-p-256', since: '3.4' }, 'rsa-2048'],
      'encryption.algorithms': [{ scheme: 'ecies-hkdf-hmac-sha-256-aes-128-cbc', since: '3.4' }, 'rsa-oaep-sha-256'],
    },
    locationKey: undefined,
    nameKeys: ['name'],
    place: '{name}',
    telltaleKeys: [],
    replicatedBy: 'driver',
    policy: undefined,
    credentials: 'the credentials that the driver requires',
  },
} as const satisfies Record<KmsType, KmsTypeFacts>;

export function kmsTypeFacts(type: KmsType): KmsTypeFacts {
  return KMS_TYPES[type];
}

/** In the order in which they are offered. */
export const KMS_TYPE_NAMES = Object.keys(KMS_TYPES) as readonly KmsType[];

export function isKmsType(text: unknown): text is KmsType {
  return typeof text === 'string' && Object.hasOwn(KMS_TYPES, text);
}

/** An unknown type counts as a driver, about which nothing is assumed. */
export function kmsTypeOrDriver(text: unknown): KmsType {
  return isKmsType(text) ? text : 'driver';
}

/** The schemes that a KMS can hold private keys for, in the spellings of the configuration. Canton 3.x only. */
export function supportedSchemes(type: KmsType, section: SchemeSection, version: CantonVersion): readonly string[] {
  return kmsTypeFacts(type).schemes[section].flatMap((supported) => {
    if (typeof supported === 'string') return supported;
    return compareVersions(version, supported.since) >= 0 ? supported.scheme : [];
  });
}

/** False where the KMS cannot hold a private key for the scheme, so that Canton refuses it as a default. */
export function supportsScheme(type: KmsType, section: SchemeSection, scheme: string, version: CantonVersion): boolean {
  return supportedSchemes(type, section, version).includes(scheme);
}
