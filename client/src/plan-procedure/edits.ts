import * as vscode from 'vscode';
import type { Plan, PlannedEdit } from '../../../server/src/lsp/protocol';
import { type PlanParams, READ_ONLY_FILES, type ReadOnlyFilesParams } from '../../../server/src/lsp/protocol';
import { PREVIEW_SCHEME, rangeOf, showRange } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { counted, fileName } from '../infrastructure/workspace-nodes';
import { planFor } from './runbooks';

/** The edits of a plan in words: `2 edits in participant1.conf`; undefined if it has none. */
export function editsInWords({ steps }: Plan): string | undefined {
  const edits = steps.flatMap((step) => step.edits);
  if (edits.length === 0) return undefined;
  const files = [...new Set(edits.map(({ file }) => fileName(file)))];
  return vscode.l10n.t('{0} in {1}', counted.edits(edits.length), files.join(', '));
}

/**
 * Applies the edits as one change that can be undone, and shows the place. Throws an error of one sentence if it
 * cannot.
 */
export async function makeEdits(server: Server, params: PlanParams): Promise<true> {
  const edits = (await freshEdits(server, params)).map(({ edit }) => edit);
  await applyEdits(server, edits);
  return true;
}

/** An edit and its step. */
interface StepEdit {
  readonly title: string;
  readonly edit: PlannedEdit;
}

/** The files may have changed while the operator was reading. */
async function freshEdits(server: Server, params: PlanParams): Promise<readonly StepEdit[]> {
  const { plan } = await planFor(server, params);
  if (!plan.possible)
    throw new Error(vscode.l10n.t('The procedure is no longer possible. {0}', plan.reasons.join(' ')));
  const edits = plan.steps.flatMap(({ title, edits }) => edits.map((edit) => ({ title, edit })));
  if (edits.length === 0) throw new Error(vscode.l10n.t('The configuration does not have to change.'));
  return edits;
}

/** Applies edits as one change. Throws an error of one sentence if it cannot. */
export async function applyEdits(server: Server, edits: readonly PlannedEdit[]): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  for (const { file, range, newText } of edits) change.replace(vscode.Uri.parse(file), rangeOf(range), newText);
  await assertWritable(
    server,
    change.entries().map(([uri]) => uri),
  );
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new Error(vscode.l10n.t('VS Code did not apply the edits. Nothing was changed.'));
  }
  const [first] = edits;
  if (first !== undefined) await showRange(first.file, first.range);
}

async function assertWritable(server: Server, uris: readonly vscode.Uri[]): Promise<void> {
  const params: ReadOnlyFilesParams = { uris: uris.map(String) };
  const [onDisk] = await server.request(READ_ONLY_FILES, params);
  const elsewhere = uris.find(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) === false);
  const found = onDisk ?? elsewhere?.toString();
  if (found !== undefined) throw new Error(vscode.l10n.t('{0} is read-only. Nothing was changed.', fileName(found)));
}

/** The files after the ticked edits: the right side of the diffs in the preview. */
export class EditPreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  show(uri: vscode.Uri, text: string): void {
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
  }

  forget(uri: vscode.Uri): void {
    this.texts.delete(uri.toString());
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

const DIFF_TITLE = vscode.l10n.t('Preview of the edits');

/**
 * Shows the edits as a diff for each file, and applies those that are still ticked when the user confirms. False if the
 * user cancels. Throws like `makeEdits`.
 */
export async function previewEdits(server: Server, previews: EditPreviews, params: PlanParams): Promise<boolean> {
  const edits = await freshEdits(server, params);
  const files = [...new Set(edits.map(({ edit }) => edit.file))];
  const before = await Promise.all(files.map((file) => vscode.workspace.openTextDocument(vscode.Uri.parse(file))));
  const versions = before.map(({ version }) => version);
  const update = (ticked: readonly PlannedEdit[]) => {
    for (const document of before) previews.show(previewOf(document.uri), withEdits(document, ticked));
  };
  update(edits.map(({ edit }) => edit));
  try {
    await showDiff(before);
    const ticked = await askForTicks(edits, update);
    if (ticked === undefined || ticked.length === 0) return false;
    const changed = before.find(({ version }, i) => version !== versions[i]);
    if (changed !== undefined)
      throw new Error(vscode.l10n.t('{0} has changed since. Preview the edits again.', fileName(`${changed.uri}`)));
    await applyEdits(server, ticked);
    return true;
  } finally {
    await closeDiffs();
    for (const { uri } of before) previews.forget(previewOf(uri));
  }
}

function previewOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: PREVIEW_SCHEME, query: `${uri.scheme} ${uri.authority} ${uri.query}`, authority: '' });
}

function withEdits(document: vscode.TextDocument, edits: readonly PlannedEdit[]): string {
  const own = edits.filter(({ file }) => file === document.uri.toString());
  const changes = own.map(({ range, newText }) => ({
    start: document.offsetAt(rangeOf(range).start),
    end: document.offsetAt(rangeOf(range).end),
    newText,
  }));
  let text = document.getText();
  // Edits are applied from the end, so that earlier offsets stay valid; of two at one offset the later one comes last.
  for (const { start, end, newText } of changes.sort((a, b) => a.start - b.start || a.end - b.end).reverse()) {
    text = text.slice(0, start) + newText + text.slice(end);
  }
  return text;
}

async function showDiff(before: readonly vscode.TextDocument[]): Promise<void> {
  const [first] = before;
  if (first === undefined) return;
  for (const { uri, languageId } of before) {
    await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(previewOf(uri)), languageId);
  }
  if (before.length === 1) {
    const { uri } = first;
    const options = { preview: true, viewColumn: vscode.ViewColumn.One };
    await vscode.commands.executeCommand(
      'vscode.diff',
      uri,
      previewOf(uri),
      `${fileName(`${uri}`)}: ${DIFF_TITLE}`,
      options,
    );
  } else {
    const pairs = before.map(({ uri }) => [uri, uri, previewOf(uri)]);
    await vscode.commands.executeCommand('vscode.changes', DIFF_TITLE, pairs);
  }
}

async function closeDiffs(): Promise<void> {
  // For a diff of several files, VS Code shows only the title.
  const isOurs = ({ input, label }: vscode.Tab) =>
    input instanceof vscode.TabInputTextDiff ? input.modified.scheme === PREVIEW_SCHEME : label === DIFF_TITLE;
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isOurs);
  await vscode.window.tabGroups.close(tabs, true);
}

/** All edits ticked; undefined if the user closes the list. */
function askForTicks(
  edits: readonly StepEdit[],
  update: (ticked: readonly PlannedEdit[]) => void,
): Promise<readonly PlannedEdit[] | undefined> {
  const input = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly edit: PlannedEdit }>();
  input.title = vscode.l10n.t('Preview the Edits');
  input.placeholder = vscode.l10n.t('Clear unwanted edits, then press OK. Escape changes nothing.');
  input.canSelectMany = true;
  input.ignoreFocusOut = true;
  input.items = edits.map(({ title, edit }) => ({
    label: title,
    description: vscode.l10n.t('{0}, line {1}', fileName(edit.file), edit.range.start.line + 1),
    edit,
  }));
  input.selectedItems = input.items;
  return new Promise((resolve) => {
    input.onDidChangeSelection((items) => update(items.map(({ edit }) => edit)));
    input.onDidAccept(() => {
      resolve(input.selectedItems.map(({ edit }) => edit));
      input.dispose();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
