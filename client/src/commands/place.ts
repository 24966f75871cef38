import * as vscode from 'vscode';
import type { OtherDefinitionResult } from '../../../server/src/lsp/protocol';
import { CANTON_CONF } from '../language';

type Position = NonNullable<OtherDefinitionResult['target']>['range']['start'];

/** The editor of a Canton file that the user is in. */
export function cantonEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === CANTON_CONF ? editor : undefined;
}

/** Where the cursor is, as requests say it. */
export function cursorOf({ document, selection }: vscode.TextEditor): {
  readonly uri: string;
  readonly position: Position;
} {
  const { line, character } = selection.active;
  return { uri: document.uri.toString(), position: { line, character } };
}

export function rangeOf({ start, end }: { readonly start: Position; readonly end: Position }): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

const TOLD_MS = 5000;

/** Says something that a glance is enough for. */
export function mention(message: string): void {
  vscode.window.setStatusBarMessage(message, TOLD_MS);
}
