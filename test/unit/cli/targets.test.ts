import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../server/src/cli/io';
import { findTargets, readNamed, shown } from '../../../server/src/cli/targets';
import { filesIn, isGlob, matching } from '../../../server/src/fs/list';
import { diskFiles, kindOf, rootOf } from '../../../server/src/fs/node';
import { readTextFile, searchTextFile } from '../../../server/src/fs/text-file';

describe('targets of the command line', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'targets-'));
    mkdirSync(join(root, 'conf', 'node_modules', 'x'), { recursive: true });
    for (const name of ['a.conf', 'b.conf', 'note.txt', '[1].conf', 'node_modules/x/c.conf']) {
      writeFileSync(join(root, 'conf', name), '');
    }
    symlinkSync(join(root, 'conf'), join(root, 'conf', 'loop'));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const here = () => ({
    cwd: root,
    disk: {
      files: diskFiles,
      read: async (path: string) => readTextFile(path),
      kindOf: async (path: string) => kindOf(path),
      search: async (path: string, hasIt: (text: string) => boolean) => searchTextFile(path, hasIt),
      isGlob: async (text: string) => isGlob(text),
      filesIn,
      matching,
      rootOf,
    },
  });
  it('are found through links, as Kubernetes mounts a ConfigMap', async () => {
    mkdirSync(join(root, 'mounted', '..2026'), { recursive: true });
    writeFileSync(join(root, 'mounted', '..2026', 'c.conf'), '');
    symlinkSync('..2026', join(root, 'mounted', '..data'));
    symlinkSync('..data/c.conf', join(root, 'mounted', 'c.conf'));
    symlinkSync(join(root, 'conf'), join(root, 'mounted', 'other'));
    assert.deepEqual(
      (await find('mounted')).map(([path]) => path),
      ['mounted/c.conf', 'mounted/other/[1].conf', 'mounted/other/a.conf', 'mounted/other/b.conf'],
    );
  });

  const find = async (...args: string[]) =>
    (await findTargets(args, here())).map(({ path, named }) => [shown(path, root), named]);

  it('are the files of a folder that may hold HOCON, dependencies and links left out', async () => {
    assert.deepEqual(await find('conf'), [
      ['conf/[1].conf', false],
      ['conf/a.conf', false],
      ['conf/b.conf', false],
    ]);
  });

  it('are no files that Git ignores, of a folder', async () => {
    writeFileSync(join(root, '.gitignore'), 'a.*\n!a.yaml\n/conf/sub/\n');
    mkdirSync(join(root, 'conf', 'sub'));
    for (const name of ['a.yaml', 'a.md', 'sub/x.conf', 'c.env']) writeFileSync(join(root, 'conf', name), '');
    assert.deepEqual(
      (await find('.')).map(([path]) => path),
      ['conf/[1].conf', 'conf/a.yaml', 'conf/b.conf', 'conf/c.env'],
    );
  });

  it('are files in the order given, each once, also when a folder has them too', async () => {
    assert.deepEqual(await find('conf/b.conf', 'conf/note.txt', './conf/b.conf', 'conf'), [
      ['conf/b.conf', true],
      ['conf/note.txt', true],
      ['conf/[1].conf', false],
      ['conf/a.conf', false],
    ]);
  });

  it('are what a glob matches, but a file of that very name first', async () => {
    assert.deepEqual(await find('conf/{a,b}.conf'), [
      ['conf/a.conf', false],
      ['conf/b.conf', false],
    ]);
    assert.deepEqual(await find('conf/[1].conf'), [['conf/[1].conf', true]]);
  });

  it('a glob without match is a usage error', async () => {
    await assert.rejects(find('conf/*.json'), new UsageError('no file matches "conf/*.json"'));
  });

  it('a missing file and a folder given as a file are said in one line', async () => {
    await assert.rejects(readNamed(join(root, 'none.conf'), here()), new UsageError('"none.conf" does not exist'));
    await assert.rejects(readNamed(join(root, 'conf'), here()), new UsageError('"conf" is a directory'));
  });

  it('are shown relative only below the working directory', () => {
    assert.equal(shown('/a/b/c.conf', '/a'), 'b/c.conf');
    assert.equal(shown('/other/c.conf', '/a'), '/other/c.conf');
    assert.equal(shown('/a/..c.conf', '/a'), '..c.conf');
  });
});
