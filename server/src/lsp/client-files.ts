import type { Connection } from 'vscode-languageserver';
import { isWithin } from '../fs/paths';
import type { FileAccess } from '../service';
import { LIST_FILES, READ_FILE } from './protocol';

/**
 * Files of a client that can read them (a virtual workspace has no disk). A client that cannot answers with an error.
 */
export function clientFiles(folders: () => readonly string[], connection: Connection): FileAccess {
  return {
    async read(uri) {
      if (!folders().some((folder) => isWithin(uri, folder))) return undefined;
      const result = await connection.sendRequest(READ_FILE, { uri }).catch(() => null);
      return result?.text ?? undefined;
    },
  };
}

export async function listClientFiles(folder: string, connection: Connection): Promise<readonly string[]> {
  return connection.sendRequest(LIST_FILES, { folder }).catch(() => []);
}
