import { booleanAt, boundAt, UNKNOWN } from '../../model/binding/bound';
import { awsKeyIdFault, parseArn } from '../../model/facts/key-id';
import { AWS_ACTIONS, CANTON_TAG, MULTI_REGION_ROLE, namesOf, usesOf } from '../../model/facts/kms-permissions';
import { type KmsUse, settingOf } from './kms-use';
import { type Gaps, isPlain, placeholder, renderKeyPolicy } from './render';

/** One statement of an IAM policy that grants permissions. */
export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One of the values must match. All conditions are tested with `StringEquals`. */
export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
}

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function awsStatements(use: KmsUse, gaps: Gaps, warnings: string[]): Statement[] {
  const place = placeOf(use, gaps);
  const create = use.keys === 'created' ? createStatements(use, place, warnings) : [];
  const statements = [...create, ...useStatements(use, place, gaps, warnings)];
  const [tag] = tagsOf(use);
  if (use.keys === 'created' && tag !== undefined) {
    warnings.push(
      `a caller that may tag new keys in AWS may also tag other keys: make sure that nobody else uses the tag ${tag.key} = ${tag.value}, or ` +
        'create the keys beforehand (--keys existing)',
    );
  } else if (use.keys === 'created') {
    warnings.push(
      `a caller that may tag new keys in AWS may also tag other keys, and every Canton node uses the tag ${CANTON_TAG.key} = ` +
        `${CANTON_TAG.value}: give the node its own account, or create its keys beforehand (--keys existing)`,
    );
  } else if (use.keyIds.some((id) => isForeign(id, use.account))) {
    warnings.push('for a key of another account, the key policy there must allow these actions as well');
  }
  if (use.mode === 'envelope' && use.keys === 'created' && use.keyIds.length === 0) {
    warnings.push(
      'a wrapper key that Canton did not make has not its tag, and needs its rights as long as a row or a backup needs it: give each one with --key, or as keptKeys in the project file',
    );
  }
  return statements;
}

/** The permissions of another principal on the keys, as the policy of each key. */
export function keyPolicy(use: KmsUse, principal: string, gaps: Gaps, warnings: string[]): string {
  const { partition, account } = placeOf(use, gaps);
  const keys = use.keyIds.length === 0 ? 'the keys' : use.keyIds.join(', ');
  warnings.push(
    `aws kms put-key-policy replaces the policy of a key, so add what the present one has: for ${keys}`,
    'a principal of another account also needs these permissions in a policy of its own account, and refers to the keys by ARN',
  );
  const occasions = use.reverts ? (['revert'] as const) : usesOf(use.node);
  return renderKeyPolicy(account, partition, principal, namesOf(AWS_ACTIONS, use.mode, ...occasions));
}

/** True if the key may belong to another account. */
function isForeign(id: string, account: string | undefined): boolean {
  const arn = parseArn(id);
  return arn !== undefined && arn.account !== account;
}

function placeOf(use: KmsUse, gaps: Gaps): Place {
  const region = settingOf(use, 'region', 'REGION', gaps);
  const account = use.account ?? placeholder(gaps, 'ACCOUNT_ID', 'the AWS account of the keys: set it with --account');
  return { partition: partitionOf(region), region, account };
}

/** Source: AWS General Reference, "Amazon Resource Names". */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function createStatements(use: KmsUse, place: Place, warnings: string[]): Statement[] {
  const tagged = tagConditions('aws:RequestTag', use);
  const [create = '', ...tag] = namesOf(AWS_ACTIONS, use.mode, 'create');
  const statements = [
    {
      sid: 'CreateKeys',
      actions: [create],
      // A key that does not exist yet has no ARN.
      resources: ['*'],
      conditions: [{ key: 'aws:RequestedRegion', values: [place.region] }, ...tagged],
    },
    { sid: 'TagNewKeys', actions: tag, resources: [keyArn(place, '*')], conditions: tagged },
  ];
  const multiRegion = use.kms && booleanAt(use.kms, 'multi-region-key');
  if (multiRegion === UNKNOWN) {
    warnings.push(`kms.multi-region-key is unknown; if it is true, ${MULTI_REGION_ROLE.action} is required as well`);
  }
  return multiRegion === true ? [...statements, multiRegionStatement(place)] : statements;
}

/** The tags of the configuration that are known. One with `${` would be a variable of the policy. */
function tagsOf({ kms }: KmsUse): readonly { readonly key: string; readonly value: string }[] {
  const tags = kms && boundAt(kms, 'custom-tags');
  if (tags?.value.kind !== 'object') return [];
  return [...tags.value.fields.written].flatMap(([key, { value }]) =>
    value.kind === 'text' && !`${key}${value.text}`.includes('${') ? [{ key, value: value.text }] : [],
  );
}

/** Canton puts its own tag and those of `custom-tags` on every key, so all of them must be present. */
function tagConditions(prefix: 'aws:RequestTag' | 'aws:ResourceTag', use: KmsUse): Condition[] {
  return [CANTON_TAG, ...tagsOf(use)].map(({ key, value }) => ({ key: `${prefix}/${key}`, values: [value] }));
}

function multiRegionStatement({ partition, account }: Place): Statement {
  const { action, service, role } = MULTI_REGION_ROLE;
  return {
    sid: 'AllowMultiRegionKeys',
    actions: [action],
    resources: [`arn:${partition}:iam::${account}:role/aws-service-role/${service}/${role}`],
    conditions: [{ key: 'iam:AWSServiceName', values: [service] }],
  };
}

/**
 * Known keys are named, whoever created them: one that an operator created does not have Canton's tag. Keys that Canton
 * will create have no ARN yet, but will have the tag.
 */
function useStatements(use: KmsUse, place: Place, gaps: Gaps, warnings: string[]): Statement[] {
  const statements: Statement[] = [];
  const tags = tagConditions('aws:ResourceTag', use);
  if (use.keys === 'created') {
    const actions = namesOf(AWS_ACTIONS, use.mode, ...usesOf(use.node), 'look');
    statements.push({ sid: 'UseCreatedKeys', actions, resources: [keyArn(place, '*')], conditions: tags });
  }
  const occasions = use.mode === 'envelope' && use.reverts ? (['revert'] as const) : usesOf(use.node);
  const actions = namesOf(AWS_ACTIONS, use.mode, ...occasions);
  const ids = use.keyIds.length > 0 || use.keys === 'created' ? use.keyIds : [unnamedKey(gaps)];
  const keys = ids.map((id) => targetOf(id, place, gaps));
  const byArn = [...new Set(keys.filter(({ alias }) => alias === undefined).map(({ resource }) => resource))];
  if (byArn.length > 0) statements.push({ sid: 'UseKeys', actions, resources: byArn, conditions: [] });
  // IAM does not resolve an alias to its key, but knows the alias that a request names; Canton always uses the
  // configured alias.
  const byAlias = keys.filter(({ alias }) => alias !== undefined);
  for (const [index, { alias = '', resource }] of byAlias.entries()) {
    const sid = byAlias.length === 1 ? 'UseKeyByAlias' : `UseKeyByAlias${index + 1}`;
    const conditions = [{ key: 'kms:RequestAlias', values: [alias] }];
    statements.push({ sid, actions, resources: [resource], conditions });
  }
  if (!use.deletesKeys) return statements;
  const removal = namesOf(AWS_ACTIONS, use.mode, 'delete');
  if (removal.length === 0) return statements;
  if (use.keys === 'created') {
    statements.push({ sid: 'DeleteCreatedKeys', actions: removal, resources: [keyArn(place, '*')], conditions: tags });
  }
  if (byArn.length > 0) statements.push({ sid: 'DeleteKeys', actions: removal, resources: byArn, conditions: [] });
  for (const { alias = '' } of byAlias) {
    warnings.push(`AWS KMS deletes no key by its alias, so '${alias}' is not in the right to delete: give its key ID`);
  }
  return statements;
}

function unnamedKey(gaps: Gaps): string {
  return placeholder(gaps, 'KEY_ID', 'the keys, which are not in the configuration: set each with --key');
}

function targetOf(id: string, place: Place, gaps: Gaps): { readonly resource: string; readonly alias?: string } {
  if (id === '<KEY_ID>') return { resource: keyArn(place, id) };
  const arn = parseArn(id);
  const fault = awsKeyIdFault(id) ?? (isPlain(id) ? undefined : 'contains invalid characters');
  if (fault !== undefined) {
    return { resource: keyArn(place, placeholder(gaps, 'KEY_ID', `a key whose id '${id}' ${fault}`)) };
  }
  const name = arn?.resource ?? id;
  const at = arn ?? place;
  if (arn?.resource.startsWith('alias/') && arn.account !== place.account) {
    const why = `the key behind '${id}': keys of another account are named by the ARN of the key`;
    return { resource: keyArn(at, placeholder(gaps, 'KEY_ID', why)) };
  }
  if (name.startsWith('alias/')) return { resource: keyArn(at, '*'), alias: name };
  return { resource: arn === undefined ? keyArn(place, id) : id };
}

function keyArn({ partition, region, account }: Place, key: string): string {
  return `arn:${partition}:kms:${region}:${account}:key/${key}`;
}
