import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { listConfigurations } from '../host/list';
import { diskFilesWithin } from '../host/node';
import { pageBesideBundle } from '../host/rule-pages';
import { startServer } from './connection';

/** The server as a process: over IPC for VS Code, over `--stdio` for any editor; the arguments say which. */
startServer(createConnection(ProposedFeatures.all), {
  files: (folders) => diskFilesWithin(folders),
  list: async (folder) =>
    folder.startsWith('file:')
      ? (await listConfigurations(URI.parse(folder).fsPath)).map((path) => URI.file(path).toString())
      : [],
  rulePage: pageBesideBundle,
});
