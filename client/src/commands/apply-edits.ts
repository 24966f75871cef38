import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { PLAN } from '../../../server/src/lsp/protocol';
import type { Plan, PlannedEdit } from '../../../server/src/operations/plan';
import type { Planned } from './procedure';
import { showRunbook } from './runbook';

const SHOW_PLAN = 'Show the Plan';
const PREVIEW = 'Preview the Edits';

/** Applies the plan's edits as one undoable change, shows the place and offers the steps that are left to people. */
export async function applyEdits(client: BaseLanguageClient, planned: Planned): Promise<void> {
  const { node, steps, warnings } = planned.plan;
  const edits = steps.flatMap((step) => step.edits);
  if (edits.length === 0 || !(await vscode.workspace.applyEdit(workspaceEdit(planned.plan, false)))) {
    void vscode.window.showErrorMessage(`${node}: the configuration could not be changed.`);
    return;
  }
  const first = edits[0] as PlannedEdit;
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(first.file));
  editor.revealRange(toRange(first.range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  void tell(client, planned, [`${node}: the configuration is written.`, ...warnings].join(' '));
}

async function tell(client: BaseLanguageClient, planned: Planned, message: string): Promise<void> {
  const { window } = vscode;
  const show = planned.plan.warnings.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  const choice = await show(message, SHOW_PLAN);
  if (choice === SHOW_PLAN) await showRunbook(client, planned);
}

/** Offers the edits of a plan in VS Code's refactor preview, which makes those that the user ticks. */
export async function offerEdits(client: BaseLanguageClient, { params, plan }: Planned): Promise<void> {
  if (plan.steps.every(({ edits }) => edits.length === 0)) return;
  const message = `${plan.node}: the plan changes the configuration. Nothing is changed before you tick the edits in their preview.`;
  const choice = await vscode.window.showInformationMessage(message, PREVIEW);
  if (choice !== PREVIEW) return;
  // The files may have changed while the operator was reading.
  const fresh = await client.sendRequest<Plan | null>(PLAN, params);
  if (fresh?.possible) await vscode.workspace.applyEdit(workspaceEdit(fresh, true), { isRefactoring: true });
  else void vscode.window.showErrorMessage(`${plan.node}: not possible any more. ${fresh?.reasons.join(' ') ?? ''}`);
}

function workspaceEdit({ steps }: Plan, needsConfirmation: boolean): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { title, edits } of steps) {
    const metadata = needsConfirmation ? { needsConfirmation, label: title } : undefined;
    for (const { file, range, newText } of edits) {
      edit.replace(vscode.Uri.parse(file), toRange(range), newText, metadata);
    }
  }
  return edit;
}

function toRange({ start, end }: PlannedEdit['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
