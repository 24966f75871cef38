import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzip } from '../kit/zip';
import { runToEnd } from './processes';

export const ROOT = resolve(__dirname, '../..');
const CACHE = join(ROOT, '.vscode-test');

/** The package that `npm run package -- --out out/canton-kms.vsix` makes, as it is installed and shipped. */
export const VSIX = join(ROOT, 'out/canton-kms.vsix');

/** The folder of the packed extension: what is tested in VS Code is what users get, not the checkout. */
export function packedExtension(): string {
  unpacked ??= unpack();
  return unpacked;
}

let unpacked: string | undefined;

function unpack(): string {
  if (!existsSync(VSIX)) throw new Error(`${VSIX} is missing: npm run package -- --out out/canton-kms.vsix`);
  const folder = join(ROOT, 'out/extension');
  rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of unzip(readFileSync(VSIX))) {
    if (!name.startsWith('extension/')) continue;
    const path = join(folder, name.slice('extension/'.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/**
 * A folder of the cache that `fill` prepares once. An attempt that was interrupted leaves no mark behind and is begun
 * again; throws what `fill` throws.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  const done = join(folder, '.complete');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await fill(folder);
  writeFileSync(done, '');
  return folder;
}

/** Runs `npm install` in a folder without any install scripts; throws with npm's own words when it fails. */
export async function npmInstall(folder: string, ...args: string[]): Promise<void> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  await npm(['install', '--prefix', folder, ...flags, ...args], folder);
}

export async function npm(args: readonly string[], cwd: string): Promise<void> {
  // On Windows, npm is a script, which requires a shell.
  await runToEnd('npm', args, { cwd, shell: process.platform === 'win32' });
}
