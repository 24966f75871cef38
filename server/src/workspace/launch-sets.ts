import { URI, Utils } from 'vscode-uri';
import type { RootFile, Sources } from '../hocon/source';
import { ALL_FILES, type Documents } from './documents';
import { FreshCache, Freshness } from './freshness';
import { beside, type Project, type Projects } from './project-files';
import { enclosingOf, type Region, regionOf } from './regions';

/** The files of one Canton process, and the reason why they belong together. */
export interface LaunchSet {
  /** Stays the same for a set, even after its files or its project file have changed. */
  readonly id: string;
  readonly name: string;
  readonly roots: readonly RootFile[];
  readonly project: Project | undefined;
  /** Declared by the project file or the command line. */
  readonly declared: boolean;
  /** HOCON inside another file, which a container adds to a configuration that is not available. */
  readonly isPart: boolean;
  /** The container image that it is launched in, as it is written; undefined if that is not known. */
  readonly image: string | undefined;
  /** URIs of the parts that other values of a chart may complete. */
  readonly layered: readonly string[];
  /** True for the text of a variable or of a mounted file, which is a part of nothing else. */
  readonly isVariable: boolean;
}

/** Provides the other files of the workspace. */
export interface WorkspaceFiles {
  /** Files that may include others: open ones and those of the workspace. */
  candidates(): Promise<readonly string[]>;
  /** The file and everything that it includes. */
  sourcesOf(roots: readonly RootFile[], freshness: Freshness): Promise<Sources>;
}

/** Which files include which, directly or not. */
interface IncludeGraph {
  /** Keyed by the including file. */
  readonly sources: ReadonlyMap<string, Sources>;
  /** Keyed by the included file. */
  readonly includers: ReadonlyMap<string, readonly string[]>;
}

/** Determines the files with which a document is launched. */
export class LaunchSets {
  private readonly graph = new FreshCache<IncludeGraph>(1);
  private readonly includers = new FreshCache<boolean>(5000);

  constructor(
    private readonly documents: Documents,
    private readonly projects: Projects,
    private readonly files: WorkspaceFiles,
  ) {}

  /**
   * The declared sets that have the document as a root or include it; otherwise those of the files that include it;
   * otherwise the document alone.
   */
  async of(uri: string, freshness: Freshness): Promise<readonly LaunchSet[]> {
    const declared = await this.declaredFor(uri, freshness);
    if (declared.length > 0) return declared;
    if (regionOf(uri) !== undefined) return [await this.regionsLaunchedWith(uri, freshness)];
    const sets = new Map<string, LaunchSet>();
    for (const includer of await this.outermostIncluders(uri, freshness)) {
      const own = await this.declaredFor(includer, freshness);
      for (const set of own.length > 0 ? own : [await this.alone(includer, freshness)]) sets.set(set.id, set);
    }
    return sets.size > 0 ? [...sets.values()] : [await this.alone(uri, freshness)];
  }

  /** All sets that the project file next to or above the document declares. */
  async declaredIn(uri: string, freshness: Freshness): Promise<readonly LaunchSet[]> {
    const { project, freshness: found } = await this.projects.find(uri);
    freshness.include(found);
    const sets = Object.entries(project?.file?.launchSets ?? {});
    return Promise.all(
      sets.map(async ([name, files]) => {
        const uris = files.flatMap((file) => beside(project?.uri ?? uri, file) ?? []);
        return launchSet(name, await this.rootsOf(uris, freshness), project, { declared: true });
      }),
    );
  }

  /** Replaces a file with the HOCON inside it, in launch order. */
  private async rootsOf(uris: readonly string[], freshness: Freshness): Promise<readonly RootFile[]> {
    const roots: RootFile[] = [];
    for (const uri of uris) {
      if (!this.documents.mayEnclose(uri)) {
        roots.push({ uri });
        continue;
      }
      freshness.note(uri);
      const regions = await this.documents.regions(uri);
      const groups = new Set(regions.map(({ group }) => group));
      for (const group of groups) roots.push(...inOrder(regions, group).map(rootOf));
    }
    return roots;
  }

  private async regionsLaunchedWith(uri: string, freshness: Freshness): Promise<LaunchSet> {
    const enclosing = enclosingOf(uri);
    freshness.note(enclosing);
    const regions = await this.documents.regions(enclosing);
    const together = inOrder(regions, regions.find((region) => region.uri === uri)?.group);
    const { project, freshness: found } = await this.projects.find(enclosing);
    freshness.include(found);
    const labels = together.map(({ label }) => label).filter((label) => label !== '');
    const file = Utils.basename(URI.parse(enclosing));
    const name = labels.length > 0 ? `${file} (${labels.join(', ')})` : file;
    return launchSet(name, together.map(rootOf), project, {
      isPart: true,
      image: together.find(({ image }) => image !== undefined)?.image,
      layered: together.filter(({ kind }) => kind === 'yaml-splice-kms').map((region) => region.uri),
      isVariable: together.some(({ kind }) => kind !== 'template' && kind !== 'code-block'),
    });
  }

  private async declaredFor(uri: string, freshness: Freshness): Promise<readonly LaunchSet[]> {
    const declared = await this.declaredIn(uri, freshness);
    const asRoot = declared.filter(({ roots }) => roots.some((root) => root.uri === uri));
    if (asRoot.length > 0) return asRoot;
    const including: LaunchSet[] = [];
    for (const set of declared) {
      const sources = await this.files.sourcesOf(set.roots, freshness).catch(() => undefined);
      if (sources?.lookedFor.has(uri)) including.push(set);
    }
    return including;
  }

  private async alone(uri: string, freshness: Freshness): Promise<LaunchSet> {
    return this.together([uri], freshness, false);
  }

  /** A set for a document whose launch sets cannot be determined. */
  unread(uri: string): LaunchSet {
    return launchSet(Utils.basename(URI.parse(uri)), [{ uri }], undefined);
  }

  /** A set of the given files, in order, under the project file of the first one. */
  async together(uris: readonly string[], freshness: Freshness, declared: boolean): Promise<LaunchSet> {
    const { project, freshness: found } = await this.projects.find(uris[0] ?? '');
    freshness.include(found);
    const name = uris.map((uri) => Utils.basename(URI.parse(uri))).join(', ');
    return launchSet(name, await this.rootsOf(uris, freshness), project, { declared });
  }

  private async outermostIncluders(uri: string, freshness: Freshness): Promise<readonly string[]> {
    const graph = await this.includeGraph();
    freshness.include(graph.freshness);
    const { sources, includers } = graph.value;
    const includes = (one: string, other: string) => sources.get(one)?.get(other) !== undefined;
    // In a cycle, every file includes every other; then each one is outermost.
    const isOutermost = (one: string) => (includers.get(one) ?? []).every((other) => includes(one, other));
    return (includers.get(uri) ?? []).filter(isOutermost);
  }

  /** The files that include others, and everything that they include. */
  private async includeGraph(): Promise<{ readonly value: IncludeGraph; readonly freshness: Freshness }> {
    const known = this.graph.get('');
    if (known !== undefined) return known;
    const freshness = new Freshness(this.documents);
    freshness.note(ALL_FILES);
    const value = { sources: new Map<string, Sources>(), includers: new Map<string, string[]>() };
    for (const candidate of await this.files.candidates()) {
      freshness.note(candidate);
      if (!(await this.mayInclude(candidate))) continue;
      // A file that cannot be read includes nothing; its own check reports the reason.
      const sources = await this.files.sourcesOf([{ uri: candidate }], freshness).catch(() => undefined);
      if (sources === undefined) continue;
      value.sources.set(candidate, sources);
      for (const file of sources.lookedFor) {
        if (file === candidate || sources.get(file) === undefined) continue;
        const known = value.includers.get(file);
        if (known === undefined) value.includers.set(file, [candidate]);
        else known.push(candidate);
      }
    }
    this.graph.set('', freshness, value);
    return { value, freshness };
  }

  /**
   * A cheap check that avoids parsing most files. It is cached, because it is needed on every keystroke in other files.
   */
  private async mayInclude(uri: string): Promise<boolean> {
    const known = this.includers.get(uri);
    if (known !== undefined) return known.value;
    const freshness = new Freshness(this.documents);
    freshness.note(uri);
    const text = await this.documents.read(uri);
    const include = typeof text === 'string' && text.includes('include');
    this.includers.set(uri, freshness, include);
    return include;
  }
}

function launchSet(
  name: string,
  roots: readonly RootFile[],
  project: Project | undefined,
  {
    declared = false,
    isPart = false,
    image,
    layered = [],
    isVariable = false,
  }: Partial<Pick<LaunchSet, 'declared' | 'isPart' | 'image' | 'layered' | 'isVariable'>> = {},
): LaunchSet {
  // Editors receive IDs and send them back, so the IDs name regions by document and number.
  const rootIds = roots.map((root) => regionOf(root.uri) ?? root);
  return {
    id: JSON.stringify([name, project?.uri, rootIds]),
    name,
    roots,
    project,
    declared,
    isPart,
    image,
    layered,
    isVariable,
  };
}

/** The regions of one launch, as the shell lists their variables. */
function inOrder(regions: readonly Region[], group: number | undefined): readonly Region[] {
  const own = regions.filter((region) => region.group === group);
  return own.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
}

function rootOf({ uri }: { readonly uri: string }): RootFile {
  return { uri };
}
