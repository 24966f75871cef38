import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Workbench, workbench } from './service';

/** The actions that are offered at the only cursor of a fixture, in the range of that position. */
export async function actionsAt(marked: string, ...only: readonly string[]): Promise<readonly CodeAction[]> {
  const bench = workbench(marked);
  return offered(bench, only);
}

export function offered({ service, cursor }: Workbench, only: readonly string[] = []): Promise<CodeAction[]> {
  const { uri, position } = cursor;
  const context = { diagnostics: [], createsFiles: true, ...(only.length > 0 && { only: [...only] }) };
  return service.codeActions(uri, { start: position, end: position }, context);
}

/** The files that an action changes or creates, by name, with their texts afterwards. */
export function applied({ fixture }: Pick<Workbench, 'fixture'>, { edit }: CodeAction): Record<string, string> {
  const results: Record<string, string> = {};
  const nameOf = (uri: string) => uri.split('/').at(-1) as string;
  const change = (uri: string, edits: Parameters<typeof TextDocument.applyEdits>[1]) => {
    const before = results[nameOf(uri)] ?? fixture.texts.get(uri) ?? '';
    results[nameOf(uri)] = TextDocument.applyEdits(TextDocument.create(uri, '', 1, before), edits);
  };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
  for (const one of edit?.documentChanges ?? []) {
    if ('textDocument' in one) change(one.textDocument.uri, one.edits as Parameters<typeof change>[1]);
    else if (one.kind === 'create') results[nameOf(one.uri)] = '';
  }
  return results;
}
