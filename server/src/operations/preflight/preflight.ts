import { type CloudKms, kmsKeyOf, wrapperKeyOf } from '../../model/facts/kms-keys';
import { KMS_PERMISSIONS, namesOf } from '../../model/facts/kms-permissions';
import { MODE_NAMES } from '../../model/facts/nodes';
import { awsLibrary } from './aws';
import { DRIVER_LIBRARY } from './driver';
import { gcpLibrary } from './gcp';
import type { GivenKey } from './given-keys';
import { kmsName, type NodeKms, nodeKmsOf, type PreflightRequest, placeOf } from './request';
import { type ShellScript, shellCommand, shellScript } from './shell';

export type { PreflightRequest } from './request';

export type PreflightResult =
  /** `warnings` say why the script is incomplete, one sentence each, without a full stop. */
  | { readonly kind: 'script'; readonly text: string; readonly warnings: readonly string[] }
  /** There is no script; one sentence gives the reason. */
  | { readonly kind: 'none'; readonly reason: string };

/**
 * A POSIX shell script that checks the KMS of a node with the operator's tools and changes nothing. It exits with 0 if
 * all checks passed, 1 if one failed, and 2 if it could not run; with `--json` it prints an inventory. Never fails.
 */
export function preflightFor(request: PreflightRequest): PreflightResult {
  const found = nodeKmsOf(request);
  if (found.kind === 'none') return found;
  const { kms } = found;
  const part = PARTS[kms.type](kms);
  const place = placeOf(kms);
  const text = shellScript({
    ...part,
    head: headOf(kms),
    values: { node: kms.node, kms: kms.type, place, ...part.values },
    gaps: kms.gaps,
  });
  return { kind: 'script', text, warnings: [...kms.gaps, ...warningsOf(kms)] };
}

type Part = Omit<ShellScript, 'head' | 'gaps'>;

const PARTS: Readonly<Record<NodeKms['type'], (kms: NodeKms) => Part>> = {
  aws: awsPart,
  gcp: gcpPart,
  driver: driverPart,
};

function headOf(kms: NodeKms): string[] {
  const { node, version, mode } = kms;
  return [
    `Preflight of ${node}, Canton ${version}, ${MODE_NAMES[mode]}: is ${kmsName(kms)} as the node needs it?`,
    "Run it on the node's host as the identity that the node has. It changes nothing.",
    'Usage: sh FILE [--json]. Exit code: 0 if all checks passed, 1 if one failed, 2 if it could not run.',
    'SKIPPED marks a check that could not be made.',
  ];
}

function warningsOf({ type, mode, origin, keys, roles }: NodeKms): string[] {
  if (type === 'driver' || mode === 'envelope') return [];
  const missing = roles.filter((role) => !keys.some((key) => key.role === role));
  if (missing.length === 0 || keys.some(({ role }) => role === undefined)) return [];
  if (origin === 'created' && keys.length === 0) {
    return ['the configuration does not name external keys: give each one that the node has with --key ROLE=ID'];
  }
  return [`no key was given for ${missing.join(', ')}: give each one with --key ROLE=ID`];
}

function awsPart(kms: NodeKms): Part {
  const endpoint = kms.optional('endpoint-override');
  const region = kms.setting('region');
  const at = endpoint === undefined ? '' : ' --endpoint-url "$endpoint"';
  return {
    values: { region, ...(endpoint !== undefined && { endpoint }) },
    tool: 'aws',
    library: awsLibrary(` --region "$region"${at} --output json`),
    commands: ['look_at_identity', 'look_at_region', ...keyCommands(kms, 'aws')],
  };
}

function gcpPart(kms: NodeKms): Part {
  const values = {
    project: kms.setting('project-id'),
    location: kms.setting('location-id'),
    ring: kms.setting('key-ring-id'),
  };
  return {
    values,
    tool: 'gcloud',
    library: gcpLibrary(' --keyring "$ring" --location "$location" --project "$project"'),
    commands: ['look_at_identity', 'look_at_place', ...keyCommands(kms, 'gcp')],
  };
}

function driverPart({ keys, origin }: NodeKms): Part {
  const named = keys.map(({ role, id }) => `${role ?? 'a'} key ${id} exists, is active and of the right kind`);
  const create = origin === 'created' ? ['new keys can be made'] : [];
  return {
    values: {},
    tool: undefined,
    library: DRIVER_LIBRARY,
    commands: [
      'look_at_class_path',
      shellCommand('only_driver', 'the KMS answers', 'its identity', ...named, 'rights on the keys', ...create),
    ],
  };
}

function keyCommands(kms: NodeKms, type: CloudKms): string[] {
  const { mode, origin, keys } = kms;
  const create = namesOf(KMS_PERMISSIONS[type], mode, 'create');
  return [
    ...keys.map((key) => keyCommand(kms, type, key)),
    ...(origin === 'created' ? [shellCommand('no_dry_run', ...create)] : []),
  ];
}

function keyCommand({ signing, encryption }: NodeKms, type: CloudKms, { role, id }: GivenKey): string {
  const specs = (list: readonly string[]) => list.flatMap((spec) => kmsKeyOf(type, spec)?.spec ?? []);
  if (role === 'wrapper') {
    const { spec, usage } = wrapperKeyOf(type);
    return shellCommand('wrapper_key', id, spec, ...(type === 'aws' ? [usage] : []));
  }
  if (role === 'encryption') return shellCommand('encryption_key', role, id, ...specs(encryption));
  if (role !== undefined) return shellCommand('signing_key', role, id, ...specs(signing));
  return shellCommand('some_key', id, ...specs(encryption).slice(0, 1), ...specs(signing));
}
