import { dirname, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import {
  type ChangedText,
  type CheckedFile,
  createLanguageService,
  kindOfFile,
  type LanguageService,
  mayHoldCanton,
} from '../service';
import { terminalLines } from '../text/encoders/terminal';
import { type Io, UsageError } from './io';
import { isYamlStream, pipedDocuments } from './piped-documents';
import type { CheckReport, Position, ReportedDiagnostic, ReportedFile } from './report';
import { findTargets, readNamed, shown, type Target } from './targets';

/** Limits the search, because the working directory may be the root of the disk. */
const MOST_AROUND = 10_000;

/** Looking into more files than this is much work, whatever they contain. */
const MANY = 100;

/**
 * Whether V8 optimizes, from how many characters on. It does so after a few hundred calls of a function, and revises much of
 * it soon: below the first number, it has hardly begun, and up to the last one, it takes longer than it saves.
 */
const OPTIMIZED: readonly (readonly [from: number, isOn: boolean])[] = [
  [10_000, false],
  [3_000_000, true],
];

/** A file whose text was changed in memory. */
export interface ChangedFile extends ChangedText {
  readonly path: string;
  /** The path as it is shown in reports. */
  readonly name: string;
}

/** The files that a command line names, and their contents, for commands that read any number of files. */
export class NamedFiles {
  readonly service: LanguageService;
  private known: readonly string[] = [];
  /** All files that the arguments stand for, by URI. */
  private found: ReadonlyMap<string, Target> = new Map();
  private readonly progress = (done: number, all: number) =>
    this.io.progress?.(`Checked ${done} of ${all} launch sets`);
  /** Documents of a stream, which has no name of its own. */
  private stream: string | undefined;
  /** Texts by URI that may contain configuration, until they are read. */
  private readonly searched = new Map<string, string>();
  /** The reasons why files in folders could not be read. */
  private readonly refused = new Map<string, string>();
  /** The arguments by the absolute paths that they name. */
  private folders: ReadonlyMap<string, string> = new Map();
  private readonly repositories = new Map<string, Promise<readonly string[]>>();
  /** The length of all texts that may contain configuration. */
  private length = 0;

  /**
   * @param done the verb for the command, for messages about files that it leaves out
   * @param quiet whether to omit these messages
   */
  constructor(
    private readonly io: Io,
    private readonly done: 'checked' | 'formatted' = 'checked',
    private readonly quiet = false,
  ) {
    this.service = createLanguageService({
      files: {
        ...io.disk.files,
        read: async (uri) => {
          const known = this.searched.get(uri);
          this.searched.delete(uri);
          return known ?? io.disk.files.read(uri);
        },
      },
      list: async () => this.known,
      around: (uri) => this.around(uri),
      rootOf: (folder) => io.disk.rootOf(folder, io.cwd),
    });
  }

  /** The files to check: those that are Canton's. Every folder and pattern must contain at least one. */
  async take(args: readonly string[], asOneSet: boolean): Promise<readonly string[]> {
    this.found = new Map((await findTargets(args, this.io)).map((target) => [uriOf(target), target]));
    if (this.found.size > MANY) await this.io.optimize?.(false);
    this.known = [...this.found.keys()];
    this.folders = new Map(args.map((arg) => [resolve(this.io.cwd, arg), arg]));
    const targets: string[] = [];
    const fruitful = new Set<string>();
    let looked = 0;
    for (const [uri, target] of this.found) {
      this.io.progress?.(`Looked into ${looked++} of ${this.found.size} files`);
      if (!target.named && !(await this.isWorthIt(target.path, uri))) continue;
      if (target.named) this.service.update(uri, await this.measured(await readNamed(target.path, this.io)));
      // A file that cannot be read is checked as well, so that the report contains the reason.
      const isCantons = asOneSet || (await this.service.classify(uri, undefined, target.named).catch(() => true));
      if (isCantons || target.named) for (const argument of target.arguments) fruitful.add(argument);
      if (isCantons) {
        targets.push(uri);
        continue;
      }
      const reason = target.named ? 'is not Canton configuration' : this.refused.get(uri);
      if (reason !== undefined) this.leaveOut(uri, reason);
    }
    this.io.progress?.('');
    const barren = args.find((arg) => !fruitful.has(arg));
    if (barren !== undefined) throw new UsageError(`no Canton configuration found in "${barren}"`);
    return targets;
  }

  private leaveOut(uri: string, reason: string): void {
    if (this.quiet) return;
    this.io.err(`"${this.named(uri).name}" ${reason}, so it is not ${this.done}`);
  }

  /** The files of a file's repository or working directory, with which it may be launched. */
  private async around(uri: string): Promise<readonly string[]> {
    const folder = await this.io.disk.rootOf(URI.file(dirname(URI.parse(uri).fsPath)).toString(), this.io.cwd);
    const known = this.repositories.get(folder);
    const files = known ?? this.hoconIn(URI.parse(folder).fsPath);
    this.repositories.set(folder, files);
    return files;
  }

  private async hoconIn(folder: string): Promise<readonly string[]> {
    const argument = this.folders.get(folder);
    // A folder that is checked has been walked.
    if (argument !== undefined) {
      const own = [...this.found].filter(([, one]) => isHocon(one.path) && one.arguments.includes(argument));
      return own.slice(0, MOST_AROUND).map(([uri]) => uri);
    }
    return (await this.io.disk.filesIn(folder, isHocon, MOST_AROUND)).map((path) => uriOf({ path }));
  }

  /** Most files of a folder are searched once, and not kept. */
  private async isWorthIt(path: string, uri: string): Promise<boolean> {
    const file = await this.io.disk.search(path, isHocon(path) ? () => true : mayHoldCanton);
    if (file === undefined || (await this.service.isExcluded(uri))) return false;
    if (file.kind === 'text') this.searched.set(uri, await this.measured(file.text));
    else this.refused.set(uri, file.reason);
    return true;
  }

  private async measured(text: string): Promise<string> {
    const before = this.length;
    this.length += text.length;
    for (const [from, isOn] of OPTIMIZED) if (before < from && this.length >= from) await this.io.optimize?.(isOn);
    return text;
  }

  async takeInput(path?: string): Promise<readonly string[]> {
    const input = await this.io.readInput();
    if (input.kind !== 'text') throw new UsageError(`standard input ${input.reason}`);
    const name = path ?? (isYamlStream(input.text) ? 'stdin.yaml' : 'stdin.conf');
    const uri = uriOf({ path: resolve(this.io.cwd, name) });
    if (path === undefined && name.endsWith('.yaml')) this.stream = uri;
    this.service.update(uri, await this.measured(input.text));
    const isNone = kindOfFile(name) !== 'hocon' && !(await this.service.classify(uri));
    if (isNone) throw new UsageError('there is no Canton configuration in standard input');
    return [uri];
  }

  /**
   * The URIs of the files that may be changed: the named ones, and those below named folders, with links resolved,
   * unless a project excludes them. A file with several names is listed under one of them.
   */
  private async changeable(targets: readonly string[]): Promise<ReadonlySet<string>> {
    const { writer } = this.io;
    const folders = new Set<string>();
    for (const target of this.found.values()) {
      for (const folder of target.folders) folders.add(await writer.realPath(folder));
    }
    const byPath = new Map<string, string>();
    for (const [uri, target] of this.found) {
      const real = await writer.realPath(target.path);
      const isInside = [...folders].some((one) => real.startsWith(one.endsWith(sep) ? one : one + sep));
      const isGiven = target.named || (isInside && !(await this.service.isExcluded(uri)));
      if (isGiven && !byPath.has(real)) byPath.set(real, uri);
    }
    const piped = targets.filter((uri) => !this.found.has(uri));
    return new Set([...byPath.values(), ...piped]);
  }

  /** Applies the plain fixes to the texts in memory. */
  async fix(targets: readonly string[], asOneSet: boolean): Promise<{ files: readonly ChangedFile[]; fixes: number }> {
    const changeable = await this.changeable(targets);
    const { texts, fixes } = await this.service.fix(targets, asOneSet, (uri) => changeable.has(uri), this.progress);
    this.io.progress?.('');
    return { fixes, files: [...texts].map(([uri, text]) => ({ ...text, ...this.named(uri) })) };
  }

  /** The formatted files; HOCON inside other files is not formatted. */
  async *formatted(targets: readonly string[]) {
    const changeable = await this.changeable(targets);
    for (const uri of targets) {
      const text = changeable.has(uri) ? await this.service.formatted(uri) : undefined;
      if (text !== undefined) yield { ...text, ...this.named(uri) };
      else if (this.found.get(uri)?.named === true) this.leaveOut(uri, 'is not HOCON itself');
    }
  }

  /** Writes the files, and reports those that cannot be written; false if there is one. */
  async write(files: readonly ChangedFile[]): Promise<boolean> {
    let isDone = true;
    for (const { path, name, before, after } of files) {
      const reason = await this.io.writer.replace(path, before, after);
      if (reason === undefined) continue;
      this.io.err(`"${name}" ${reason}`);
      isDone = false;
    }
    // A file may be read through another name as well.
    this.service.changedOnDisk();
    return isDone;
  }

  private named(uri: string): Pick<ChangedFile, 'path' | 'name'> {
    const path = URI.parse(uri).fsPath;
    return { path, name: shown(path, this.io.cwd) };
  }

  async report(targets: readonly string[], asOneSet: boolean): Promise<CheckReport> {
    const { choice, files, projects, coverage } = await this.service.check(targets, asOneSet, this.progress);
    this.io.progress?.('');
    const kinds: Record<string, number> = {};
    for (const uri of files.keys()) {
      const kind = kindOfFile(uri) ?? 'hocon';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    return {
      coverage,
      kinds,
      cantonVersion: choice.version,
      edition: choice.edition,
      projects: projects.map(({ uri, off }) => ({ path: shown(URI.parse(uri).fsPath, this.io.cwd), off })),
      files: [...files].flatMap(([uri, file]) =>
        uri === this.stream ? byDocument(this.reported(uri, file)) : [this.reported(uri, file)],
      ),
    };
  }

  private reported(uri: string, { text, diagnostics }: CheckedFile) {
    const path = (of: string) => shown(URI.parse(of).fsPath, this.io.cwd);
    return {
      path: path(uri),
      text,
      diagnostics: diagnostics.map((one) => ({
        ...one,
        related: one.related.map(({ uri, range, message }) => ({ path: path(uri), range, message })),
      })),
    };
  }
}

/** The problems of a stream of documents, under the kind and name of each. */
function byDocument(file: ReportedFile): readonly ReportedFile[] {
  const found = new Map<string, ReportedDiagnostic[]>();
  const documents = pipedDocuments(file.text);
  for (const diagnostic of file.diagnostics) {
    const { name } = documents.find(({ end }) => isBefore(diagnostic.range.start, end)) ?? {};
    const path = name ?? file.path;
    found.set(path, [...(found.get(path) ?? []), diagnostic]);
  }
  if (found.size === 0) return [file];
  return [...found].map(([path, diagnostics]) => ({ path, text: file.text, diagnostics }));
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

/** Another `-c` names such a file, whose content need not show that it is Canton's. */
function isHocon(path: string): boolean {
  return /\.(?:conf|hocon)$/i.test(path);
}

function uriOf({ path }: Pick<Target, 'path'>): string {
  return URI.file(path).toString();
}

/** The changes as a unified diff: for a terminal with visible control characters, else to the byte. */
export async function shownPatch(files: readonly ChangedFile[], forTerminal: boolean): Promise<string> {
  const { patchOf } = await import('./on-request');
  const patch = patchOf(files);
  return forTerminal ? terminalLines(patch) : patch;
}
