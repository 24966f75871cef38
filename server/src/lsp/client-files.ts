import type { Connection } from 'vscode-languageserver';
import { isWithin } from '../fs/within';
import type { FileAccess } from '../hocon/source';
import { LIST_FILES, type ListFilesParams, READ_FILE, type ReadFileParams, type ReadFileResult } from './protocol';

/** Files of a client that can read them (a virtual workspace has no disk). One that cannot answers with an error. */
export function clientFiles(folders: () => readonly string[], connection: Connection): FileAccess {
  return {
    async read(uri) {
      if (!folders().some((folder) => isWithin(uri, folder))) return undefined;
      const params: ReadFileParams = { uri };
      const result = await connection.sendRequest<ReadFileResult>(READ_FILE, params).catch(() => null);
      return result?.text ?? undefined;
    },
  };
}

export async function listClientFiles(folder: string, connection: Connection): Promise<readonly string[]> {
  const params: ListFilesParams = { folder };
  return connection.sendRequest<string[]>(LIST_FILES, params).catch(() => []);
}
