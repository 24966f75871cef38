import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { diskFiles, diskFilesWithin } from '../../../server/src/fs/node';
import { isWithin } from '../../../server/src/fs/within';

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
    const files = diskFilesWithin(() => [uri('workspace')]);
    assert.equal(await files.read(uri('workspace', 'a b.conf')), 'inside = 1');
    assert.equal(await files.read(uri('secret.conf')), undefined);
    assert.equal(await files.read(`${uri('workspace')}/../secret.conf`), undefined);
    assert.equal(await files.read(uri('workspace', 'link.conf')), undefined);
  });

  it('are found in a workspace folder that is itself a link', async () => {
    symlinkSync(join(root, 'workspace'), join(root, 'linked'));
    const files = diskFilesWithin(() => [uri('linked')]);
    assert.equal(await files.read(uri('linked', 'a b.conf')), 'inside = 1');
  });
});

describe('isWithin', () => {
  it('compares whole folder names', () => {
    assert.equal(isWithin('file:///deployment/a.conf', 'file:///deployment'), true);
    assert.equal(isWithin('file:///deployment/a.conf', 'file:///deployment/'), true);
    assert.equal(isWithin('file:///deploymentshop/a.conf', 'file:///deployment'), false);
    assert.equal(isWithin('file:///deployment/../etc/passwd', 'file:///deployment'), false);
    assert.equal(isWithin('vscode-vfs://github/deployment/a.conf', 'file:///deployment'), false);
  });
});
