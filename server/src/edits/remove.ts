import type { TextChange } from '../canton/diagnostic';
import type { FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax';
import { isBlank, isFirstOnLine, lineEnd, lineStart, nextLineStart } from './lines';

/** The change that takes a field out: its lines with the comment behind it, or its part of a line with one comma. */
export function removal(tree: SyntaxTree, field: FieldNode): TextChange {
  const whole = tree.syntax === 'json' ? undefined : wholeLines(tree.text, field);
  const { start, end } = whole ?? partOfLine(tree, field);
  return { uri: tree.uri, range: { start, end }, newText: '' };
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

function partOfLine({ text }: SyntaxTree, field: FieldNode): { start: number; end: number } {
  const entries = (field.parent as ObjectNode).entries;
  const index = entries.indexOf(field);
  const next = entries[index + 1];
  const comma = /^\s*,[ \t]*/.exec(text.slice(field.end, next?.start ?? lineEnd(text, field.end)))?.[0];
  if (next !== undefined && comma !== undefined) return { start: field.start, end: next.start };
  const previous = entries[index - 1];
  if (next === undefined && previous !== undefined) return { start: previous.end, end: field.end };
  return { start: field.start, end: field.end + (comma?.length ?? 0) };
}
