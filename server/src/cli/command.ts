import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CANTON_VERSIONS, type CantonRelease, cantonRelease, EDITIONS, type Edition } from '../../../schemas/version';
import { type Environment, type RequestedVersion, readEnvFile } from '../service';
import { nearest } from '../text/nearest';
import { type ExitCode, type Io, UsageError } from './io';
import { readNamed } from './targets';

/** One subcommand. */
export interface Command {
  readonly name: string;
  /** The usage after `canton-kms NAME` in the first line of its help. */
  readonly usage: string;
  /** One line for the list of commands, at most 66 characters. */
  readonly summary: string;
  /** The whole help fits on a screen of 24 lines with 80 characters, so most options take one line. */
  readonly options: readonly OptionHelp[];
  /** Command lines to copy, at least one. */
  readonly examples: readonly [string, ...string[]];
  /** The words, other than files, that shells complete as its first argument. */
  words?(): Promise<readonly string[]>;
  /**
   * Throws `UsageError` on wrong usage or unreadable input.
   * @param all the commands that are loaded
   */
  run(args: readonly string[], io: Io, all: readonly Command[]): Promise<ExitCode>;
}

/** @param values the values that shells complete: all possible ones, or undefined for files and free text */
export type OptionHelp = readonly [option: string, meaning: string, values?: readonly string[]];

/**
 * Node's `parseArgs`, with its failures converted to usage errors. No option may have the name of one that Node reads
 * after the name of a script: `node cli.js check --env-file FILE` would run what a `NODE_OPTIONS` in the file says.
 */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  const before = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length);
  const removed = before.find((arg) => /^--env-file(?:-if-exists)?(?:=|$)/.test(arg));
  if (removed !== undefined)
    throw new UsageError(`${removed.replace(/=.*/s, '')} is an option of Node.js itself; use --variables`);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds advice about `--` after the first sentence, which does not help here.
    const message = (error instanceof Error ? error.message : String(error)).replace(
      /\. To specify a positional.*$/s,
      '',
    );
    const [, unknown] = /^Unknown option '--([^']*)'/.exec(message) ?? [];
    const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(options));
    throw new UsageError(meant === undefined ? message : `${message}; did you mean --${meant}?`);
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
  if (found === undefined) throw new UsageError(`${option} is "${value}"; it must be one of ${choices.join(', ')}`);
  return found;
}

/** Splits `NAME=VALUE`. */
export function assignment(text: string, option: string): readonly [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`${option} is "${text}"; write KEY=VALUE`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** Options of every command that checks against a Canton version. */
export const VERSION_OPTIONS = { 'canton-version': { type: 'string' }, edition: { type: 'string' } } as const;

export const VERSION_HELP: readonly OptionHelp[] = [
  ['--canton-version V', `This version for all files: ${CANTON_VERSIONS.join(', ')}`, CANTON_VERSIONS],
  ['--edition E', `This edition for all files: ${EDITIONS.join(', ')}`, EDITIONS],
];

export function requestedVersion(values: {
  readonly 'canton-version'?: string | undefined;
  readonly edition?: string | undefined;
}): RequestedVersion {
  return { ...readVersion(values['canton-version']), edition: readEdition(values.edition) };
}

function readVersion(text: string | undefined): CantonRelease | undefined {
  if (text === undefined) return undefined;
  const found = cantonRelease(text);
  if (found === undefined) {
    throw new UsageError(`--canton-version is "${text}"; known versions are ${CANTON_VERSIONS.join(', ')}`);
  }
  return found;
}

function readEdition(text: string | undefined): Edition | undefined {
  return choice(text, EDITIONS, '--edition');
}

/** The environment of the node, which is not that of this process. */
const ENVIRONMENT_OPTIONS = {
  env: { type: 'string', multiple: true },
  variables: { type: 'string', multiple: true },
  'env-only': { type: 'boolean' },
} as const;

const ENVIRONMENT_HELP: readonly OptionHelp[] = [
  ['--env NAME=VALUE', 'Set a variable of the node; repeatable'],
  ['--variables FILE', 'Read variables of the node from NAME=VALUE lines'],
  ['--env-only', 'No other variable is set; by default they are unknown'],
];

async function environmentOf(
  values: {
    readonly env?: readonly string[] | undefined;
    readonly variables?: readonly string[] | undefined;
    readonly 'env-only'?: boolean | undefined;
  },
  io: Pick<Io, 'cwd' | 'disk'>,
): Promise<Environment> {
  const variables = new Map<string, string>();
  for (const file of values.variables ?? []) {
    for (const [name, value] of readEnvFile(await readNamed(resolve(io.cwd, file), io))) variables.set(name, value);
  }
  for (const assignment of values.env ?? []) {
    const equals = assignment.indexOf('=');
    if (equals < 1) throw new UsageError(`--env is "${assignment}"; write NAME=VALUE`);
    variables.set(assignment.slice(0, equals), assignment.slice(equals + 1));
  }
  return { variables, closed: values['env-only'] === true };
}

/** Options of every command that reads a launch: its version, edition and environment. */
export const LAUNCH_OPTIONS = { ...VERSION_OPTIONS, ...ENVIRONMENT_OPTIONS } as const;
export const LAUNCH_HELP = [...VERSION_HELP, ...ENVIRONMENT_HELP];

/** The service settings from the values of LAUNCH_OPTIONS. Throws `UsageError`; reads the files of `--variables`. */
export async function launchSettings(
  values: Parameters<typeof requestedVersion>[0] & Parameters<typeof environmentOf>[0],
  io: Pick<Io, 'cwd' | 'disk'>,
) {
  return { force: requestedVersion(values), environment: await environmentOf(values, io) };
}
