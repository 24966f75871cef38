import assert from 'node:assert/strict';
import { workbench } from '../../../../kit/service';
import { accept, labels } from './complete';

const FILES = `
-- nodes/kms.conf --
type = aws
-- nodes/deep/values.json --
{}
-- shared/base.conf --
a = 1
-- app.properties --
a = 1
-- canton-kms.json --
{}
-- hsm.schema.json --
{}
-- notes.txt --
no
`;
const from = (text: string) => `-- nodes/main.conf --\n${text}\n${FILES}`;

describe('completion of includes', () => {
  it('offers the files that can be included, near ones first', async () => {
    const names = ['kms.conf', 'deep/values.json', '../app.properties', '../shared/base.conf'];
    for (const text of ['include "‸"', 'include "', 'canton { include required("‸") }', 'a = 1, include "../‸"']) {
      const found = await labels(from(text.includes('‸') ? text : `${text}‸`));
      assert.deepEqual([...found].sort(), [...names].sort(), text);
      assert.equal(found[0], 'kms.conf');
    }
  });

  it('replaces the whole name, and closes the quote where it is open', async () => {
    assert.match(await accept(from('include "dee‸x.conf"'), 'deep/values.json'), /^include "deep\/values\.json"\n/);
    assert.match(await accept(from('include "k‸'), 'kms.conf'), /^include "kms\.conf"\n/);
  });

  it('knows no files for what is not looked up beside the document', async () => {
    for (const method of ['file', 'url', 'classpath'])
      assert.deepEqual(await labels(from(`include ${method}("‸")`)), []);
  });

  it('offers nothing from outside the workspace', async () => {
    const { service, cursor } = workbench(from('include "‸"'), {}, ['nodes/kms.conf']);
    const items = await service.completion(cursor.uri, cursor.position, { snippets: false });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['kms.conf'],
    );
  });

  it('is offered as a keyword', async () => {
    assert.match(await accept(from('inc‸'), 'include', { snippets: true }), /^include "\$1"\n/);
  });
});
