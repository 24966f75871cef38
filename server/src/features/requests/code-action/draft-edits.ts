import type { SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { parse } from '../../../hocon/syntax/parse';
import { walk } from '../../../hocon/syntax/syntax';
import type { TextChange } from '../../../model/diagnostic';
import type { TextRange } from '../../../text/location';
import { type Lines, rangeOf } from '../../../text/positions';

/** The text of a file; undefined in an editor that cannot insert snippets there. */
export type SnippetTarget = (uri: string) => string | undefined;

/**
 * Converts changes to edits in which every placeholder value is a tab stop, so that the user sees each of them.
 * @param drafts the changes with placeholder values
 * @returns undefined if a change concerns a file in which the editor cannot insert snippets
 */
export function draftEdits(
  changes: readonly TextChange[],
  drafts: readonly TextChange[],
  linesOf: (uri: string) => Lines | undefined,
  textOf: SnippetTarget,
): WorkspaceEdit | undefined {
  const edits = new Map<string, (TextEdit | SnippetTextEdit)[]>();
  let stops = 0;
  for (const change of changes) {
    const { uri, range, newText } = change;
    const [lines, text] = [linesOf(uri), textOf(uri)];
    if (lines === undefined || text === undefined) return undefined;
    const list = edits.get(uri) ?? [];
    edits.set(uri, list);
    const at = rangeOf(lines, range);
    if (!drafts.includes(change)) {
      list.push({ range: at, newText });
      continue;
    }
    const values = draftValues(newText);
    const value = indentedByEditor(withTabStops(newText, values, stops), text, range.start);
    if (value === undefined) return undefined;
    stops += values.length;
    list.push({ range: at, snippet: { kind: 'snippet', value } });
  }
  return {
    documentChanges: [...edits].map(([uri, list]) => ({ textDocument: { uri, version: null }, edits: list })),
  };
}

/**
 * The values of the keys in a new text, without their quotes. The `type` of a section is not a placeholder. A text
 * without keys is a value.
 */
function draftValues(newText: string): readonly TextRange[] {
  const values: TextRange[] = [];
  let hasKeys = false;
  for (const node of walk(parse('draft:', newText, 'conf').root)) {
    if (node.kind !== 'field' || node.value === undefined) continue;
    hasKeys = true;
    const { kind, start, end } = node.value;
    const isQuoted = newText[start] === '"' && newText[end - 1] === '"' && end - start > 1;
    if (kind !== 'scalar' || node.path.elements.at(-1)?.name === 'type') continue;
    values.push(isQuoted ? { start: start + 1, end: end - 1 } : { start, end });
  }
  return hasKeys ? values : [{ start: 0, end: newText.length }];
}

/** A snippet whose tab stops are numbered after those of the changes before it. */
function withTabStops(newText: string, values: readonly TextRange[], stops: number): string {
  const literal = (start: number, end?: number) => newText.slice(start, end).replace(/[\\$}]/g, '\\$&');
  let snippet = '';
  let at = 0;
  for (const [i, { start, end }] of values.entries()) {
    snippet += `${literal(at, start)}\${${stops + i + 1}:${literal(start, end)}}`;
    at = end;
  }
  return snippet + literal(at);
}

/** Editors indent the lines of a snippet like the line that it is inserted into, so this indentation is left out. */
function indentedByEditor(snippet: string, text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  const [first = '', ...others] = snippet.split('\n');
  if (!others.every((line) => line.startsWith(indent) || line.trim() === '')) return undefined;
  return [first, ...others.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))].join('\n');
}
