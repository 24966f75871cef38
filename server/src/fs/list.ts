import { readdir, realpath, stat } from 'node:fs/promises';
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
  for await (const path of filesBelow(folder, true)) {
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

/**
 * Links are followed, since Kubernetes mounts ConfigMaps as links, but each folder is walked once. Folders that may not be
 * read count as empty.
 * @param inside whether links to folders outside are left alone
 */
async function* filesBelow(folder: string, inside = false): AsyncGenerator<string> {
  const top = await realpath(folder).catch(() => folder);
  const walked = new Set<string>();
  const folders = [folder];
  /** Looked at last, so that a folder is walked under its own name where it has one. */
  const links: string[] = [];
  for (let next = folders.pop() ?? links.shift(); next !== undefined; next = folders.pop() ?? links.shift()) {
    const real = await realpath(next).catch(() => undefined);
    if (real === undefined || walked.has(real)) continue;
    if (inside && real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) continue;
    walked.add(real);
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      const isLink = entry.isSymbolicLink();
      const status = isLink ? await stat(path).catch(() => undefined) : entry;
      if (status?.isFile()) yield path;
      else if (status?.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) {
        (isLink ? links : folders).push(path);
      }
    }
  }
}
