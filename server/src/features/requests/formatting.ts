import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { isBlank, lineEnd, lineStart } from '../../edits/lines';
import { format } from '../../hocon/format/format';
import { parse } from '../../hocon/syntax/parse';
import { nodeAt, type SyntaxTree } from '../../hocon/syntax/syntax';
import { LineIndex } from '../../text/line-index';
import { type Lines, type Position, type Range, rangeOf } from '../../text/positions';

/** An editor that asks for more means no indentation. */
const MAX_INDENT = 16;

/**
 * Tidies a document, or in it the lines of some ranges. A range that ends where a line begins does not mean that line.
 * @returns edits that do not overlap; none where the text is too broken to know how it is nested
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

/** What was typed when {@link onTypeFormatting} is asked for. */
export const FORMATTING_CHARACTERS = ['\n', '}', ']'] as const;

/**
 * Tidies what has just been finished: behind a closing brace or bracket what it closes, on a new line the line before. The
 * line with the cursor gets its indentation and nothing else, since it is still being written.
 * @param position behind the typed character
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
  // An empty line has no indentation, and one behind another is taken away; an include makes the formatter indent it.
  const entry = isBlank(text.slice(here, lineEnd(text, offset))) ? 'include "a"' : '';
  const marked = text.slice(0, offset) + entry + text.slice(offset);
  const lines = new LineIndex(marked);
  const from = isBlank(text.slice(before, here)) ? here : before;
  const range = rangeOf(lines, { start: from, end: lineEnd(marked, offset) });
  const edits = formatting(parse(uri, marked, syntax), lines, options, [range]);
  return edits.filter((edit) => lines.offsetAt(edit.range.end) <= offset);
}
