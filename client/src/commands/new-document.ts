import * as vscode from 'vscode';

/**
 * Shows a document beside a configuration, with a name that no file and no other document has. Nothing is saved; when it
 * is, the name is proposed.
 */
export async function showNewDocument(
  { beside, base, ending }: { readonly beside: string; readonly base: string; readonly ending: string },
  text: string,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextDocument> {
  for (let n = 1; ; n++) {
    const name = `${base}${n === 1 ? '' : `-${n}`}.${ending}`;
    const file = vscode.Uri.joinPath(vscode.Uri.parse(beside), '..', name);
    const untitled = file.with({ scheme: 'untitled' });
    if (isOpen(untitled) || (await exists(file))) continue;
    const shown = { preview: false, ...options };
    // Shown from the beginning: VS Code opens an editor of its own for an unsaved document that has none.
    await vscode.commands.executeCommand('vscode.open', untitled, shown);
    const document = await vscode.workspace.openTextDocument(untitled);
    const { viewColumn } = vscode.window.tabGroups.all.find(holds(untitled)) ?? {};
    const editor = await vscode.window.showTextDocument(document, { ...shown, ...(viewColumn && { viewColumn }) });
    const start = new vscode.Position(0, 0);
    await editor.edit((edit) => edit.insert(start, text), { undoStopBefore: false, undoStopAfter: false });
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(editor.selection);
    return document;
  }
}

function holds(uri: vscode.Uri): (group: vscode.TabGroup) => boolean {
  return ({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri.toString());
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
