import assert from 'node:assert/strict';
import { type PolicyRequest, policyFor } from '../../../../server/src/operations/policy/policy';
import { launch } from '../kit';
import { allows, type Call } from './evaluator';

const ACCOUNT = '111122223333';
const arn = (id: string, account = ACCOUNT) => `arn:aws:kms:eu-central-1:${account}:key/${id}`;
const OWN = '11111111-1111-1111-1111-111111111111';
const OLD = '22222222-2222-2222-2222-222222222222';
const CREATED = '33333333-3333-3333-3333-333333333333';
const OTHER = '44444444-4444-4444-4444-444444444444';
const TAG = { 'aws:ResourceTag/CreatedBy': 'Canton' };

/**
 * Keys by their names here: those of the node, one that Canton created, and one of another owner in the same account.
 */
const KEYS: Readonly<Record<string, Omit<Call, 'action'>>> = {
  own: { resource: arn(OWN), context: {} },
  old: { resource: arn(OLD), context: {} },
  created: { resource: arn(CREATED), context: TAG },
  aliased: { resource: arn(OTHER), context: { 'kms:RequestAlias': 'alias/p1' } },
  other: { resource: arn(OTHER), context: {} },
  'of another region': { resource: arn(CREATED).replace('eu-central-1', 'us-east-1'), context: TAG },
};
const NEW_TAG = { 'aws:RequestTag/CreatedBy': 'Canton' };
const CREATE: readonly Call[] = [
  { action: 'kms:CreateKey', resource: '*', context: { ...NEW_TAG, 'aws:RequestedRegion': 'eu-central-1' } },
  { action: 'kms:TagResource', resource: arn(CREATED), context: NEW_TAG },
];
/** Calls that a policy for Canton might allow by mistake. */
const ACTIONS = [
  'DescribeKey',
  'GetPublicKey',
  'Sign',
  'Encrypt',
  'Decrypt',
  'ScheduleKeyDeletion',
  'Verify',
  'ReEncryptTo',
]
  .concat(['GenerateDataKey', 'ListKeys', 'DisableKey', 'PutKeyPolicy', 'CreateGrant', 'CancelKeyDeletion'])
  .map((name) => `kms:${name}`);

const AWS = 'kms { type = aws, region = eu-central-1 }';
const EXTERNAL = `provider = kms, ${AWS}`;
const REGISTERED = 'init { generate-topology-transactions-and-keys = false, identity.type = manual }';
const envelope = (rest = '') => `${AWS}, private-key-store.encryption { type = kms ${rest} }`;

/** `created: Sign, GetPublicKey`, and `create` where keys may be made: everything that the policy allows. */
async function allowed(crypto: string, options: Partial<PolicyRequest> = {}, rest = ''): Promise<string[]> {
  const { config } = await launch(
    `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, ${rest}\n crypto { ${crypto} } }`,
  );
  const common = { node: 'participants.p1', version: '3.5', edition: 'enterprise', account: ACCOUNT } as const;
  const made = policyFor({ config, ...common, keyIds: [], deletesKeys: false, ...options });
  const { Statement } = JSON.parse(made.kind === 'policy' ? made.text : assert.fail(made.reason));
  for (const { Resource } of Statement)
    assert.notDeepEqual(Resource, [], 'AWS accepts no statement without a resource');
  const creates = CREATE.filter((call) => allows(Statement, call)).length;
  assert.ok(creates === 0 || creates === CREATE.length);
  const untagged = { ...CREATE[0], context: { 'aws:RequestedRegion': 'eu-central-1' } } as Call;
  assert.ok(!allows(Statement, untagged), 'a key without the tag');
  return [
    ...(creates > 0 ? ['create'] : []),
    ...Object.entries(KEYS).flatMap(([name, key]) => {
      const found = ACTIONS.filter((action) => allows(Statement, { action, ...key }));
      return found.length === 0 ? [] : [`${name}: ${found.map((one) => one.slice(4)).join(', ')}`];
    }),
  ];
}

describe('an AWS policy allows the calls of a running Canton, and no other', () => {
  for (const [phase, expected, crypto, options, rest] of [
    ['first start, Canton makes the wrapper key', ['create', 'created: DescribeKey, Encrypt, Decrypt'], envelope()],
    [
      'start with a wrapper key of the operator',
      ['own: DescribeKey, Encrypt, Decrypt'],
      envelope(`, wrapper-key-id = "${OWN}"`),
    ],
    [
      'after a rotation from a key of the operator to one of Canton',
      ['create', 'old: DescribeKey, Encrypt, Decrypt', 'created: DescribeKey, Encrypt, Decrypt'],
      envelope(),
      { keyIds: [OLD] },
    ],
    [
      'after a rotation between keys of the operator, with backups that need the old one',
      ['own: DescribeKey, Encrypt, Decrypt', 'old: DescribeKey, Encrypt, Decrypt'],
      envelope(`, wrapper-key-id = "${OWN}"`),
      { keyIds: [OLD] },
    ],
    ['start with reverted = true', ['own: Decrypt'], envelope(`, wrapper-key-id = "${OWN}", reverted = true`)],
    ['a wrapper key by its alias', ['aliased: DescribeKey, Encrypt, Decrypt'], envelope(', wrapper-key-id = alias/p1')],
    ['first start with external keys', ['create', 'created: DescribeKey, GetPublicKey, Sign, Decrypt'], EXTERNAL],
    ['register-keys', ['own: GetPublicKey, Sign, Decrypt'], EXTERNAL, { keyIds: [OWN] }, REGISTERED],
    [
      'a rotation to a key of the operator on a node whose keys Canton made',
      ['create', 'own: GetPublicKey, Sign, Decrypt', 'created: DescribeKey, GetPublicKey, Sign, Decrypt'],
      EXTERNAL,
      { keyIds: [OWN] },
    ],
    [
      'delete-keys, of keys that Canton made',
      ['create', 'created: DescribeKey, GetPublicKey, Sign, Decrypt, ScheduleKeyDeletion'],
      EXTERNAL,
      { deletesKeys: true },
    ],
    [
      'delete-keys, of registered keys and never by alias',
      ['own: GetPublicKey, Sign, Decrypt, ScheduleKeyDeletion', 'aliased: GetPublicKey, Sign, Decrypt'],
      EXTERNAL,
      { keyIds: [OWN, 'alias/p1'], deletesKeys: true },
      REGISTERED,
    ],
    [
      'delete-keys, of a registered key that is known by its alias only',
      ['aliased: GetPublicKey, Sign, Decrypt'],
      EXTERNAL,
      { keyIds: ['alias/p1'], deletesKeys: true },
      REGISTERED,
    ],
  ] as const satisfies readonly (readonly [string, readonly string[], string, Partial<PolicyRequest>?, string?])[]) {
    it(phase, async () => assert.deepEqual(await allowed(crypto, options, rest), expected));
  }
});

describe('a second principal', () => {
  const ask = async (crypto: string, options: Partial<PolicyRequest>) => {
    const { config } = await launch(
      `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }`,
    );
    const common = { node: 'participants.p1', version: '3.5', edition: 'enterprise', account: ACCOUNT } as const;
    return policyFor({ config, ...common, keyIds: [OWN], deletesKeys: false, ...options });
  };

  it('gets the use of a key in its policy, which keeps the policies of IAM in force', async () => {
    const made = await ask(EXTERNAL, { principal: 'arn:aws:iam::444455556666:role/p2' });
    assert.equal(made.kind, 'policy');
    if (made.kind !== 'policy') return;
    const [own, use] = JSON.parse(made.text).Statement;
    assert.deepEqual([own.Principal.AWS, own.Action], [`arn:aws:iam::${ACCOUNT}:root`, 'kms:*']);
    assert.equal(use.Principal.AWS, 'arn:aws:iam::444455556666:role/p2');
    assert.deepEqual([...use.Action].sort(), ['kms:Decrypt', 'kms:GetPublicKey', 'kms:Sign']);
    assert.match(made.warnings.join(), new RegExp(`put-key-policy.*${OWN}`));
  });

  it('is one identity, and no wildcard', async () => {
    for (const principal of ['*', 'arn:aws:iam::444455556666:role/*', 'serviceAccount:p2@ledger']) {
      const made = await ask(EXTERNAL, { principal });
      assert.equal(made.kind, 'none', principal);
    }
  });

  it('is the member that a role is granted to', async () => {
    const gcp = 'provider = kms, kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }';
    const made = await ask(gcp, {
      keyIds: ['k'],
      keys: 'existing',
      principal: 'serviceAccount:p2@ledger.iam.gserviceaccount.com',
    });
    assert.match(
      made.kind === 'policy' ? made.text : '',
      /--member=serviceAccount:p2@ledger\.iam\.gserviceaccount\.com /,
    );
  });
});
