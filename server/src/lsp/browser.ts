/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientFiles, listClientFiles } from './client-files';
import { startServer } from './connection';

/** The server in a web worker, which has no disk: files come from the client. */
const worker = self as DedicatedWorkerGlobalScope;
startServer(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  files: clientFiles,
  list: listClientFiles,
  rulePage: () => undefined,
});
