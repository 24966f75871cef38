import * as vscode from 'vscode';
import type { OtherDefinitionResult } from '../../../server/src/lsp/protocol';

type Position = NonNullable<OtherDefinitionResult['target']>['range']['start'];

/** The editor of a Canton file that the user is in. */
export function cantonEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === CANTON_CONF ? editor : undefined;
}

/** The position of the cursor as a parameter of requests. */
export function cursorOf({ document, selection }: vscode.TextEditor): {
  readonly uri: string;
  readonly position: Position;
} {
  const { line, character } = selection.active;
  return { uri: document.uri.toString(), position: { line, character } };
}

export function rangeOf({ start, end }: { readonly start: Position; readonly end: Position }): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

const MENTION_MS = 5000;

/** Shows a short message in the status bar. */
export function mention(message: string): void {
  vscode.window.setStatusBarMessage(message, MENTION_MS);
}

/** The one of several choices that is in effect. */
export const IN_USE = vscode.l10n.t('in use');

/** The message for a document about which the server has no answer. */
export function notChecked(): string {
  return vscode.l10n.t('The file could not be checked. See the output channel "Canton KMS" for the reason.');
}

/** Language ids and file names that package.json contributes. */
export const CANTON_CONF = 'canton-conf';
export const PROJECT_FILE = 'canton-kms.json';
export const SETTINGS = 'cantonKms';
/** The scheme of read-only documents with the effective configuration of a node. */
export const EFFECTIVE_SCHEME = 'canton-kms';

/** The scheme of the right side of a diff that previews edits. */
export const PREVIEW_SCHEME = 'canton-kms-preview';

/** A Canton configuration that people edit. */
export function isConfiguration({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === CANTON_CONF && uri.scheme !== EFFECTIVE_SCHEME && uri.scheme !== PREVIEW_SCHEME;
}

/**
 * Shows a document beside a configuration, with a name that no file and no other document has. Nothing is saved; when
 * the user saves it, the name is proposed.
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
    // It is shown immediately, because VS Code opens another editor for an unsaved document that has none.
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
  return openDocument(uri) !== undefined;
}

/** The document with the URI, if it is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Shows a place of a file, in the first column. */
export async function showRange(uri: string, range: Parameters<typeof rangeOf>[0]): Promise<void> {
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), { viewColumn: vscode.ViewColumn.One });
  const at = editor.document.validateRange(rangeOf(range));
  editor.selection = new vscode.Selection(at.start, at.start);
  editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
