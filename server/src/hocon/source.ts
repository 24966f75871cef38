import type { Syntax, SyntaxTree } from './syntax/syntax';

/** Access to files for the evaluator, implemented over disk, open documents or memory. */
export interface FileAccess {
  /**
   * The decoded text, or undefined if there is no such file or it is not read. A byte order mark is removed, as in
   * Lightbend config for all files but `.properties`.
   */
  read(uri: string): Promise<string | undefined>;
  /**
   * For a file that `read` returns no text for: why it is not read although it may exist, such as `is outside the
   * workspace`.
   */
  refusal?(uri: string): Promise<string | undefined>;
  /** The URI of the file that links lead to, if it is another one. */
  target?(uri: string): Promise<string | undefined>;
  /** True if the file exists and cannot be written; undefined if that is unknown. */
  isReadOnly?(uri: string): Promise<boolean>;
}

/** The parsed files of one evaluation: the roots and everything that they include, directly or not. */
export interface Sources {
  /**
   * The tree, or undefined if the file was not found. An including file may impose its own grammar: `include "a.json"`
   * reads HOCON. Without `syntax`, it is the tree of the grammar that the file was read with; if there are several,
   * that of its extension.
   */
  get(uri: string, syntax?: Syntax): SyntaxTree | undefined;
  /** The reason why a file that may exist was not read, see `FileAccess.refusal`: its content is unknown. */
  refusal?(uri: string): string | undefined;
  /** Every URI that was looked up, whether found or not: a change to any of them makes the evaluation stale. */
  readonly lookedFor: ReadonlySet<string>;
  /**
   * The required includes of files relative to the working directory, which is not known, that are found in the
   * including file's folder or above it. Undefined if nobody has looked.
   */
  readonly nearby?: ReadonlySet<string>;
}

/** One `-c` file of a launch. */
export interface RootFile {
  readonly uri: string;
  /**
   * True if the command line names the file without any directory (`-c a.conf`): Lightbend then finds no parent
   * directory and drops the file's heuristic includes silently (lightbend/config#188).
   */
  readonly bareName?: boolean;
}

/** Environment variables for substitutions. */
export interface Environment {
  readonly variables: ReadonlyMap<string, string>;
  /** True: there are no others, as for the running process. False: every other variable is unknown. */
  readonly closed: boolean;
}
