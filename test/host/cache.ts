import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runToEnd } from './processes';

export const ROOT = resolve(__dirname, '../..');
const CACHE = join(ROOT, '.vscode-test');

/**
 * A folder of the cache that `fill` prepares once. An attempt that was interrupted leaves no mark behind and is begun
 * anew; throws what `fill` throws.
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
  // On Windows npm is a script, which only a shell starts.
  await runToEnd('npm', args, { cwd, shell: process.platform === 'win32' });
}
