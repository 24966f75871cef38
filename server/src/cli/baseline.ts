import { dirname, resolve } from 'node:path';
import { INTERNAL_FAULT } from '../service';
import { jsonText } from '../text/encoders/json';
import { type Io, UsageError } from './io';
import type { CheckReport, ReportedDiagnostic, ReportedFile } from './report';
import { readNamed, shown } from './targets';

/**
 * The identity of a problem, independent of line numbers: a key of a node, or the text of a line if it is not about a
 * key.
 */
export type Identity =
  | { readonly code: string; readonly node?: string; readonly configPath: string }
  | { readonly code: string; readonly text: string };

/** The section of a node begins such a path; a name with dots is in quotes. */
const NODE = /^canton\.([a-z-]+\.(?:"(?:[^"\\]|\\.)*"|[^."]+))/;

export function identityOf(
  { text }: Pick<ReportedFile, 'text'>,
  { code, configPath, range }: Pick<ReportedDiagnostic, 'code' | 'configPath' | 'range'>,
): Identity {
  if (configPath === undefined) return { code, text: (text.split('\n')[range.start.line] ?? '').trim() };
  const node = NODE.exec(configPath)?.[1];
  return { code, ...(node !== undefined && { node }), configPath };
}

/** A recorded problem. The file is relative to that of the baseline; a problem about a key may be in another one later. */
type Entry = Identity & { readonly file: string; readonly count: number };

/** A report without the problems in a baseline, and the entries of the baseline that no longer occur. */
interface Compared {
  readonly report: CheckReport;
  readonly gone: readonly Entry[];
}

/** The known problems that do not count, recorded in a file next to the configuration. */
export class Baseline {
  private constructor(
    private readonly path: string,
    private readonly entries: readonly Entry[],
    private readonly io: Pick<Io, 'cwd' | 'disk' | 'writer'>,
  ) {}

  /**
   * @param mayMiss whether the file may be missing
   * @throws {UsageError} if the file cannot be read, or is not a baseline
   */
  static async read(file: string, io: Pick<Io, 'cwd' | 'disk' | 'writer'>, mayMiss: boolean): Promise<Baseline> {
    const path = resolve(io.cwd, file);
    if (mayMiss && (await io.disk.read(path)).kind === 'missing') return new Baseline(path, [], io);
    const entries = entriesIn(await readNamed(path, io));
    if (entries === undefined) throw new UsageError(`"${shown(path, io.cwd)}" is not a baseline of canton-kms`);
    return new Baseline(path, entries, io);
  }

  async compare(report: CheckReport): Promise<Compared> {
    const left = new Map<string, Entry[]>();
    for (const entry of this.entries) left.set(keyOf(entry), [...(left.get(keyOf(entry)) ?? []), entry]);
    const isTaken = (identity: Identity, file: string, mayBe: (entry: Entry) => boolean): boolean => {
      const some = left.get(keyOf({ ...identity, file })) ?? [];
      const at = some.findIndex((one) => one.count > 0 && mayBe(one));
      const found = some[at];
      if (found !== undefined) some[at] = { ...found, count: found.count - 1 };
      return found !== undefined;
    };
    // Problems in files that this run did not check may still exist.
    const seen = new Set(report.files.map((file) => this.nameOf(file)));
    for (const { file } of this.entries) if (!seen.has(file) && !(await this.exists(file))) seen.add(file);
    const without = (files: readonly ReportedFile[], mayBe: (entry: Entry, name: string) => boolean) =>
      files.map((file) => {
        const name = this.nameOf(file);
        const isNew = (one: ReportedDiagnostic) =>
          one.code === INTERNAL_FAULT || !isTaken(identityOf(file, one), name, (entry) => mayBe(entry, name));
        return { ...file, diagnostics: file.diagnostics.filter(isNew) };
      });
    const others = without(report.files, ({ file }, name) => file === name);
    // A key that has moved to another file is no longer in its own.
    const files = without(others, ({ file }) => seen.has(file));
    const count = (of: readonly ReportedFile[]) => of.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
    const gone = [...left.values()].flat().filter(({ count, file }) => count > 0 && seen.has(file));
    return { report: { ...report, files, baselined: count(report.files) - count(files) }, gone };
  }

  /** Replaces the recorded problems of the checked files with the current ones; all others stay. */
  async update(report: CheckReport): Promise<void> {
    const checked = new Set(report.files.map((file) => this.nameOf(file)));
    const kept: Entry[] = [];
    for (const entry of this.entries) {
      if (!checked.has(entry.file) && (await this.exists(entry.file))) kept.push(entry);
    }
    const found = new Map<string, Entry>();
    for (const file of report.files) {
      for (const diagnostic of file.diagnostics) {
        if (diagnostic.code === INTERNAL_FAULT) continue;
        const entry = { ...identityOf(file, diagnostic), file: this.nameOf(file), count: 1 };
        const key = JSON.stringify([keyOf(entry), entry.file]);
        found.set(key, { ...entry, count: (found.get(key)?.count ?? 0) + 1 });
      }
    }
    const text = (entry: Entry) => JSON.stringify(entry);
    const problems = [...kept, ...found.values()].sort((a, b) =>
      a.file === b.file ? (text(a) < text(b) ? -1 : 1) : a.file < b.file ? -1 : 1,
    );
    const reason = await this.io.writer.write(this.path, `${jsonText({ version: 1, problems })}\n`);
    if (reason !== undefined) throw new UsageError(`"${shown(this.path, this.io.cwd)}" ${reason}`);
  }

  private nameOf({ path }: Pick<ReportedFile, 'path'>): string {
    return shown(resolve(this.io.cwd, path), dirname(this.path));
  }

  private async exists(file: string): Promise<boolean> {
    return (await this.io.disk.kindOf(resolve(dirname(this.path), file))) !== undefined;
  }
}

/** A problem about a key is the same in any file. */
function keyOf(entry: Identity & { readonly file: string }): string {
  return JSON.stringify(
    'configPath' in entry ? [entry.code, entry.node, entry.configPath] : [entry.code, entry.file, entry.text],
  );
}

/** In a message of one line: `read/unknown-key at canton.participants.p1.zebra`. */
export function shownEntry(entry: Entry): string {
  return `${entry.code} at ${'configPath' in entry ? entry.configPath : `"${entry.text}" of ${entry.file}`}`;
}

function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const { version, problems } = JSON.parse(text);
    return version === 1 && Array.isArray(problems) && problems.every(isEntry) ? problems : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { code, file, count, configPath, text } = value as Readonly<Record<string, unknown>>;
  const isText = (one: unknown) => typeof one === 'string';
  return isText(code) && isText(file) && typeof count === 'number' && (isText(configPath) || isText(text));
}
