import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { toCamelCase, withoutTabStops } from '../embedded';
import { AS_IS, COMPLETION, SNIPPET_FORMAT } from '../features/shared/lsp-kinds';
import type { RegionLines } from '../workspace/region-lines';

/** What a tab of a snippet is: YAML has no tabs in its indentation. */
const INDENT = '  ';

/** The item of a completion of HOCON in the notation of its host; undefined where the host cannot say it. */
export function toHostItem(lines: RegionLines, item: CompletionItem): CompletionItem | undefined {
  const { textEdit, additionalTextEdits = [] } = item;
  if (textEdit === undefined || !('range' in textEdit)) return undefined;
  const main = toHostEdit(lines, textEdit, item.insertTextFormat === SNIPPET_FORMAT);
  const additional = additionalTextEdits.map((edit) => toHostEdit(lines, edit, false));
  if (main === undefined || additional.includes(undefined)) return undefined;
  return {
    ...item,
    ...namesOf(lines, item),
    textEdit: main,
    ...(additional.length > 0 && { additionalTextEdits: additional as TextEdit[] }),
    // The indentation of the lines is all there; an editor that adds to it would end the block.
    insertTextMode: AS_IS,
  };
}

/** @param edit of HOCON, its range in the host, written for an editor that indents further lines as the first */
function toHostEdit(lines: RegionLines, { range, newText }: TextEdit, isSnippet: boolean): TextEdit | undefined {
  const within = lines.within(range);
  const snippet = isSnippet ? withoutTabStops(newText) : { text: newText, restore: (text: string) => text };
  if (within === undefined || snippet === undefined) return undefined;
  const { text } = lines.region;
  const line = text.slice(text.lastIndexOf('\n', within.start - 1) + 1, within.start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const indented = snippet.text.replaceAll('\t', INDENT).replaceAll('\n', `\n${indent}`);
  const edit = lines.editOf(within, indented);
  return edit && { range: edit.range, newText: snippet.restore(edit.newText) };
}

const KEYS: ReadonlySet<number> = new Set([COMPLETION.property, COMPLETION.module, COMPLETION.snippet]);

/** Keys as they are written there, which is also what an editor compares with what is typed. */
function namesOf({ region }: RegionLines, { label, kind, filterText }: CompletionItem): Partial<CompletionItem> {
  if (region.kind !== 'yaml-splice-kms' || kind === undefined || !KEYS.has(kind)) return {};
  return { label: toCamelCase(label), ...(filterText !== undefined && { filterText: toCamelCase(filterText) }) };
}
