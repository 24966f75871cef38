import assert from 'node:assert/strict';
import { hoverOn } from './hover-on';

describe('hover on a key', () => {
  it('explains it: meaning, type, default', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, multi-‸region-key = true }');
    assert.match(text, /^\*\*canton\.participants\.p1\.crypto\.kms\.multi-region-key\*\*/);
    assert.match(text, /Type: `true` or `false`/);
    assert.match(text, /Default: `false`/);
    assert.match(text, /Effective value: `true`/);
  });

  it('leads to the page of the manual, of the version at hand', async () => {
    const text = await hoverOn(
      '# canton-kms: version = 3.4\ncanton.participants.p1.crypto.kms { type = gcp, project‸-id = x }',
    );
    assert.match(text, /\[Manual]\(https:\/\/docs\.digitalasset\.com\/operate\/3\.4\/.*\/kms_gcp_config\.html\)/);
  });

  it('says since when there is a key, what it is deprecated for, and that another version has it', async () => {
    const deprecated = await hoverOn('canton.participants.p1.crypto.kms { type = aws, session‸-signing-keys { } }');
    assert.match(deprecated, /\*\*Deprecated\*\* since 3\.5: crypto\.session-signing-keys/);
    assert.match(deprecated, /Since Canton 3\.4/);
    const early = '# canton-kms: version = 3.4\ncanton.participants.p1.crypto.session‸-signing-keys { enabled = true }';
    assert.match(await hoverOn(early), /Canton 3\.4 enterprise does not read this key/);
    assert.match(await hoverOn(early), /Since Canton 3\.5/);
  });

  it('on an element in the middle of a path explains that section', async () => {
    const text = await hoverOn('canton.participants.p1.cryp‸to.kms.type = aws');
    assert.match(text, /^\*\*canton\.participants\.p1\.crypto\*\*/);
    assert.doesNotMatch(text, /Effective|Written/);
  });

  it('on an enumerated value explains the value first', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.provider = k‸ms');
    const [, meaning] = text.split('\n\n');
    assert.match(meaning ?? '', /KMS/);
  });

  it('reads durations out, and names regions', async () => {
    const delay = (value: string) =>
      hoverOn(`canton.participants.p1.crypto.kms { type = aws, retries.failures.max-delay = ${value} }`);
    assert.match(await delay('90‸s'), /Effective value: `"90s"`, 1 minute 30 seconds/);
    assert.match(await delay('"36‸00000 ms"'), /, 1 hour$/m);
    assert.match(await delay('I‸nf'), /, infinite$/m);
    assert.doesNotMatch(await delay('so‸on'), /soon"`,/);
    assert.match(
      await hoverOn('canton.participants.p1.crypto.kms { type = aws, region = eu-‸central-1 }'),
      /, Europe \(Frankfurt\)/,
    );
  });

  it('cannot be broken out of by what is written', async () => {
    const text = await hoverOn('canton.participants.p1.crypto.kms { type = aws, region‸ = "a`` **b**" }');
    assert.match(text, /``` "a`` \*\*b\*\*" ```/);
  });

  it('says nothing on comments, blanks and keys that nobody knows', async () => {
    assert.equal(await hoverOn('# com‸ment\ncanton { }'), '');
    assert.equal(await hoverOn('canton { ‸  }'), '');
    assert.equal(await hoverOn('‸'), '');
  });
});
