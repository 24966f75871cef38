import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { globPattern } from '../text/glob';

/** A workspace with more `.conf` files than this is no Canton deployment; the rest is not looked at. */
export const MAX_LISTED = 2000;

/**
 * Absolute paths of the `.conf` files below a folder, and of as many `.json` and `.properties` files, which HOCON can
 * include; sorted. Dependencies, hidden folders and what Git ignores are left out.
 */
export async function listConfigurations(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const others: string[] = [];
  for await (const path of filesBelow(folder, { inside: true, respectsGit: true })) {
    if (path.endsWith('.conf')) found.push(path);
    else if (/\.(?:json|properties)$/.test(path) && others.length < MAX_LISTED) others.push(path);
    if (found.length === MAX_LISTED) break;
  }
  return [...found, ...others].sort();
}

/**
 * Absolute paths of the files below a folder, sorted, and of so many at most; dependencies, hidden folders and what Git
 * ignores are left out.
 */
export async function filesIn(folder: string, most = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of filesBelow(folder, { respectsGit: true })) {
    found.push(path);
    if (found.length >= most) break;
  }
  return found.sort();
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

/** The patterns of a `.gitignore`: the last one that fits decides. `git-scm.com/docs/gitignore`, Git 2.4x. */
export interface Ignores {
  /** @param path relative to the folder of the file, with `/`; undefined if no pattern fits. */
  decide(path: string, isFolder: boolean): boolean | undefined;
}

export function readIgnores(text: string): Ignores {
  const patterns = text.split(/\r?\n/).flatMap((line) => {
    const written = line.replace(/(?<!\\)\s+$/, '');
    if (written === '' || written.startsWith('#')) return [];
    const isNegated = written.startsWith('!');
    const body = (isNegated ? written.slice(1) : written).replace(/^\\(?=[#!])/, '');
    const name = body.replace(/\/$/, '');
    const isAnchored = name.includes('/');
    const pattern = globPattern(isAnchored ? name.replace(/^\//, '') : `**/${name}`);
    return [{ pattern, isIgnored: !isNegated, onlyFolders: body.endsWith('/') }];
  });
  return {
    decide: (path, isFolder) =>
      patterns.findLast(({ pattern, onlyFolders }) => (isFolder || !onlyFolders) && pattern.test(path))?.isIgnored,
  };
}

/** A `.gitignore` by its folder. */
type IgnoreFiles = ReadonlyMap<string, Ignores>;

const NO_IGNORES: IgnoreFiles = new Map();

async function withIgnores(folder: string, above: IgnoreFiles): Promise<IgnoreFiles> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined);
  return text === undefined ? above : new Map([...above, [folder, readIgnores(text)]]);
}

/** The nearest file that says something about a path decides. */
function isIgnored(path: string, isFolder: boolean, files: IgnoreFiles): boolean {
  const decisions = [...files].map(([folder, { decide }]) =>
    decide(relative(folder, path).replaceAll(sep, '/'), isFolder),
  );
  return decisions.findLast((one) => one !== undefined) ?? false;
}

interface WalkOptions {
  /** Links to folders outside are left alone. */
  readonly inside?: boolean;
  /** Files that a `.gitignore` in or below the folder lists are omitted. */
  readonly respectsGit?: boolean;
}

/**
 * Links are followed, since Kubernetes mounts ConfigMaps as links, but each folder is walked once. Folders that may not be
 * read count as empty.
 */
async function* filesBelow(
  folder: string,
  { inside = false, respectsGit = false }: WalkOptions = {},
): AsyncGenerator<string> {
  const top = await realpath(folder).catch(() => folder);
  const walked = new Set<string>();
  const folders = [folder];
  const ignores = new Map<string, IgnoreFiles>();
  /** Looked at last, so that a folder is walked under its own name where it has one. */
  const links: string[] = [];
  for (let next = folders.pop() ?? links.shift(); next !== undefined; next = folders.pop() ?? links.shift()) {
    const real = await realpath(next).catch(() => undefined);
    if (real === undefined || walked.has(real)) continue;
    if (inside && real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) continue;
    walked.add(real);
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    const above = ignores.get(next) ?? NO_IGNORES;
    const isSaid = respectsGit && entries.some(({ name }) => name === '.gitignore');
    const own = isSaid ? await withIgnores(next, above) : above;
    for (const entry of entries) {
      const path = join(next, entry.name);
      const isLink = entry.isSymbolicLink();
      const status = isLink ? await stat(path).catch(() => undefined) : entry;
      const isFolder = status?.isDirectory() === true;
      if (isIgnored(path, isFolder, own)) continue;
      if (status?.isFile()) yield path;
      else if (isFolder && entry.name !== 'node_modules' && !entry.name.startsWith('.')) {
        (isLink ? links : folders).push(path);
        ignores.set(path, own);
      }
    }
  }
}
