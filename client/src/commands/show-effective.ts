import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type EffectiveParams, NODES, type NodeSummary } from '../../../server/src/lsp/protocol';
import { effectiveUri } from '../effective/effective-documents';
import { isConfiguration } from '../language';
import { modeOf } from './questions';

const TITLE = 'Show the Effective KMS Configuration';

/** Shows what is in effect for a node beside its files: the one of a lens or a row, else one of the active document. */
export async function showEffective(
  client: BaseLanguageClient,
  given: EffectiveParams | { readonly node: NodeSummary } | undefined,
): Promise<void> {
  try {
    const params = given === undefined ? await askForNode(client) : paramsOf(given);
    if (params === undefined) return;
    const document = await vscode.workspace.openTextDocument(effectiveUri(params));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  } catch (error) {
    void vscode.window.showErrorMessage(`${TITLE}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function paramsOf(given: EffectiveParams | { readonly node: NodeSummary }): EffectiveParams {
  return typeof given.node === 'string' ? (given as EffectiveParams) : { uri: given.node.uri, node: given.node.id };
}

async function askForNode(client: BaseLanguageClient): Promise<EffectiveParams | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !isConfiguration(document)) throw new Error('open a Canton configuration first.');
  const uri = document.uri.toString();
  const nodes = await client.sendRequest<NodeSummary[]>(NODES, { uri });
  if (nodes.length === 0) throw new Error('no node is configured in this file or its launch set.');
  const items = nodes.map((node) => ({ label: node.id, detail: modeOf(node) }));
  const options = { title: TITLE, placeHolder: 'Of which node?' };
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, options);
  return picked && { uri, node: picked.label };
}
