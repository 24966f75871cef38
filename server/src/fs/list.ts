import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';

/** A workspace with more `.conf` files than this is no Canton deployment; the rest is not looked at. */
export const MAX_LISTED = 2000;

/**
 * Absolute paths of the `.conf` files below a folder, and of as many `.json` and `.properties` files, which HOCON can
 * include; sorted. Dependencies and hidden folders are left out.
 */
export async function listConfigurations(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const others: string[] = [];
  for await (const path of filesBelow(folder)) {
    if (path.endsWith('.conf')) found.push(path);
    else if (/\.(?:json|properties)$/.test(path) && others.length < MAX_LISTED) others.push(path);
    if (found.length === MAX_LISTED) break;
  }
  return [...found, ...others].sort();
}

/** Absolute paths of the files that a glob, relative to the folder or absolute, matches, sorted. */
export async function matching(pattern: string, folder: string): Promise<readonly string[]> {
  const { base, glob } = picomatch.scan(pattern.replace(/^\.\//, ''));
  const root = base.startsWith('/') ? base : join(folder, base);
  const matches = picomatch(glob);
  const found: string[] = [];
  for await (const path of filesBelow(root)) {
    if (matches(relative(root, path).replaceAll(sep, '/'))) found.push(path);
  }
  return found.sort();
}

export function isGlob(text: string): boolean {
  return picomatch.scan(text).isGlob;
}

/** Links are not followed, so there are no cycles; folders that may not be read count as empty. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      if (entry.isFile()) yield join(next, entry.name);
      else if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) {
        folders.push(join(next, entry.name));
      }
    }
  }
}
