import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { MOVE_ENTRY, type MoveEntryParams, type MoveEntryResult } from '../../../server/src/lsp/protocol';
import { cantonEditor, cursorOf, mention, rangeOf } from './place';

/** Moves the entry at the cursor past its neighbour, or into or out of a section; the cursor goes with it. */
export async function moveEntry(client: BaseLanguageClient, direction: MoveEntryParams['direction']): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const { version } = editor.document;
  const params: MoveEntryParams = { ...cursorOf(editor), direction };
  const moved = await client.sendRequest<MoveEntryResult>(MOVE_ENTRY, params);
  if ('refused' in moved) return mention(`$(warning) ${moved.refused}`);
  // What was typed meanwhile is not in the answer.
  if (editor.document.version !== version) return;
  const { edits, cursor } = moved;
  const done = await editor.edit((builder) => {
    for (const { range, newText } of edits) builder.replace(rangeOf(range), newText);
  });
  if (!done) return;
  const position = new vscode.Position(cursor.line, cursor.character);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection);
}
