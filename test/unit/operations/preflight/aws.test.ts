import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { GivenKey } from '../../../../server/src/operations/preflight/given-keys';
import { preflightFor } from '../../../../server/src/operations/preflight/preflight';
import { launch } from '../kit';
import { type Answer, type Answers, runWith } from './stand-in';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:eu-central-1:111122223333:key/${ID}`;
const NODE = 'participants.p1';

async function scriptOf(crypto: string, keys: readonly GivenKey[] = [], rest = ''): Promise<string> {
  const { config } = await launch(
    `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, ${rest}\n crypto { ${crypto} } }`,
  );
  const made = preflightFor({ config, node: NODE, version: '3.5', edition: 'enterprise', keys, settings: {} });
  assert.equal(made.kind, 'script', JSON.stringify(made));
  return made.kind === 'script' ? made.text : '';
}

const AWS = 'kms { type = aws, region = eu-central-1 }';
const ENVELOPE = `${AWS}, private-key-store.encryption { type = kms, wrapper-key-id = "${ID}" }`;
const EXTERNAL = `provider = kms, ${AWS}`;
const REGISTERED = 'init { generate-topology-transactions-and-keys = false, identity.type = manual }';

function refused(code: string, operation: string, message = 'no'): Answer {
  return { refused: `\nAn error occurred (${code}) when calling the ${operation} operation: ${message}` };
}

const DRY = (operation: string) =>
  refused('DryRunOperationException', operation, 'The request would have succeeded, but the DryRun option is set.');
const DENIED = (operation: string) => refused('AccessDeniedException', operation, 'User is not authorized');

function described(changes: Readonly<Record<string, unknown>> = {}): string {
  const KeyMetadata = {
    KeyId: ID,
    Arn: ARN,
    Description: 'of p1, "KeyState": "PendingDeletion", KeyState: Disabled, {}',
    KeyState: 'Enabled',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegionConfiguration: { PrimaryKey: { Arn: 'arn:other', Region: 'us-east-1' } },
    ...changes,
  };
  return JSON.stringify({ KeyMetadata }, null, 4);
}

function publicKey(KeySpec: string, KeyUsage: string, der: Buffer): string {
  return JSON.stringify({ KeyId: ARN, PublicKey: der.toString('base64'), KeySpec, KeyUsage }, null, 4);
}

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' });

const IDENTITY: Answers = {
  'sts get-caller-identity': JSON.stringify({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/p1',
  }),
  'describe-key alias/canton-kms-preflight': refused('NotFoundException', 'DescribeKey'),
};
const WRAPPER: Answers = {
  ...IDENTITY,
  'describe-key': described(),
  encrypt: DRY('Encrypt'),
  decrypt: DRY('Decrypt'),
};
const SIGNING: Answers = {
  ...IDENTITY,
  'get-public-key': publicKey('ECC_NIST_P256', 'SIGN_VERIFY', EC),
  'describe-key': DENIED('DescribeKey'),
  sign: DRY('Sign'),
};
const KEY: readonly GivenKey[] = [{ role: 'signing', id: ID }];

/** `FAIL wrapper key ID: state Disabled`, without reasons. */
function resultsOf(out: string, result: string): string[] {
  return out
    .split('\n')
    .filter((line) => line.startsWith(result))
    .map((line) =>
      line
        .replace(/^\w+ +/, '')
        .replace(`${ID}`, 'ID')
        .replace(/ \(.*\)$/, ''),
    );
}

/** The output of the script for answers that differ from those of a valid key. */
async function outcome(crypto: string, answers: Answers, keys: readonly GivenKey[] = [], rest = '') {
  const { code, out, calls } = runWith('aws', answers, await scriptOf(crypto, keys, rest));
  for (const call of calls) {
    assert.match(
      call,
      /^(?:sts get-caller-identity|kms (?:describe-key|get-public-key)|kms (?:sign|encrypt|decrypt) .*--dry-run) /,
    );
  }
  return { code, out, failed: resultsOf(out, 'FAIL'), skipped: resultsOf(out, 'SKIPPED'), calls };
}

describe('the preflight at AWS KMS', () => {
  it('passes a wrapper key that is as Canton needs it', async () => {
    const { code, out, failed, skipped, calls } = await outcome(ENVELOPE, WRAPPER);
    assert.deepEqual([code, failed, skipped], [0, [], []], out);
    assert.match(out, /^PASS +identity: arn:aws:sts::111122223333:assumed-role\/p1$/m);
    assert.match(out, /^PASS +wrapper key \S+: may kms:Decrypt$/m);
    assert.ok(calls.every((call) => call.startsWith('sts') || call.includes('--region eu-central-1')));
  });

  for (const [name, changes, failed] of [
    ['disabled', { KeyState: 'Disabled' }, 'state Disabled'],
    ['pending deletion', { KeyState: 'PendingDeletion' }, 'state PendingDeletion'],
    ['of another spec', { KeySpec: 'RSA_2048' }, 'spec RSA_2048'],
    ['for another use', { KeyUsage: 'SIGN_VERIFY' }, 'usage SIGN_VERIFY'],
    ['of material that expires', { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: 1 }, 'keeps its material'],
  ] as const) {
    it(`fails a wrapper key that is ${name}`, async () => {
      const found = await outcome(ENVELOPE, { ...WRAPPER, 'describe-key': described(changes) });
      assert.deepEqual([found.code, found.failed], [1, [`wrapper key ID: ${failed}`]], found.out);
    });
  }

  it('fails a wrapper key that is missing, and tries nothing with it', async () => {
    const { code, failed, calls } = await outcome(ENVELOPE, {
      ...IDENTITY,
      'describe-key': refused('NotFoundException', 'DescribeKey'),
    });
    assert.deepEqual([code, failed, calls.length], [1, ['wrapper key ID: exists'], 3]);
  });

  it('fails each right that is refused, and passes nothing that could not be tried', async () => {
    const { code, out, failed, skipped } = await outcome(ENVELOPE, {
      ...IDENTITY,
      'describe-key': DENIED('DescribeKey'),
      encrypt: DENIED('Encrypt'),
      decrypt: refused('InvalidCiphertextException', 'Decrypt'),
    });
    assert.deepEqual(
      [code, failed, skipped],
      [
        1,
        ['wrapper key ID: may kms:DescribeKey', 'wrapper key ID: may kms:Encrypt'],
        ['wrapper key ID: existence, state, spec and usage', 'wrapper key ID: may kms:Decrypt'],
      ],
      out,
    );
  });

  it('does without the modifier that only a newer aws knows: then a refusal alone says something', async () => {
    const old = { refused: 'Unknown options: --dry-run-modifiers, IGNORE_CIPHERTEXT' };
    const { code, skipped, calls } = await outcome(ENVELOPE, { ...WRAPPER, decrypt: old });
    assert.deepEqual([code, skipped], [0, ['wrapper key ID: may kms:Decrypt']]);
    assert.match(calls.at(-1) ?? '', /^kms decrypt (?!.*modifiers)/);
  });

  it('looks at external keys with the rights of a node alone', async () => {
    const { code, out, failed, skipped } = await outcome(EXTERNAL, SIGNING, KEY, REGISTERED);
    assert.deepEqual([code, failed, skipped], [0, [], ['signing key ID: look with kms:DescribeKey']], out);
    assert.match(out, /^PASS +signing key \S+: state Enabled \(the dry run shows it\)$/m);
  });

  it('tries the decryption with what its public key encrypted', async () => {
    const keys: readonly GivenKey[] = [{ role: 'encryption', id: ID }];
    const answers = {
      ...SIGNING,
      'get-public-key': publicKey('RSA_2048', 'ENCRYPT_DECRYPT', RSA),
      decrypt: DRY('Decrypt'),
    };
    const { code, calls } = await outcome(EXTERNAL, answers, keys, REGISTERED);
    assert.equal(code, 0);
    assert.match(calls.at(-1) ?? '', /^kms decrypt .*--encryption-algorithm RSAES_OAEP_SHA_256$/);
    const denied = await outcome(EXTERNAL, { ...answers, decrypt: DENIED('Decrypt') }, keys, REGISTERED);
    assert.deepEqual([denied.code, denied.failed], [1, ['encryption key ID: may kms:Decrypt']]);
  });

  for (const [name, answers, failed] of [
    ['missing', { 'get-public-key': refused('NotFoundException', 'GetPublicKey') }, ['exists']],
    ['disabled', { sign: refused('DisabledException', 'Sign') }, ['state Disabled']],
    [
      'pending deletion',
      { sign: refused('KMSInvalidStateException', 'Sign', 'k is pending deletion.') },
      ['state PendingDeletion'],
    ],
    ['not to be signed with', { sign: DENIED('Sign') }, ['may kms:Sign']],
    ['not to be read', { 'get-public-key': DENIED('GetPublicKey') }, ['may kms:GetPublicKey']],
    [
      'of another spec',
      {
        'get-public-key': publicKey('RSA_2048', 'ENCRYPT_DECRYPT', RSA),
        sign: refused('InvalidKeyUsageException', 'Sign'),
      },
      ['spec RSA_2048', 'usage ENCRYPT_DECRYPT', 'may kms:Sign'],
    ],
  ] as const) {
    it(`fails a signing key that is ${name}`, async () => {
      const found = await outcome(EXTERNAL, { ...SIGNING, ...answers }, KEY, REGISTERED);
      assert.deepEqual([found.code, found.failed], [1, failed.map((one) => `signing key ID: ${one}`)], found.out);
    });
  }

  it('allows the kinds of keys that the schemes of the node allow', async () => {
    const narrow = `${EXTERNAL}, signing.keys { default = ec-p-384, allowed = [ec-p-384] }, signing.algorithms.default = ec-dsa-sha-384`;
    const { failed } = await outcome(narrow, SIGNING, KEY, REGISTERED);
    assert.deepEqual(failed, ['signing key ID: spec ECC_NIST_P256']);
  });

  it('says what has no dry run where Canton makes keys', async () => {
    const { code, skipped } = await outcome(EXTERNAL, IDENTITY);
    assert.deepEqual([code, skipped], [0, ['new keys: may kms:CreateKey', 'new keys: may kms:TagResource']]);
  });

  it('prints an inventory as JSON, with the fingerprints that Canton gives the keys', async () => {
    const { code, out } = runWith('aws', SIGNING, await scriptOf(EXTERNAL, KEY, REGISTERED), ['--json']);
    const inventory = JSON.parse(out);
    assert.deepEqual([code, inventory.exit, inventory.node, inventory.keys.length], [0, 0, NODE, 1]);
    assert.match(inventory.keys[0].fingerprint, /^1220[0-9a-f]{64}$/);
    assert.deepEqual(
      [inventory.keys[0].arn, inventory.keys[0].role, inventory.keys[0].state],
      [ARN, 'signing', 'Enabled'],
    );
    assert.ok(inventory.results.every((one: { result: string }) => /^(?:PASS|SKIPPED)$/.test(one.result)));
  });

  it('cannot run without aws, without credentials, without a region or with other arguments', async () => {
    const script = await scriptOf(ENVELOPE);
    const none = {
      'sts get-caller-identity': { refused: 'Unable to locate credentials. You can configure credentials by …' },
    };
    for (const [tool, answers, text, args, why] of [
      [undefined, {}, script, [], /aws is not on the PATH/],
      ['aws', none, script, [], /has no credentials/],
      [
        'aws',
        {},
        await scriptOf(ENVELOPE.replace('eu-central-1', `$${'{KMS_REGION}'}`)),
        [],
        /kms\.region .*KMS_REGION/,
      ],
      ['aws', {}, script, ['--yaml'], /usage/],
    ] as const) {
      const { code, err, calls } = runWith(tool, answers, text, args);
      assert.equal(code, 2, err);
      assert.match(err, why);
      assert.ok(calls.length <= 1);
    }
  });

  it('fails where the KMS does not answer or does not accept the credentials', async () => {
    const away = { refused: 'Could not connect to the endpoint URL: "https://kms.eu-central-1.amazonaws.com/"' };
    const answers = { 'sts get-caller-identity': away, 'describe-key': away, encrypt: away, decrypt: away };
    const { code, failed, skipped } = await outcome(ENVELOPE, answers);
    assert.deepEqual([code, failed, skipped.length], [1, ['region: AWS KMS answers in eu-central-1'], 4]);
    const expired = {
      'sts get-caller-identity': refused('ExpiredToken', 'GetCallerIdentity'),
      'describe-key': refused('ExpiredTokenException', 'DescribeKey'),
    };
    const late = await outcome(ENVELOPE, { ...answers, ...expired });
    assert.deepEqual(late.failed, [
      'identity: valid credentials',
      'region: AWS KMS accepts the credentials in eu-central-1',
    ]);
  });

  it('passes ids on as they are', async () => {
    const id = 'alias/a\'b; touch "$HOME" `id`';
    const keys: readonly GivenKey[] = [{ role: 'signing', id }];
    const { calls } = await outcome(EXTERNAL, SIGNING, keys, REGISTERED);
    assert.ok(calls.some((call) => call.includes(`--key-id ${id} `) || call.endsWith(`--key-id ${id}`)));
  });
});
