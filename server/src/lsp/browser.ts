/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { readDataBy } from '../../../schemas/configuration-files-web';
import { clientFiles, listClientFiles } from './client-files';
import { startServer } from './connection';
import { READ_DATA } from './protocol';

/** The server in a web worker, which has no disk: files come from the client. */
const worker = self as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
readDataBy(async (name) => (await connection.sendRequest(READ_DATA, { name }).catch(() => null))?.text ?? undefined);
startServer(connection, {
  files: clientFiles,
  list: listClientFiles,
  rulePage: () => undefined,
});
