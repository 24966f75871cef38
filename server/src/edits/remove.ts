import type { EntryNode, FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';
import { isBlank, isFirstOnLine, lineEnd, lineStart, nextLineStart } from './lines';

/** The changes that take fields out: their lines with the comment behind them, or their part of a line with one comma. */
export function removals(tree: SyntaxTree, fields: ReadonlySet<FieldNode>): TextChange[] {
  const ranges = [...fields].map((field) => {
    return (tree.syntax === 'json' ? undefined : wholeLines(tree.text, field)) ?? partOfLine(tree, field, fields);
  });
  const merged: { start: number; end: number }[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged.map((range) => ({ uri: tree.uri, range, newText: '' }));
}

/** Undefined where something else stands on the lines. */
function wholeLines(text: string, field: FieldNode): { start: number; end: number } | undefined {
  if (!isFirstOnLine(text, field.start)) return undefined;
  const rest = text.slice(field.end, lineEnd(text, field.end));
  if (!/^[ \t]*,?[ \t]*(?:(?:#|\/\/).*)?$/.test(rest)) return undefined;
  const end = nextLineStart(text, field.end);
  let start = lineStart(text, field.start);
  const previous = start === 0 ? 0 : lineStart(text, start - 1);
  const isBlankBefore = start > 0 && isBlank(text.slice(previous, start));
  // An empty line that only set the field apart goes with it.
  if (isBlankBefore && /^[ \t]*(?:\}|\r?\n|$)/.test(text.slice(end, end + 200))) start = previous;
  return { start, end };
}

function partOfLine({ text }: SyntaxTree, field: FieldNode, gone: ReadonlySet<EntryNode>) {
  const entries = (field.parent as ObjectNode).entries;
  const index = entries.indexOf(field);
  const next = entries[index + 1];
  const comma = /^\s*,[ \t]*/.exec(text.slice(field.end, next?.start ?? lineEnd(text, field.end)))?.[0];
  const isLast = entries.slice(index + 1).every((entry) => gone.has(entry));
  if (!isLast && next !== undefined && comma !== undefined) return { start: field.start, end: next.start };
  const previous = entries.slice(0, index).findLast((entry) => !gone.has(entry));
  if (isLast && previous !== undefined) return { start: previous.end, end: field.end };
  return { start: field.start, end: field.end + (comma?.length ?? 0) };
}
