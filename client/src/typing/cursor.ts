import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { ENCLOSING_LANGUAGES } from '../../../server/src/embedded/carriers';
import { CURSOR_MOVED, TYPING_PAUSE_MS } from '../../../server/src/lsp/protocol';
import { cursorOf, isConfiguration } from '../infrastructure/documents';

/** Lets the server know when the cursor leaves the word that was typed last, so that its mistakes show at once. */
export function reportCursor(client: BaseLanguageClient): vscode.Disposable {
  let typed: { readonly document: vscode.TextDocument; readonly until: number } | undefined;
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isServed = isConfiguration(document) || ENCLOSING_LANGUAGES.includes(document.languageId);
      if (isServed && contentChanges.length > 0) typed = { document, until: Date.now() + TYPING_PAUSE_MS };
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (typed?.document !== textEditor.document || Date.now() > typed.until) return;
      if (client.state === State.Running) void client.sendNotification(CURSOR_MOVED, cursorOf(textEditor));
    }),
  );
}
