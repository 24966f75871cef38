import { URI, Utils } from 'vscode-uri';
import type { IncludeNode, Syntax } from '../syntax/syntax';

/** A file that an include may mean. */
export interface IncludeFile {
  readonly uri: string;
  readonly syntax: Syntax;
  /** True where its own heuristic includes find nothing, because the reference sees no directory in its name. */
  readonly bareName: boolean;
}

/** What an include asks for. */
export interface IncludeTarget {
  /** `elsewhere`: on the class path, or in a directory that is not known here. */
  readonly kind: 'file' | 'url' | 'malformed-url' | 'elsewhere';
  /** The files to be looked for. All that exist are merged, the first one wins. */
  readonly files: readonly IncludeFile[];
  /** True where the name has no extension and every known one is tried. */
  readonly isBasename: boolean;
}

/** The file that an include stands in, as far as its name matters. */
export interface IncludingFile {
  readonly uri: string;
  readonly bareName: boolean;
}

const KNOWN_PROTOCOL = /^(?:https?|ftp|jar|jrt|jmod|mailto):/i;
const FILE_PROTOCOL = /^file:/i;
const WINDOWS_DRIVE = /^[A-Za-z]:[\\/]/;

const EXTENSIONS: readonly Syntax[] = ['conf', 'json', 'properties'];

/**
 * Finds out which files an include means.
 * @param workingDirectory the URI that `file()` is relative to; undefined where it is not known
 */
export function includeTarget(
  include: IncludeNode,
  including: IncludingFile,
  workingDirectory: string | undefined,
): IncludeTarget {
  const { method, target } = include;
  switch (method) {
    case 'classpath':
      return nothing('elsewhere');
    case 'url':
      if (FILE_PROTOCOL.test(target)) return fileUrl(target, workingDirectory ?? parentOf(including.uri));
      return nothing(KNOWN_PROTOCOL.test(target) ? 'url' : 'malformed-url');
    case 'file': {
      if (!isAbsolute(target) && workingDirectory === undefined) return nothing('elsewhere');
      const bareName = !target.includes('/');
      return named(target, bareName, (name) => resolve(workingDirectory ?? including.uri, name), syntaxOfName(target));
    }
    default:
      if (FILE_PROTOCOL.test(target)) return fileUrl(target, workingDirectory ?? parentOf(including.uri));
      if (KNOWN_PROTOCOL.test(target)) return nothing('url');
      if (including.bareName && !isAbsolute(target)) return nothing('file');
      // A file named with its extension is read with the grammar of the including one, which has includes: HOCON.
      return named(target, false, (name) => resolve(parentOf(including.uri), name), 'conf');
  }
}

function nothing(kind: IncludeTarget['kind']): IncludeTarget {
  return { kind, files: [], isBasename: false };
}

function fileUrl(url: string, directory: string): IncludeTarget {
  const written = url.replace(/^file:(?:\/\/[^/]*)?/i, '');
  const path = decoded(written);
  const syntax = syntaxOfName(path) ?? 'conf';
  return { kind: 'file', files: [{ uri: resolve(directory, path), syntax, bareName: false }], isBasename: false };
}

/** What is wrongly encoded is taken as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function named(
  target: string,
  bareName: boolean,
  uriOf: (name: string) => string,
  syntax: Syntax | undefined,
): IncludeTarget {
  if (syntaxOfName(target) !== undefined) {
    return { kind: 'file', files: [{ uri: uriOf(target), syntax: syntax ?? 'conf', bareName }], isBasename: false };
  }
  const files = EXTENSIONS.map((each) => ({ uri: uriOf(`${target}.${each}`), syntax: each, bareName }));
  return { kind: 'file', files, isBasename: true };
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

function resolve(directory: string, name: string): string {
  const base = URI.parse(directory);
  if (WINDOWS_DRIVE.test(name)) return URI.file(name).toString();
  const path = name.replace(/\/{2,}/g, '/');
  return (path.startsWith('/') ? base.with({ path }) : Utils.joinPath(base, path)).toString();
}
