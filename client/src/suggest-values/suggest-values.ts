import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';

/** A key that is accepted with its separator or its empty section, or the beginning of an include: more has to follow. */
const ASKS_FOR_MORE = /(?:[=:] ?|^[^$]*\{\s*\$0\s*\}|^include "(?:\$1")?)$/;

export const suggestValues: Pick<Middleware, 'provideCompletionItem'> = {
  async provideCompletionItem(document, position, context, token, next) {
    const result = await next(document, position, context, token);
    const items = result instanceof vscode.CompletionList ? result.items : (result ?? []);
    for (const item of items) {
      const text = item.insertText instanceof vscode.SnippetString ? item.insertText.value : item.insertText;
      if (text !== undefined && ASKS_FOR_MORE.test(text)) {
        item.command = { command: 'editor.action.triggerSuggest', title: vscode.l10n.t('Suggest') };
      }
    }
    return result;
  },
};
