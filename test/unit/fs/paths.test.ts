import assert from 'node:assert/strict';
import { isWithin, pathToRead } from '../../../server/src/fs/paths';

const WINDOWS: readonly (readonly [uri: string, path: string | undefined])[] = [
  ['file:///c%3A/deploy/a.conf', 'c:\\deploy\\a.conf'],
  ['file:///C:/deploy/a%20b.conf', 'c:\\deploy\\a b.conf'],
  ['file:///deploy/a.conf', '\\deploy\\a.conf'],
  ['file:///c:/deploy/..%5C..%5Ca.conf', undefined],
  ['file:///%5Chost.example/share/a.conf', undefined],
  ['file:///c:/%5C%5Chost/share/a.conf', 'c:\\\\\\host\\share\\a.conf'],
  ['file:///%5C%3F%5CUNC%5Chost%5Cshare%5Ca.conf', undefined],
  ['file:///%5C.%5Cpipe%5Ca.conf', undefined],
  ['file:///%3F%3F/UNC/host/a.conf', undefined],
  ['file:///c:/deploy/a.conf:stream.conf', undefined],
  ['file:///c:/deploy/NUL.conf', undefined],
  ['file:///c:/deploy/com1.conf', undefined],
  ['file:///c:/con/a.conf', undefined],
  ['file:///c:/deploy/console.conf', 'c:\\deploy\\console.conf'],
];

const EVERYWHERE = [
  'file://host.example/share/a.conf',
  'file://localhost/a.conf',
  'http://host/a.conf',
  'a b:c',
  'file:///a.conf%00.txt',
  '\ud83d',
];

describe('the path that is read for a URI', () => {
  for (const [uri, path] of WINDOWS) {
    it(`on Windows, of ${uri}`, () => assert.equal(pathToRead(uri, { isWindows: true }), path));
  }

  for (const isWindows of [true, false]) {
    for (const uri of EVERYWHERE) {
      it(`is none for ${JSON.stringify(uri)} ${isWindows ? 'on Windows' : 'elsewhere'}`, () => {
        assert.equal(pathToRead(uri, { isWindows }), undefined);
      });
    }
  }

  it('has backslashes as they are where they are part of a name', () => {
    assert.equal(pathToRead('file:///%5Chost/share/a.conf', { isWindows: false }), '/\\host/share/a.conf');
  });

  it('is on another machine only in a folder that the user opened there', () => {
    const folders = ['file://server/share/deploy'];
    const read = (uri: string) => pathToRead(uri, { isWindows: true, folders });
    assert.equal(read('file://server/share/deploy/a.conf'), '\\\\server\\share\\deploy\\a.conf');
    assert.equal(read('file://server/share/other/a.conf'), undefined);
    assert.equal(read('file://evil/share/deploy/a.conf'), undefined);
    assert.equal(read('file:///c:/deploy/a.conf'), undefined);
  });

  it('is inside the folders, by its text alone', () => {
    const folders = ['file:///c%3A/deploy'];
    const read = (uri: string) => pathToRead(uri, { isWindows: true, folders });
    assert.equal(read('file:///C:/deploy/sub/a.conf'), 'c:\\deploy\\sub\\a.conf');
    assert.equal(read('file:///c:/deploy/../a.conf'), undefined);
    assert.equal(read('file:///c:/deploy/%2e%2e/a.conf'), undefined);
    assert.equal(read('file:///c:/deploy/..%5Ca.conf'), undefined);
    assert.equal(read('file:///d:/deploy/a.conf'), undefined);
    assert.equal(read('file:///c:/deployment/a.conf'), undefined);
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
