import { isGcpKeyId, parseGcpKeyName } from '../../model/facts/key-id';
import { GCP_PERMISSIONS, namesOf, usesOf } from '../../model/facts/kms-permissions';
import { withVisibleControls } from '../../text/encoders/controls';
import { type KmsUse, settingOf } from './kms-use';
import { type Gaps, placeholder } from './render';

/** A custom role, and the resources on which the node's service account gets it. */
export interface GcpRole {
  /** Unique in the project: letters, digits and `_`, at most 64. */
  readonly id: string;
  readonly title: string;
  readonly permissions: readonly string[];
  readonly project: string;
  readonly location: string;
  readonly keyRing: string;
  /** The keys on which it is granted; if empty, the whole key ring. */
  readonly cryptoKeys: readonly string[];
  /** The member that gets it: `serviceAccount:NAME@PROJECT.iam.gserviceaccount.com` */
  readonly member: string;
}

/** Source: IAM documentation of Google Cloud, "Create and manage custom roles". */
const MAX_ROLE_ID = 64;
const MAX_TITLE = 100;

export function gcpRole(use: KmsUse, gaps: Gaps, warnings: string[]): GcpRole {
  const creates = use.keys === 'created';
  const { node, mode, keyIds, deletesKeys, reverts } = use;
  const occasions = reverts ? (['revert'] as const) : usesOf(node);
  if (!creates && keyIds.length === 0) {
    warnings.push('the role is granted on every key of the key ring; to restrict it, name the keys with --key');
  }
  return {
    id: `canton_kms_${node.replace(/\W/g, '_')}`.slice(0, MAX_ROLE_ID),
    title: withVisibleControls(`Canton KMS, ${node}`).slice(0, MAX_TITLE),
    permissions: [
      ...(creates ? namesOf(GCP_PERMISSIONS, mode, 'create', 'look') : []),
      ...namesOf(GCP_PERMISSIONS, mode, ...occasions, ...(deletesKeys ? (['delete'] as const) : [])),
    ],
    project: settingOf(use, 'project-id', 'PROJECT_ID', gaps),
    location: settingOf(use, 'location-id', 'LOCATION_ID', gaps),
    keyRing: settingOf(use, 'key-ring-id', 'KEY_RING_ID', gaps),
    cryptoKeys: creates ? [] : [...new Set(keyIds.map((id) => cryptoKeyOf(id, gaps)))],
    member:
      use.principal ??
      `serviceAccount:${placeholder(gaps, 'SERVICE_ACCOUNT', "the e-mail address of the node's service account")}`,
  };
}

/** Canton expects the short name of a key; a full resource name is accepted as well. */
function cryptoKeyOf(id: string, gaps: Gaps): string {
  const name = parseGcpKeyName(id)?.key ?? id;
  if (name === '<KEY_ID>' || isGcpKeyId(name)) return name;
  return placeholder(gaps, 'KEY_ID', `a key whose id '${id}' is not the name of a crypto key`);
}
