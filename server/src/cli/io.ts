import type { TextFile } from '../fs/text-file';

/** What a command sees of its process; tests give their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** May standard output be coloured? */
  readonly colors: boolean;
  /** Writes text to standard output as it is. */
  out(text: string): void;
  /** Writes one line to standard error. */
  err(line: string): void;
  /** Standard input up to its end. */
  readInput(): Promise<TextFile>;
  /** Lines of standard input as they come. */
  inputLines(): AsyncIterable<string>;
}

/** 0: nothing to complain about; 1: something; 2: wrong usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** Wrong usage or unreadable input: one line for standard error, and exit code 2. */
export class UsageError extends Error {}
