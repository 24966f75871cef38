import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { format } from '../../hocon/format/format';
import { parse } from '../../hocon/syntax/parse';
import { nodeAt, type SyntaxTree } from '../../hocon/syntax/syntax';
import { LineIndex } from '../../text/line-index';
import { isBlank, lineEnd, lineStart } from '../../text/lines';
import { type Lines, type Position, type Range, rangeOf } from '../../text/positions';

/** The largest accepted indentation. */
const MAX_INDENT = 16;

/**
 * Formats a document, or the lines of some ranges in it. A range that ends at the start of a line does not include it.
 * @returns edits that do not overlap; none if the text is too broken to determine its nesting
 */
export function formatting(
  tree: SyntaxTree,
  lines: Lines,
  { tabSize, insertSpaces }: FormattingOptions,
  ranges?: readonly Range[],
): TextEdit[] {
  const options = {
    indentSize: Math.max(0, Math.min(tabSize, MAX_INDENT)),
    insertSpaces,
    newline: /\r?\n/.exec(tree.text)?.[0] === '\r\n' ? '\r\n' : '\n',
  } as const;
  const asked = ranges?.map(({ start, end }) => ({ start: lines.offsetAt(start), end: lines.offsetAt(end) }));
  return format(tree, options, asked).map(({ range, newText }) => ({ range: rangeOf(lines, range), newText }));
}

/**
 * Formats the part that has just been completed: the object or list that a bracket closes, or the line before a new
 * one. The line with the cursor is only indented, because it is still being written.
 * @param position the position after the typed character
 */
export function onTypeFormatting(
  tree: SyntaxTree,
  lines: Lines,
  position: Position,
  character: string,
  options: FormattingOptions,
): TextEdit[] {
  const offset = lines.offsetAt(position);
  if (character === '\n') return afterNewline(tree, offset, options);
  const closed = nodeAt(tree, offset);
  const isClosed =
    (closed.kind === 'object' && closed.closeBrace?.end === offset) ||
    (closed.kind === 'array' && closed.closeBracket?.end === offset);
  return isClosed ? formatting(tree, lines, options, [rangeOf(lines, closed)]) : [];
}

function afterNewline({ uri, text, syntax }: SyntaxTree, offset: number, options: FormattingOptions): TextEdit[] {
  const here = lineStart(text, offset);
  const before = here === 0 ? 0 : lineStart(text, here - 1);
  // The formatter does not indent empty lines, and removes the second of two. An include in this line makes it indent
  // the line.
  const entry = isBlank(text.slice(here, lineEnd(text, offset))) ? 'include "a"' : '';
  const marked = text.slice(0, offset) + entry + text.slice(offset);
  const lines = new LineIndex(marked);
  const from = isBlank(text.slice(before, here)) ? here : before;
  const range = rangeOf(lines, { start: from, end: lineEnd(marked, offset) });
  const edits = formatting(parse(uri, marked, syntax), lines, options, [range]);
  return edits.filter((edit) => lines.offsetAt(edit.range.end) <= offset);
}
