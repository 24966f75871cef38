import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LIST_FILES, READ_DATA, READ_FILE, type ReadFileResult } from '../../../server/src/lsp/protocol';

/** More `.conf` files than any deployment has; a home directory opened by mistake may have them. */
const MOST_FILES = 5000;

/** Serves files to a server that has no disk, through whatever file system the workspace lives in. */
export function answerFileRequests(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable {
  const data = vscode.Uri.joinPath(extension, 'dist/data/configuration');
  return vscode.Disposable.from(
    client.onRequest(READ_DATA, async ({ name }) =>
      /^(?:\d[\d.]*|usage|descriptions)\.json$/.test(name)
        ? { text: await textOf(vscode.Uri.joinPath(data, name)) }
        : null,
    ),
    client.onRequest(READ_FILE, ({ uri }) => read(vscode.Uri.parse(uri))),
    client.onRequest(LIST_FILES, async ({ folder }) =>
      (await findConfigurations(vscode.Uri.parse(folder), MOST_FILES)).map(String),
    ),
  );
}

async function read(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    if (!vscode.workspace.isTrusted && (await isBehindLink(uri))) return { text: null };
  } catch {
    return { text: null };
  }
  return { text: await textOf(uri) };
}

/** Null for a file that cannot be read. */
export async function textOf(uri: vscode.Uri): Promise<string | null> {
  return vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => null,
  );
}

/** True below a link: its target is unknown here, and in an untrusted workspace it may lie outside the workspace. */
async function isBehindLink(uri: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? '/';
  for (let at = uri; at.path.length > root.length; at = vscode.Uri.joinPath(at, '..')) {
    if (((await vscode.workspace.fs.stat(at)).type & vscode.FileType.SymbolicLink) !== 0) return true;
  }
  return false;
}

/** The URI schemes that VS Code itself searches, without a time limit. */
const SEARCHED = new Set(['file', 'vscode-remote']);
/** The time limit for other schemes, for which VS Code waits forever for an extension that can search. */
const PATIENCE_MS = 2000;
/** Reading each may take a network request. */
const MOST_FOLDERS = 200;

const unsearchable = new Set<string>();

/** The `.conf` files below a folder, up to a limit; dependencies are left out. */
export async function findConfigurations(folder: vscode.Uri, most: number): Promise<readonly vscode.Uri[]> {
  const { scheme } = folder;
  const found = unsearchable.has(scheme) ? undefined : await search(folder, most);
  if (found !== undefined) return found;
  unsearchable.add(scheme);
  return walk(folder, most);
}

/** Undefined if the folder cannot be searched. */
async function search(folder: vscode.Uri, most: number): Promise<readonly vscode.Uri[] | undefined> {
  const pattern = new vscode.RelativePattern(folder, '**/*.conf');
  const stop = new vscode.CancellationTokenSource();
  const found = vscode.workspace.findFiles(pattern, '**/node_modules/**', most, stop.token);
  if (SEARCHED.has(folder.scheme)) return found;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
    stop.cancel();
  }
}

async function walk(root: vscode.Uri, most: number): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [root];
  for (let i = 0; i < folders.length && i < MOST_FOLDERS && found.length < most; i++) {
    const folder = folders[i] as vscode.Uri;
    for (const [name, type] of await entriesOf(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.File && name.endsWith('.conf')) found.push(uri);
      const isForeign = name === 'node_modules' || name.startsWith('.');
      if (type === vscode.FileType.Directory && !isForeign) folders.push(uri);
    }
  }
  return found.slice(0, most);
}

/** Empty if the folder cannot be read. */
async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  return vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries,
    () => [],
  );
}
