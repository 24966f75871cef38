import assert from 'node:assert/strict';
import { hoverOn } from './hover-on';

const REGION = 'canton.participants.p1.crypto.kms.region';

describe('hover on where a value comes from', () => {
  it('names the winner and the losers with file and line', async () => {
    const text = await hoverOn(`include "base.conf"
canton.participants.p1.crypto.kms.reg‸ion = eu-west-1
-- base.conf --
canton.participants.p1.crypto.kms.type = aws
canton.participants.p1.crypto.kms.region = us-east-1
`);
    assert.match(text, /Effective value: `"eu-west-1"`/);
    assert.match(text, /Set in \[main\.conf:2\]\(file:\/\/\/project\/main\.conf#L2\)/);
    assert.match(text, /Overridden: `us-east-1` in \[base\.conf:2\]\(\S+\) \(included by \[main\.conf:1\]/);
  });

  it('names a place of the cloud, and nothing else that is written for one', async () => {
    const hover = (region: string) =>
      hoverOn(`${REGION.replace('region', 'type')} = aws
${REGION.replace('region', 'reg‸ion')} = ${region}`);
    assert.match(await hover('eu-west-1'), /Effective value: `"eu-west-1"`, Europe \(Ireland\)/);
    for (const region of ['constructor', 'toString', '__proto__'])
      assert.match(await hover(region), new RegExp(`Effective value: \`"${region}"\`(?:\\n|$)`));
  });

  it('tells the way of a file through the includes, and of a fragment the include that brings it to this place', async () => {
    const text = await hoverOn(`canton.participants.p1.crypto { include "crypto.conf" }
canton.participants.p2.crypto { include "crypto.conf" }
canton.participants.p2.crypto.kms.reg‸ion = x
-- crypto.conf --
provider = kms
kms { include "kms.conf" }
-- kms.conf --
type = aws
region = us-east-1
`);
    assert.match(
      text,
      /Overridden: `us-east-1` in \[kms\.conf:2\]\S+ \(included by \[crypto\.conf:2\]\S+, which is included by \[main\.conf:2\]/,
    );
  });

  it('follows a substitution to the key that it copies', async () => {
    const text = await hoverOn(`include "shared.conf"
${REGION.replace('region', 'reg‸ion')} = \${_shared.region}
-- shared.conf --
_shared.region = eu-west-1
`);
    assert.match(text, /Effective value: `"eu-west-1"`/);
    assert.match(text, /Set in \[main\.conf:2\]\S+ from `\$\{_shared\.region\}`, which is set in \[shared\.conf:1\]/);
  });

  it('names the variable that would override a value', async () => {
    const text = await hoverOn(
      `${REGION} = us-east-1\n${REGION} = \${?AWS_REGION}\n${REGION.replace('kms', 'k‸ms')} = ""`,
    );
    assert.doesNotMatch(text, /AWS_REGION/, 'that is the section');
    const both = await hoverOn(`${REGION} = us-east-1\n${REGION.replace('region', 'reg‸ion')} = \${?AWS_REGION}\n`);
    assert.match(both, /Effective value: `us-east-1`, unless `AWS_REGION` is set/);
    assert.match(both, /The environment variable `AWS_REGION` overrides it if it is set: \[main\.conf:2\]/);
    assert.match(both, /Set in \[main\.conf:1\]/);
    assert.doesNotMatch(both, /Overridden/);
  });

  it('says what a variable of the project makes of it', async () => {
    const text = await hoverOn(`${REGION} = us-east-1
${REGION.replace('region', 'reg‸ion')} = \${?AWS_REGION}
-- canton-kms.json --
{ "environment": { "AWS_REGION": "us-east-2" } }
`);
    assert.match(text, /Effective value: `"us-east-2"`/);
    assert.match(text, /Set in \[main\.conf:2\]\S+ from the environment variable `AWS_REGION` \(canton-kms\.json\)/);
    assert.match(text, /Overridden: `us-east-1` in \[main\.conf:1\]/);
  });

  it('says when a value comes from the environment alone', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, region‸ = ${AWS_REGION} }');
    assert.match(text, /unknown, because it comes from the environment variable `AWS_REGION`/);
  });

  it('says of a section what it is put together from', async () => {
    const text = await hoverOn(`include "base.conf"
_kms { type = aws }
canton.participants.p1.crypto.k‸ms = \${_kms} { region = x }
-- base.conf --
canton.participants.p1.crypto.kms.audit-logging = true
`);
    assert.match(text, /Written in \[main\.conf:3\]\S+ from `\$\{_kms\}`, which is set in \[main\.conf:2\]/);
    assert.match(text, /Written in \[base\.conf:1\]\S+ \(included by \[main\.conf:1\]/);
  });

  it('stays short where a key is written very often', async () => {
    const text = await hoverOn(`${`${REGION} = a\n`.repeat(500)}${REGION.replace('region', 'reg‸ion')} = b\n`);
    assert.ok(text.split('\n').length < 30, text);
    assert.match(text, /and \d+ more/);
  });
});

describe('hover on secrets', () => {
  it('never shows one, neither the one in effect nor one that lost', async () => {
    const text = await hoverOn(`canton.participants.p1.storage.config.properties.password = "old-secret"
canton.participants.p1.storage.config.properties.pass‸word = "new-secret"
`);
    assert.match(text, /Effective value: \(secret\)/);
    assert.doesNotMatch(text, /old-secret|new-secret/);
  });

  const config = (entry: string) =>
    `canton.participants.p1.crypto.kms { type = driver, name = hsm, config { ${entry} } }`;
  for (const entry of [
    'pi‸n = "s3cr3t"',
    'api‸Key = s3cr3t',
    'auth { to‸ken = s3cr3t }',
    'url‸ = "https://me:s3cr3t@hsm.example"',
  ]) {
    it(`in the config of a driver: ${entry.replace('‸', '')}`, async () => {
      const text = await hoverOn(config(entry));
      assert.match(text, /Effective value/);
      assert.doesNotMatch(text, /s3cr3t/);
    });
  }

  it('nor through the substitution that copies it, or the shared key that it is copied from', async () => {
    const at = (key: string, copy: string) => `_hsm.${key} = s3cr3t\n${config(`pin = \${${copy}}`)}`;
    assert.doesNotMatch(await hoverOn(at('p‸', '_hsm.p')), /s3cr3t/);
    assert.doesNotMatch(await hoverOn(at('p', '_hsm.p‸')), /s3cr3t/);
    assert.doesNotMatch(await hoverOn(config('pin = ${?PIN}, pin = s3cr3t, pi‸n = ${?OTHER}')), /s3cr3t/);
  });

  it('nor in a section that lost against a value', async () => {
    assert.doesNotMatch(await hoverOn('a { b { token = s3cr3t } }\na.b‸ = 1'), /s3cr3t/);
    assert.doesNotMatch(await hoverOn('a.b = [ { token = s3cr3t } ]\na.b‸ = 1'), /s3cr3t/);
  });

  it('nor in a variable of the project', async () => {
    const text = await hoverOn(
      `${config('pin = ${HSM_‸PIN}')}\n-- canton-kms.json --\n{ "environment": { "HSM_PIN": "s3cr3t" } }`,
    );
    assert.match(text, /Environment variable/);
    assert.doesNotMatch(text, /s3cr3t/);
  });
});
