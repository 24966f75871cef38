import type { FileAccess } from '../service';
import { nearest } from '../text/nearest';

/** The interface of a command to its process; tests provide their own. */
export interface Io {
  readonly cwd: string;
  /** The variables of the process. */
  variables(): Promise<ReadonlyMap<string, string>>;
  readonly disk: Disk;
  /** Whether the engine optimizes the functions that are called most. */
  optimize?(isOn: boolean): Promise<void>;
  readonly writer: Writer;
  /** True if standard output may be colored. */
  readonly colors: boolean;
  /** True if standard output is a terminal, which interprets control characters. */
  readonly terminal: boolean;
  /** Shows the progress of long work, replacing the previous text; undefined if nobody sees it. */
  readonly progress: ((text: string) => void) | undefined;
  /** Writes text to standard output unchanged. */
  out(text: string): void;
  /** Writes one line to standard error. */
  err(line: string): void;
  /** Standard input up to its end. */
  readInput(): Promise<TextFile>;
  /** Lines of standard input as they arrive. */
  inputLines(): AsyncIterable<string>;
}

/** 0: no problems; 1: problems; 2: usage error or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** A usage error or unreadable input: one line on standard error, and exit code 2. */
export class UsageError extends Error {}

/** The files that a command may read. */
export interface Disk {
  /** Keyed by URI. */
  readonly files: FileAccess;
  read(path: string): Promise<TextFile>;
  /** The kind of object at a path, links followed; undefined if there is nothing. */
  kindOf(path: string): Promise<'file' | 'folder' | undefined>;
  /** A file of a folder; undefined if its bytes, as Latin-1, do not match. */
  search(path: string, hasIt: (latin1: string) => boolean): Promise<TextFile | undefined>;
  /**
   * The URI of the repository around a folder, otherwise of the working directory around it, otherwise of the folder
   * itself.
   */
  rootOf(folder: string, cwd: string): Promise<string>;
  isGlob(text: string): Promise<boolean>;
  /**
   * Absolute paths of the matching files below a folder, sorted and limited in number; dependencies, hidden folders and
   * files that Git ignores are left out.
   */
  filesIn(folder: string, isWanted: (name: string) => boolean, most?: number): Promise<readonly string[]>;
  /** Absolute paths of the files that a glob, relative to the folder or absolute, matches, sorted. */
  matching(pattern: string, folder: string): Promise<readonly string[]>;
}

/**
 * The files that a command may write. No function rejects: a result is the reason why nothing was written, worded to
 * follow the name of the file.
 */
export interface Writer {
  /** Replaces the text of a file, which keeps its encoding, mode and owner. Links are followed. */
  replace(path: string, before: string, after: string): Promise<string | undefined>;
  write(path: string, text: string): Promise<string | undefined>;
  /** Writes a file that does not exist yet. */
  create(path: string, text: string): Promise<string | undefined>;
  /** The path without links. */
  realPath(path: string): Promise<string>;
}

/** The text of a file, or the reason why there is none, worded to follow the name of the file. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' | 'refused'; readonly reason: string };

/**
 * For a message: `unknown rule "a"`, with the name that was probably meant, otherwise with the place where the names
 * are listed.
 */
export function unknownName(what: string, written: string, names: Iterable<string>, otherwise: string): string {
  const meant = nearest(written, names);
  return `unknown ${what} "${written}"; ${meant === undefined ? otherwise : `did you mean "${meant}"?`}`;
}
