import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../../server/src/cli/io';
import { NamedFiles } from '../../../server/src/cli/named-files';
import { filesIn, isGlob, matching } from '../../../server/src/fs/list';
import { diskFiles, kindOf, rootOf } from '../../../server/src/fs/node';
import { readTextFile, searchTextFile } from '../../../server/src/fs/text-file';

describe('the files of a command line', () => {
  let root: string;
  let walked: string[];
  let optimized: boolean[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'named-files-'));
    walked = [];
    optimized = [];
    mkdirSync(join(root, 'deploy'));
    writeFileSync(join(root, 'deploy', 'node.conf'), 'canton.participants.p1.storage = ${shared.storage}\n');
    writeFileSync(join(root, 'shared.conf'), 'shared.storage.type = memory\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const io = (): Io => ({
    cwd: root,
    variables: async () => new Map(),
    disk: {
      files: diskFiles,
      read: async (path) => readTextFile(path),
      search: async (path, hasIt) => searchTextFile(path, hasIt),
      rootOf,
      kindOf: async (path) => kindOf(path),
      isGlob,
      filesIn: (folder, ...more) => {
        walked.push(folder);
        return filesIn(folder, ...more);
      },
      matching,
    },
    optimize: async (isOn) => void optimized.push(isOn),
    writer: {
      replace: async () => undefined,
      write: async () => undefined,
      create: async () => undefined,
      realPath: async (path) => path,
    },
    colors: false,
    terminal: false,
    progress: undefined,
    out: () => undefined,
    err: () => undefined,
    readInput: async () => ({ kind: 'missing', reason: 'does not exist' }),
    inputLines: async function* () {},
  });

  async function messages(...args: readonly string[]): Promise<readonly string[]> {
    const named = new NamedFiles(io());
    const { files } = await named.report(await named.take(args, false), false);
    return files.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  }

  it('of a folder are walked once, and are those around each of them', async () => {
    assert.match((await messages('.')).join('\n'), /is set in 'shared\.conf'/);
    assert.deepEqual(walked, [root]);
  });

  it('are among all of their repository, which is walked for them', async () => {
    assert.match((await messages('deploy')).join('\n'), /is set in 'shared\.conf'/);
    assert.deepEqual(walked, [join(root, 'deploy'), root]);
    walked = [];
    assert.match((await messages('deploy/node.conf')).join('\n'), /is set in 'shared\.conf'/);
    assert.deepEqual(walked, [root]);
  });

  it('are checked without optimizing the code, unless they are short or very long', async () => {
    const text = (length: number) => writeFileSync(join(root, 'long.conf'), `#${' '.repeat(length)}`);
    await messages('.');
    assert.deepEqual(optimized, []);
    text(20_000);
    await messages('.');
    assert.deepEqual(optimized, [false]);
    optimized = [];
    text(4_000_000);
    await messages('.');
    assert.deepEqual(optimized, [false, true]);
  });
});
