import { URI } from 'vscode-uri';

/*
 * Configuration files name other files, and may come from anybody. Whether a name may be accessed is decided by its
 * text, before any system call: on Windows, a call with a name such as `\\host\share` already opens a connection with a
 * login.
 */

export interface PathRules {
  readonly isWindows: boolean;
  /** URIs of the only folders to read in; without them, any on this machine. */
  readonly folders?: readonly string[];
}

/** The path that may be accessed, or undefined if it must not be. */
export function pathToRead(uri: string, { isWindows, folders }: PathRules): string | undefined {
  const parsed = fileUri(uri);
  // File names contain no NUL, and the system would read the name up to it.
  if (parsed === undefined || parsed.path.includes('\0')) return undefined;
  // A folder of another machine is read only if the user has opened it.
  if (folders === undefined ? parsed.authority !== '' : !folders.some((folder) => isWithin(uri, folder)))
    return undefined;
  return isWindows && !isPlainOnWindows(parsed) ? undefined : pathOf(parsed, isWindows);
}

function fileUri(uri: string): URI | undefined {
  try {
    const parsed = URI.parse(uri);
    parsed.toString();
    return parsed.scheme === 'file' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Like `URI.fsPath`, but with the rules of the given operating system. */
function pathOf({ authority, path }: URI, isWindows: boolean): string {
  const local = authority === '' ? path : `//${authority}${path}`;
  if (!isWindows) return local;
  return local.replace(/^\/([A-Za-z]:)/, (_, drive: string) => drive.toLowerCase()).replaceAll('/', '\\');
}

/** Names of devices in any folder, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;

/**
 * Backslashes are separators, too; `\\host`, `\\?\`, `\\.\` and `\??\` lead elsewhere, and a colon leads to a stream of
 * the file.
 */
function isPlainOnWindows({ path }: URI): boolean {
  const written = path.replaceAll('\\', '/');
  if (/^\/[/?]/.test(written)) return false;
  const names = written.replace(/^\/[A-Za-z]:/, '').split('/');
  // In URIs, the other `..` are already resolved.
  return names.every((name) => !/[:?*<>|"]/.test(name) && name.trim() !== '..' && !DEVICE.test(name));
}

/** Whether the path of the file is below the folder; links are not resolved. */
export function isWithin(uri: string, folder: string): boolean {
  const [inner, outer] = [URI.parse(uri), URI.parse(folder)];
  if (inner.scheme !== outer.scheme || inner.authority !== outer.authority) return false;
  const [path, root] = [plain(inner.path), plain(outer.path).replace(/\/?$/, '/')];
  return path.startsWith(root) && !path.split('/').includes('..');
}

/** Drive letters are case-insensitive. */
function plain(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
