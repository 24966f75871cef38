import { URI, Utils } from 'vscode-uri';
import type { IncludeNode, Syntax } from '../syntax/syntax';

/** A file that an include may refer to. */
export interface IncludeFile {
  readonly uri: string;
  readonly syntax: Syntax;
  /** True if its own heuristic includes find nothing because its name, as the reference sees it, has no directory. */
  readonly bareName: boolean;
}

/** The files or the resource that an include refers to. */
interface IncludeTarget {
  /** `elsewhere`: on the class path, or in a directory that is not known here. */
  readonly kind: 'file' | 'url' | 'malformed-url' | 'elsewhere';
  /** The candidate files. All that exist are merged, and the first one wins. */
  readonly files: readonly IncludeFile[];
  /** True if the name has no extension and every known one is tried. */
  readonly isBasename: boolean;
  /**
   * The files that the include refers to if Canton is started in the folder of the including file or in one above it; without
   * a method, if that folder is on the class path, where a file that is not beside the including one is looked for. Most are
   * never asked for.
   */
  readonly nearby?: Iterable<IncludeFile>;
}

/** The parts of the including file's name that matter. */
export interface IncludingFile {
  readonly uri: string;
  readonly bareName: boolean;
}

/** Options for interpreting file names. */
export interface PathOptions {
  /** The URI of the directory that `include file("…")` is relative to; undefined if it is not known. */
  readonly workingDirectory?: string;
  /**
   * Whether the system resolves `..`, which leads elsewhere after a symbolic link. Otherwise it is removed from the
   * text, and each file has the one name that editors use.
   */
  readonly leavesDots?: boolean;
  /** Folders that have other names in a container. */
  readonly mounts?: readonly Mount[];
}

/** A mount: an absolute path in a container, and the URI of the mounted file or folder. */
export interface Mount {
  readonly path: string;
  readonly uri: string;
}

interface Directory extends Pick<PathOptions, 'leavesDots'> {
  readonly directory: string;
}

const WINDOWS_DRIVE = /^[A-Za-z]:[\\/]/;

const EXTENSIONS: readonly Syntax[] = ['conf', 'json', 'properties'];

/** Determines which files an include refers to. It never throws. */
export function includeTarget(
  include: IncludeNode,
  including: IncludingFile,
  options: PathOptions = {},
): IncludeTarget {
  const { method } = include;
  const { workingDirectory, mounts = [] } = options;
  const target = outsideOfContainer(include.target, mounts);
  const named = (name: string, bareName: boolean, directory: string, syntax: Syntax | undefined) =>
    namedFiles(name, bareName, { directory, ...options }, syntax);
  const fileAt = (path: string) =>
    filesOf(
      [{ name: path, syntax: syntaxOfName(path) ?? 'conf' }],
      { directory: workingDirectory ?? parentOf(including.uri), ...options },
      !path.includes('/'),
    );
  switch (method) {
    case 'classpath':
      return nothing('elsewhere');
    case 'url': {
      const url = readUrl(target);
      if (url === undefined) return nothing('malformed-url');
      return url.path === undefined ? nothing('url') : fileAt(outsideOfContainer(url.path, mounts));
    }
    case 'file':
      if (!isAbsolute(target) && workingDirectory === undefined) {
        return { ...nothing('elsewhere'), nearby: filesNear(target, including.uri) };
      }
      return {
        ...named(target, !target.includes('/'), workingDirectory ?? including.uri, syntaxOfName(target)),
        ...(isAbsolute(target) ? {} : { nearby: filesNear(target, including.uri) }),
      };
    default: {
      const url = readUrl(target);
      if (url !== undefined) {
        return url.path === undefined ? nothing('url') : fileAt(url.path);
      }
      if (including.bareName && !isAbsolute(target)) return nothing('file');
      // A file named with its extension is read with the grammar of the including one, which has includes: HOCON.
      return {
        ...named(target, false, parentOf(including.uri), 'conf'),
        ...(isAbsolute(target) ? {} : { nearby: filesNear(target, including.uri) }),
      };
    }
  }
}

/** The path that is mounted at a path of a container. The longest matching mount counts. */
function outsideOfContainer(target: string, mounts: readonly Mount[]): string {
  const [mount] = mounts
    .filter(({ path }) => target === path || target.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  return mount === undefined ? target : URI.parse(mount.uri).path + target.slice(mount.path.length);
}

/** No process is started above the root of a repository. */
const MAX_ABOVE = 6;

function* filesNear(target: string, including: string): Generator<IncludeFile> {
  let folder = parentOf(including);
  for (let above = 0; above <= MAX_ABOVE; above++) {
    yield* namedFiles(target, false, { directory: folder }, syntaxOfName(target)).files;
    const next = parentOf(folder);
    if (next === folder) return;
    folder = next;
  }
}

/** The URI of the folder that the name of a nearby file is relative to. */
export function nearbyFolder(file: string, target: string): string | undefined {
  const end = ['', ...EXTENSIONS.map((each) => `.${each}`)].find((one) => file.endsWith(`/${target}${one}`));
  return end === undefined ? undefined : file.slice(0, -(target.length + end.length + 1));
}

/** The key of an include in `Sources.nearby`. */
export function nearbyKey(including: string, target: string): string {
  return `${including} ${target}`;
}

/**
 * True if an absolute path is one of the machine or container that Canton runs in: it has no folder in common with the
 * including file.
 */
export function isOfOtherMachine(target: string, including: string): boolean {
  const top = (of: string) => of.split('/')[1];
  const path = target.replace(/^file:(?:\/\/(?=\/))?/i, '');
  return path.startsWith('/') && top(path) !== top(URI.parse(including).path);
}

function nothing(kind: IncludeTarget['kind']): IncludeTarget {
  return { kind, files: [], isBasename: false };
}

const PROTOCOL = /^(?:url:)?(https?|ftp|jar|jrt|jmod|mailto|file):(.*)$/is;
const PORT = /^\/\/[^/?#]*:(?!\d*$)[^/?#\]]*$/;

/**
 * Parses a URL as `java.net.URL` does: it ignores surrounding blanks and a leading `URL:`.
 * @returns undefined if Java refuses it; for a file, `path` as in `ConfigImplUtil.urlToFile` of Lightbend config 1.4.3:
 * decoded if the URL is valid, otherwise as it is written
 */
function readUrl(written: string): { readonly path: string | undefined } | undefined {
  const [, protocol = '', rest = ''] = PROTOCOL.exec(trimmed(written)) ?? [];
  if (protocol === '') return undefined;
  const name = protocol.toLowerCase();
  if (name === 'jar' && !rest.includes('!/')) return undefined;
  const authority = /^\/\/[^/?#]*/.exec(rest)?.[0] ?? '';
  if (PORT.test(authority)) return undefined;
  if (name !== 'file') return { path: undefined };
  const path = rest.slice(authority.length);
  const bare = path.replace(/[?#].*$/s, '');
  const isWhole = bare === path && bare.startsWith('/') && authority.length <= 2 && !/[\s"<>\\^`{|}]/.test(bare);
  return { path: isWhole ? decoded(bare) : bare };
}

/** Java treats control characters as blanks. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** Decodes a path; one with invalid encoding is used unchanged. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function namedFiles(name: string, bareName: boolean, from: Directory, syntax: Syntax | undefined): IncludeTarget {
  if (syntaxOfName(name) !== undefined) return filesOf([{ name, syntax: syntax ?? 'conf' }], from, bareName);
  const names = EXTENSIONS.map((each) => ({ name: `${name}.${each}`, syntax: each }));
  return { ...filesOf(names, from, bareName), isBasename: true };
}

function filesOf(
  names: readonly { readonly name: string; readonly syntax: Syntax }[],
  from: Directory,
  bareName: boolean,
): IncludeTarget {
  const files = names
    .filter(({ name }) => isFileName(name))
    .map(({ name, syntax }) => ({ uri: resolve(from, name), syntax, bareName }));
  return { kind: 'file', files, isBasename: false };
}

/** No file name can contain half of a surrogate pair or a NUL, and no URI can contain half of a surrogate pair. */
export function isFileName(name: string): boolean {
  return !/\p{Surrogate}|\0/u.test(name);
}

function syntaxOfName(name: string): Syntax | undefined {
  return EXTENSIONS.find((each) => name.endsWith(`.${each}`));
}

function isAbsolute(name: string): boolean {
  return name.startsWith('/') || WINDOWS_DRIVE.test(name);
}

function parentOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString();
}

function resolve({ directory, leavesDots = false }: Directory, name: string): string {
  const base = URI.parse(directory);
  if (WINDOWS_DRIVE.test(name)) return URI.file(name).toString();
  const path = name.replace(/\/{2,}/g, '/');
  if (path.startsWith('/')) return base.with({ path }).toString();
  const joined = leavesDots
    ? base.with({ path: `${base.path.replace(/\/$/, '')}/${path}` })
    : Utils.joinPath(base, path);
  return joined.toString();
}
