import * as vscode from 'vscode';
import { CANTON_CONF, SETTINGS } from '../infrastructure/documents';
import { UNCLAIMED } from './language-detection';

const CLAIM = 'cantonKms.claim';
/** Only comments, followed by the beginning of a word. */
const BEGINNING = /^(?:\s|(?:#|\/\/)[^\n]*\n)*([a-z]+)$/;
const NOTHING = /^\s*$/;

/**
 * Offers `canton` in a `.conf` file without any content: until it has some, its language is another one and the server
 * is not asked. When the item is accepted, the file becomes Canton configuration, and the next keys are suggested.
 */
export function offerFirstKey(): vscode.Disposable {
  const selector = [...UNCLAIMED].map((language) => ({ language, pattern: '**/*.conf' }));
  const registered = vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems: firstKey }),
    vscode.commands.registerCommand(CLAIM, claim),
  );
  // Opening the file activates the extension, and the first letters may have been typed before it was ready.
  const { document, selection } = vscode.window.activeTextEditor ?? {};
  if (document !== undefined && selection !== undefined && vscode.languages.match(selector, document) > 0) {
    if (firstKey(document, selection.active).length > 0) suggest();
  }
  return registered;
}

function firstKey(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  if (!vscode.workspace.getConfiguration(SETTINGS, document.uri).get('detectLanguage', true)) return [];
  const text = document.getText();
  const at = document.offsetAt(position);
  const word = BEGINNING.exec(text.slice(0, at))?.[1];
  if (word === undefined || !'canton'.startsWith(word) || !NOTHING.test(text.slice(at))) return [];
  const item = new vscode.CompletionItem('canton', vscode.CompletionItemKind.Module);
  item.detail = vscode.l10n.t('Canton configuration');
  item.insertText = new vscode.SnippetString('canton {\n  $0\n}');
  item.range = new vscode.Range(document.positionAt(at - word.length), position);
  const title = vscode.l10n.t('Treat as Canton configuration');
  item.command = { command: CLAIM, title, arguments: [document.uri] };
  return [item];
}

async function claim(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.languages.setTextDocumentLanguage(document, CANTON_CONF);
  suggest();
}

function suggest(): void {
  void vscode.commands.executeCommand('editor.action.triggerSuggest');
}
