import * as vscode from 'vscode';
import {
  KEY_PATHS,
  MOVE_ENTRY,
  type MoveEntryParams,
  OTHER_DEFINITION,
  type OtherDefinitionParams,
} from '../../../server/src/lsp/protocol';
import {
  COPY_KEY_PATH,
  MOVE_ENTRY_DOWN,
  MOVE_ENTRY_UP,
  NEXT_DEFINITION,
  PREVIOUS_DEFINITION,
} from '../infrastructure/commands';
import { cantonEditor, cursorOf, mention, rangeOf } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';

/** Goes to the definition that the one at the cursor overrides, or to the one that overrides it. */
async function goToOtherDefinition(server: Server, direction: OtherDefinitionParams['direction']): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const params: OtherDefinitionParams = { ...cursorOf(editor), direction };
  const found = await server.request(OTHER_DEFINITION, params);
  if (found === null) return mention(vscode.l10n.t('There is no key with an effect here.'));
  const { path, target, number, count } = found;
  if (target === null) {
    return mention(
      direction === 'next'
        ? vscode.l10n.t('Nothing overrides this definition of {0}.', path)
        : vscode.l10n.t('{0} has no earlier definition.', path),
    );
  }
  const options = { selection: rangeOf(target.range) };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(target.uri), options);
  mention(vscode.l10n.t('Definition {0} of {1} of {2}', number, count, path));
}

/** Copies the full path of the key at the cursor; if a fragment has several effective paths, the user chooses one. */
async function copyKeyPath(server: Server): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const paths = await server.request(KEY_PATHS, cursorOf(editor));
  if (paths.length === 0) return mention(vscode.l10n.t('There is no key at the cursor.'));
  const title = vscode.l10n.t('This key has several paths. Which one?');
  const path = paths.length === 1 ? paths[0] : await vscode.window.showQuickPick(paths, { title });
  if (path === undefined) return;
  await vscode.env.clipboard.writeText(path);
  mention(vscode.l10n.t('Copied {0}', path));
}

/** Moves the entry at the cursor past its neighbor, or into or out of a section; the cursor goes with it. */
async function moveEntry(server: Server, direction: MoveEntryParams['direction']): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const { version } = editor.document;
  const params: MoveEntryParams = { ...cursorOf(editor), direction };
  const moved = await server.request(MOVE_ENTRY, params);
  if ('refused' in moved) return mention(`$(warning) ${moved.refused}`);
  // The answer does not include text that was typed in the meantime.
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

/** Commands that go from one definition of a key to another, copy its path, and move its entry. */
export function navigateKeys(server: Server): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand(PREVIOUS_DEFINITION, () => goToOtherDefinition(server, 'previous')),
    registerCommand(NEXT_DEFINITION, () => goToOtherDefinition(server, 'next')),
    registerCommand(COPY_KEY_PATH, () => copyKeyPath(server)),
    registerCommand(MOVE_ENTRY_UP, () => moveEntry(server, 'up')),
    registerCommand(MOVE_ENTRY_DOWN, () => moveEntry(server, 'down')),
  );
}
