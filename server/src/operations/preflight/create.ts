import { type CloudKms, kmsKeyOf, wrapperKeyOf } from '../../model/facts/kms-keys';
import { awsCreation, gcpCreation } from './creation';
import type { CreateFormat, KeyRole } from './given-keys';
import { awsImport, gcpImport } from './import';
import type { PreflightResult } from './preflight';
import { type NodeKms, nodeKmsOf, type PreflightRequest, placeOf } from './request';
import { awsTerraform, gcpTerraform } from './terraform';

/** A key that has to be created. */
export interface NewKey {
  readonly role: KeyRole;
  /** `KeySpec` of AWS, algorithm of Google Cloud. */
  readonly spec: string;
  /** `KeyUsage` of AWS, `--purpose` of gcloud. */
  readonly usage: string;
}

/** The input of the texts that create keys. */
export interface Creation {
  readonly kms: NodeKms;
  readonly keys: readonly NewKey[];
  readonly place: string;
  readonly isMultiRegion: boolean;
}

export interface CreateRequest extends PreflightRequest {
  readonly format: CreateFormat;
  /** True if exported material is imported into the keys. */
  readonly imports: boolean;
}

/** The commands, or Terraform, that create the missing keys of a node, as its schemes require. Never fails. */
export function creationFor(request: CreateRequest): PreflightResult {
  const found = nodeKmsOf(request);
  if (found.kind === 'none') return found;
  const { kms } = found;
  if (kms.type === 'driver') {
    return {
      kind: 'none',
      reason: `${kms.node} uses a KMS driver. Create its keys as the documentation of the driver describes.`,
    };
  }
  if (request.imports && kms.mode === 'envelope') {
    return {
      kind: 'none',
      reason: 'A wrapper key is not imported, because Canton stores its own keys in the database.',
    };
  }
  if (request.imports && request.format === 'terraform') {
    return {
      kind: 'none',
      reason: 'Keys must be imported with a script, because Terraform would store them in its state.',
    };
  }
  const { type } = kms;
  const roles = kms.roles.filter((role) => !kms.keys.some((key) => key.role === role));
  if (roles.length === 0) return { kind: 'none', reason: `Nothing to do: ${kms.node} already has all of its keys.` };
  const keys = roles.flatMap((role) => newKey(kms, type, role) ?? []);
  if (keys.length < roles.length) {
    return { kind: 'none', reason: `The KMS supports no key that the schemes of ${kms.node} allow.` };
  }
  const creation: Creation = { kms, keys, place: placeOf(kms), isMultiRegion: kms.isOn('multi-region-key') };
  const [gap] = kms.gaps;
  if (gap !== undefined) return { kind: 'none', reason: `${gap}. Set it with --set or --env.` };
  const text = RENDERERS[type][request.imports ? 'import' : request.format](creation);
  return { kind: 'script', text, warnings: [] };
}

const RENDERERS: Readonly<Record<CloudKms, Readonly<Record<CreateFormat | 'import', (creation: Creation) => string>>>> =
  {
    aws: { sh: awsCreation, terraform: awsTerraform, import: awsImport },
    gcp: { sh: gcpCreation, terraform: gcpTerraform, import: gcpImport },
  };

function newKey(kms: NodeKms, type: CloudKms, role: KeyRole): NewKey | undefined {
  if (role === 'wrapper') return { role, ...wrapperKeyOf(type) };
  const [spec] = role === 'encryption' ? kms.encryption : kms.signing;
  const key = spec === undefined ? undefined : kmsKeyOf(type, spec);
  return key && { role, spec: key.spec, usage: key.usage };
}
