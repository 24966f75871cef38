import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GivenKey } from '../../../../server/src/operations/preflight/given-keys';
import { preflightFor } from '../../../../server/src/operations/preflight/preflight';
import { launch } from '../kit';
import { type Answer, type Answers, runWith } from './stand-in';

const RING = 'projects/ledger/locations/europe-west3/keyRings/ring';
const GCP = 'kms { type = gcp, location-id = europe-west3, project-id = ledger, key-ring-id = ring }';
const ENVELOPE = `${GCP}, private-key-store.encryption { type = kms, wrapper-key-id = wrap }`;
const EXTERNAL = `provider = kms, ${GCP}`;
const REGISTERED = 'init { generate-topology-transactions-and-keys = false, identity.type = manual }';
const KEY: readonly GivenKey[] = [{ role: 'signing', id: 'sign' }];

async function scriptOf(crypto: string, keys: readonly GivenKey[] = []): Promise<string> {
  const { config } = await launch(
    `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, ${REGISTERED}\n crypto { ${crypto} } }`,
  );
  const made = preflightFor({
    config,
    node: 'participants.p1',
    version: '3.5',
    edition: 'enterprise',
    keys,
    settings: {},
  });
  return made.kind === 'script' ? made.text : assert.fail(made.reason);
}

function refused(code: string, message = 'no'): Answer {
  return { refused: `ERROR: (gcloud.kms) ${code}: ${message}` };
}

const DENIED = refused('PERMISSION_DENIED', "Permission denied on resource 'x' (or it may not exist).");

function version(algorithm: string, state = 'ENABLED'): string {
  return JSON.stringify(
    { algorithm, name: `${RING}/cryptoKeys/k/cryptoKeyVersions/1`, protectionLevel: 'HSM', state },
    null,
    2,
  );
}

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
const ED = generateKeyPairSync('ed25519').publicKey;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const pem = (key: typeof EC) => key.export({ type: 'spki', format: 'pem' }).toString();

const IDENTITY: Answers = {
  'auth list': 'node@ledger.iam.gserviceaccount.com',
  'describe canton-kms-preflight': refused('NOT_FOUND', 'CryptoKey not found'),
};
const WRAPPER: Answers = {
  ...IDENTITY,
  describe: version('GOOGLE_SYMMETRIC_ENCRYPTION'),
  encrypt: 'ciphertext',
  decrypt: '',
};
const SIGNING: Answers = {
  ...IDENTITY,
  'get-public-key': pem(EC),
  describe: version('EC_SIGN_P256_SHA256'),
  'asymmetric-sign': '',
};

function resultsOf(out: string, result: string): string[] {
  return out
    .split('\n')
    .filter((line) => line.startsWith(result))
    .map((line) => line.replace(/^\w+ +/, '').replace(/ \(.*\)$/, ''));
}

async function outcome(crypto: string, answers: Answers, keys: readonly GivenKey[] = []) {
  const { code, out, err, calls } = runWith('gcloud', answers, await scriptOf(crypto, keys));
  for (const call of calls) {
    assert.match(
      call,
      /^(?:auth list|kms (?:keys versions (?:describe|get-public-key) 1|encrypt|decrypt|asymmetric-sign|asymmetric-decrypt)) /,
    );
  }
  return { code, out, err, failed: resultsOf(out, 'FAIL'), skipped: resultsOf(out, 'SKIPPED'), calls };
}

describe('the preflight at Google Cloud KMS', () => {
  it('passes a wrapper key, and decrypts what it encrypted', async () => {
    const { code, out, failed, skipped, calls } = await outcome(ENVELOPE, WRAPPER);
    assert.deepEqual([code, failed, skipped], [0, [], []], out);
    const where = /--key wrap --keyring ring --location europe-west3 --project ledger/;
    assert.deepEqual(
      calls.slice(2).filter((call) => !where.test(call)),
      [],
    );
    assert.match(calls.at(-1) ?? '', /^kms decrypt /);
  });

  it('passes signing and encryption keys, of which it uses version 1', async () => {
    const keys: readonly GivenKey[] = [...KEY, { role: 'encryption', id: 'enc' }];
    const { code, out, calls } = await outcome(
      EXTERNAL,
      {
        ...SIGNING,
        'get-public-key enc': pem(RSA),
        'describe enc': version('RSA_DECRYPT_OAEP_2048_SHA256'),
        'asymmetric-decrypt': '',
      },
      keys,
    );
    assert.equal(code, 0, out);
    const used = calls.filter((call) => /asymmetric/.test(call));
    assert.ok(used.length === 2 && used.every((call) => call.includes(' --version 1')));
    assert.match(used[0] ?? '', /--digest-algorithm sha256/);
  });

  for (const [name, answers, failed] of [
    [
      'disabled',
      {
        describe: version('EC_SIGN_P256_SHA256', 'DISABLED'),
        'asymmetric-sign': refused('FAILED_PRECONDITION', 'state is: DISABLED'),
      },
      ['state DISABLED'],
    ],
    [
      'about to be destroyed',
      {
        describe: version('EC_SIGN_P256_SHA256', 'DESTROY_SCHEDULED'),
        'asymmetric-sign': refused('FAILED_PRECONDITION', 'state is: DESTROY_SCHEDULED'),
      },
      ['state DESTROY_SCHEDULED'],
    ],
    ['of another kind', { describe: version('RSA_SIGN_PSS_2048_SHA256') }, ['algorithm RSA_SIGN_PSS_2048_SHA256']],
    ['not to be signed with', { 'asymmetric-sign': DENIED }, ['may cloudkms.cryptoKeyVersions.useToSign']],
    ['not to be read', { 'get-public-key': DENIED }, ['may cloudkms.cryptoKeyVersions.viewPublicKey']],
    ['missing', { 'get-public-key': refused('NOT_FOUND') }, ['version 1 exists']],
    [
      'not yet imported',
      { 'get-public-key': refused('FAILED_PRECONDITION', 'current state is: PENDING_IMPORT') },
      ['state PENDING_IMPORT'],
    ],
  ] as const) {
    it(`fails a signing key that is ${name}`, async () => {
      const found = await outcome(EXTERNAL, { ...SIGNING, ...answers }, KEY);
      assert.deepEqual([found.code, found.failed], [1, failed.map((one) => `signing key sign: ${one}`)], found.out);
    });
  }

  it('does without the right to look at versions, which a node with registered keys has not', async () => {
    const { code, out, failed, skipped } = await outcome(EXTERNAL, { ...SIGNING, describe: DENIED }, KEY);
    assert.deepEqual(
      [code, failed, skipped],
      [0, [], ['signing key sign: look with cloudkms.cryptoKeyVersions.get']],
      out,
    );
    assert.match(out, /^PASS +signing key sign: algorithm EC_SIGN_P256_SHA256$/m);
  });

  it('fails the rights to a wrapper key that are refused, and passes nothing that could not be tried', async () => {
    const { failed, skipped } = await outcome(ENVELOPE, { ...IDENTITY, describe: DENIED, encrypt: DENIED });
    assert.deepEqual(failed, [
      'wrapper key wrap: may cloudkms.cryptoKeyVersions.get',
      'wrapper key wrap: may cloudkms.cryptoKeyVersions.useToEncrypt',
    ]);
    assert.deepEqual(skipped, [
      'wrapper key wrap: existence, state and algorithm',
      'wrapper key wrap: may cloudkms.cryptoKeyVersions.useToDecrypt',
    ]);
  });

  it('signs the text itself with an Ed25519 key, whose fingerprint is of the raw key', async () => {
    const answers = { ...SIGNING, 'get-public-key': pem(ED), describe: version('EC_SIGN_ED25519') };
    const { calls, code, out } = runWith('gcloud', answers, await scriptOf(EXTERNAL, KEY), ['--json']);
    assert.equal(code, 0, out);
    assert.doesNotMatch(calls.at(-1) ?? '', /digest/);
    const raw = ED.export({ type: 'spki', format: 'der' }).subarray(-32);
    const hash = createHash('sha256')
      .update(Buffer.from([0, 0, 0, 12]))
      .update(raw)
      .digest('hex');
    assert.equal(JSON.parse(out).keys[0].fingerprint, `1220${hash}`);
  });

  it('uses the credentials of the node, and cannot run without any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
    const file = join(folder, 'key.json');
    writeFileSync(file, JSON.stringify({ type: 'service_account', client_email: 'p1@ledger' }, null, 2));
    const script = await scriptOf(ENVELOPE);
    const run = (path: string) => runWith('gcloud', WRAPPER, script, [], { GOOGLE_APPLICATION_CREDENTIALS: path });
    assert.match(run(file).out, /^PASS +identity: p1@ledger$/m);
    rmSync(folder, { recursive: true });
    assert.equal(run(file).code, 2);
    const none = runWith('gcloud', { ...WRAPPER, 'auth list': '' }, script);
    assert.deepEqual([none.code, /no account/.test(none.err)], [2, true]);
    assert.equal(runWith(undefined, {}, script).code, 2);
  });

  it('fails where Google Cloud does not answer, or there is no such key ring', async () => {
    const away = { refused: 'ERROR: gcloud crashed (TransportError): Failed to resolve' };
    const { code, failed } = await outcome(ENVELOPE, {
      'auth list': 'a@b',
      describe: away,
      'describe canton-kms-preflight': away,
      encrypt: away,
    });
    assert.deepEqual([code, failed], [1, [`place: Google Cloud KMS answers for ${RING}`]]);
    const missing = refused('NOT_FOUND', `KeyRing ${RING} not found.`);
    const found = await outcome(ENVELOPE, { ...WRAPPER, 'describe canton-kms-preflight': missing, describe: missing });
    assert.deepEqual(found.failed, [`place: ${RING} is there`, 'wrapper key wrap: version 1 exists']);
  });
});
