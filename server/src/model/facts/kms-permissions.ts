import type { KmsType } from '../../../../schemas/kms-types';
import type { KmsMode } from './nodes';

/** A mode in which a node calls a KMS. */
export type PolicyMode = Exclude<KmsMode, 'none'>;

/**
 * The occasion of a call: Canton creates keys, checks a key that it has just created, uses keys, decrypts messages with
 * the encryption key, decrypts all keys to give up envelope encryption (`reverted = true`: a running 3.5 made no other
 * call), or `keys.secret.delete` is run.
 */
export type Occasion = 'create' | 'look' | 'use' | 'decrypt' | 'revert' | 'delete';

/** A permission, and the calls of Canton that need it. */
export interface Permission {
  readonly name: string;
  readonly modes: readonly PolicyMode[];
  readonly occasion: Occasion;
}

const BOTH = ['envelope', 'external'] as const;

/**
 * The actions that Canton's code calls, which differ from the list in its documentation: every new key is tagged, so
 * `kms:TagResource` belongs to envelope mode, too.
 *
 * Sources: `community/base/src/main/scala/com/digitalasset/canton/crypto/kms/aws/AwsKms.scala` (3.4, 3.5, main);
 * documentation of 2.10, whose code is closed, lists the same; names of the actions: AWS Service Authorization
 * Reference, "Actions, resources, and condition keys for AWS Key Management Service".
 */
export const AWS_ACTIONS: readonly Permission[] = [
  { name: 'kms:CreateKey', modes: BOTH, occasion: 'create' },
  { name: 'kms:TagResource', modes: BOTH, occasion: 'create' },
  { name: 'kms:Encrypt', modes: ['envelope'], occasion: 'use' },
  { name: 'kms:Decrypt', modes: ['envelope'], occasion: 'use' },
  { name: 'kms:Decrypt', modes: ['external'], occasion: 'decrypt' },
  { name: 'kms:Decrypt', modes: ['envelope'], occasion: 'revert' },
  { name: 'kms:DescribeKey', modes: ['envelope'], occasion: 'use' },
  { name: 'kms:DescribeKey', modes: ['external'], occasion: 'look' },
  { name: 'kms:Sign', modes: ['external'], occasion: 'use' },
  { name: 'kms:GetPublicKey', modes: ['external'], occasion: 'use' },
  { name: 'kms:ScheduleKeyDeletion', modes: ['external'], occasion: 'delete' },
];

/**
 * The permissions that Canton's code needs. Its documentation lists `cryptoKeyVersions.create`, but the code creates a
 * crypto key together with its first version (`CreateCryptoKey`), and checks whether a key exists by reading its
 * version. So `cryptoKeys.get`, which the documentation of 3.5 lists, is not needed.
 *
 * Sources: `community/base/src/main/scala/com/digitalasset/canton/crypto/kms/gcp/GcpKms.scala` (3.4, 3.5, main); names
 * of the permissions: Cloud KMS documentation, "Permissions and roles".
 */
export const GCP_PERMISSIONS: readonly Permission[] = [
  { name: 'cloudkms.cryptoKeys.create', modes: BOTH, occasion: 'create' },
  { name: 'cloudkms.cryptoKeyVersions.get', modes: ['envelope'], occasion: 'use' },
  { name: 'cloudkms.cryptoKeyVersions.get', modes: ['external'], occasion: 'look' },
  { name: 'cloudkms.cryptoKeyVersions.useToEncrypt', modes: ['envelope'], occasion: 'use' },
  { name: 'cloudkms.cryptoKeyVersions.useToDecrypt', modes: ['envelope'], occasion: 'use' },
  { name: 'cloudkms.cryptoKeyVersions.useToDecrypt', modes: ['external'], occasion: 'decrypt' },
  { name: 'cloudkms.cryptoKeyVersions.useToDecrypt', modes: ['envelope'], occasion: 'revert' },
  { name: 'cloudkms.cryptoKeyVersions.useToSign', modes: ['external'], occasion: 'use' },
  { name: 'cloudkms.cryptoKeyVersions.viewPublicKey', modes: ['external'], occasion: 'use' },
  { name: 'cloudkms.cryptoKeyVersions.destroy', modes: ['external'], occasion: 'delete' },
];

/** The permissions at each KMS; those of a driver are the driver's own. */
export const KMS_PERMISSIONS = {
  aws: AWS_ACTIONS,
  gcp: GCP_PERMISSIONS,
  driver: [],
} as const satisfies Record<KmsType, readonly Permission[]>;

/** Canton puts it on every AWS key that it creates. Source: `AwsKms.scala` (3.4, 3.5, main). */
export const CANTON_TAG = { key: 'CreatedBy', value: 'Canton' } as const;

/**
 * The first multi-region key of an account needs a role that AWS KMS creates on behalf of the caller. Source: AWS KMS
 * Developer Guide, "Authorizing AWS KMS to synchronize multi-Region keys".
 */
export const MULTI_REGION_ROLE = {
  action: 'iam:CreateServiceLinkedRole',
  service: 'mrk.kms.amazonaws.com',
  role: 'AWSServiceRoleForKeyManagementServiceMultiRegionKeys',
} as const;

/**
 * The occasions on which a running node uses its keys. Only participants have an encryption key
 * (`TopologyManagementHelper.scala` 3.3 to main; `external_key_storage_aws.rst` 2.10.4), and sequencer and mediator made
 * no `Decrypt` call on a running 3.5.
 *
 * @param id `participants.p1`
 */
export function usesOf(id: string): readonly Occasion[] {
  return id.startsWith('participants.') ? ['use', 'decrypt'] : ['use'];
}

/** The names of the permissions for a mode and these occasions. */
export function namesOf(
  permissions: readonly Permission[],
  mode: PolicyMode,
  ...occasions: readonly Occasion[]
): string[] {
  return permissions
    .filter((permission) => permission.modes.includes(mode) && occasions.includes(permission.occasion))
    .map(({ name }) => name);
}
