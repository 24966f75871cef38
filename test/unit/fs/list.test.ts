import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { filesIn, listConfigurations } from '../../../server/src/fs/list';
import { TestFolder } from '../../kit/built';

describe('the listing of a folder', () => {
  it('ends with as many files as are wanted, however large the disk is', async () => {
    const folder = new TestFolder({ 'a.conf': '', 'b.conf': '', 'c/d.conf': '' });
    try {
      assert.equal((await filesIn(folder.path, undefined, 2)).length, 2);
      assert.equal((await filesIn(folder.path)).length, 3);
    } finally {
      folder.remove();
    }
  });

  it('has what can be launched and included, without dependencies and hidden folders', async () => {
    const names = ['b.conf', 'a.properties', 'sub/c.json', 'no.txt', 'node_modules/d.conf', '.git/e.conf'];
    const folder = new TestFolder(Object.fromEntries(names.map((name) => [name, ''])));
    const found = (await listConfigurations(folder.path)).map((path) => relative(folder.path, path));
    folder.remove();
    assert.deepEqual(found, ['a.properties', 'b.conf', 'sub/c.json']);
  });
});
