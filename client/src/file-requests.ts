import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  LIST_FILES,
  type ListFilesParams,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/lsp/protocol';
import { findConfigurations } from './find-configurations';

/** More `.conf` files than any deployment has; a home directory opened by mistake may have them. */
const MOST_FILES = 5000;

/** Serves files to a server that has no disk, through whatever file system the workspace lives in. */
export function answerFileRequests(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(READ_FILE, ({ uri }: ReadFileParams) => read(vscode.Uri.parse(uri))),
    client.onRequest(LIST_FILES, async ({ folder }: ListFilesParams) =>
      (await findConfigurations(vscode.Uri.parse(folder), MOST_FILES)).map(String),
    ),
  );
}

async function read(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    if (!vscode.workspace.isTrusted && (await isBehindLink(uri))) return { text: null };
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { text: null };
  }
}

/** Where a link leads is not told; in a workspace that nobody trusts it may be out of the workspace. */
async function isBehindLink(uri: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? '/';
  for (let at = uri; at.path.length > root.length; at = vscode.Uri.joinPath(at, '..')) {
    if (((await vscode.workspace.fs.stat(at)).type & vscode.FileType.SymbolicLink) !== 0) return true;
  }
  return false;
}
