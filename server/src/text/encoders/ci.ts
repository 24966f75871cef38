import { withVisibleControls } from './controls';

/*
 * Commands that CI systems read from logs. GitHub runs `::name::` at the start of a line, even after blanks, and
 * `##[name]` anywhere (actions/runner, ActionCommand.cs); Azure Pipelines runs `##vso[…]`, TeamCity `##teamcity[…]`.
 */
const COMMAND = /^([^\S\n]*):(?=:)|#(?=#\w*\[)/gm;

/** The text with the first character of every such command written as `\u003a` or `\u0023`. */
export function breakLogCommands(text: string): string {
  return text.replace(COMMAND, (found, blanks: string | undefined) =>
    found.endsWith(':') ? `${blanks ?? ''}\\u003a` : '\\u0023',
  );
}

/** The message of a GitHub workflow command: one line of the log, in which GitHub shows encoded line breaks. */
export function githubData(text: string): string {
  return withVisibleControls(text, '\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/**
 * A property of a GitHub workflow command, such as its file: encoded so that it cannot begin another property or the
 * message.
 */
export function githubProperty(text: string): string {
  return githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
