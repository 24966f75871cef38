import { terminalLines } from '../text/encoders/terminal';
import type { Command } from './command';
import { type ExitCode, type Io, UsageError, unknownName } from './io';

export const NAME = 'canton-kms';

/** Runs the command that the arguments name. Never rejects: a failure becomes one line and exit code 2. */
export async function run(
  args: readonly string[],
  commands: readonly Command[],
  version: string,
  plainIo: Io,
): Promise<ExitCode> {
  // Standard error is read by people and stored in logs, and may contain names and values from files.
  const io: Io = { ...plainIo, err: (line) => plainIo.err(terminalLines(line)) };
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') {
    io.out(`${version}\n`);
    return 0;
  }
  const help = first === undefined || first === '--help' || first === '-h' || first === 'help';
  const command = commands.find(({ name }) => name === (help ? rest[0] : first));
  if (help && command === undefined) {
    (first === undefined ? io.err : io.out)(overview(commands));
    return first === undefined ? 2 : 0;
  }
  if (command === undefined) {
    const names = commands.map(({ name }) => name);
    io.err(`${NAME}: ${unknownName('command', first ?? '', names, `see ${NAME} --help`)}`);
    return 2;
  }
  if (help || asksForHelp(rest)) {
    io.out(helpOf(command));
    return 0;
  }
  try {
    return await command.run(rest, io, commands);
  } catch (error) {
    io.err(`${NAME} ${command.name}: ${error instanceof UsageError ? error.message : unexpected(error)}`);
    return 2;
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

/** A fault of this program; the stack shows the place. */
function unexpected(error: unknown): string {
  return `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function overview(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    `Usage: ${NAME} COMMAND [OPTION...] [PATH...]`,
    '',
    ...columns(list),
    '',
    `Example: ${NAME} check deploy; ${NAME} COMMAND --help has the options.`,
    '',
  ].join('\n');
}

function helpOf({ name, usage, summary, options, examples }: Command): string {
  const lines = [`Usage: ${NAME} ${name} ${usage}`.trimEnd(), summary];
  if (options.length > 0) lines.push('', ...columns(options));
  if (examples.length > 1) lines.push('', 'Examples:', ...examples.map((example) => `  ${example}`));
  else lines.push('', `Example: ${examples[0]}`);
  return `${lines.join('\n')}\n`;
}

/** A screen is 80 characters wide; a longer text continues below its beginning. */
const WIDTH = 80;

function columns(rows: readonly (readonly [left: string, right: string, ...rest: unknown[]])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrapped(right, WIDTH - width - 4).map((line, i) => `  ${(i === 0 ? left : '').padEnd(width)}  ${line}`),
  );
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
