import { deepEqual, fail, ok } from 'node:assert/strict';
import * as vscode from 'vscode';

const PATIENCE_MS = 30_000;

/** Asks again until the answer satisfies; fails with the last answer when that takes too long. */
export async function eventually<T>(
  what: string,
  ask: () => T | Thenable<T>,
  good: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) return fail(`${what}; last seen: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function workspaceUri(...path: string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  ok(folder !== undefined, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, ...path);
}

export async function writeFile(path: string, text: string): Promise<vscode.Uri> {
  const uri = workspaceUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Writes a file of the workspace and shows it. */
export async function openFile(path: string, text: string): Promise<vscode.TextDocument> {
  return show(await writeFile(path, text));
}

/** Not by `openTextDocument`, which would keep the document open for minutes after its editor is closed. */
export async function show(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.open', uri);
  const editor = await eventually(
    `${uri.path} is shown`,
    () => vscode.window.activeTextEditor,
    (active) => active?.document.uri.toString() === uri.toString(),
  );
  ok(editor !== undefined);
  return editor.document;
}

/** The document as it is now; one whose language changed is a new object. */
export function current(uri: vscode.Uri): vscode.TextDocument {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  ok(document !== undefined, `${uri} is not open`);
  return document;
}

export async function becomesCanton(uri: vscode.Uri): Promise<void> {
  await eventually(`${uri.path} becomes Canton configuration`, () => current(uri).languageId, isCanton);
}

const isCanton = (languageId: string) => languageId === 'canton-conf';

/** `code: text under the squiggle` of the errors, in the order of the text. Advice is another suite's business. */
export function errors(uri: vscode.Uri): string[] {
  const document = current(uri);
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ code, range }) => `${typeof code === 'object' ? code.value : code}: ${document.getText(range)}`);
}

/** Waits until exactly these errors are shown. */
export async function hasErrors(uri: vscode.Uri, ...expected: string[]): Promise<void> {
  const wanted = JSON.stringify(expected);
  await eventually(
    `errors of ${uri.path} are ${wanted}`,
    () => errors(uri),
    (seen) => JSON.stringify(seen) === wanted,
  );
  deepEqual(errors(uri), expected);
}

export async function replace(uri: vscode.Uri, old: string, text: string): Promise<void> {
  const document = current(uri);
  const offset = document.getText().indexOf(old);
  ok(offset >= 0, `no '${old}' in ${uri.path}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + old.length)), text);
  ok(await vscode.workspace.applyEdit(edit));
}

/** The position right after the only occurrence of a text. */
export function positionAfter(uri: vscode.Uri, text: string): vscode.Position {
  const document = current(uri);
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `no '${text}' in ${uri.path}`);
  return document.positionAt(offset + text.length);
}

/** Closes all editors without saving and waits until their documents are gone. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const open = () =>
    vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'file').map(({ fileName }) => fileName);
  await eventually('all documents are closed', open, (documents) => documents.length === 0);
}
