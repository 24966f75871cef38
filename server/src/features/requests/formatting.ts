import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { format } from '../../hocon/format/format';
import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { type Lines, type Range, rangeOf } from '../../text/positions';

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
