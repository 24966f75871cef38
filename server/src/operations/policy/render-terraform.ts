import type { Statement } from './aws';
import type { GcpRole } from './gcp';
import { replacePlaceholders } from './placeholder';

/** `participants.p1` -> an `aws_iam_policy_document` and the policy made of it. */
export function renderAwsTerraform(node: string, statements: readonly Statement[]): string {
  const label = labelOf(node);
  const document = block(`data "aws_iam_policy_document" "${label}"`, statements.map(statementBlock).join('\n'));
  const policy = block(
    `resource "aws_iam_policy" "${label}"`,
    attributes([
      ['name', quoted(label.replaceAll('_', '-'))],
      ['policy', `data.aws_iam_policy_document.${label}.json`],
    ]),
  );
  return withVariables(`${document}\n${policy}`);
}

/** A `google_project_iam_custom_role`, granted on the key ring or on single keys. */
export function renderGcpTerraform(node: string, role: GcpRole): string {
  const label = labelOf(node);
  const custom = block(
    `resource "google_project_iam_custom_role" "${label}"`,
    attributes([
      ['project', quoted(role.project)],
      ['role_id', quoted(role.id)],
      ['title', quoted(role.title)],
      ['permissions', list(role.permissions)],
    ]),
  );
  const ring = `${role.project}/${role.location}/${role.keyRing}`;
  const grant = [
    ['role', `google_project_iam_custom_role.${label}.name`],
    ['member', quoted(`serviceAccount:${role.email}`)],
  ] as const;
  const onRing = block(
    `resource "google_kms_key_ring_iam_member" "${label}"`,
    attributes([['key_ring_id', quoted(ring)], ...grant]),
  );
  const onKeys = block(
    `resource "google_kms_crypto_key_iam_member" "${label}"`,
    `${attributes([['for_each', `toset(${list(role.cryptoKeys)})`]])}\n${attributes([
      ['crypto_key_id', `"${text(ring)}/\${each.value}"`],
      ...grant,
    ])}`,
  );
  return withVariables(`${custom}\n${role.cryptoKeys.length === 0 ? onRing : onKeys}`);
}

function statementBlock({ sid, actions, resources, conditions }: Statement): string {
  const tests = conditions.map(({ key, values }) =>
    block(
      'condition',
      attributes([
        ['test', '"StringEquals"'],
        ['variable', quoted(key)],
        ['values', `[${values.map(quoted).join(', ')}]`],
      ]),
    ),
  );
  const head = attributes([
    ['sid', quoted(sid)],
    ['actions', list(actions)],
    ['resources', list(resources)],
  ]);
  return block('statement', [head, ...tests].join('\n'));
}

/** What is to be filled in becomes a variable. */
function withVariables(body: string): string {
  const used = new Set<string>();
  const filled = replacePlaceholders(body, (name) => {
    used.add(variable(name));
    return `\${var.${variable(name)}}`;
  });
  const variables = [...used].map((name) => block(`variable "${name}"`, attributes([['type', 'string']])));
  return [...variables, filled].join('\n');
}

export function variable(placeholder: string): string {
  return placeholder.toLowerCase();
}

function labelOf(node: string): string {
  return `canton_kms_${node.replace(/\W/g, '_')}`;
}

function block(head: string, body: string): string {
  return `${head} {\n${body.replace(/^(?=.)/gm, '  ')}}\n`;
}

/** Values of neighbouring lines stand below each other, and a long one by itself, as `terraform fmt` leaves them. */
function attributes(rows: readonly (readonly [string, string])[]): string {
  const short = rows.filter(([, value]) => !value.includes('\n'));
  const long = rows.filter(([, value]) => value.includes('\n'));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const aligned = short.map(([name, value]) => `${name.padEnd(width)} = ${value}\n`).join('');
  return [aligned, ...long.map(([name, value]) => `${name} = ${value}\n`)].filter((part) => part !== '').join('\n');
}

function list(items: readonly string[]): string {
  return items.length === 1
    ? `[${quoted(items[0] as string)}]`
    : `[\n${items.map((item) => `  ${quoted(item)},\n`).join('')}]`;
}

function quoted(plain: string): string {
  return `"${text(plain)}"`;
}

/** The inside of a string, in which `${` and `%{` begin a template. */
function text(plain: string): string {
  return JSON.stringify(plain)
    .slice(1, -1)
    .replace(/([$%])\{/g, '$1$1{');
}
