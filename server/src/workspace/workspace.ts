import type { FileAccess } from '../hocon/source';
import { isCantonDocument } from '../model/facts/classify';
import { rules } from '../rules';
import { Documents, normalize } from './documents';
import { Evaluator, MAX_SNAPSHOTS, type Settings } from './evaluator';
import { FreshCache, Freshness } from './freshness';
import { type FileSet, LaunchSets } from './launch-sets';
import { Projects } from './projects';
import { splitRegionUri } from './region-uri';
import type { Snapshot } from './snapshot';

export interface ServiceHost {
  readonly files: FileAccess;
  /** URIs of the files of the workspace that may be launched with the open ones, or included by them. */
  list(): Promise<readonly string[]>;
}

/**
 * Documents, files and settings in; launch sets and their snapshots out. Snapshots are immutable and remembered until a
 * file that was looked for changes.
 */
export class Workspace {
  protected readonly documents: Documents;
  protected readonly projects: Projects;
  protected readonly evaluator: Evaluator;
  private readonly launchSets: LaunchSets;
  private readonly setsByUri = new FreshCache<readonly FileSet[]>();
  /** Documents that were once recognised stay ours until they are closed, however broken they are meanwhile. */
  private readonly claimed = new Set<string>();
  /** Ids of launch sets, the latest choice first. */
  private preferred: readonly string[] = [];
  private listed: Promise<readonly string[]> | undefined;

  constructor(private readonly host: ServiceHost) {
    this.documents = new Documents(host.files);
    this.projects = new Projects(
      this.documents,
      rules.map(({ code }) => code),
    );
    this.evaluator = new Evaluator(this.documents);
    this.launchSets = new LaunchSets(this.documents, this.projects, {
      candidates: () => this.candidates(),
      sourcesOf: (roots, freshness) => this.evaluator.sourcesOf(roots, freshness),
    });
  }

  configure(settings: Settings): void {
    this.evaluator.configure(settings);
  }

  /** Which launch sets come first where a document is in several; by id, the latest choice first. */
  prefer(launchSetIds: readonly string[]): void {
    this.preferred = launchSetIds;
  }

  /** Those of the files that cannot be written, as far as the host knows. */
  async readOnly(uris: readonly string[]): Promise<readonly string[]> {
    const { files } = this.host;
    const found = await Promise.all(uris.map(async (uri) => ({ uri, is: (await files.isReadOnly?.(uri)) === true })));
    return found.filter(({ is }) => is).map(({ uri }) => uri);
  }

  /**
   * A document was opened or edited.
   * @param languageId as the editor calls it; without it the file's name tells
   */
  update(uri: string, text: string, languageId?: string): void {
    this.documents.update(normalize(uri), text, languageId);
  }

  close(uri: string): void {
    this.documents.close(normalize(uri));
    this.claimed.delete(normalize(uri));
  }

  /** Whether an answer may change with the file; of YAML and Markdown there is much that nobody has looked at. */
  mayMatter(uri: string): boolean {
    const key = normalize(uri);
    return !this.documents.isHost(key) || this.documents.wasRead(key);
  }

  /** Files were created, changed or deleted on disk; all of them where it is not known which. */
  changedOnDisk(uris?: readonly string[]): void {
    this.documents.changedOnDisk(uris?.map(normalize));
    this.listed = undefined;
  }

  /** Whether the document is Canton's: by its content, or because a launch set or a Canton file brings it in. */
  async classify(uri: string, text?: string): Promise<boolean> {
    const key = normalize(uri);
    if (this.claimed.has(key)) return true;
    const ours = await this.isCantons(key, text);
    if (ours && this.documents.isOpen(key)) this.claimed.add(key);
    return ours;
  }

  private async isCantons(uri: string, given: string | undefined): Promise<boolean> {
    if (splitRegionUri(uri) !== undefined) return true;
    if (this.documents.isHost(uri)) return (await this.documents.regions(uri)).length > 0;
    const text = given ?? (await this.documents.read(uri));
    if (text === undefined) return false;
    if (isCantonDocument(this.documents.parse(uri, text))) return true;
    for (const { declared, roots } of await this.setsOf(uri)) {
      if (declared) return true;
      for (const root of roots) {
        const tree = root.uri === uri ? undefined : await this.documents.tree(root.uri);
        if (tree !== undefined && isCantonDocument(tree)) return true;
      }
    }
    return false;
  }

  /** The launch sets of a document; never empty. */
  async setsOf(uri: string): Promise<readonly FileSet[]> {
    const key = normalize(uri);
    const known = this.setsByUri.get(key);
    if (known !== undefined) return known.value;
    const freshness = new Freshness(this.documents);
    const sets = this.documents.isHost(key)
      ? await this.setsInside(key, freshness)
      : await this.launchSets.of(key, freshness);
    this.setsByUri.set(key, freshness, sets);
    return sets;
  }

  /** The launch sets of the HOCON inside a document; where there is none, one without a file. */
  private async setsInside(host: string, freshness: Freshness): Promise<readonly FileSet[]> {
    freshness.note(host);
    const sets = new Map<string, FileSet>();
    for (const { uri } of await this.documents.regions(host)) {
      for (const set of await this.launchSets.of(uri, freshness)) sets.set(set.id, set);
    }
    return sets.size > 0 ? [...sets.values()] : [await this.launchSets.together([host], freshness, false)];
  }

  /** One launch set of the given files, in order. */
  setOf(uris: readonly string[]): Promise<FileSet> {
    return this.launchSets.together(uris.map(normalize), new Freshness(this.documents), true);
  }

  snapshotOf(set: FileSet): Promise<Snapshot> {
    return this.evaluator.snapshot(set);
  }

  /** All launch sets of the document. */
  async snapshots(uri: string): Promise<readonly Snapshot[]> {
    return Promise.all((await this.setsOf(uri)).map((set) => this.snapshotOf(set)));
  }

  /** The launch sets of all files that may have nodes, as many as are remembered. */
  protected async workspaceSnapshots(): Promise<readonly Snapshot[]> {
    const sets = new Map<string, FileSet>();
    for (const uri of await this.candidates()) {
      if (sets.size >= MAX_SNAPSHOTS) break;
      // A cheap look that spares most files the parser.
      if (!(await this.documents.read(uri))?.includes('canton')) continue;
      for (const set of await this.setsOf(uri)) sets.set(set.id, set);
    }
    return Promise.all([...sets.values()].slice(0, MAX_SNAPSHOTS).map((set) => this.snapshotOf(set)));
  }

  /** The document in the launch set that was chosen for it, else in the first one. */
  async snapshot(uri: string): Promise<Snapshot> {
    const [first] = await this.setsOf(uri);
    return this.snapshotOf((await this.chosenSet(uri)) ?? (first as FileSet));
  }

  /** The launch set that was chosen for the document; undefined where nobody has. */
  protected async chosenSet(uri: string): Promise<FileSet | undefined> {
    const sets = await this.setsOf(uri);
    return this.preferred.map((id) => sets.find((set) => set.id === id)).find((set) => set !== undefined);
  }

  /** The open documents whose answers may change with that one. */
  async dependents(uri: string): Promise<readonly string[]> {
    const key = normalize(uri);
    const dependents: string[] = [];
    const isInside = (uri: string) => splitRegionUri(uri)?.host === key;
    for (const other of this.documents.openUris()) {
      if (other === key) continue;
      const snapshots = await this.snapshots(other);
      const isOf = ({ sources }: Snapshot) => sources.lookedFor.has(key) || [...sources.lookedFor].some(isInside);
      if (snapshots.some(isOf)) dependents.push(other);
    }
    return dependents;
  }

  /** The configuration files that are open or in the workspace. */
  protected async candidates(): Promise<readonly string[]> {
    const open = this.documents.openUris();
    return [...new Set([...open, ...(await this.includable())])].filter((uri) => uri.endsWith('.conf'));
  }

  /** The files of the workspace, `.json` and `.properties` among them. */
  protected includable(): Promise<readonly string[]> {
    this.listed ??= this.host
      .list()
      .then((uris) => uris.map(normalize))
      .catch(() => []);
    return this.listed;
  }
}
