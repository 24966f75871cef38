/**
 * `npm run package:npm`: puts the command line into dist/npm as a separate package of a few files without dependencies.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, type Manifest, ROOT, readManifest, withAbsoluteLinks } from './manifest';

const FOLDER = join(ROOT, 'dist/npm');
/** The files that Node runs: the command, and its parts beside it. */
const RUNS = /^cli(?:-\w+)?\.js$/;

function npmManifest(manifest: Manifest) {
  const { name, version, description, license, keywords, engines } = manifest;
  return {
    ...{ name, version, description, license, keywords: keywords.filter((word) => word !== 'language server') },
    ...{
      repository: { type: 'git', url: `git+${addressOf(manifest)}.git` },
      homepage: manifest.homepage,
      bugs: manifest.bugs,
    },
    ...{ engines: { node: engines.node }, bin: { [name]: 'cli.js' } },
  };
}

function main(): void {
  const manifest = readManifest();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const built = readdirSync(join(ROOT, 'dist')).filter((file) => RUNS.test(file));
  if (!built.includes('cli.js')) throw new Error('dist/cli.js is missing: run npm run build first');
  for (const file of [...built, 'THIRD-PARTY-NOTICES.txt']) cpSync(join(ROOT, 'dist', file), join(FOLDER, file));
  cpSync(join(ROOT, 'dist/data'), join(FOLDER, 'data'), { recursive: true });
  chmodSync(join(FOLDER, 'cli.js'), 0o755);
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(ROOT, file), join(FOLDER, file));
  writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(npmManifest(manifest), null, 2)}\n`);
  writeFileSync(join(FOLDER, 'README.md'), withAbsoluteLinks(readFileSync(join(ROOT, 'README.md'), 'utf8'), manifest));
}

if (require.main === module) main();
