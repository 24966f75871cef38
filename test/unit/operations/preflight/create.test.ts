import assert from 'node:assert/strict';
import { createDecipheriv, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';
import { type CreateRequest, creationFor } from '../../../../server/src/operations/preflight/create';
import { launch } from '../kit';
import { type Answers, runWith } from './stand-in';

async function made(crypto: string, options: Partial<CreateRequest> = {}, kind = 'participants', name = 'p1') {
  const { config } = await launch(
    `-- a.conf --\ncanton.${kind}."${name}" { storage.type = postgres, crypto { ${crypto} } }`,
  );
  const common = { version: '3.5', edition: 'enterprise', keys: [], settings: {} } as const;
  return creationFor({ config, node: `${kind}.p1`, format: 'sh', imports: false, ...common, ...options });
}

async function textOf(...args: Parameters<typeof made>): Promise<string> {
  const result = await made(...args);
  return result.kind === 'script' ? result.text : assert.fail(result.reason);
}

const AWS = 'kms { type = aws, region = eu-central-1 }';
const GCP = 'kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }';
const P384 = 'signing.keys.default = ec-p-384, signing.algorithms.default = ec-dsa-sha-384';

function created(calls: readonly string[]): string[] {
  return calls.flatMap((call) => {
    const [, spec, usage] = /create-key .*--key-spec (\S+) --key-usage (\S+)/.exec(call) ?? [];
    return spec === undefined ? [] : [`${spec} ${usage}`];
  });
}

describe('the commands that make keys', () => {
  it('make one for each role of a participant at AWS, and none twice', async () => {
    const script = await textOf(`provider = kms, ${AWS}`);
    const first = runWith('aws', { 'create-key': 'arn:aws:kms:x' }, script);
    assert.deepEqual(first.code, 0, first.err);
    const ec = 'ECC_NIST_P256 SIGN_VERIFY';
    assert.deepEqual(created(first.calls), [ec, ec, ec, 'RSA_2048 ENCRYPT_DECRYPT']);
    assert.equal(
      first.notes,
      ['namespace', 'sequencer-auth', 'signing', 'encryption'].map((role) => `${role}\tarn:aws:kms:x\n`).join(''),
    );
    assert.match(
      first.out,
      /^canton-kms plan register-keys --node participants\.p1 --set namespace-key-id=arn:aws:kms:x .*--set encryption-key-id=/m,
    );
    assert.match(first.out, /^canton-kms policy .*--keys existing --key arn:aws:kms:x /m);
    assert.match(first.out, /^canton-kms preflight .*--key encryption=arn:aws:kms:x /m);
    const again = runWith('aws', {}, script, [], {}, { 'p1-kms-keys.tsv': first.notes });
    assert.deepEqual([again.code, again.calls], [0, []]);
  });

  it('go by the schemes, the kind and the version of the node, and leave out keys that it has', async () => {
    for (const [crypto, options, kind, expected] of [
      [
        `provider = kms, ${AWS}, ${P384}`,
        {},
        'sequencers',
        'ECC_NIST_P384 SIGN_VERIFY|ECC_NIST_P384 SIGN_VERIFY|ECC_NIST_P384 SIGN_VERIFY',
      ],
      [
        `provider = kms, ${AWS}`,
        {
          keys: [
            { role: 'signing', id: 'x' },
            { role: 'namespace', id: 'y' },
          ],
        },
        'mediators',
        'ECC_NIST_P256 SIGN_VERIFY',
      ],
      [`provider = kms, ${AWS}`, { version: '2.10' }, 'sequencers', 'ECC_NIST_P256 SIGN_VERIFY'],
      [`${AWS}, private-key-store.encryption.type = kms`, {}, 'participants', 'SYMMETRIC_DEFAULT ENCRYPT_DECRYPT'],
    ] as const) {
      const { calls } = runWith('aws', { 'create-key': 'id' }, await textOf(crypto, options, kind));
      assert.equal(created(calls).join('|'), expected);
    }
  });

  it('name keys of several regions by their ids, which are the same in all of them', async () => {
    const script = await textOf(`provider = kms, kms { type = aws, region = r, multi-region-key = true }`);
    const { calls } = runWith('aws', { 'create-key': 'mrk-1' }, script);
    assert.ok(calls.every((call) => / --multi-region .*KeyMetadata\.KeyId/.test(call)));
  });

  it('make keys at Google Cloud with names that Canton takes as ids', async () => {
    const { calls, notes, code } = runWith('gcloud', { create: '' }, await textOf(`provider = kms, ${GCP}`));
    assert.equal(code, 0);
    assert.match(
      calls[0] ?? '',
      /^kms keys create p1-namespace --keyring r --location l --project p --purpose asymmetric-signing --protection-level hsm .*--default-algorithm ec-sign-p256-sha256$/,
    );
    assert.match(calls[3] ?? '', /p1-encryption .*--purpose asymmetric-encryption .*rsa-decrypt-oaep-2048-sha256$/);
    assert.match(notes, /^encryption\tp1-encryption$/m);
  });

  it('make keys at Google Cloud with names of at most 63 characters, also of a node with a long name', async () => {
    const name = `Node.${'x'.repeat(100)}`;
    const script = await textOf(`provider = kms, ${GCP}`, { node: `participants.${name}` }, 'participants', name);
    const { calls, code } = runWith('gcloud', { create: '' }, script);
    assert.equal(code, 0);
    for (const role of ['namespace', 'sequencer-auth', 'signing', 'encryption'])
      assert.ok(
        calls.some((call) => call.startsWith(`kms keys create Node_${'x'.repeat(35)}-${role} `)),
        role,
      );
    // Of `participants.Node.xxx…`, the first 63 characters.
    for (const call of calls) assert.match(call, /canton-node=participants-node-x{45}\b/);
  });

  it('are Terraform that never destroys a key', async () => {
    const aws = await textOf(`provider = kms, ${AWS}`, { format: 'terraform' });
    assert.equal(aws.match(/^resource "aws_kms_key"/gm)?.length, 4);
    assert.equal(aws.match(/prevent_destroy = true/g)?.length, 4);
    assert.match(aws, /^ +"kms:Sign",$/m);
    assert.doesNotMatch(aws, /kms:DescribeKey/);
    const gcp = await textOf(`provider = kms, ${GCP}`, { format: 'terraform' });
    assert.equal(gcp.match(/^resource "google_kms_crypto_key" /gm)?.length, 4);
    assert.match(gcp, /algorithm +="? ?"?RSA_DECRYPT_OAEP_2048_SHA256|algorithm + = "RSA_DECRYPT_OAEP_2048_SHA256"/);
  });

  it('are not there where nothing is to be made, or nobody knows where', async () => {
    for (const [crypto, options, reason] of [
      ['provider = kms, kms { type = driver, name = d, config {} }', {}, /KMS driver/],
      [`${AWS}, private-key-store.encryption { type = kms, wrapper-key-id = x }`, {}, /has all of its keys/],
      [`${AWS}, private-key-store.encryption { type = kms }`, { imports: true }, /wrapper key is not imported/],
      [`provider = kms, ${AWS}`, { imports: true, format: 'terraform' }, /Terraform/],
      [`provider = kms, kms { type = aws, region = ${'$'}{R} }`, {}, /kms\.region is not known/],
    ] as const) {
      const result = await made(crypto, options);
      assert.match(result.kind === 'none' ? result.reason : result.text, reason);
    }
  });
});

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' });

describe('the import of exported keys', () => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const wrapping = generateKeyPairSync('rsa', { modulusLength: 4096 });
  const files = { 'signing.der': pkcs8(own.privateKey) };
  const answers: Answers = {
    'create-key': 'arn:new',
    'describe-key': 'PendingImport',
    'get-parameters-for-import': `${Buffer.from('token').toString('base64')}\t${spki(wrapping.publicKey).toString('base64')}\n`,
    'import-key-material': '',
    'get-public-key': spki(own.publicKey).toString('base64'),
  };
  const run = async (changes: Answers = {}, args = ['signing=signing.der']) =>
    runWith(
      'aws',
      { ...answers, ...changes },
      await textOf(`provider = kms, ${AWS}`, { imports: true }),
      args,
      {},
      files,
    );

  it('sends AWS what its wrapping key opens, without an end of its validity', async () => {
    const { code, err, calls, sent, notes } = await run();
    assert.equal(code, 0, err);
    assert.match(
      calls[0] ?? '',
      /^kms create-key .*--origin EXTERNAL --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY/,
    );
    assert.match(calls.find((call) => call.includes('import-key-material')) ?? '', /KEY_MATERIAL_DOES_NOT_EXPIRE$/);
    assert.equal(notes, 'signing\tarn:new\n');
    assert.equal(sent.get('token')?.toString(), 'token');
    const material = sent.get('wrapped') ?? Buffer.of();
    const aes = privateDecrypt({ key: wrapping.privateKey, oaepHash: 'sha256' }, material.subarray(0, 512));
    const unwrap = createDecipheriv('id-aes256-wrap-pad', aes, Buffer.from('a65959a6', 'hex'));
    assert.deepEqual(Buffer.concat([unwrap.update(material.subarray(512)), unwrap.final()]), files['signing.der']);
  });

  it('stops where the key in the KMS is another one', async () => {
    const { code, err } = await run({ 'get-public-key': spki(other.publicKey).toString('base64') });
    assert.deepEqual([code, /another public key/.test(err)], [1, true]);
  });

  it('imports nothing for a key that has its material, and nothing of an unknown role', async () => {
    const { calls } = await run({ 'describe-key': 'Enabled' });
    assert.ok(!calls.some((call) => call.includes('import-key-material')));
    const strange = await run({}, ['root=signing.der']);
    assert.deepEqual([strange.code, strange.calls], [2, []]);
  });

  it('gives a key of Google Cloud one version', async () => {
    const pem = own.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const script = await textOf(`provider = kms, ${GCP}`, { imports: true });
    const { code, err, calls } = runWith(
      'gcloud',
      {
        'import-jobs describe': 'ACTIVE',
        create: '',
        describe: { refused: 'NOT_FOUND' },
        import: '',
        'get-public-key': pem,
      },
      script,
      ['signing=signing.der'],
      {},
      files,
    );
    assert.equal(code, 0, err);
    assert.match(
      calls.find((call) => / keys create /.test(call)) ?? '',
      /--import-only --skip-initial-version-creation/,
    );
    assert.match(
      calls.find((call) => / versions import /.test(call)) ?? '',
      /--algorithm ec-sign-p256-sha256 --target-key-file signing\.der$/,
    );
  });
});
