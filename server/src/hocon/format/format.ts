import type { TextRange } from '../../text/location';
import type { SyntaxTree } from '../syntax/syntax';
import type { ParsedTree } from '../syntax/tree';
import { inside, linesOf, outside, type TextEdit } from './edits';
import { rowsOf } from './gaps';
import { Lines } from './lines';
import { separatorEdits } from './separators';

export interface FormatOptions {
  /** Blanks per level; without `insertSpaces` a level is one tab. */
  readonly indentSize: number;
  readonly insertSpaces: boolean;
  /** What ends the last line where the text has no newline there. */
  readonly newline: '\n' | '\r\n';
}

/** The parser reports no more faults than this, so there may be others. */
const TOO_MANY_PROBLEMS = 100;

/**
 * Tidies a HOCON or JSON text: indentation, blanks at line ends, around separators and behind commas, empty lines.
 *
 * It changes no character but blanks, tabs and newlines, and those only where they are no part of a value or comment;
 * it neither joins nor splits lines. What it gives it leaves alone the next time. Lines with a fault stay as they are,
 * and the whole text does where braces, brackets or long strings do not end.
 * @param ranges only the lines that they touch are changed
 * @returns edits in the order of the text that do not overlap
 */
export function format(tree: SyntaxTree, options: FormatOptions, ranges?: readonly TextRange[]): TextEdit[] {
  const { text, problems, tokens } = tree as ParsedTree;
  if (tokens === undefined || problems.length >= TOO_MANY_PROBLEMS) return [];
  const { groups, continued } = rowsOf(tree);
  const indent = options.insertSpaces ? ' '.repeat(options.indentSize) : '\t';
  const lines = new Lines(tokens, continued, indent, options.newline).run();
  if (lines === undefined) return [];
  const edits = [...lines, ...separatorEdits(text, groups)].sort((a, b) => a.range.start - b.range.start);
  const faulty = problems.map((problem) => problem.range);
  const possible = outside(edits, linesOf(text, faulty));
  return ranges === undefined ? possible : inside(possible, linesOf(text, ranges));
}
