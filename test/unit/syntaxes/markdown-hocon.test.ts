import { deepEqual, equal } from 'node:assert/strict';
import { tokenize } from './tokenize';

const GUIDE = `Set the region:

\`\`\`hocon title="p1.conf"
canton.participants.p1 {
  # where the keys are
  crypto.kms.region = "eu-central-1"
}
\`\`\`

region = prose

~~~canton
a = 1
~~~

\`\`\`conf
listen = 80
\`\`\`
`;

describe('the grammar of HOCON in Markdown', () => {
  it('colors the fences that are HOCON, and nothing else', async () => {
    const tokens = await tokenize('markdown', GUIDE);
    const scopeOf = (part: string) => tokens.find(([text]) => text.trim() === part)?.[1] ?? 'none';
    const inFence = 'markup.fenced_code.block meta.embedded.block.hocon';
    equal(scopeOf('participants'), `${inFence} support.type.property-name.canton-conf`);
    equal(scopeOf('eu-central-1').startsWith(`${inFence} string.quoted`), true);
    equal(scopeOf('a').startsWith(inFence), true);
    equal(scopeOf('hocon'), 'markup.fenced_code.block fenced_code.block.language');
    for (const prose of ['Set the region:', 'region = prose', 'listen = 80', '```conf']) {
      equal(scopeOf(prose), 'meta.paragraph');
    }
  });

  it('has the scope that other tools know', async () => {
    deepEqual(await tokenize('hocon', 'a = 1'), [
      ['a', 'support.type.property-name.canton-conf'],
      ['=', 'punctuation.separator.key-value.canton-conf'],
      ['1', 'constant.numeric.canton-conf'],
    ]);
  });
});
