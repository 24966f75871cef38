import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type PolicyRequest, policyFor } from '../../../../server/src/operations/policy/policy';
import { launch } from '../kit';

type Options = Partial<Omit<PolicyRequest, 'config'>>;

const ACCOUNT = '111122223333';
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:eu-central-1:444455556666:key/${KEY}`;
const AWS = 'kms { type = aws, region = eu-central-1 }';
const GCP = 'kms { type = gcp, location-id = europe-west3, project-id = ledger, key-ring-id = ring }';
const EXTERNAL = 'provider = kms';
const envelope = (id?: string) =>
  `private-key-store.encryption { type = kms${id === undefined ? '' : `, wrapper-key-id = ${id}`} }`;

async function ask(crypto: string, options: Options = {}, rest = '') {
  const { config } = await launch(`-- a.conf --
canton.participants.p1 { ${rest}
  storage.type = postgres, admin-api.port = 1, ledger-api.port = 2
  crypto { ${crypto} }
}`);
  const common = { node: 'participants.p1', version: '3.5', edition: 'enterprise', account: ACCOUNT } as const;
  return policyFor({ config, ...common, keyIds: [], deletesKeys: false, ...options });
}

async function policyOf(crypto: string, options?: Options, rest?: string) {
  const made = await ask(crypto, options, rest);
  assert.equal(made.kind, 'policy', JSON.stringify(made));
  return made as Extract<typeof made, { kind: 'policy' }>;
}

async function iamOf(crypto: string, options?: Options, rest?: string) {
  const { text, warnings } = await policyOf(crypto, options, rest);
  const { Version, Statement } = JSON.parse(text);
  assert.equal(Version, '2012-10-17');
  const actions = Statement.flatMap((one: { Action: string[] }) => one.Action);
  return { statements: Statement, actions: [...new Set<string>(actions)].sort(), warnings };
}

async function roleOf(crypto: string, options?: Options) {
  const { text, warnings } = await policyOf(crypto, options);
  const { includedPermissions } = parse(text);
  return { text, permissions: includedPermissions.map((name: string) => name.replace('cloudkms.', '')), warnings };
}

async function reasonOf(crypto: string, options?: Options): Promise<string> {
  const made = await ask(crypto, options);
  assert.equal(made.kind, 'none');
  return made.kind === 'none' ? made.reason : '';
}

describe('AWS policies', () => {
  it('are narrowed by the tags of the configuration, as far as these are known', async () => {
    const tagged =
      'kms { type = aws, region = eu-central-1, custom-tags { tenant = blue, "cost:center" = ${X}, a = "${b}" } }';
    const { statements, warnings } = await iamOf(`${EXTERNAL}, ${tagged}`, { version: '3.6' });
    const conditions = statements.map(
      ({ Condition }: { Condition?: { StringEquals: object } }) => Condition?.StringEquals,
    );
    assert.deepEqual(conditions, [
      { 'aws:RequestedRegion': 'eu-central-1', 'aws:RequestTag/CreatedBy': 'Canton', 'aws:RequestTag/tenant': 'blue' },
      { 'aws:RequestTag/CreatedBy': 'Canton', 'aws:RequestTag/tenant': 'blue' },
      { 'aws:ResourceTag/CreatedBy': 'Canton', 'aws:ResourceTag/tenant': 'blue' },
    ]);
    assert.match(warnings.join(), /tenant = blue/);
  });

  const USE_ENVELOPE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'];
  const USE_EXTERNAL = ['kms:Decrypt', 'kms:GetPublicKey', 'kms:Sign'];
  const CREATE = ['kms:CreateKey', 'kms:TagResource'];

  for (const [mode, crypto, uses, look] of [
    ['envelope', envelope(), USE_ENVELOPE, []],
    // Canton checks only a key that it has just created.
    ['external', EXTERNAL, USE_EXTERNAL, ['kms:DescribeKey']],
  ] as const) {
    it(`allow what ${mode} mode calls, and creation only where Canton creates`, async () => {
      const created = await iamOf(`${AWS}, ${crypto}`);
      assert.deepEqual(created.actions, [...CREATE, ...uses, ...look].sort());
      const existing = await iamOf(`${AWS}, ${crypto}`, { keys: 'existing', keyIds: [KEY] });
      assert.deepEqual(existing.actions, uses);
    });
  }

  it('allow to decrypt with external keys only participants, which alone have an encryption key', async () => {
    for (const [section, more] of [
      ['sequencers', 'public-api.port = 2, sequencer.type = BFT'],
      ['mediators', ''],
    ]) {
      const { config } = await launch(
        `-- a.conf --\ncanton.${section}.n { storage.type = postgres, admin-api.port = 1, ${more}\n  crypto { ${AWS}, ${EXTERNAL} } }`,
      );
      const common = { version: '3.5', edition: 'enterprise', account: ACCOUNT, keyIds: [KEY] } as const;
      const made = policyFor({ config, node: `${section}.n`, ...common, keys: 'existing', deletesKeys: false });
      const [statement] = made.kind === 'policy' ? JSON.parse(made.text).Statement : [];
      assert.deepEqual(statement.Action, ['kms:Sign', 'kms:GetPublicKey']);
    }
  });

  it('hold created keys by region and tag', async () => {
    const { statements, warnings } = await iamOf(`${AWS}, ${EXTERNAL}`);
    const [create, tag, use] = statements;
    assert.deepEqual([create.Resource, create.Action], ['*', ['kms:CreateKey']]);
    const tagged = { 'aws:RequestTag/CreatedBy': 'Canton' };
    assert.deepEqual(create.Condition.StringEquals, { 'aws:RequestedRegion': 'eu-central-1', ...tagged });
    assert.deepEqual(tag.Condition.StringEquals, tagged);
    assert.equal(use.Resource, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/*`);
    assert.deepEqual(use.Condition.StringEquals, { 'aws:ResourceTag/CreatedBy': 'Canton' });
    assert.match(warnings.join(), /every Canton node uses the tag/);
  });

  it('take a wrapper key that is named as made beforehand, and only that key', async () => {
    const { statements, warnings } = await iamOf(`${AWS}, ${envelope(KEY)}`);
    assert.deepEqual(statements.length, 1);
    assert.equal(statements[0].Resource, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${KEY}`);
    assert.equal(statements[0].Condition, undefined);
    assert.deepEqual(warnings, []);
  });

  it('name a key of another account by its ARN, and say that its key policy counts', async () => {
    const { statements, warnings } = await iamOf(`${AWS}, ${envelope(`"${ARN}"`)}`);
    assert.equal(statements[0].Resource, ARN);
    assert.match(warnings.join(), /key policy/);
    const own = await iamOf(`${AWS}, ${envelope(`"${ARN}"`)}`, { account: '444455556666' });
    assert.deepEqual(own.warnings, []);
  });

  it('allow an alias by the name in the request, since IAM takes none as a resource', async () => {
    const { statements } = await iamOf(`${AWS}, ${envelope('alias/p1')}`);
    assert.equal(statements[0].Resource, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/*`);
    assert.deepEqual(statements[0].Condition.StringEquals, { 'kms:RequestAlias': 'alias/p1' });
  });

  it('have a statement for each alias, with an ID of its own', async () => {
    const { statements } = await iamOf(`${AWS}, ${EXTERNAL}`, { keys: 'existing', keyIds: ['alias/a', 'alias/b'] });
    const found = statements.map((one: { Sid: string; Condition: { StringEquals: object } }) => [
      one.Sid,
      one.Condition.StringEquals,
    ]);
    assert.deepEqual(found, [
      ['UseKeyByAlias1', { 'kms:RequestAlias': 'alias/a' }],
      ['UseKeyByAlias2', { 'kms:RequestAlias': 'alias/b' }],
    ]);
  });

  it('have the tag and the named key where Canton is to rotate a wrapper key to one of its own', async () => {
    const { statements } = await iamOf(`${AWS}, ${envelope(KEY)}`, { keys: 'created' });
    const sids = statements.map(({ Sid }: { Sid: string }) => Sid);
    assert.deepEqual(sids, ['CreateKeys', 'TagNewKeys', 'UseCreatedKeys', 'UseKeys']);
  });

  it('leave out creation on a node whose keys are registered by hand', async () => {
    const init = 'init { identity.type = manual, generate-topology-transactions-and-keys = false }';
    const { actions, warnings } = await iamOf(`${AWS}, ${EXTERNAL}`, {}, init);
    assert.deepEqual(actions, USE_EXTERNAL);
    assert.match(warnings.join(), /<KEY_ID> stands for the keys.*--key/);
  });

  it('say that a wrapper key of the operator needs its rights when its id is out of the configuration', async () => {
    const { warnings } = await iamOf(`${AWS}, ${envelope()}`);
    assert.match(warnings.join('\n'), /wrapper key that Canton did not make .*keptKeys/);
  });

  it('name no alias of another account, which stands for no key there', async () => {
    const id = '"arn:aws:kms:eu-central-1:444455556666:alias/a"';
    const { statements, warnings } = await iamOf(`${AWS}, ${envelope(id)}`);
    assert.equal(statements[0].Resource, 'arn:aws:kms:eu-central-1:444455556666:key/<KEY_ID>');
    assert.match(warnings.join('\n'), /another account are named by the ARN/);
  });

  it('allow deletion where it is asked for', async () => {
    const { actions } = await iamOf(`${AWS}, ${EXTERNAL}`, { deletesKeys: true });
    assert.ok(actions.includes('kms:ScheduleKeyDeletion'));
  });

  it("let AWS make its own role for multi-region keys, in the region's partition", async () => {
    const kms = 'kms { type = aws, region = cn-north-1, multi-region-key = true }';
    const { statements } = await iamOf(`${kms}, ${EXTERNAL}`);
    const found = statements.find(({ Action }: { Action: string[] }) => Action[0]?.startsWith('iam:'));
    assert.match(found.Resource, /^arn:aws-cn:iam::111122223333:role\/aws-service-role\/mrk\.kms\.amazonaws\.com\//);
  });
});

describe('GCP roles', () => {
  const GET = 'cryptoKeyVersions.get';
  const DECRYPT = 'cryptoKeyVersions.useToDecrypt';

  it('allow what envelope mode calls', async () => {
    const uses = [GET, 'cryptoKeyVersions.useToEncrypt', DECRYPT];
    const created = await roleOf(`${GCP}, ${envelope()}`);
    assert.deepEqual(created.permissions, ['cryptoKeys.create', ...uses]);
    assert.match(created.text, /gcloud kms keyrings add-iam-policy-binding ring --location=europe-west3/);
    const existing = await roleOf(`${GCP}, ${envelope('wrapper')}`);
    assert.deepEqual(existing.permissions, uses);
    assert.match(existing.text, /gcloud kms keys add-iam-policy-binding wrapper --keyring=ring/);
  });

  it('allow what external mode calls', async () => {
    const uses = [DECRYPT, 'cryptoKeyVersions.useToSign', 'cryptoKeyVersions.viewPublicKey'];
    assert.deepEqual((await roleOf(`${GCP}, ${EXTERNAL}`)).permissions, ['cryptoKeys.create', GET, ...uses]);
    const existing = await roleOf(`${GCP}, ${EXTERNAL}`, { keys: 'existing', deletesKeys: true });
    assert.deepEqual(existing.permissions, [...uses, 'cryptoKeyVersions.destroy']);
    assert.match(existing.warnings.join(), /every key of the key ring/);
  });
});

describe('Terraform', () => {
  for (const [name, crypto, options] of [
    ['aws', `${AWS}, ${EXTERNAL}`, { account: undefined }],
    ['gcp', `${GCP}, ${envelope('wrapper')}`, {}],
  ] as const) {
    it(`is as reviewed for ${name}`, async () => {
      const { text } = await policyOf(crypto, { ...options, format: 'terraform' });
      assert.equal(text, readFileSync(join(__dirname, 'golden', `${name}.tf`), 'utf8'));
    });
  }

  it('names its variables in the warnings', async () => {
    const { warnings } = await policyOf(`${AWS}, ${envelope(KEY)}`, { account: undefined, format: 'terraform' });
    assert.match(warnings.join(), /^var\.account_id stands for the AWS account/);
  });
});

describe('what a policy cannot know', () => {
  it('becomes a placeholder, and the warning names the variable', async () => {
    const id = `${'$'}{WRAPPER}`;
    const { statements, warnings } = await iamOf(`kms { type = aws, region = ${'$'}{REGION_OF_P1} }, ${envelope(id)}`, {
      account: undefined,
    });
    assert.equal(statements[0].Resource, 'arn:aws:kms:<REGION>:<ACCOUNT_ID>:key/<KEY_ID>');
    assert.match(warnings.join('\n'), /<REGION> stands for kms\.region, .*REGION_OF_P1/);
    assert.match(warnings.join('\n'), /<KEY_ID> stands for the wrapper key, .*WRAPPER/);
    assert.match(warnings.join('\n'), /<ACCOUNT_ID> .*--account/);
  });

  it('is never a wildcard or a line of its own that a value brings', async () => {
    const { statements, warnings } = await iamOf(`kms { type = aws, region = "*" }, ${envelope('"alias/*"')}`);
    assert.equal(statements[0].Resource, `arn:aws:kms:<REGION>:${ACCOUNT}:key/<KEY_ID>`);
    assert.match(warnings.join('\n'), /'alias\/\*' is not an AWS key ID/);
    const region = await iamOf(`${AWS}, ${envelope(`"arn:aws:kms:*:${ACCOUNT}:key/${KEY}"`)}`);
    assert.match(region.statements[0].Resource, /:key\/<KEY_ID>$/);
    const role = await roleOf(`${GCP.replace('= ring', '= "ring\\nrm"')}, ${EXTERNAL}`);
    assert.match(role.text, /add-iam-policy-binding <KEY_RING_ID> /);
  });

  it('is a reason where nothing can be said', async () => {
    assert.match(await reasonOf('kms { type = driver, name = d, config {} }, provider = kms'), /KMS driver/);
    assert.equal(await reasonOf('provider = jce'), 'participants.p1 does not use a KMS.');
    assert.match(await reasonOf(`provider = ${'$'}{PROVIDER}, ${AWS}`), /is unknown/);
    assert.match(await reasonOf(`provider = ${'$'}{PROVIDER}, ${AWS}, ${envelope(KEY)}`), /is unknown/);
    assert.match(await reasonOf(`${EXTERNAL}, kms { type = ${'$'}{TYPE} }`), /The KMS of .* is unknown/);
    assert.match(await reasonOf(`${EXTERNAL}, kms { type = other }`), /The KMS of .* is unknown/);
    assert.match(
      await reasonOf(`${AWS}, ${EXTERNAL}`, { node: 'participants.p2' }),
      /no node .* it has participants\.p1/,
    );
    assert.match(await reasonOf(`${AWS}, ${EXTERNAL}`, { format: 'gcp-role' }), /does not support AWS KMS/);
  });
});
