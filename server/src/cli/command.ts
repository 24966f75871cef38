import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type ExitCode, type Io, UsageError } from './io';

/** One subcommand. */
export interface Command {
  readonly name: string;
  /** What follows `canton-kms NAME` in the first line of its help. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Options and their meaning, one a line. */
  readonly options: readonly OptionHelp[];
  /** Throws `UsageError` on wrong usage or unreadable input. */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

export type OptionHelp = readonly [option: string, meaning: string];

/** node's `parseArgs`, its failures turned into usage errors. */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds advice about `--` after the first sentence, which does not help here.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace(/\. To specify a positional.*$/s, ''));
  }
}

/** The value if it is one of the choices; `undefined` stays undefined. */
export function choice<T extends string>(
  value: string | undefined,
  choices: readonly T[],
  option: string,
): T | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} is "${value}"; it can be ${choices.join(', ')}`);
  return found;
}
