import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Lines } from '../../../../text/positions';
import { locatedChanges } from '../../diagnostics';
import type { Refactoring } from './refactoring';

const START = { line: 0, character: 0 };

/** Undefined where a file that it changes is not at hand. */
export function toCodeAction(
  { title, kind, changes, added }: Refactoring,
  linesOf: (uri: string) => Lines | undefined,
): CodeAction | undefined {
  const edits = locatedChanges(changes, linesOf);
  if (edits === undefined) return undefined;
  const edit = added === undefined ? { changes: edits } : withFiles(edits, added);
  return { title, kind, edit };
}

function withFiles(
  edits: NonNullable<ReturnType<typeof locatedChanges>>,
  added: ReadonlyMap<string, string>,
): WorkspaceEdit {
  const change = (uri: string, list: TextDocumentEdit['edits']): TextDocumentEdit => {
    return { textDocument: { uri, version: null }, edits: list };
  };
  const files = [...added].flatMap(([uri, text]) => [
    { kind: 'create' as const, uri },
    change(uri, [{ range: { start: START, end: START }, newText: text }]),
  ]);
  return { documentChanges: [...files, ...Object.entries(edits).map(([uri, list]) => change(uri, list))] };
}
