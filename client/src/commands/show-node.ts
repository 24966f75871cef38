import * as vscode from 'vscode';
import type { NodeSummary } from '../../../server/src/lsp/protocol';

/** Shows where the node is configured. */
export async function showNode({ uri, range: { start } }: NodeSummary): Promise<void> {
  const position = new vscode.Position(start.line, start.character);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), {
    selection: new vscode.Range(position, position),
  });
}
