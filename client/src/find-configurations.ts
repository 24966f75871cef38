import * as vscode from 'vscode';

/** Where VS Code searches itself, however long that takes. */
const SEARCHED = new Set(['file', 'vscode-remote']);
/** Elsewhere it waits, for ever, for somebody who can search. */
const PATIENCE_MS = 2000;
/** Each may be a question over a network. */
const MOST_FOLDERS = 200;

const unsearchable = new Set<string>();

/** The `.conf` files below a folder, as many as wanted; dependencies are left out. */
export async function findConfigurations(folder: vscode.Uri, most: number): Promise<readonly vscode.Uri[]> {
  const { scheme } = folder;
  const found = unsearchable.has(scheme) ? undefined : await search(folder, most);
  if (found !== undefined) return found;
  unsearchable.add(scheme);
  return walk(folder, most);
}

/** Undefined where nobody searches the folder. */
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

/** None where the folder cannot be read. */
async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  return vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries,
    () => [],
  );
}
