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
    const document = await vscode.workspace.openTextDocument(untitled);
    // Written only when it is shown: VS Code opens an editor of its own for a changed document that has none.
    const editor = await vscode.window.showTextDocument(document, { preview: false, ...options });
    const start = new vscode.Position(0, 0);
    await editor.edit((edit) => edit.insert(start, text), { undoStopBefore: false, undoStopAfter: false });
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(editor.selection);
    return document;
  }
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
