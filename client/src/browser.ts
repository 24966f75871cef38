/// <reference lib="webworker" />
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { type Running, start } from './start';

let running: Running | undefined;

/** Entry point where extensions run in a browser's web worker; the server gets a worker of its own. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  // The workers of VS Code's extension host are not instances of the class that the client expects.
  let worker: Worker | undefined;
  const connect = async () => {
    // Unlike a process, a worker does not end by itself when the server is restarted.
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  running = start(context, (id, name, options) => new LanguageClient(id, name, connect, options));
  await running.ready;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
