import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FILE_BYTES, readTextFile, unreadable } from '../../../server/src/fs/text-file';

describe('reading a text file', () => {
  let folder: string;
  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'text-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps CRLF and takes a byte order mark off', async () => {
    const path = write('bom.conf', Buffer.from('\ufeffcanton {}\r\n'));
    assert.deepEqual(await readTextFile(path), { kind: 'text', text: 'canton {}\r\n' });
  });

  it('reads an empty file as empty text', async () => {
    assert.deepEqual(await readTextFile(write('empty.conf', '')), { kind: 'text', text: '' });
  });

  it('refuses a binary file', async () => {
    const path = write('binary.conf', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1));
    assert.deepEqual(await readTextFile(path), { kind: 'refused', reason: 'is a binary file' });
  });

  it('says how to mend UTF-16, which Canton cannot read', async () => {
    const file = await readTextFile(write('utf16.conf', Buffer.from('\ufeffcanton {}', 'utf16le')));
    assert.equal(file.kind, 'refused');
    assert.match(file.kind === 'refused' ? file.reason : '', /UTF-16.*save it as UTF-8/);
  });

  it('refuses a directory', async () => {
    assert.deepEqual(await readTextFile(folder), { kind: 'refused', reason: 'is a directory' });
  });

  it('tells a missing file from an unreadable one', async () => {
    assert.deepEqual(await readTextFile(join(folder, 'none.conf')), { kind: 'missing', reason: 'does not exist' });
    const below = join(write('file.conf', ''), 'below.conf');
    assert.deepEqual(await readTextFile(below), { kind: 'missing', reason: 'does not exist' });
  });

  it('refuses what is no file where another file names it, whatever the system', () => {
    const pipe = { isDirectory: () => false, isFile: () => false, size: 0 };
    assert.deepEqual(unreadable(pipe, true), { kind: 'refused', reason: 'is not a regular file' });
    assert.equal(unreadable(pipe, false), undefined);
  });

  it('refuses what is larger than any configuration', async () => {
    const path = write('large.conf', '');
    truncateSync(path, MAX_FILE_BYTES + 1);
    assert.deepEqual(await readTextFile(path), { kind: 'refused', reason: 'is larger than 32 MB' });
  });
});
