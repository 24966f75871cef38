import { AWS_ACTIONS, namesOf, usesOf } from '../../model/facts/kms-permissions';
import { hclAttributes, hclBlock, hclList, hclName, hclString } from '../../text/encoders/hcl';
import { shellComment } from '../../text/encoders/shell';
import type { Creation, NewKey } from './create';
import { gcpKeyName, gcpLabel } from './creation';
import type { KeyRole } from './given-keys';
import { kmsName } from './request';

/** Destroying a key destroys its node, so Terraform must never do it by itself. */
const PREVENT_DESTROY = hclBlock('lifecycle', hclAttributes([['prevent_destroy', 'true']]));

function headOf({ kms, place }: Creation): string {
  return [
    `Keys of ${kms.node}, Canton ${kms.version}, in ${kmsName(kms)} (${place}), and what the node may do with them.`,
    'Register the keys by the ids of the output, and keep them outside of the database.',
  ]
    .map((line) => `${shellComment(line)}\n`)
    .join('');
}

function labelOf({ kms: { node } }: Creation, role: KeyRole): string {
  return `canton_kms_${hclName(node)}_${hclName(role)}`;
}

/** IDs by role, in the form that `plan register-keys` accepts. */
function output(creation: Creation, idOf: (key: NewKey) => string): string {
  const rows = creation.keys.map((key) => [hclString(key.role), idOf(key)] as const);
  const body = `${hclAttributes(rows)}`.replace(/^(?=.)/gm, '  ');
  const name = `canton_kms_${hclName(creation.kms.node)}_keys`;
  return hclBlock(`output "${name}"`, `value = {\n${body}}\n`);
}

export function awsTerraform(creation: Creation): string {
  const { kms, keys, isMultiRegion } = creation;
  const made = keys.map(({ role, spec, usage }) =>
    hclBlock(
      `resource "aws_kms_key" "${labelOf(creation, role)}"`,
      [
        hclAttributes([
          ['description', hclString(`Canton ${kms.node} ${role}`)],
          ['customer_master_key_spec', hclString(spec)],
          ['key_usage', hclString(usage)],
          ['multi_region', String(isMultiRegion)],
          ['deletion_window_in_days', '30'],
        ]),
        `tags = {\n${hclAttributes([
          ['CantonNode', hclString(kms.node)],
          ['CantonRole', hclString(role)],
        ]).replace(/^(?=.)/gm, '  ')}}\n`,
        PREVENT_DESTROY,
      ].join('\n'),
    ),
  );
  const name = `canton_kms_${hclName(kms.node)}`;
  const statement = hclBlock(
    'statement',
    hclAttributes([
      ['sid', hclString('UseKeys')],
      ['actions', hclList(namesOf(AWS_ACTIONS, kms.mode, ...usesOf(kms.node)))],
      ['resources', `[\n${keys.map(({ role }) => `  aws_kms_key.${labelOf(creation, role)}.arn,\n`).join('')}]`],
    ]),
  );
  const policy = hclBlock(
    `resource "aws_iam_policy" "${name}"`,
    hclAttributes([
      ['name', hclString(name.replaceAll('_', '-'))],
      ['policy', `data.aws_iam_policy_document.${name}.json`],
    ]),
  );
  const id = isMultiRegion ? 'key_id' : 'arn';
  return [
    headOf(creation),
    ...made,
    hclBlock(`data "aws_iam_policy_document" "${name}"`, statement),
    policy,
    output(creation, ({ role }) => `aws_kms_key.${labelOf(creation, role)}.${id}`),
  ].join('\n');
}

/** `asymmetric-signing` of gcloud is `ASYMMETRIC_SIGN` of the API. */
const PURPOSES: Readonly<Record<string, string>> = {
  encryption: 'ENCRYPT_DECRYPT',
  'asymmetric-signing': 'ASYMMETRIC_SIGN',
  'asymmetric-encryption': 'ASYMMETRIC_DECRYPT',
};

/** Predefined roles (Cloud KMS, "Permissions and roles"). */
function rolesFor(role: KeyRole): readonly string[] {
  if (role === 'wrapper') return ['roles/cloudkms.cryptoKeyEncrypterDecrypter', 'roles/cloudkms.viewer'];
  return [
    role === 'encryption' ? 'roles/cloudkms.cryptoKeyDecrypter' : 'roles/cloudkms.signer',
    'roles/cloudkms.publicKeyViewer',
  ];
}

export function gcpTerraform(creation: Creation): string {
  const { keys, place } = creation;
  const made = keys.flatMap(({ role, spec, usage }) => {
    const label = labelOf(creation, role);
    const key = hclBlock(
      `resource "google_kms_crypto_key" "${label}"`,
      [
        hclAttributes([
          ['name', hclString(gcpKeyName(creation, role))],
          ['key_ring', hclString(place)],
          ['purpose', hclString(PURPOSES[usage] ?? '')],
        ]),
        hclBlock(
          'version_template',
          hclAttributes([
            ['algorithm', hclString(spec)],
            ['protection_level', hclString('HSM')],
          ]),
        ),
        `labels = {\n${hclAttributes([
          ['canton-node', hclString(gcpLabel(creation))],
          ['canton-role', hclString(role)],
        ]).replace(/^(?=.)/gm, '  ')}}\n`,
        PREVENT_DESTROY,
      ].join('\n'),
    );
    const grant = hclBlock(
      `resource "google_kms_crypto_key_iam_member" "${label}"`,
      `${hclAttributes([['for_each', `toset(${hclList(rolesFor(role))})`]])}\n${hclAttributes([
        ['crypto_key_id', `google_kms_crypto_key.${label}.id`],
        ['role', 'each.value'],
        ['member', `"serviceAccount:${'$'}{var.service_account}"`],
      ])}`,
    );
    return [key, grant];
  });
  return [
    headOf(creation),
    hclBlock('variable "service_account"', hclAttributes([['type', 'string']])),
    ...made,
    output(creation, ({ role }) => `google_kms_crypto_key.${labelOf(creation, role)}.name`),
  ].join('\n');
}
