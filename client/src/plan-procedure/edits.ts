import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Plan, PlannedEdit } from '../../../server/src/lsp/protocol';
import { READ_ONLY_FILES, type ReadOnlyFilesParams } from '../../../server/src/lsp/protocol';
import { type Planned, planFor } from './runbooks';

/** The edits of a plan in words: `2 edits in participant1.conf`; undefined where it has none. */
export function editsInWords({ steps }: Plan): string | undefined {
  const edits = steps.flatMap((step) => step.edits);
  if (edits.length === 0) return undefined;
  const files = [...new Set(edits.map(({ file }) => vscode.workspace.asRelativePath(vscode.Uri.parse(file))))];
  return `${edits.length === 1 ? '1 edit' : `${edits.length} edits`} in ${files.join(', ')}`;
}

/** Makes the edits as one change that can be undone, and shows the place. Throws, with one sentence, where it cannot. */
export async function makeEdits(client: BaseLanguageClient, { params }: Planned): Promise<void> {
  const plan = await fresh(client, params);
  await apply(client, plan, false);
  const [first] = plan.steps.flatMap((step) => step.edits);
  if (first === undefined) return;
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(first.file), {
    viewColumn: vscode.ViewColumn.One,
  });
  editor.revealRange(toRange(first.range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Offers the edits in VS Code's refactor preview, which makes those that the user ticks. Throws like `makeEdits`. */
export async function previewEdits(client: BaseLanguageClient, { params }: Planned): Promise<void> {
  await apply(client, await fresh(client, params), true);
}

/** The files may have changed while the operator was reading. */
async function fresh(client: BaseLanguageClient, params: Planned['params']): Promise<Plan> {
  const { plan } = await planFor(client, params);
  if (!plan.possible) throw new Error(`not possible any more. ${plan.reasons.join(' ')}`);
  if (editsInWords(plan) === undefined) throw new Error('nothing in the configuration has to change.');
  return plan;
}

async function apply(client: BaseLanguageClient, plan: Plan, needsConfirmation: boolean): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { title, edits } of plan.steps) {
    const metadata = needsConfirmation ? { needsConfirmation, label: title } : undefined;
    for (const { file, range, newText } of edits) {
      edit.replace(vscode.Uri.parse(file), toRange(range), newText, metadata);
    }
  }
  await assertWritable(
    client,
    edit.entries().map(([uri]) => uri),
  );
  const done = await vscode.workspace.applyEdit(edit, { isRefactoring: needsConfirmation });
  // A preview that was discarded is no failure.
  if (!done && !needsConfirmation) throw new Error('VS Code did not make the edits; nothing was changed.');
}

async function assertWritable(client: BaseLanguageClient, uris: readonly vscode.Uri[]): Promise<void> {
  const params: ReadOnlyFilesParams = { uris: uris.map(String) };
  const [onDisk] = await client.sendRequest(READ_ONLY_FILES, params);
  const elsewhere = uris.find(({ scheme }) => vscode.workspace.fs.isWritableFileSystem(scheme) === false);
  const found = onDisk === undefined ? elsewhere : vscode.Uri.parse(onDisk);
  if (found !== undefined)
    throw new Error(`${vscode.workspace.asRelativePath(found)} is read-only; nothing was changed.`);
}

function toRange({ start, end }: PlannedEdit['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
