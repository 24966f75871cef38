import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

describe('definition', () => {
  it('of a substitution is what it refers to, the one in effect first, across files', async () => {
    const { service, cursor } = workbench(`include "base.conf"
region = eu-west-1
canton.participants.p1.crypto.kms.region = \${reg‸ion}
-- base.conf --
region = us-east-1
`);
    const found = await service.definition(cursor.uri, cursor.position);
    assert.deepEqual(
      found.map(({ uri, range }) => [uri.split('/').at(-1), range.start]),
      [
        ['main.conf', { line: 1, character: 0 }],
        ['base.conf', { line: 0, character: 0 }],
      ],
    );
  });

  it('of a key is every place that writes it, the one in effect first', async () => {
    const { service, cursor } = workbench(`include "base.conf"
canton.participants.p1.crypto.kms.reg‸ion = eu-west-1
-- base.conf --
canton.participants.p1.crypto { kms { region = us-east-1 } }
`);
    const found = await service.definition(cursor.uri, cursor.position);
    assert.deepEqual(
      found.map(({ uri, range }) => [uri.split('/').at(-1), range.start]),
      [
        ['main.conf', { line: 1, character: 34 }],
        ['base.conf', { line: 0, character: 38 }],
      ],
    );
  });

  it('of a substitution in an included file is looked up at the place of the include first', async () => {
    const { service, cursor } = workbench(
      'a { include "inner" }\nname = 1\n-- inner.conf --\nname = 2\nother = ${na‸me}\n',
    );
    const found = await service.definition(cursor.uri, cursor.position);
    assert.deepEqual(
      found.map(({ uri, range }) => [uri.split('/').at(-1), range.start.line]),
      [['inner.conf', 0]],
    );
  });

  it('of an include is its file, with the extension that it leaves out', async () => {
    const { service, cursor, fixture } = workbench(
      'canton { include "sub/ba‸se" }\n-- sub/base.conf --\nparticipants {}\n',
    );
    const [found] = await service.definition(cursor.uri, cursor.position);
    assert.equal(found?.uri, 'file:///project/sub/base.conf');
    const links = await service.documentLinks(fixture.main.uri);
    assert.deepEqual(links, [
      {
        range: { start: { line: 0, character: 17 }, end: { line: 0, character: 27 } },
        target: 'file:///project/sub/base.conf',
      },
    ]);
  });

  it('of a file that is not there is nothing', async () => {
    const { service, cursor } = workbench('canton { include "no‸ne" }');
    assert.deepEqual(await service.definition(cursor.uri, cursor.position), []);
    assert.deepEqual(await service.documentLinks(cursor.uri), []);
  });
});
