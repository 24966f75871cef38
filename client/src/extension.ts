import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { YOUNG_GENERATION } from './infrastructure/server-process';
import { type Running, start } from './start';

let running: Running | undefined;

/** Entry point where extensions run in Node: desktop and remote hosts. The server is a child process over IPC. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  running = start(context, (id, name, options) => {
    const run = { ...server, options: { execArgv: [YOUNG_GENERATION] } };
    const debug = { ...server, options: { execArgv: [YOUNG_GENERATION, '--nolazy', '--inspect=6010'] } };
    return new LanguageClient(id, name, { run, debug }, options);
  });
  await running.ready;
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
