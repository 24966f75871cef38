import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { diskFiles, diskFilesWithin } from '../../../server/src/fs/node';

describe('files on disk', () => {
  let root: string;
  const uri = (...parts: string[]) => URI.file(join(root, ...parts)).toString();
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'disk-'));
    mkdirSync(join(root, 'workspace'));
    writeFileSync(join(root, 'workspace', 'a b.conf'), 'inside = 1');
    writeFileSync(join(root, 'secret.conf'), 'outside = 1');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are read by file URI, and what is no readable text is not found', async () => {
    assert.equal(await diskFiles.read(uri('workspace', 'a b.conf')), 'inside = 1');
    assert.equal(await diskFiles.read(uri('workspace')), undefined);
    assert.equal(await diskFiles.read(uri('none.conf')), undefined);
    assert.equal(await diskFiles.read('http://example.com/a.conf'), undefined);
  });

  it('stay inside the workspace, also through links and ..', async () => {
    symlinkSync(join(root, 'secret.conf'), join(root, 'workspace', 'link.conf'));
    const files = diskFilesWithin({ folders: () => [uri('workspace')] });
    assert.equal(await files.read(uri('workspace', 'a b.conf')), 'inside = 1');
    assert.equal(await files.read(uri('secret.conf')), undefined);
    assert.equal(await files.read(`${uri('workspace')}/../secret.conf`), undefined);
    assert.equal(await files.read(uri('workspace', 'link.conf')), undefined);
  });

  it('are found in a workspace folder that is itself a link', async () => {
    symlinkSync(join(root, 'workspace'), join(root, 'linked'));
    const files = diskFilesWithin({ folders: () => [uri('linked')] });
    assert.equal(await files.read(uri('linked', 'a b.conf')), 'inside = 1');
  });

  it('outside are refused with the reason, and no word of whether they exist', async () => {
    symlinkSync(join(root, 'secret.conf'), join(root, 'workspace', 'link.conf'));
    symlinkSync('..', join(root, 'workspace', 'up'));
    symlinkSync('/nowhere', join(root, 'workspace', 'away'));
    const { refusal } = diskFilesWithin({ folders: () => [uri('workspace')] });
    for (const parts of [
      ['secret.conf'],
      ['none.conf'],
      ['workspace', 'link.conf'],
      ['workspace', 'up', 'secret.conf'],
    ]) {
      assert.equal(await refusal?.(uri(...parts)), 'is outside the workspace', parts.join('/'));
    }
    assert.equal(await refusal?.(uri('workspace', 'away', 'a.conf')), 'is outside the workspace');
    assert.equal(await refusal?.(uri('workspace', 'none.conf')), undefined);
    assert.equal(await refusal?.('file://host.example/share/a.conf'), 'is outside the workspace');
  });

  it('are found through links that stay inside, as Kubernetes lays out a ConfigMap', async () => {
    mkdirSync(join(root, 'workspace', '..2026'));
    writeFileSync(join(root, 'workspace', '..2026', 'c.conf'), 'c = 1');
    symlinkSync('..2026', join(root, 'workspace', '..data'));
    symlinkSync('..data/c.conf', join(root, 'workspace', 'c.conf'));
    symlinkSync('loop.conf', join(root, 'workspace', 'loop.conf'));
    const files = diskFilesWithin({ folders: () => [uri('workspace')] });
    assert.equal(await files.read(uri('workspace', 'c.conf')), 'c = 1');
    assert.equal(await files.read(uri('workspace', 'loop.conf')), undefined);
  });

  it('are read wherever a trusted workspace names them, but on this machine', async () => {
    const files = diskFilesWithin({ folders: () => [uri('workspace')], isTrusted: () => true });
    assert.equal(await files.read(uri('secret.conf')), 'outside = 1');
    assert.equal(await files.refusal?.('file://host.example/a.conf'), 'is on another machine or is not a regular file');
  });

  it('tell what links lead to, so that a change of it is seen', async () => {
    symlinkSync('a b.conf', join(root, 'workspace', 'link.conf'));
    for (const isTrusted of [true, false]) {
      const { target } = diskFilesWithin({ folders: () => [uri('workspace')], isTrusted: () => isTrusted });
      assert.equal(await target?.(uri('workspace', 'link.conf')), uri('workspace', 'a b.conf'));
      assert.equal(await target?.(uri('workspace', 'a b.conf')), undefined);
      assert.equal(await target?.(uri('workspace', 'none.conf')), undefined);
    }
  });

  // Windows has no pipes in folders; the refusal of such files is tested everywhere, with `unreadable`.
  const itWithPipes = process.platform === 'win32' ? () => undefined : it;
  itWithPipes('are not waited for where they are pipes or devices', async () => {
    execFileSync('mkfifo', [join(root, 'workspace', 'pipe.conf')]);
    symlinkSync('/dev/zero', join(root, 'workspace', 'zero.conf'));
    const inside = diskFilesWithin({ folders: () => [uri('workspace')] });
    for (const files of [inside, diskFiles]) {
      assert.equal(await files.read(uri('workspace', 'pipe.conf')), undefined);
      assert.equal(await files.refusal?.(uri('workspace', 'pipe.conf')), 'is not a regular file');
      assert.equal(await files.read(uri('workspace', 'zero.conf')), undefined);
    }
  });

  it('keep the byte order mark of properties, which is a part of the first key, and have one mark for half a pair', async () => {
    writeFileSync(join(root, 'a.properties'), '\ufeffa = 1');
    writeFileSync(join(root, 'cesu.conf'), Buffer.from('61eda0bdedb88062', 'hex'));
    assert.equal(await diskFiles.read(uri('a.properties')), '\ufeffa = 1');
    assert.equal(await diskFiles.read(uri('cesu.conf')), 'a\ufffd\ufffdb');
    writeFileSync(join(root, 'cut.conf'), Buffer.from('61eda062eda0', 'hex'));
    assert.equal(await diskFiles.read(uri('cut.conf')), 'a\ufffdb\ufffd');
  });
});
