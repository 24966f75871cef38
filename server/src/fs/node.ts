import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../hocon/source';
import { isWithin, pathToRead } from './paths';
import { orUndefined, readTextFile, type TextFile } from './text-file';

const isWindows = process.platform === 'win32';

const ELSEWHERE = 'is on another machine or is not a regular file';
const OUTSIDE = 'is outside the workspace';

/** The file of a URI: its text, or the reason why there is none. */
type Look = (uri: string) => TextFile;

/** Files of this machine by their `file:` URI. Files that cannot be read as text count as not found. */
export const diskFiles: FileAccess = fileAccess((uri) => {
  const path = pathToRead(uri, { isWindows });
  return path === undefined ? refused(uri, ELSEWHERE) : readTextFile(path, { regular: true });
});

interface Reach {
  /** URIs, requested at every read because workspace folders change. */
  readonly folders: () => readonly string[];
  /** The user trusts the files, so files that they name outside the folders are read as well. */
  readonly isTrusted?: () => boolean;
}

/**
 * Files on disk below the given folders only, links followed: an `include` of an untrusted workspace must not make the
 * editor read `/etc/passwd`.
 */
export function diskFilesWithin({ folders, isTrusted = () => false }: Reach): FileAccess {
  const look: Look = (uri) => {
    if (isTrusted()) {
      const path = pathToRead(uri, { isWindows, folders: folders() }) ?? pathToRead(uri, { isWindows });
      return path === undefined ? refused(uri, ELSEWHERE) : readTextFile(path, { regular: true });
    }
    const real = realPathWithin(uri, folders());
    return typeof real === 'string' ? readTextFile(real, { regular: true }) : real;
  };
  return {
    ...fileAccess(look),
    async target(uri) {
      const path = isTrusted() ? pathToRead(uri, { isWindows }) : realPathWithin(uri, folders());
      const real = typeof path === 'string' ? orUndefined(() => realpathSync.native(path)) : undefined;
      const target = real === undefined ? uri : URI.file(real).toString();
      return target === uri ? undefined : target;
    },
    async isReadOnly(uri) {
      const real = realPathWithin(uri, folders());
      const status = typeof real === 'string' ? orUndefined(() => statSync(real)) : undefined;
      // The permission bits count, not the rights of this process, because a server may run as root.
      return status !== undefined && (status.mode & 0o222) === 0;
    },
  };
}

function fileAccess(look: Look): FileAccess {
  return {
    async read(uri) {
      const file = look(uri);
      return file.kind === 'text' ? file.text : undefined;
    },
    async refusal(uri) {
      const file = look(uri);
      return file.kind === 'refused' ? file.reason : undefined;
    },
  };
}

function refused(uri: string, reason: string): TextFile {
  return uri.startsWith('file:') ? { kind: 'refused', reason } : { kind: 'missing', reason: 'is not a file' };
}

/** A longer chain of links is a cycle. */
const MAX_LINKS = 40;

/**
 * The path without links, if it stays inside the folders. The names are resolved one by one, and never outside the
 * folders: on Windows, following a link to another machine opens a connection.
 */
function realPathWithin(uri: string, folders: readonly string[]): string | TextFile {
  const path = pathToRead(uri, { isWindows, folders });
  const folder = folders.find((one) => path !== undefined && isWithin(uri, one));
  if (path === undefined || folder === undefined) return refused(uri, OUTSIDE);
  const roots = new Map<string, string>();
  for (const one of folders) {
    const { fsPath } = URI.parse(one);
    const real = orUndefined(() => realpathSync.native(fsPath));
    if (real !== undefined) roots.set(fsPath, real).set(real, real);
  }
  const start = below(path, roots);
  return start === undefined ? { kind: 'missing', reason: 'does not exist' } : follow(start, roots);
}

interface Way {
  /** A path that contains no links. */
  readonly at: string;
  readonly names: readonly string[];
}

function follow(start: Way, roots: ReadonlyMap<string, string>): string | TextFile {
  let { at } = start;
  const names = [...start.names];
  let links = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '' || name === '.') continue;
    const next = name === '..' ? dirname(at) : join(at, name);
    if (below(next, roots) === undefined) return { kind: 'refused', reason: OUTSIDE };
    const isLink = name !== '..' && orUndefined(() => lstatSync(next))?.isSymbolicLink() === true;
    const target = isLink && ++links <= MAX_LINKS ? orUndefined(() => readlinkSync(next)) : undefined;
    if (target === undefined) {
      at = next;
    } else if (isAbsolute(target)) {
      const way = below(target, roots);
      if (way === undefined) return { kind: 'refused', reason: OUTSIDE };
      at = way.at;
      names.unshift(...way.names);
    } else {
      names.unshift(...target.split(/[\\/]/));
    }
  }
  return links > MAX_LINKS ? { kind: 'missing', reason: 'does not exist' } : at;
}

/** The path relative to the folder that contains it. */
function below(path: string, roots: ReadonlyMap<string, string>): Way | undefined {
  for (const [root, at] of roots) {
    const inner = relative(root, path);
    if (inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner)) return { at, names: inner.split(sep) };
  }
  return undefined;
}

/**
 * The URI of the repository around a folder, otherwise of the working directory around it, otherwise of the folder
 * itself.
 */
export async function rootOf(folder: string, cwd: string): Promise<string> {
  const { fsPath } = URI.parse(folder);
  for (let at = fsPath; at !== dirname(at); at = dirname(at)) {
    // Asked for every folder of a search: waiting would take several times as long.
    if (existsSync(join(at, '.git'))) return URI.file(at).toString();
  }
  const root = URI.file(cwd).toString();
  return folder === root || isWithin(folder, root) ? root : folder;
}

/** The kind of object at a path, links followed; undefined if there is nothing. */
export function kindOf(path: string): 'file' | 'folder' | undefined {
  const status = orUndefined(() => statSync(path));
  return status && (status.isDirectory() ? 'folder' : 'file');
}

/** The page of a rule as it is installed: the bundles are in `dist`, the pages in `docs`. */
export function pageBesideBundle(code: string): string | undefined {
  const name = code.startsWith('hocon/') ? 'hocon' : code;
  const page = join(__dirname, '..', 'docs', 'rules', `${name}.md`);
  return existsSync(page) ? URI.file(page).toString() : undefined;
}
