import { shellComment, shellWord } from '../../text/encoders/shell';
import type { Creation } from './create';
import { kmsName } from './request';
import { shellCommand } from './shell';

/**
 * A file with the IDs of the keys, which shows a repeated run of the script what it has already created: role and ID,
 * separated by a tab.
 */
function noteFile({ kms: { name } }: Creation): string {
  return `${name.replace(/[^\w.-]/g, '_')}-kms-keys.tsv`;
}

/** The beginning of a script that creates keys, with its own variables. */
export function creationHead(
  creation: Creation,
  what: string,
  tool: string,
  values: Readonly<Record<string, string>>,
): string[] {
  const { kms } = creation;
  return [
    '#!/bin/sh',
    shellComment(`${what} of ${kms.node}, Canton ${kms.version}, in ${kmsName(kms)}.`),
    shellComment(
      'Run it as an administrator of the KMS, not as the node, so that the node does not need the permission to create keys.',
    ),
    shellComment(`It records each key in ${noteFile(creation)}, and skips existing keys.`),
    'set -eu',
    `node=${shellWord(kms.node)}`,
    ...Object.entries(values).map(([name, value]) => `${name}=${shellWord(value)}`),
    `notes=${shellWord(noteFile(creation))}`,
    `command -v ${tool} >/dev/null 2>&1 || { echo '${tool} is not on the PATH' >&2; exit 2; }`,
    'touch "$notes"',
    '',
    NOTED.trim(),
    '',
  ];
}

const NOTED = String.raw`
tab=$(printf '\t')

# The id of the key of a role, if it is there.
noted() {
  sed -n "s/^$1$tab//p" "$notes" | head -n 1
}
`;

/** The steps that use the IDs: permissions, a check and the registration. */
export function creationEnd({ kms }: Creation): string[] {
  const files = '--canton-version $version FILE...';
  const plan =
    kms.mode === 'envelope'
      ? [`echo "canton-kms plan enable-envelope --node $node --wrapper-key-id $(noted wrapper) ${files}"`]
      : [
          `sets=$(sed "s/^\\([a-z-]*\\)$tab/--set \\1-key-id=/" "$notes" | tr '\\n' ' ')`,
          `echo "canton-kms plan register-keys --node $node $sets${files}"`,
        ];
  return [
    '',
    `version=${kms.version}`,
    `keys=$(sed "s/^\\([a-z-]*\\)$tab/--key \\1=/" "$notes" | tr '\\n' ' ')`,
    `ids=$(sed "s/^[a-z-]*$tab/--key /" "$notes" | tr '\\n' ' ')`,
    `echo 'Keep this table outside the database. You need it to register the keys, also after a restore:'`,
    'cat "$notes"',
    `echo 'To print the permissions that the node needs:'`,
    `echo "canton-kms policy --node $node --keys existing $ids${files}"`,
    `echo 'To check the keys, as the node:'`,
    `echo "canton-kms preflight --node $node $keys${files}"`,
    `echo 'To use the keys:'`,
    ...plan,
    '',
  ];
}

/** An AWS key is named by its ID if replicas in other regions share the ID, otherwise by its ARN. */
export function awsCreation(creation: Creation): string {
  const { kms, keys, place, isMultiRegion } = creation;
  const endpoint = kms.optional('endpoint-override');
  const at = endpoint === undefined ? '' : ' --endpoint-url "$endpoint"';
  const values = { region: place, ...(endpoint !== undefined && { endpoint }) };
  return [
    ...creationHead(creation, 'Creates the keys', 'aws', values),
    `AWS_PAGER=
export AWS_PAGER

# make_key ROLE SPEC USAGE
make_key() {
  id=$(noted "$1")
  if [ -n "$id" ]; then
    echo "The $1 key already exists: $id"
    return
  fi
  id=$(aws kms create-key --region "$region"${at}${isMultiRegion ? ' --multi-region' : ''} --key-spec "$2" --key-usage "$3" \\
    --description "Canton $node $1" --tags "TagKey=CantonNode,TagValue=$node" "TagKey=CantonRole,TagValue=$1" \\
    --query KeyMetadata.${isMultiRegion ? 'KeyId' : 'Arn'} --output text)
  printf '%s\\t%s\\n' "$1" "$id" >>"$notes"
  echo "Created the $1 key: $id"
}
`,
    ...keys.map(({ role, spec, usage }) => shellCommand('make_key', role, spec, usage)),
    ...creationEnd(creation),
  ].join('\n');
}

/** Names of keys at Google Cloud, which are their IDs for Canton. */
export function gcpKeyName({ kms: { name } }: Creation, role: string): string {
  return `${name.replace(/[^\w-]/g, '_').slice(0, 40)}-${role}`;
}

/** Values of labels consist of lowercase letters, digits, `_` and `-`, 63 at most (Cloud KMS, "Label keys"). */
export function gcpLabel({ kms: { node } }: Creation): string {
  return node
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .slice(0, 63);
}

export function gcpCreation(creation: Creation): string {
  const { kms, keys } = creation;
  const values = {
    project: kms.setting('project-id'),
    location: kms.setting('location-id'),
    ring: kms.setting('key-ring-id'),
    label: gcpLabel(creation),
  };
  return [
    ...creationHead(creation, 'Creates the keys', 'gcloud', values),
    `CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_CORE_DISABLE_PROMPTS

# make_key ROLE NAME PURPOSE [ALGORITHM]
make_key() {
  role=$1
  id=$2
  purpose=$3
  shift 3
  if [ -n "$(noted "$role")" ]; then
    echo "The $role key already exists: $id"
    return
  fi
  gcloud kms keys create "$id" --keyring "$ring" --location "$location" --project "$project" --purpose "$purpose" \\
    --protection-level hsm --labels "canton-node=$label,canton-role=$role" "$@"
  printf '%s\\t%s\\n' "$role" "$id" >>"$notes"
  echo "Created the $role key: $id"
}
`,
    ...keys.map(({ role, spec, usage }) =>
      shellCommand(
        'make_key',
        role,
        gcpKeyName(creation, role),
        usage,
        ...(role === 'wrapper' ? [] : ['--default-algorithm', gcloudAlgorithm(spec)]),
      ),
    ),
    ...creationEnd(creation),
  ].join('\n');
}

/** `EC_SIGN_P256_SHA256` of the API is `ec-sign-p256-sha256` for gcloud. */
export function gcloudAlgorithm(spec: string): string {
  return spec.toLowerCase().replaceAll('_', '-');
}
