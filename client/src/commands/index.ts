import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { EffectiveParams, NodeSummary } from '../../../server/src/lsp/protocol';
import { chooseCantonVersion } from './choose-canton-version';
import { copyKeyPath } from './copy-key-path';
import {
  CHOOSE_VERSION,
  COPY_KEY_PATH,
  MOVE_ENTRY_DOWN,
  MOVE_ENTRY_UP,
  NEXT_DEFINITION,
  PREVIOUS_DEFINITION,
  SHOW_EFFECTIVE,
  SHOW_NODE,
} from './ids';
import { moveEntry } from './move-entry';
import { goToOtherDefinition } from './other-definition';
import { registerProcedures } from './procedures';
import { showEffective } from './show-effective';
import { showNode } from './show-node';

/** What VS Code passes where a command is run on a row of the view; nothing where it is run from the palette. */
interface Row {
  readonly node: NodeSummary;
}

export function registerCommands(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(CHOOSE_VERSION, () => chooseCantonVersion(client)),
    registerProcedures(client),
    vscode.commands.registerCommand(PREVIOUS_DEFINITION, () => goToOtherDefinition(client, 'previous')),
    vscode.commands.registerCommand(NEXT_DEFINITION, () => goToOtherDefinition(client, 'next')),
    vscode.commands.registerCommand(COPY_KEY_PATH, () => copyKeyPath(client)),
    vscode.commands.registerCommand(MOVE_ENTRY_UP, () => moveEntry(client, 'up')),
    vscode.commands.registerCommand(MOVE_ENTRY_DOWN, () => moveEntry(client, 'down')),
    vscode.commands.registerCommand(SHOW_EFFECTIVE, (given?: EffectiveParams | Row) => showEffective(client, given)),
    vscode.commands.registerCommand(SHOW_NODE, ({ node }: Row) => showNode(node)),
  );
}
