import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/manifest';
import { ROOT } from '../host/cache';
import { TestFolder } from '../kit/built';

const FOLDER = join(ROOT, 'dist/npm');
const shell = process.platform === 'win32';
const CONFIG = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, regoin = eu-central-1 } }\n';

describe('the npm package of the command line', () => {
  let folder: TestFolder;
  let tarball: string;
  before(() => {
    folder = new TestFolder();
    const packed = execFileSync('npm', ['pack', FOLDER, '--json', '--pack-destination', folder.path], {
      encoding: 'utf8',
      shell,
    });
    const [filename = ''] = /canton-kms-[\d.]+\.tgz/.exec(packed) ?? [];
    tarball = join(folder.path, filename);
  });
  after(() => folder.remove());

  it('is a few files', () => {
    const files = readdirSync(FOLDER).filter((file) => !/^cli-\w+\.js$/.test(file));
    deepEqual(files.sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'cli.js',
      'data',
      'package.json',
    ]);
    ok(readdirSync(FOLDER).length < 40);
  });

  it('has a manifest of its own: public, without dependencies and scripts', () => {
    const manifest = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
    equal(manifest.version, readManifest().version);
    deepEqual(manifest.bin, { 'canton-kms': 'cli.js' });
    for (const key of ['private', 'dependencies', 'devDependencies', 'scripts', 'contributes']) ok(!(key in manifest));
  });

  it('runs by npx from the tarball, in an empty folder', function () {
    this.timeout(240_000);
    const elsewhere = new TestFolder({ 'a.conf': CONFIG });
    try {
      // Nothing but the tarball is there: an offline npm fetches no dependency.
      const args = ['exec', '--yes', '--offline', '--cache', join(folder.path, 'cache'), '--package', tarball, '--'];
      const { status, stdout, stderr } = spawnSync('npm', [...args, 'canton-kms', 'check', '.'], {
        encoding: 'utf8',
        cwd: elsewhere.path,
        shell,
      });
      equal(status, 1, stderr);
      match(stdout, /regoin/);
    } finally {
      elsewhere.remove();
    }
  });

  it('keeps its options from Node, which reads some behind the name of a script', () => {
    match(readFileSync(join(FOLDER, 'cli.js'), 'utf8'), /^#!\/usr\/bin\/env -S node --\n/);
  });
});
