import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionOptions } from '../../../../../server/src/features/requests/completion/completion';
import type { ServiceSettings } from '../../../../../server/src/service';
import { workbench } from '../../../../kit/service';

type Asked = Partial<CompletionOptions> & ServiceSettings;

/** The items at the cursor, in the order in which an editor shows them. */
export async function complete(
  marked: string,
  { snippets = false, trigger, ...settings }: Asked = {},
): Promise<CompletionItem[]> {
  const { service, cursor } = workbench(marked, settings);
  const items = await service.completion(cursor.uri, cursor.position, { snippets, trigger });
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

export async function labels(marked: string, asked?: Asked): Promise<string[]> {
  return (await complete(marked, asked)).map(({ label }) => label);
}

/** The keys among them: no skeletons and keywords. */
export async function keys(marked: string, asked?: Asked): Promise<string[]> {
  return (await complete(marked, asked)).filter(({ kind }) => kind === 9 || kind === 10).map(({ label }) => label);
}

export async function itemFor(marked: string, label: string, asked?: Asked): Promise<CompletionItem> {
  const items = await complete(marked, asked);
  const item = items.find((one) => one.label === label);
  assert.ok(item !== undefined, `${label} is not offered, but ${items.map((one) => one.label).join(' | ')}`);
  return item;
}

/** The text of the document with the cursor after accepting the completion; snippets are left as they are. */
export async function accept(marked: string, label: string, asked?: Asked): Promise<string> {
  const { fixture, cursor } = workbench(marked);
  const { textEdit } = await itemFor(marked, label, asked);
  const text = fixture.texts.get(cursor.uri) ?? '';
  return TextDocument.applyEdits(TextDocument.create(cursor.uri, '', 1, text), [textEdit as TextEdit]);
}
