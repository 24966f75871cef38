import { realpath, stat } from 'node:fs/promises';
import { URI } from 'vscode-uri';
import type { FileAccess } from '../hocon/source';
import { readTextFile } from './text-file';
import { isWithin } from './within';

/** Files on disk by their `file:` URI. What cannot be read as text counts as not found. */
export const diskFiles: FileAccess = {
  async read(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : textAt(path);
  },
};

/**
 * Files on disk below the given folders only, links followed first: an `include` of an untrusted workspace must not make
 * the editor read `/etc/passwd`. `folders` is asked at every read, because workspace folders come and go.
 */
export function diskFilesWithin(folders: () => readonly string[]): FileAccess {
  return {
    async read(uri) {
      const path = await realPathOf(uri);
      if (path === undefined) return undefined;
      const real = URI.file(path).toString();
      for (const folder of folders()) {
        const realFolder = await realPathOf(folder);
        if (realFolder !== undefined && isWithin(real, URI.file(realFolder).toString())) return textAt(path);
      }
      return undefined;
    },
    async isReadOnly(uri) {
      const path = await realPathOf(uri);
      const status = path === undefined ? undefined : await stat(path).catch(() => undefined);
      // The bits and not what this process may do: a server may run as somebody who may everything.
      return status !== undefined && (status.mode & 0o222) === 0;
    },
  };
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

async function realPathOf(uri: string): Promise<string | undefined> {
  const path = pathOf(uri);
  return path === undefined ? undefined : realpath(path).catch(() => undefined);
}

async function textAt(path: string): Promise<string | undefined> {
  const file = await readTextFile(path);
  return file.kind === 'text' ? file.text : undefined;
}
