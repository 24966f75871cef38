import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { globPattern } from '../text/glob';
import { orUndefined } from './text-file';

/** A workspace with more `.conf` files than this is not a Canton deployment; the other files are ignored. */
const MAX_LISTED = 2000;

/**
 * Absolute paths of the `.conf` files below a folder, and of as many `.json` and `.properties` files, which HOCON can
 * include; sorted. Dependencies, hidden folders and files that Git ignores are left out.
 */
export async function listConfigurations(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const others: string[] = [];
  const isWanted = (name: string) => /\.(?:conf|json|properties)$/.test(name);
  for (const path of filesBelow(folder, { inside: true, respectsGit: true, isWanted })) {
    if (path.endsWith('.conf')) found.push(path);
    else if (others.length < MAX_LISTED) others.push(path);
    if (found.length === MAX_LISTED) break;
  }
  return [...found, ...others].sort();
}

/**
 * Absolute paths of the matching files below a folder, sorted and limited in number; dependencies, hidden folders and
 * files that Git ignores are left out.
 */
export async function filesIn(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of filesBelow(folder, { respectsGit: true, isWanted })) {
    found.push(path);
    if (found.length >= most) break;
  }
  return found.sort();
}

/** Absolute paths of the files that a glob, relative to the folder or absolute, matches, sorted. */
export async function matching(pattern: string, folder: string): Promise<readonly string[]> {
  const { default: picomatch } = await import('picomatch');
  const { base, glob } = picomatch.scan(pattern.replace(/^\.\//, ''));
  const root = base.startsWith('/') ? base : join(folder, base);
  const matches = picomatch(glob);
  const found: string[] = [];
  for (const path of filesBelow(root)) {
    if (matches(relative(root, path).replaceAll(sep, '/'))) found.push(path);
  }
  return found.sort();
}

export async function isGlob(text: string): Promise<boolean> {
  const { default: picomatch } = await import('picomatch');
  return picomatch.scan(text).isGlob;
}

/** The patterns of a `.gitignore`: the last matching one decides. `git-scm.com/docs/gitignore`, Git 2.4x. */
export interface Ignores {
  /** @param path relative to the folder of the file, with `/`; undefined if no pattern matches. */
  decide(path: string, isFolder: boolean): boolean | undefined;
}

export function readIgnores(text: string): Ignores {
  const patterns = text.split(/\r?\n/).flatMap((line) => {
    const written = line.replace(/(?<!\\)\s+$/, '');
    if (written === '' || written.startsWith('#')) return [];
    const isNegated = written.startsWith('!');
    const body = (isNegated ? written.slice(1) : written).replace(/^\\(?=[#!])/, '');
    // With two leading stars, a name matches at any depth, just as without them.
    const name = body.replace(/\/$/, '').replace(/^\*\*\/(?=[^/]*$)/, '');
    const isAnchored = name.includes('/');
    const pattern = globPattern(name.replace(/^\//, ''));
    return [{ pattern, isAnchored, isIgnored: !isNegated, onlyFolders: body.endsWith('/') }];
  });
  // Most paths match none of them, and a single test shows this.
  const anyOf = (some: readonly { readonly pattern: RegExp }[]) =>
    some.length === 0 ? undefined : new RegExp(some.map(({ pattern }) => pattern.source).join('|'));
  const anyPath = anyOf(patterns.filter(({ isAnchored }) => isAnchored));
  const anyName = anyOf(patterns.filter(({ isAnchored }) => !isAnchored));
  return {
    decide(path, isFolder) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (anyName?.test(name) !== true && anyPath?.test(path) !== true) return undefined;
      return patterns.findLast(
        ({ pattern, isAnchored, onlyFolders }) => (isFolder || !onlyFolders) && pattern.test(isAnchored ? path : name),
      )?.isIgnored;
    },
  };
}

/** A `.gitignore` by its folder. */
type IgnoreFiles = ReadonlyMap<string, Ignores>;

const NO_IGNORES: IgnoreFiles = new Map();

function withIgnores(folder: string, above: IgnoreFiles): IgnoreFiles {
  const text = orUndefined(() => readFileSync(join(folder, '.gitignore'), 'utf8'));
  return text === undefined ? above : new Map([...above, [folder, readIgnores(text)]]);
}

/** The nearest file with a pattern for a path decides. */
function isIgnored(path: string, isFolder: boolean, files: IgnoreFiles): boolean {
  let isIgnoredThere = false;
  for (const [folder, { decide }] of files) {
    const inside = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
    isIgnoredThere = decide(sep === '/' ? inside : inside.replaceAll(sep, '/'), isFolder) ?? isIgnoredThere;
  }
  return isIgnoredThere;
}

interface WalkOptions {
  /** Links to folders outside are not followed. */
  readonly inside?: boolean;
  /** Files that a `.gitignore` in or below the folder lists are omitted. */
  readonly respectsGit?: boolean;
  /** The first test, on the name of a file. */
  readonly isWanted?: (name: string) => boolean;
}

/** A folder to walk, and its path without links. */
interface Folder {
  readonly path: string;
  readonly real: string;
  readonly ignores: IgnoreFiles;
}

/**
 * Links are followed, because Kubernetes mounts ConfigMaps as links, but each folder is walked once. Unreadable folders
 * count as empty.
 */
function* filesBelow(
  folder: string,
  { inside = false, respectsGit = false, isWanted = () => true }: WalkOptions = {},
): Generator<string> {
  const top = realOf(folder) ?? folder;
  const walked = new Set<string>();
  const folders: Folder[] = [{ path: folder, real: top, ignores: NO_IGNORES }];
  /** Links are visited last, so that a folder is walked under its own name if it has one. */
  const links: Folder[] = [];
  for (let next = folders.pop(); next !== undefined; next = folders.pop() ?? links.shift()) {
    const { path: at, real } = next;
    if (walked.has(real)) continue;
    if (inside && real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) continue;
    walked.add(real);
    const entries = orUndefined(() => readdirSync(at, { withFileTypes: true })) ?? [];
    const isSaid = respectsGit && entries.some(({ name }) => name === '.gitignore');
    const ignores = isSaid ? withIgnores(at, next.ignores) : next.ignores;
    const prefix = at.endsWith(sep) ? at : at + sep;
    for (const entry of entries) {
      const path = prefix + entry.name;
      const isLink = entry.isSymbolicLink();
      const kind = isLink ? orUndefined(() => statSync(path)) : entry;
      const isFolder = kind?.isDirectory() === true;
      if (
        !(isFolder ? isWalked(entry) : kind?.isFile() === true && isWanted(entry.name)) ||
        isIgnored(path, isFolder, ignores)
      )
        continue;
      if (!isFolder) yield path;
      else if (!isLink) folders.push({ path, real: join(real, entry.name), ignores });
      else {
        const target = realOf(path);
        if (target !== undefined) links.push({ path, real: target, ignores });
      }
    }
  }
}

function isWalked({ name }: Dirent): boolean {
  return name !== 'node_modules' && !name.startsWith('.');
}

function realOf(path: string): string | undefined {
  return orUndefined(() => realpathSync(path));
}
