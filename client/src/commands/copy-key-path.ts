import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { KEY_PATHS } from '../../../server/src/lsp/protocol';
import { cantonEditor, cursorOf, mention } from './place';

/** Copies the full path of the key at the cursor; where a fragment brings it to several places, the user chooses one. */
export async function copyKeyPath(client: BaseLanguageClient): Promise<void> {
  const editor = cantonEditor();
  if (editor === undefined) return;
  const paths = await client.sendRequest<string[]>(KEY_PATHS, cursorOf(editor));
  if (paths.length === 0) return mention('There is no key here.');
  const title = 'This key is in effect in several places';
  const path = paths.length === 1 ? paths[0] : await vscode.window.showQuickPick(paths, { title });
  if (path === undefined) return;
  await vscode.env.clipboard.writeText(path);
  mention(`Copied ${path}`);
}
