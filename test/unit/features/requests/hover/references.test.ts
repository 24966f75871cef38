import assert from 'node:assert/strict';
import { hoverOn } from './hover-on';

describe('hover on a substitution', () => {
  it('shows what it stands for and where that is set', async () => {
    const text = await hoverOn(`include "shared.conf"
canton.participants.p1.crypto.kms.region = \${_shared.reg‸ion}
-- shared.conf --
_shared.region = eu-west-1
`);
    assert.match(text, /^\*\*_shared\.region\*\*/);
    assert.match(text, /Effective value: `"eu-west-1"`/);
    assert.match(text, /Set in \[shared\.conf:1\]/);
  });

  it('answers on the whole of it, and on the part of the path under the mouse', async () => {
    const text = (at: string) => `_shared { kms { type = aws } }\ncanton.participants.p1.crypto.kms = ${at}\n`;
    assert.match(await hoverOn(text('$‸{_shared.kms}')), /^\*\*_shared\.kms\*\*/);
    assert.match(await hoverOn(text('${_sha‸red.kms}')), /^\*\*_shared\*\*/);
  });

  it('looks first below the place that the file is included at', async () => {
    const text = await hoverOn(`canton.participants.p1.crypto { include "crypto.conf" }
-- crypto.conf --
_own = us-east-1
kms.region = \${_o‸wn}
`);
    assert.match(text, /^\*\*canton\.participants\.p1\.crypto\._own\*\*/);
    assert.match(text, /`"us-east-1"`/);
  });

  it('tells variables of the environment from keys that nobody has', async () => {
    const region = (text: string) => `canton.participants.p1.crypto.kms.region = ${text}\n`;
    assert.match(await hoverOn(region('${?AWS_RE‸GION}')), /Environment variable\n\n- Value: unknown/);
    const project = '-- canton-kms.json --\n{ "environment": { "AWS_REGION": "us-east-2" } }';
    assert.match(await hoverOn(region('${AWS_RE‸GION}') + project), /Value: `"us-east-2"` \(from canton-kms\.json\)/);
    assert.match(await hoverOn(region('${?_shared.reg‸ion}')), /No key in this launch set has this path/);
  });
});

describe('hover on an include', () => {
  it('leads to the file, and says where its keys go', async () => {
    const text = await hoverOn(
      'canton.participants.p1.crypto { include "k‸ms.conf" }\n-- kms.conf --\nkms.type = aws\n',
    );
    assert.match(text, /Reads \[kms\.conf\]\(file:\/\/\/project\/kms\.conf\)/);
    assert.match(text, /Its keys become part of `canton\.participants\.p1\.crypto`/);
  });

  it('names all files that a name without extension means', async () => {
    const text = await hoverOn('inc‸lude "kms"\n-- kms.json --\n{}\n-- kms.conf --\n\n');
    assert.match(text, /Reads \[kms\.conf\][^\n]*\n- Reads \[kms\.json\]/);
  });

  it('says what Canton makes of one that is not there', async () => {
    assert.match(
      await hoverOn('include "k‸ms"'),
      /looked for `kms\.conf`, `kms\.json`, `kms\.properties`\. Canton silently ignores/,
    );
    assert.match(await hoverOn('include required("k‸ms.conf")'), /Canton refuses to start/);
  });

  it('says what cannot be known', async () => {
    assert.match(await hoverOn('include url("https://‸example.com/a.conf")'), /not downloaded/);
    assert.match(await hoverOn('include classpath("a‸.conf")'), /class path/);
  });
});
