import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  LIST_FILES,
  type ListFilesParams,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/lsp/protocol';

/** More `.conf` files than any deployment has; a home directory opened by mistake may have them. */
const MOST_FILES = 5000;

/** Serves files to a server that has no disk, through whatever file system the workspace lives in. */
export function answerFileRequests(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(READ_FILE, ({ uri }: ReadFileParams) => read(vscode.Uri.parse(uri))),
    client.onRequest(LIST_FILES, ({ folder }: ListFilesParams) => list(vscode.Uri.parse(folder))),
  );
}

async function read(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { text: null };
  }
}

async function list(folder: vscode.Uri): Promise<string[]> {
  const find = (glob: string) =>
    vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), '**/node_modules/**', MOST_FILES);
  const files = await Promise.all([find('**/*.conf'), find('**/*.{json,properties}')]);
  return files.flat().map((uri) => uri.toString());
}
