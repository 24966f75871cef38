import { stringify } from 'yaml';
import { hclAttributes, hclBlock, hclList, hclName, hclString, insideHclString } from '../../text/encoders/hcl';
import { jsonText } from '../../text/encoders/json';
import { shellComment } from '../../text/encoders/shell';
import type { Condition, Statement } from './aws';
import type { GcpRole } from './gcp';

/** `participants.p1` -> an `aws_iam_policy_document` and the policy made of it. */
export function renderAwsTerraform(node: string, statements: readonly Statement[]): string {
  const label = labelOf(node);
  const document = hclBlock(`data "aws_iam_policy_document" "${label}"`, statements.map(statementBlock).join('\n'));
  const policy = hclBlock(
    `resource "aws_iam_policy" "${label}"`,
    hclAttributes([
      ['name', hclString(label.replaceAll('_', '-'))],
      ['policy', `data.aws_iam_policy_document.${label}.json`],
    ]),
  );
  return withVariables(`${document}\n${policy}`);
}

/** A `google_project_iam_custom_role`, granted on the key ring or on single keys. */
export function renderGcpTerraform(node: string, role: GcpRole): string {
  const label = labelOf(node);
  const custom = hclBlock(
    `resource "google_project_iam_custom_role" "${label}"`,
    hclAttributes([
      ['project', hclString(role.project)],
      ['role_id', hclString(role.id)],
      ['title', hclString(role.title)],
      ['permissions', hclList(role.permissions)],
    ]),
  );
  const ring = `${role.project}/${role.location}/${role.keyRing}`;
  const grant = [
    ['role', `google_project_iam_custom_role.${label}.name`],
    ['member', hclString(role.member)],
  ] as const;
  const onRing = hclBlock(
    `resource "google_kms_key_ring_iam_member" "${label}"`,
    hclAttributes([['key_ring_id', hclString(ring)], ...grant]),
  );
  const onKeys = hclBlock(
    `resource "google_kms_crypto_key_iam_member" "${label}"`,
    `${hclAttributes([['for_each', `toset(${hclList(role.cryptoKeys)})`]])}\n${hclAttributes([
      ['crypto_key_id', `"${insideHclString(ring)}/\${each.value}"`],
      ...grant,
    ])}`,
  );
  return withVariables(`${custom}\n${role.cryptoKeys.length === 0 ? onRing : onKeys}`);
}

function statementBlock({ sid, actions, resources, conditions }: Statement): string {
  const tests = conditions.map(({ key, values }) =>
    hclBlock(
      'condition',
      hclAttributes([
        ['test', '"StringEquals"'],
        ['variable', hclString(key)],
        ['values', `[${values.map(hclString).join(', ')}]`],
      ]),
    ),
  );
  const head = hclAttributes([
    ['sid', hclString(sid)],
    ['actions', hclList(actions)],
    ['resources', hclList(resources)],
  ]);
  return hclBlock('statement', [head, ...tests].join('\n'));
}

/** Placeholders become Terraform variables. */
function withVariables(body: string): string {
  const used = new Set<string>();
  const filled = replacePlaceholders(body, (name) => {
    used.add(variable(name));
    return `\${var.${variable(name)}}`;
  });
  const variables = [...used].map((name) => hclBlock(`variable "${name}"`, hclAttributes([['type', 'string']])));
  return [...variables, filled].join('\n');
}

export function variable(placeholder: string): string {
  return placeholder.toLowerCase();
}

function labelOf(node: string): string {
  return `canton_kms_${hclName(node)}`;
}

/** An IAM policy document. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export function renderAwsIam(statements: readonly Statement[]): string {
  const document = {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: oneOrAll(resources),
      ...(conditions.length === 0 ? {} : { Condition: { StringEquals: conditionsOf(conditions) } }),
    })),
  };
  return `${jsonText(document)}\n`;
}

/**
 * A policy for each of the keys, with which another principal may use it. `PutKeyPolicy` replaces the whole policy of a
 * key, so it begins with the statement without which IAM policies no longer apply (AWS KMS Developer Guide, "Default
 * key policy").
 */
export function renderKeyPolicy(
  account: string,
  partition: string,
  principal: string,
  actions: readonly string[],
): string {
  const statement = (sid: string, who: string, action: string | readonly string[]) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: who },
    Action: action,
    Resource: '*',
  });
  const own = statement('EnableIAMPolicies', `arn:${partition}:iam::${account}:root`, 'kms:*');
  return `${jsonText({ Version: '2012-10-17', Statement: [own, statement('UseKey', principal, actions)] })}\n`;
}

function conditionsOf(conditions: readonly Condition[]): Record<string, unknown> {
  return Object.fromEntries(conditions.map(({ key, values }) => [key, oneOrAll(values)]));
}

function oneOrAll(values: readonly string[]): string | readonly string[] | undefined {
  return values.length === 1 ? values[0] : values;
}

/** A file for `gcloud iam roles create --file`, with the commands that create and grant the role. */
export function renderGcpRole(role: GcpRole): string {
  const { id, project, location, keyRing, cryptoKeys, member } = role;
  const grant = `--member=${member} --role=projects/${project}/roles/${id}`;
  const where = `--location=${location} --project=${project}`;
  const grants = cryptoKeys.map(
    (key) => `gcloud kms keys add-iam-policy-binding ${key} --keyring=${keyRing} ${where} ${grant}`,
  );
  if (grants.length === 0) grants.push(`gcloud kms keyrings add-iam-policy-binding ${keyRing} ${where} ${grant}`);
  const commands = [`gcloud iam roles create ${id} --project=${project} --file=ROLE.yaml`, ...grants];
  const body = { title: role.title, stage: 'GA', includedPermissions: role.permissions };
  return `${commands.map((command) => `${shellComment(command)}\n`).join('')}${stringify(body, { lineWidth: 0 })}`;
}

/** A setting that may be missing from a configuration. */
export type PlaceholderName =
  | 'ACCOUNT_ID'
  | 'REGION'
  | 'KEY_ID'
  | 'PROJECT_ID'
  | 'LOCATION_ID'
  | 'KEY_RING_ID'
  | 'SERVICE_ACCOUNT';

/** Used placeholders, each with the end of the sentence that explains it. */
export type Gaps = Map<PlaceholderName, string>;

/** Records that a value is missing, and returns the placeholder to write. */
export function placeholder(gaps: Gaps, name: PlaceholderName, meaning: string): string {
  const before = gaps.get(name);
  gaps.set(name, before === undefined ? meaning : `${before}; also for ${meaning}`);
  return `<${name}>`;
}

/**
 * True if the text can be used in a policy unchanged. Wildcards would widen the policy, and whitespace or quotes would
 * end the value.
 */
export function isPlain(text: string): boolean {
  return /^[\w.:/-]+$/.test(text);
}

const IN_TEXT = /<(ACCOUNT_ID|REGION|KEY_ID|PROJECT_ID|LOCATION_ID|KEY_RING_ID|SERVICE_ACCOUNT)>/g;

function replacePlaceholders(text: string, by: (name: string) => string): string {
  return text.replace(IN_TEXT, (_, name: string) => by(name));
}
