import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CANTON_VERSIONS } from '../../../../schemas/version';
import { creationFor } from '../../../../server/src/operations/preflight/create';
import { KEY_ROLES } from '../../../../server/src/operations/preflight/given-keys';
import { type PreflightRequest, preflightFor } from '../../../../server/src/operations/preflight/preflight';
import { assertRecorded } from '../../../kit/recorded';
import { launch } from '../kit';
import { runWith } from './stand-in';

async function ask(crypto: string, options: Partial<PreflightRequest> = {}) {
  const { config } = await launch(
    `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }`,
  );
  const common = { node: 'participants.p1', version: '3.5', edition: 'enterprise', keys: [], settings: {} } as const;
  return preflightFor({ config, ...common, ...options });
}

async function textOf(crypto: string, options: Partial<PreflightRequest> = {}): Promise<string> {
  const made = await ask(crypto, options);
  return made.kind === 'script' ? made.text : assert.fail(made.reason);
}

const DRIVER = 'provider = kms, kms { type = driver, name = "my hsm", config {} }';

describe('the preflight of a driver', () => {
  it('passes nothing that only the driver knows', async () => {
    const script = await textOf(DRIVER, { keys: [{ role: 'signing', id: 'slot 1' }] });
    const { code, out } = runWith(undefined, {}, script);
    assert.equal(code, 2);
    assert.match(out, /^SKIPPED +driver my hsm: signing key slot 1 .* \(only the driver knows this\)$/m);
    assert.doesNotMatch(out, /^PASS/m);
  });

  it('looks for its jar on the class path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'driver-'));
    const service = 'META-INF/services/com.digitalasset.canton.crypto.kms.driver.api.v1.KmsDriverFactory';
    // A stand-in of unzip, for jars that are lists of their files.
    writeFileSync(join(folder, 'unzip'), '#!/bin/sh\ncat "$2"\n');
    chmodSync(join(folder, 'unzip'), 0o755);
    writeFileSync(join(folder, 'driver.jar'), `${service}\n`);
    writeFileSync(join(folder, 'other.jar'), 'a.txt\n');
    const run = async (...names: string[]) =>
      runWith(undefined, {}, await textOf(DRIVER), [], {
        PATH: folder,
        EXTRA_CLASSPATH: names.map((name) => join(folder, name)).join(':'),
      });
    assert.equal((await run('other.jar', 'driver.jar')).code, 0);
    assert.equal((await run('other.jar')).code, 1);
    assert.equal((await run('missing.jar', 'driver.jar')).code, 1);
    rmSync(folder, { recursive: true });
  });
});

describe('a preflight', () => {
  it('can be of the KMS that a node is yet to use', async () => {
    const keys = [{ role: undefined, id: 'alias/new' }] as const;
    const settings = { region: 'eu-central-1' };
    const script = await textOf('', { provider: 'aws', mode: 'envelope', settings, keys });
    assert.match(script, /^wrapper_key alias\/new SYMMETRIC_DEFAULT ENCRYPT_DECRYPT$/m);
    const other = await textOf('provider = kms, kms { type = aws, region = a }', { settings: { region: 'b' } });
    assert.match(other, /^region=b$/m);
  });

  it('is of no node without a KMS, and of no unknown node', async () => {
    for (const [crypto, options, reason] of [
      ['', {}, /does not use a KMS/],
      ['provider = ${X}', {}, /not known/],
      ['', { node: 'participants.p2' }, /no node 'participants\.p2'.*participants\.p1/],
    ] as const) {
      const made = await ask(crypto, options);
      assert.match(made.kind === 'none' ? made.reason : '', reason);
    }
  });

  it('is there for every version, with the roles that it has', async () => {
    for (const version of CANTON_VERSIONS) {
      const made = await ask('provider = kms, kms { type = aws, region = r }', {
        version,
        keys: [{ role: 'namespace', id: 'n' }],
      });
      const missing = version === '2.10' ? 'signing, encryption' : 'sequencer-auth, signing, encryption';
      assert.deepEqual(made.kind === 'script' && made.warnings, [
        `no key was given for ${missing}: give each one with --key ROLE=ID`,
      ]);
    }
  });

  it('runs nothing of a name, an id or a setting', async () => {
    const hostile = `a'; echo hacked; '\n$(echo hacked) \`echo hacked\`"`;
    for (const provider of ['aws', 'gcp', 'driver'] as const) {
      const names = ['region', 'endpoint-override', 'project-id', 'location-id', 'key-ring-id', 'name'];
      const settings = Object.fromEntries(names.map((name) => [name, hostile]));
      const keys = [{ role: 'signing', id: hostile }] as const;
      const script = await textOf('', { provider, mode: 'external', settings, keys });
      const { out, err } = runWith(undefined, {}, script);
      const lines = `${out}\n${err}`.split('\n');
      assert.ok(!lines.includes('hacked'), provider);
    }
  });
});

const AWS = 'kms { type = aws, region = eu-central-1 }';
const GCP = 'kms { type = gcp, location-id = l, project-id = p, key-ring-id = r }';
const WRAPPED = 'private-key-store.encryption { type = kms, wrapper-key-id = alias/w }';
const P384 = 'signing { keys { default = ec-p-384, allowed = [ec-p-384] }, algorithms.default = ec-dsa-sha-384 }';
const CRYPTO: readonly string[] = [
  '',
  'provider = jce',
  'provider = ${X}',
  'provider = kms, kms.type = ${X}',
  ...[AWS, GCP, DRIVER.replace('provider = kms, ', '')].flatMap((kms) => [
    kms,
    `provider = kms, ${kms}`,
    `${kms}, private-key-store.encryption.type = kms`,
    `${kms}, ${WRAPPED}`,
    `${kms}, private-key-store.encryption { type = kms, wrapper-key-id = \${X} }`,
    `${kms}, private-key-store.encryption { type = kms, reverted = true }`,
  ]),
  `provider = kms, ${AWS}, ${P384}`,
  `provider = kms, ${GCP}, ${P384}`,
  `provider = kms, ${AWS}, signing.keys.allowed = [ec-curve-25519, ec-secp-256k-1]`,
  `provider = kms, ${GCP}, signing { keys { default = ec-curve-25519, allowed = [ec-curve-25519] }, algorithms { default = ed25519, allowed = [ed25519] } }`,
  `provider = kms, ${AWS}, signing.keys.default = \${X}`,
  `provider = kms, ${AWS}, encryption { keys.allowed = [rsa-2048], algorithms.allowed = [rsa-oaep-sha-256] }`,
  'provider = kms, kms { type = aws, region = ${R}, multi-region-key = true }',
  'provider = kms, kms { type = aws, region = eu-central-1, multi-region-key = yes, endpoint-override = "https://kms" }',
  'provider = kms, kms { type = aws, region = eu-central-1, endpoint-override = ${E} }',
  'provider = kms, kms { type = gcp, location-id = ${?L}, project-id = p }',
];
const EVERY_KEY = KEY_ROLES.map((role) => ({ role, id: `id-of-${role}` }));
const OPTIONS: readonly Partial<PreflightRequest>[] = [
  {},
  { keys: EVERY_KEY },
  { keys: [{ role: undefined, id: 'any' }] },
  {
    keys: [
      { role: undefined, id: 'alias/w' },
      { role: 'wrapper', id: 'alias/w' },
    ],
  },
  {
    keys: [
      { role: 'signing', id: 's' },
      { role: 'namespace', id: 'n' },
    ],
    version: '2.10',
  },
  { provider: 'aws', mode: 'external', settings: { region: 'b', 'multi-region-key': 'yes' } },
  { provider: 'gcp', mode: 'envelope', settings: { 'project-id': 'q' } },
  { provider: 'driver', mode: 'external' },
  { mode: 'external' },
  { node: 'participants.p2' },
];

describe('the scripts for the KMS of a node', () => {
  type Made = ReturnType<typeof preflightFor>;

  /** Each script once, without the lines that all for the same type of KMS have, and for how many requests it is made. */
  async function scripts(kind: string, make: (request: PreflightRequest) => Made): Promise<string[]> {
    const common = { node: 'participants.p1', version: '3.5', edition: 'enterprise', keys: [], settings: {} } as const;
    const made: { readonly name: string; readonly type: string; readonly result: Made }[] = [];
    for (const crypto of CRYPTO) {
      const { config } = await launch(
        `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }`,
      );
      for (const options of OPTIONS) {
        const type = options.provider ?? /type = (\w+)/.exec(crypto)?.[1] ?? '';
        const result = make({ config, ...common, ...options });
        made.push({ name: `${kind}: ${crypto} ${JSON.stringify(options)}`, type, result });
      }
    }
    const linesOf = ({ result }: { readonly result: Made }) =>
      result.kind === 'script' ? result.text.split('\n') : [];
    const inAll = new Map<string, ReadonlySet<string>>();
    for (const one of made) {
      const lines = linesOf(one);
      const before = inAll.get(one.type);
      if (lines.length > 0) inAll.set(one.type, new Set(lines.filter((line) => before?.has(line) ?? true)));
    }
    const names = new Map<string, string[]>();
    for (const one of made) {
      const { name, type, result } = one;
      const own = linesOf(one).filter((line) => inAll.get(type)?.has(line) !== true);
      const about = result.kind === 'script' ? result.warnings : [result.reason];
      const body = [...about, ...own].map((line) => `\n  ${line}`).join('');
      names.set(body, [...(names.get(body) ?? []), name]);
    }
    return [...names].map(([body, [first, ...others]]) => `${first} and ${others.length} more${body}`);
  }

  it('that look at it are recorded, with the calls of their functions only', async () => {
    const calls = (made: Made): Made =>
      made.kind === 'none'
        ? made
        : { ...made, text: made.text.replace(/^(?: .*|\}|.*\(\) \{|#(?! Preflight).*)\n/gm, '') };
    const found = await scripts('preflight', (request) => calls(preflightFor(request)));
    assertRecorded(join(__dirname, 'recorded/preflight.txt'), found, '\n\n');
  });

  it('that create its keys are recorded', async () => {
    const all: string[] = [];
    for (const [format, imports] of [
      ['sh', false],
      ['sh', true],
      ['terraform', false],
      ['terraform', true],
    ] as const)
      all.push(
        ...(await scripts(`${imports ? 'import' : 'create'} ${format}`, (request) =>
          creationFor({ ...request, format, imports }),
        )),
      );
    assertRecorded(join(__dirname, 'recorded/creation.txt'), all, '\n\n');
  });
});
