import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { filesIn, listConfigurations } from '../fs/list';
import { diskFilesWithin, pageBesideBundle } from '../fs/node';
import { searchTextFile } from '../fs/text-file';
import { kindOfFile, mayHoldCanton } from '../service';
import { clientFiles, listClientFiles } from './client-files';
import { startServer } from './connection';

// Otherwise, Node would end the process, and the editor would lose its server.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`);
});

/**
 * The server as a process: over IPC for VS Code, over `--stdio` for any editor; the arguments say which. Files that are
 * not on disk, such as those of a virtual workspace, come from the client.
 */
startServer(createConnection(ProposedFeatures.all), {
  files: (folders, connection, isTrusted) => {
    const [disk, client] = [diskFilesWithin({ folders, isTrusted }), clientFiles(folders, connection)];
    return { ...disk, read: (uri) => (uri.startsWith('file:') ? disk : client).read(uri) };
  },
  list: async (folder, connection) =>
    folder.startsWith('file:')
      ? (await listConfigurations(URI.parse(folder).fsPath)).map((path) => URI.file(path).toString())
      : listClientFiles(folder, connection),
  listCarriers: async (folder) => {
    if (!folder.startsWith('file:')) return [];
    const found = await filesIn(URI.parse(folder).fsPath, (name) => kindOfFile(name) !== undefined);
    return found.filter(isCarrier).map((path) => URI.file(path).toString());
  },
  isCarrier: async (uri) => uri.startsWith('file:') && isCarrier(URI.parse(uri).fsPath),
  rulePage: pageBesideBundle,
});

function isCarrier(path: string): boolean {
  return /\.(?:conf|hocon)$/i.test(path) || searchTextFile(path, mayHoldCanton)?.kind === 'text';
}
