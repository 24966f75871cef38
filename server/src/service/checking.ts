import { PROJECT_FILE_NAME } from '../../../schemas/project-name';
import { type LocatedDiagnostic, locate, type SetDiagnostics } from '../features/requests/diagnostics';
import type { Coverage } from '../model/binding/coverage';
import { type Diagnostic, internalFault } from '../model/diagnostic';
import { secretsOf, starred } from '../model/facts/secret-values';
import type { VersionChoice } from '../model/facts/version-choice';
import type { Lines } from '../text/positions';
import { linesOf, normalize } from '../workspace/documents';
import type { LaunchSet } from '../workspace/launch-sets';
import type { Project } from '../workspace/project-files';
import { linesIn, type Snapshot } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';
import { namesDefiners } from './definers';

/** The version, edition and launch set that a document is checked against. */
export interface Status {
  readonly choice: VersionChoice;
  readonly launchSet: string;
  readonly launchSetId: string;
  /** All launch sets that the document is in. */
  readonly launchSets: readonly Pick<LaunchSet, 'id' | 'name'>[];
  readonly problems: { readonly errors: number; readonly warnings: number };
}

/** The problems of files, and the versions that they were checked against. */
export interface CheckResult {
  readonly choice: VersionChoice;
  readonly files: ReadonlyMap<string, CheckedFile>;
  /** The number of set values in all launch sets that were checked. */
  readonly coverage: Coverage;
  /** The project files that applied, with the codes of the rules that they switch off. */
  readonly projects: readonly { readonly uri: string; readonly off: readonly string[] }[];
}

export interface CheckedFile {
  /** The text with asterisks instead of the values of secret keys. */
  readonly text: string;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** Receives the number of checked launch sets, and their total. */
export type Progress = (done: number, all: number) => void;

/** The problems of documents and of whole launch sets. */
export function checking(workspace: Workspace) {
  const { documents, projects, classify, isExcluded, setsOf, snapshot, snapshots } = workspace;

  const named = namesDefiners(workspace);

  /** The problems of the document in every launch set that it is part of. */
  async function diagnostics(uri: string): Promise<readonly LocatedDiagnostic[]> {
    const key = normalize(uri);
    if (key.endsWith(`/${PROJECT_FILE_NAME}`)) return projectDiagnostics(key);
    try {
      const refusal = documents.isOpen(key) ? await documents.refusal(key) : undefined;
      if (refusal !== undefined) return [unread(key, refusal)];
      if (await isExcluded(key)) return [];
      if (!(await classify(key))) return [];
      const found = located(key, await snapshots(key));
      return (await named(new Map([[key, found]]))).get(key) ?? found;
    } catch (error) {
      return [fault(key, error)];
    }
  }

  async function projectDiagnostics(uri: string): Promise<readonly LocatedDiagnostic[]> {
    const { project } = await projects.find(uri);
    const [faulty] = await checkProject(project?.uri === uri ? project : undefined);
    return faulty?.[1].diagnostics ?? [];
  }

  /** The project file, if it is faulty. */
  async function checkProject(project: Project | undefined): Promise<readonly (readonly [string, CheckedFile])[]> {
    const tree = project && project.problems.length > 0 ? await documents.tree(project.uri) : undefined;
    if (project === undefined || tree === undefined) return [];
    const sets = [{ launchSet: '', diagnostics: project.problems }];
    return [[project.uri, { text: tree.text, diagnostics: locate(project.uri, sets, () => linesOf(tree)) }]];
  }

  return {
    diagnostics,
    /** The same for a document that is not open, whatever language it is in. */
    diagnosticsOnDisk: diagnostics,
    isExcluded: (uri: string) => isExcluded(normalize(uri)),

    /**
     * Checks files: the problems of every file that their launch sets read, and of the project files of these.
     * @param asOneSet whether the files, in order, are one launch set; otherwise, each is in those that the project
     * file declares
     */
    async check(uris: readonly string[], asOneSet: boolean, onProgress?: Progress): Promise<CheckResult> {
      const sets = new Map<string, LaunchSet>();
      const faults = new Map<string, LocatedDiagnostic>();
      if (asOneSet) sets.set('', await workspace.setOf(uris));
      else {
        for (const uri of uris) {
          const own = await setsOf(uri).catch((error) => void faults.set(normalize(uri), fault(normalize(uri), error)));
          for (const set of own ?? []) sets.set(set.id, set);
        }
      }
      const found = new Findings();
      let done = 0;
      for (const set of sets.values()) {
        onProgress?.(done++, sets.size);
        try {
          found.add(await workspace.snapshotOf(set));
        } catch (error) {
          const uri = set.roots[0]?.uri ?? '';
          faults.set(uri, fault(uri, error));
        }
      }
      // A file that several sets use is read once for each folder.
      const projectFiles = [...new Map([...sets.values()].map(({ project }) => [project?.uri, project])).values()];
      const faulty = await Promise.all(projectFiles.map(checkProject));
      const checked = new Map<string, CheckedFile>([...faulty.flat(), ...found.files()]);
      for (const [uri, one] of faults) {
        const { text = '', diagnostics = [] } = checked.get(uri) ?? {};
        checked.set(uri, { text, diagnostics: [one, ...diagnostics] });
      }
      const all = await named(new Map([...checked].map(([uri, one]) => [uri, one.diagnostics])));
      for (const [uri, one] of checked) checked.set(uri, { ...one, diagnostics: all.get(uri) ?? one.diagnostics });
      const counted = projectFiles.flatMap((one) => (one === undefined ? [] : [{ uri: one.uri, off: [...one.off] }]));
      return {
        choice: found.choice ?? workspace.defaultChoice(),
        files: checked,
        coverage: found.coverage,
        projects: counted,
      };
    },

    async status(uri: string): Promise<Status> {
      const { choice, set } = await snapshot(uri);
      const launchSets = (await setsOf(uri)).map(({ id, name }) => ({ id, name }));
      const problems = countProblems(await diagnostics(uri));
      return { choice, launchSet: set.name, launchSetId: set.id, launchSets, problems };
    },
  };
}

export function countProblems(diagnostics: readonly LocatedDiagnostic[]): Status['problems'] {
  const count = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** Replaces the problems of a document that could not be determined. */
function fault(uri: string, error: unknown): LocatedDiagnostic {
  return atStart(uri, internalFault('The file could not be checked', error, uri));
}

/** Replaces the problems of a document that is not read. */
function unread(uri: string, reason: string): LocatedDiagnostic {
  const message = `This is not checked, because it ${reason}.`;
  return atStart(uri, { code: 'hocon/file-not-read', severity: 'warning', message });
}

function atStart(
  uri: string,
  { code, severity, message }: Pick<Diagnostic, 'code' | 'severity' | 'message'>,
): LocatedDiagnostic {
  const start = { line: 0, character: 0 };
  const nothing = { configPath: undefined, launchSet: undefined, related: [], tags: [], fixes: [] };
  return { code, severity, message, uri, range: { start, end: start }, ...nothing };
}

/**
 * The results that are kept from the snapshots of a check. There may be thousands, so each snapshot can be released
 * when the next one is created.
 */
class Findings {
  choice: VersionChoice | undefined;
  private readonly counts = { checked: 0, unknown: 0, notLookedAt: 0 };
  private readonly missing = new Set<string>();
  private readonly found = new Map<string, { text: string; lines: Lines; sets: SetDiagnostics[] }>();
  private readonly unread = new Map<string, CheckedFile>();

  add({ set, choice, coverage, diagnostics, files, sources }: Snapshot): void {
    this.choice ??= choice;
    this.counts.checked += coverage.checked;
    this.counts.unknown += coverage.unknown;
    this.counts.notLookedAt += coverage.notLookedAt;
    for (const one of coverage.missing) this.missing.add(one);
    for (const { uri } of set.roots) {
      const refusal = sources.refusal?.(uri);
      if (refusal !== undefined) this.unread.set(uri, { text: '', diagnostics: [unread(uri, refusal)] });
    }
    const byUri = new Map<string, Diagnostic[]>(files.map((uri) => [uri, []]));
    for (const one of diagnostics) byUri.get(one.uri)?.push(one);
    for (const [uri, own] of byUri) {
      const tree = sources.get(uri);
      if (tree === undefined) continue;
      const known = this.found.get(uri) ?? {
        text: starred(tree.text, secretsOf(tree)),
        lines: linesOf(tree),
        sets: [],
      };
      known.sets.push({ launchSet: set.name, diagnostics: own });
      this.found.set(uri, known);
    }
  }

  get coverage(): Coverage {
    return { ...this.counts, missing: [...this.missing] };
  }

  files(): readonly (readonly [uri: string, file: CheckedFile])[] {
    const linesIn = (uri: string) => this.found.get(uri)?.lines;
    const read = [...this.found].map(([uri, { text, sets }]): readonly [string, CheckedFile] => {
      return [uri, { text, diagnostics: locate(uri, sets, linesIn) }];
    });
    return [...this.unread, ...read];
  }
}

function located(uri: string, snapshots: readonly Snapshot[]): LocatedDiagnostic[] {
  const holding = snapshots.filter(({ sources }) => sources.get(uri) !== undefined);
  const sets = holding.map(({ set, diagnostics }) => ({ launchSet: set.name, diagnostics }));
  return locate(uri, sets, linesIn(holding));
}
