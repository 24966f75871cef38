import assert from 'node:assert/strict';
import { accept, complete, itemFor, labels } from './complete';

const SHARED = `_shared {
  region = eu-west-1
  pause = 10s
  logs = true
  aws { type = aws, region = \${_shared.region} }
  db { password = "pw-in-clear" }
}
`;
const crypto = (text: string) => `${SHARED}canton.participants.p1.crypto { ${text} }\n`;

describe('completion of substitutions', () => {
  it('offers keys with their type and what they stand for', async () => {
    const found = await labels(crypto('kms { type = aws, region = ${‸} }'));
    for (const label of ['_shared', 'canton', '_shared.region']) assert.ok(found.includes(label), found.join());
    assert.equal((await itemFor(crypto('kms.region = ${‸}'), '_shared.region')).detail, 'string = "eu-west-1"');
    assert.equal((await itemFor(crypto('kms.region = ${‸}'), '_shared')).detail, 'section');
    assert.equal((await itemFor(crypto('kms.region = ${‸}'), '_shared.logs')).detail, 'boolean = true');
  });

  it('goes on behind a dot, in half-typed text', async () => {
    const found = await labels(crypto('kms { type = aws, region = ${_shared.‸'));
    assert.deepEqual(found, ['aws', 'db', 'logs', 'pause', 'region']);
    assert.deepEqual(await labels(crypto('kms.region = ${?_shared.aws.‸}')), ['region', 'type']);
    const inNodes = await labels(crypto('kms.type = aws, kms.region = ${canton.participants.p1.crypto.kms.‸}'));
    assert.deepEqual(inNodes, ['type'], 'not the key itself');
  });

  it('closes the brace where it is open', async () => {
    assert.match(
      await accept(crypto('kms { region = ${_shared.re‸\n }'), 'region'),
      /region = \$\{_shared\.region\}\n/,
    );
    assert.match(
      await accept(crypto('kms { region = ${_shared.re‸}\n }'), 'region'),
      /region = \$\{_shared\.region\}\n/,
    );
    assert.match(await accept(crypto('kms { region = ${_sh‸\n }'), '_shared'), /region = \$\{_shared\n/);
  });

  it('quotes names that need it', async () => {
    const text = '"my shared"."a.b" = 1\nx = ${‸}\n';
    assert.match(await accept(text, '"my shared"."a.b"'), /x = \$\{"my shared"\."a\.b"\}/);
    assert.match(
      await accept('"my shared"."a.b" = 1\nx = ${"my shared".‸}\n', '"a.b"'),
      /x = \$\{"my shared"\."a\.b"\}/,
    );
  });

  it('never shows a secret', async () => {
    const items = await complete(crypto('kms.region = ${‸}'));
    assert.equal(items.find(({ label }) => label === '_shared.db.password')?.detail, 'string = (secret)');
    assert.ok(!JSON.stringify(items).includes('pw-in-clear'));
    const copied = `_x.pw = "pw-in-clear"\ncanton.participants.p1 { storage.config.properties.password = \${_x.pw}, y = \${‸} }`;
    assert.ok(!JSON.stringify(await complete(copied)).includes('pw-in-clear'), 'nor what a secret is copied from');
  });

  it('knows the variables of the project and those that the document asks for', async () => {
    const project = `-- canton-kms.json --
{ "environment": { "AWS_REGION": "us-east-2", "HSM_PIN": "1234" } }
`;
    const text = `x = \${?OTHER_REGION}\n${crypto('kms.region = ${‸}')}${project}`;
    assert.equal((await itemFor(text, 'AWS_REGION')).detail, 'environment = "us-east-2"');
    assert.equal((await itemFor(text, 'HSM_PIN')).detail, 'environment = (secret)');
    assert.equal((await itemFor(text, 'OTHER_REGION')).detail, 'environment');
  });

  it('looks first below the place that the file is included at', async () => {
    const text = `canton.participants.p1.crypto { include "crypto.conf" }
-- crypto.conf --
_own.region = us-east-1
kms.region = \${_own.‸}
`;
    assert.deepEqual(await labels(text), ['region']);
  });

  it('offers shared values that fit as whole substitutions', async () => {
    const substitutions = async (text: string) =>
      (await labels(crypto(text))).filter((label) => label.startsWith('${'));
    assert.deepEqual(await substitutions('kms { type = aws, audit-logging = ‸ }'), ['${_shared.logs}']);
    assert.deepEqual(await substitutions('kms { type = ‸ }'), ['${_shared.aws.type}']);
    assert.deepEqual(await substitutions('kms.retries.failures.max-delay = ‸'), ['${_shared.pause}']);
    assert.deepEqual(await substitutions('kms = ‸'), ['${_shared.aws}']);
    assert.deepEqual(await substitutions('kms { type = aws, region = "‸" }'), []);
    assert.match(
      await accept(crypto('kms { type = aws, region = ‸ }'), '${_shared.region}'),
      /region = \$\{_shared\.region\} }/,
    );
  });
});
