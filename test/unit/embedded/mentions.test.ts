import assert from 'node:assert/strict';
import { mayHoldCanton } from '../../../server/src/embedded';
import { findRegions } from '../../../server/src/embedded/find-regions';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { isCantonText } from '../../../server/src/model/facts/classify';

const regionsOf = (text: string) => findRegions('markdown', text, (inner) => isCantonText(parse('', inner, 'conf')));

const SETTING = 'participants.p1.crypto.provider = jce';

describe('a misspelled root key', () => {
  for (const root of ['cantno', 'canotn', 'cantonn', 'caton']) {
    it(`${root} is enough to look into a file, and into a block labeled as a program`, () => {
      for (const text of [`${root}.${SETTING}`, `"${root}" { ${SETTING} }`]) {
        assert.equal(mayHoldCanton(`Text\n\n\`\`\`\n${text}\n\`\`\`\n`), true, text);
      }
      const [region] = regionsOf(`\`\`\`scala\n${root}.${SETTING}\n\`\`\`\n`);
      assert.equal(region?.text.trim(), `${root}.${SETTING}`);
    });
  }

  it('is no other word', () => {
    assert.equal(mayHoldCanton('It cannot be: see the notes of docs.canton.network and octanto.'), false);
    assert.deepEqual(regionsOf('```scala\ncannot.participants(1)\n```\n'), []);
  });
});
