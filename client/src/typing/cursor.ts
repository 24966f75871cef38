import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { CURSOR_MOVED } from '../../../server/src/lsp/protocol';

/** As long as the server holds back problems of a word that is being typed. */
const TYPING_MS = 1000;

/** Lets the server know when the cursor leaves the word that was typed last, so that its mistakes show at once. */
export function reportCursor(client: BaseLanguageClient): vscode.Disposable {
  let typed: { readonly document: vscode.TextDocument; readonly until: number } | undefined;
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) typed = { document, until: Date.now() + TYPING_MS };
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      if (typed?.document !== textEditor.document || selection === undefined || Date.now() > typed.until) return;
      const { line, character } = selection.active;
      if (client.state !== State.Running) return;
      const uri = textEditor.document.uri.toString();
      void client.sendNotification(CURSOR_MOVED, { uri, position: { line, character } });
    }),
  );
}
