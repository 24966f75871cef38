import type { FileAccess } from '../service';
import { nearest } from '../text/nearest';

/** The process as a command sees it; tests provide their own. */
export interface Io {
  readonly cwd: string;
  /** The variables of the process. */
  variables(): Promise<ReadonlyMap<string, string>>;
  readonly disk: Disk;
  readonly writer: Writer;
  /** May standard output be colored? */
  readonly colors: boolean;
  /** Is standard output a terminal, which acts on what is written to it? */
  readonly terminal: boolean;
  /** Shows how far long work is, in place of what was shown before; undefined where nobody is looking. */
  readonly progress: ((text: string) => void) | undefined;
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

/** The files that a command may look at. */
export interface Disk {
  /** Keyed by URI. */
  readonly files: FileAccess;
  read(path: string): Promise<TextFile>;
  /** A file of a folder; undefined if its bytes, as Latin-1, have nothing that is looked for. */
  search(path: string, hasIt: (latin1: string) => boolean): Promise<TextFile | undefined>;
  /** The URI of the repository around a folder, else of the working directory around it, else of the folder itself. */
  rootOf(folder: string, cwd: string): Promise<string>;
  isGlob(text: string): Promise<boolean>;
  /** Absolute paths of the wanted files below a folder, sorted, and of so many at most; dependencies, hidden folders and what Git ignores are left out. */
  filesIn(folder: string, isWanted: (name: string) => boolean, most?: number): Promise<readonly string[]>;
  /** Absolute paths of the files that a glob, relative to the folder or absolute, matches, sorted. */
  matching(pattern: string, folder: string): Promise<readonly string[]>;
}

/** What a command may write. Nothing rejects: a result is the reason why nothing was written, for a line that begins with the name. */
export interface Writer {
  /** Puts a text in the place of another one in a file, which keeps its encoding, mode and owner, through links. */
  replace(path: string, before: string, after: string): Promise<string | undefined>;
  write(path: string, text: string): Promise<string | undefined>;
  /** Writes a file that does not exist yet. */
  create(path: string, text: string): Promise<string | undefined>;
  /** The path without links. */
  realPath(path: string): Promise<string>;
}

/** A file's text, or why there is none, in words for one line that begins with the file's name. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' | 'refused'; readonly reason: string };

/** For a message: `unknown rule "a"`, with the name that was probably meant, else with where the names are listed. */
export function unknownName(what: string, written: string, names: Iterable<string>, otherwise: string): string {
  const meant = nearest(written, names);
  return `unknown ${what} "${written}"; ${meant === undefined ? otherwise : `did you mean "${meant}"?`}`;
}
