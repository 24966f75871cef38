import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

async function hints(marked: string, lines: readonly [first: number, last: number] = [0, 100]): Promise<string[]> {
  const { service, fixture } = workbench(marked);
  const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const found = await service.inlayHints(fixture.main.uri, range, { defaults: false, substitutions: true });
  return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
}

describe('inlay hints', () => {
  it('show what a substitution stands for, from any file', async () => {
    assert.deepEqual(
      await hints('include "base"\na = ${region}\nb = ${ports}\n-- base.conf --\nregion = eu-west-1\nports = [1, 2]\n'),
      ['1:13 = "eu-west-1"', '2:12 = [1, 2]'],
    );
  });

  it('show no sections, no variables that are not known and no secrets', async () => {
    assert.deepEqual(
      await hints(
        'a = ${s}\nb = ${VARIABLE}\nc = ${db.password}\npassword = ${pw}\ns { db = 1 }\ndb.password = abc\npw = abc\n',
      ),
      [],
    );
  });

  it('show nothing where a file that is included twice has two meanings', async () => {
    const { service, fixture } = workbench(
      'a = ${x}\n-- root.conf --\np { include "main", x = 1 }\nq { include "main", x = 2 }\n',
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const wanted = { defaults: false, substitutions: true };
    assert.deepEqual(await service.inlayHints(fixture.main.uri, range, wanted), []);
  });

  it('are those of the visible lines', async () => {
    assert.deepEqual(await hints('a = ${c}\nb = ${c}\nc = 1\n', [1, 2]), ['1:8 = 1']);
  });
});
