import { breakLogCommands } from './ci';
import { withVisibleControls } from './controls';

/**
 * A text for a terminal or a log, as a part of one line: escape sequences, carriage returns, line breaks and changes of
 * the writing direction are shown as `\u001b`, `\r`, `\n` and `\u202e`, and nothing in it is a command to a CI system.
 */
export function terminalText(text: string): string {
  return breakLogCommands(withVisibleControls(text));
}

/** The same for a text of several lines, which `\n` separates; tabs stay. */
export function terminalLines(text: string): string {
  return breakLogCommands(withVisibleControls(text, '\n\t'));
}

/**
 * A part of a source line in which every character keeps its column: characters that would be shown as escapes become
 * blanks.
 */
export function terminalFrame(line: string): string {
  return [...line]
    .map((one) => (terminalText(one) === one ? one : ' '.repeat(one.length)))
    .join('')
    .replace(/#(?=#\w*\[)/g, ' ');
}
