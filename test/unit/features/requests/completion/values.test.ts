import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver';
import { AWS_REGION_NAMES, GCP_LOCATION_NAMES } from '../../../../../schemas/cloud-places';
import { resolveCompletion } from '../../../../../server/src/features/requests/completion/completion';
import { accept, complete, itemFor, labels } from './complete';

const value = (text: string) => `canton.participants.p1.crypto { ${text} }`;

async function documentation(marked: string, label: string): Promise<string> {
  const item = await itemFor(marked, label);
  return ((await resolveCompletion(item)).documentation as MarkupContent | undefined)?.value ?? '';
}

describe('completion of values', () => {
  it('offers the spellings of an enumeration, the default chosen', async () => {
    assert.deepEqual(await labels(value('provider = ‸')), ['jce', 'kms']);
    assert.deepEqual(
      (await complete(value('kms { type = ‸ }'))).map(({ label }) => label),
      ['aws', 'gcp', 'driver'],
    );
    assert.deepEqual(await labels(value('private-key-store.encryption.type = ‸')), ['kms']);
    assert.equal((await itemFor(value('provider = ‸'), 'jce')).preselect, true);
  });

  it('offers true and false', async () => {
    assert.deepEqual(await labels(value('kms { type = aws, multi-region-key = ‸ }')), ['true', 'false']);
  });

  it('offers the regions of AWS and the locations of Google Cloud, with their names', async () => {
    const regions = await labels(value('kms { type = aws, region = ‸ }'));
    assert.deepEqual(new Set(regions), new Set(Object.keys(AWS_REGION_NAMES)));
    assert.equal(
      (await itemFor(value('kms { type = aws, region = eu‸ }'), 'eu-central-1')).detail,
      'Europe (Frankfurt)',
    );
    const locations = await labels(value('kms { type = gcp, location-id = ‸ }'));
    assert.deepEqual(new Set(locations), new Set(Object.keys(GCP_LOCATION_NAMES)));
  });

  it('offers first what another node has for the same key', async () => {
    const text = `canton.participants.p1.crypto.kms { type = gcp, project-id = ledger-prod }
canton.sequencers.s1.crypto.kms { type = gcp, project-id = ‸ }`;
    assert.deepEqual(await labels(text), ['ledger-prod']);
    assert.equal((await itemFor(text, 'ledger-prod')).detail, 'as p1');
    const region = `canton.participants.p1.crypto.kms { type = aws, region = sa-east-1 }
canton.sequencers.s1.crypto.kms { type = aws, region = ‸ }`;
    assert.equal((await labels(region))[0], 'sa-east-1');
  });

  it('offers durations, with units behind a number, and only those that Canton takes', async () => {
    const delay = (text: string) => value(`kms { type = aws, retries.failures.max-delay = ${text} }`);
    assert.deepEqual(await labels(delay('‸')), ['10s', 'Inf']);
    assert.deepEqual(await labels(delay('15‸')), ['15s', '15ms', '15m', '15h', '15d']);
    assert.ok((await labels(delay('15 ‸'))).includes('15 minutes'));
    assert.match(await accept(delay('15 m‸'), '15 minutes'), /max-delay = 15 minutes }/);
    assert.equal(await documentation(delay('90‸'), '90s'), '1 minute 30 seconds');
    const validity = value('session-signing-keys.key-validity-duration = ‸');
    assert.ok(!(await labels(validity)).includes('Inf'));
    const whole = value('session-signing-keys.key-validity-duration = 500‸').replace('crypto', 'parameters');
    assert.ok(!(await labels(`# canton-kms: version = 3.3\n${whole}`)).includes('500ms'), 'whole seconds only');
  });

  it('offers what a list does not have yet, and a list where there is none', async () => {
    const found = await labels(value('signing.algorithms.allowed = [ed-25519, ‸]'));
    assert.ok(found.includes('ec-dsa-sha-256'));
    assert.ok(!found.includes('ed-25519'));
    assert.ok((await labels(value('signing.algorithms.allowed = ‸'))).includes('[ed-25519]'));
  });

  it('offers the sections of each type behind a separator', async () => {
    assert.deepEqual(await labels(value('kms = ‸')), ['{ type = aws }', '{ type = driver }', '{ type = gcp }']);
    const text = await accept(value('kms = ‸'), '{ type = aws }', { snippets: true });
    assert.ok(text.includes('kms = {\n\ttype = aws\n\tregion = ${1:us-east-1}\n}$0'), text);
  });

  it('replaces the half-typed word, also inside quotes, and sets the blank that is missing', async () => {
    assert.match(await accept(value('kms { type = g‸ }'), 'gcp'), /type = gcp }/);
    assert.match(await accept(value('kms { type = "g‸" }'), 'gcp'), /type = "gcp" }/);
    assert.match(await accept(value('kms { type =‸ }'), 'gcp'), /type = gcp }/);
    assert.match(
      await accept(value('kms { type = aws, region = eu-c‸-1 }'), 'eu-central-1'),
      /region = eu-central-1 }/,
    );
  });

  it('documents an item when it is looked at: the value, or the key of the chosen type', async () => {
    assert.match(await documentation(value('provider = ‸'), 'kms'), /Private keys are in the KMS/);
    assert.match(await documentation(value('kms { type = gcp, ‸ }'), 'endpoint-override'), /Cloud KMS/);
    assert.match(await documentation(value('kms { type = aws, ‸ }'), 'endpoint-override'), /instead of AWS/);
    assert.equal((await itemFor(value('kms { type = aws, ‸ }'), 'region')).documentation, undefined);
  });
});
