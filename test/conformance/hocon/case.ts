/** One text, or a folder of files, to be read as one launch set. */
export type Input = string | TextInput | FilesInput;

export interface TextInput {
  readonly input: string;
  /** The extension that the text is read under; `conf` where absent. */
  readonly syntax?: 'json' | 'properties';
  /** The complete environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface FilesInput {
  /** Relative path to content. */
  readonly files: Readonly<Record<string, string>>;
  /** The launch set, later over earlier. */
  readonly roots: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** True: the process is started inside the folder, which `include file(…)` sees. Otherwise in an empty folder. */
  readonly cwd?: true;
}

/** The result of the reference for a launch set. */
export interface Verdict {
  /** Absent with no `error`: it is accepted, but holds a number that JSON does not. */
  readonly json?: unknown;
  /** The phase in which it stops: reading the files, or resolving substitutions. */
  readonly error?: 'parse' | 'resolve';
  /** The class of its exception. */
  readonly type?: string;
  /** The number, beginning with 1. */
  readonly line?: number;
  /** The name, without folders, of the file with that line. */
  readonly file?: string;
  /** Its wording, for information; left out for generated inputs. */
  readonly message?: string;
}

export type Recorded = (TextInput | FilesInput) & Verdict;

/** Inputs on one subject and the file, without extension, that its recording has. */
export interface Theme {
  readonly name: string;
  readonly inputs: readonly Input[];
}

export function isFiles(input: TextInput | FilesInput): input is FilesInput {
  return 'files' in input;
}

export function asObject(input: Input): TextInput | FilesInput {
  return typeof input === 'string' ? { input } : input;
}
