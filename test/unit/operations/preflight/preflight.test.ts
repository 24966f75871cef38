import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CANTON_VERSIONS } from '../../../../schemas/version';
import { type PreflightRequest, preflightFor } from '../../../../server/src/operations/preflight/preflight';
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
