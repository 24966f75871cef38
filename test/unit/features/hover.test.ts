import assert from 'node:assert/strict';
import type { MarkupContent } from 'vscode-languageserver';
import { workbench } from '../../kit/service';

async function hoverOn(marked: string): Promise<string | undefined> {
  const { service, cursor } = workbench(marked);
  const hover = await service.hover(cursor.uri, cursor.position);
  return hover && (hover.contents as MarkupContent).value;
}

describe('hover', () => {
  it('explains a key: meaning, type, default', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, multi-‸region-key = true }');
    assert.match(text ?? '', /^\*\*canton\.participants\.p1\.crypto\.kms\.multi-region-key\*\*/);
    assert.match(text ?? '', /Type: `true` or `false`/);
    assert.match(text ?? '', /Default: `false`/);
    assert.match(text ?? '', /Effective value: `true`/);
  });

  it('leads to the page of the manual, of the version at hand', async () => {
    const text = await hoverOn(
      '# canton-kms: version = 3.4\ncanton.participants.p1.crypto.kms { type = gcp, project‸-id = x }',
    );
    assert.match(text ?? '', /\[Manual]\(https:\/\/docs\.digitalasset\.com\/operate\/3\.4\/.*\/kms_gcp_config\.html\)/);
  });

  it('on an element in the middle of a path explains that section', async () => {
    const text = await hoverOn('canton.participants.p1.cryp‸to.kms.type = aws');
    assert.match(text ?? '', /^\*\*canton\.participants\.p1\.crypto\*\*/);
    assert.doesNotMatch(text ?? '', /Effective/);
  });

  it('on an enumerated value explains the value first', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.provider = k‸ms');
    const [, meaning] = text?.split('\n\n') ?? [];
    assert.match(meaning ?? '', /KMS/);
  });

  it('names the winner and the losers with file and line', async () => {
    const text = await hoverOn(`include "base.conf"
canton.participants.p1.crypto.kms.reg‸ion = eu-west-1
-- base.conf --
canton.participants.p1.crypto.kms.type = aws
canton.participants.p1.crypto.kms.region = us-east-1
`);
    assert.match(text ?? '', /Effective value: `"eu-west-1"`/);
    assert.match(text ?? '', /Set in \[main\.conf:2\]\(file:\/\/\/project\/main\.conf#L2\)/);
    assert.match(text ?? '', /Overridden: `us-east-1` in \[base\.conf:2\]/);
  });

  it('says when a value comes from the environment', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, region‸ = ${AWS_REGION} }');
    assert.match(text ?? '', /not known here: it comes from the environment variable `AWS_REGION`/);
  });

  it('never shows a secret, neither the one in effect nor one that lost', async () => {
    const text = await hoverOn(`canton.participants.p1.storage.config.properties.password = "old-secret"
canton.participants.p1.storage.config.properties.pass‸word = "new-secret"
`);
    assert.doesNotMatch(text ?? '', /old-secret|new-secret/);
  });

  it('cannot be broken out of by what is written', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, region‸ = "a`` **b**" }');
    assert.match(text ?? '', /``` "a`` \*\*b\*\*" ```/);
  });

  it('says nothing on comments, blanks and keys that nobody knows', async () => {
    assert.equal(await hoverOn('# com‸ment\ncanton { }'), undefined);
    assert.equal(await hoverOn('canton { ‸  }'), undefined);
    assert.equal(await hoverOn('‸'), undefined);
  });
});
