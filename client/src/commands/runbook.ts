import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type PlanParams, RUNBOOK, type RunbookResult } from '../../../server/src/lsp/protocol';

/** Opens the plan as Markdown with check boxes, to be saved wherever the operator keeps such things. */
export async function showRunbook(
  client: BaseLanguageClient,
  { params }: { readonly params: PlanParams },
): Promise<void> {
  const runbook = await client.sendRequest<RunbookResult | null>(RUNBOOK, params);
  if (runbook === null) return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: runbook.markdown });
  await vscode.window.showTextDocument(document);
}
