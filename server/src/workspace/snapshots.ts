import { configurationModel } from '../../../schemas/configuration';
import { cantonOfImage, cantonOfSplice } from '../../../schemas/images';
import type { ObjectModel } from '../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../schemas/splice';
import { type CantonRelease, type CantonVersion, cantonRelease } from '../../../schemas/version';
import { withChanges } from '../edits/effect';
import { type Evaluation, evaluate } from '../hocon/evaluation/evaluate';
import type { PathOptions } from '../hocon/evaluation/include-files';
import { loadSources } from '../hocon/evaluation/load';
import type { Environment, RootFile, Sources } from '../hocon/source';
import type { ConfigObject } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { placesOfFragment } from '../model/facts/fragments';
import { chooseVersion, type RequestedVersion, readDirective, type VersionChoice } from '../model/facts/version-choice';
import { CleanNodes, type Completeness } from '../rules';
import { REMEMBERED_LENGTH } from './budget';
import type { Documents } from './documents';
import { FreshCache, Freshness } from './freshness';
import type { LaunchSet } from './launch-sets';
import { type Mixins, type MixinUses, NOT_USED } from './mixin-uses';
import type { Project, Projects } from './project-files';
import { regionOf } from './regions';
import { Snapshot } from './snapshot';

export interface ServiceSettings {
  /** The version in an editor's settings for a file; the project file and a directive in the file take precedence. */
  readonly requestedVersion?: (uri: string) => RequestedVersion;
  /** The version on the command line, which takes precedence over everything else. */
  readonly force?: RequestedVersion;
  /** The URI of the folder in which the node is started, if it is known. */
  readonly workingDirectory?: string;
  /** Variables that are added to those of the project and override them. */
  readonly environment?: Environment;
}

export const MAX_SNAPSHOTS = 100;

/** The minimum size of a result, which limits the number of results. */
const roomOf = (length: number, most: number) => Math.max(length, REMEMBERED_LENGTH / most);
const snapshotCache = () => new FreshCache<Snapshot>(REMEMBERED_LENGTH, ({ length }) => roomOf(length, MAX_SNAPSHOTS));
const sourcesCache = () => new FreshCache<Sources>(REMEMBERED_LENGTH, (sources) => roomOf(lengthOf(sources), 5000));

function lengthOf(sources: Sources): number {
  let length = 0;
  for (const uri of sources.lookedFor) length += sources.get(uri)?.text.length ?? 0;
  return length;
}

const NO_MIXINS: Pick<MixinUses, 'of' | 'unused'> = { of: async () => [], unused: async () => [] };

/** Turns launch sets into snapshots, each once for as long as its files stay the same. */
export class Snapshots {
  private settings: ServiceSettings = {};
  private readonly sources = sourcesCache();
  private cache = snapshotCache();
  /** Keyed by launch set: the next snapshot reuses results of the last one. */
  private readonly memories = new Map<string, CleanNodes>();

  constructor(
    private readonly documents: Documents,
    private readonly projects: Pick<Projects, 'find'>,
    private readonly mixins: Pick<MixinUses, 'of' | 'unused'> = NO_MIXINS,
  ) {}

  configure(settings: ServiceSettings): void {
    this.settings = settings;
    this.cache = snapshotCache();
  }

  /** The roots and everything that they include; `freshness` records all files that were looked up. */
  async sourcesOf(roots: readonly RootFile[], freshness: Freshness): Promise<Sources> {
    const key = JSON.stringify(roots);
    const known = this.sources.get(key);
    if (known !== undefined) {
      freshness.include(known.freshness);
      return known.value;
    }
    const own = new Freshness(this.documents);
    const files = {
      read: (uri: string) => {
        own.note(uri);
        return this.documents.read(uri);
      },
      refusal: (uri: string) => this.documents.refusal(uri),
    };
    const { project, freshness: found } = await this.projects.find(roots[0]?.uri ?? '');
    own.include(found);
    const sources = await loadSources(roots, files, { parse: this.documents.parse, ...this.pathsOf(project) });
    for (const uri of sources.lookedFor) own.note(uri);
    freshness.include(own);
    this.sources.set(key, own, sources);
    return sources;
  }

  async of(set: LaunchSet): Promise<Snapshot> {
    const known = this.cache.get(set.id);
    // A different project object means that the project file has changed.
    const isSame = known?.value.set.project === set.project && known?.value.set.image === set.image;
    if (known !== undefined && isSame) return known.value;
    const freshness = new Freshness(this.documents);
    const sources = await this.sourcesOf(set.roots, freshness);
    const choice = this.chosen(set.roots[0]?.uri, directiveIn(set.roots, sources), set.project, set.image);
    const evaluation = this.evaluate(set, sources);
    const canton = await configurationModel(choice.version, choice.edition);
    const mixins = await this.usesOf(set, evaluation, canton, freshness);
    const snapshot = new Snapshot(
      set,
      choice,
      sources,
      evaluation,
      hasApps(evaluation, mixins) ? await configurationModel(choice.version, choice.edition, true) : canton,
      this.completeness(set),
      this.memoryOf(set),
      mixins,
    );
    this.cache.set(set.id, freshness, snapshot);
    return snapshot;
  }

  /**
   * The places at which other files use what a file sets beside its nodes. A fragment without nodes that nothing is known
   * to use can be a part of any node.
   */
  private async usesOf(
    { declared, isVariable, roots: [root, ...others] }: LaunchSet,
    { root: config }: Evaluation,
    model: ObjectModel,
    freshness: Freshness,
  ): Promise<Mixins> {
    if (declared || isVariable || root === undefined || others.length > 0) return NOT_USED;
    const { entries } = config;
    const names = [...entries.keys()].filter((name) => name !== 'canton');
    if (regionOf(root.uri) !== undefined)
      return { ...NOT_USED, uses: entries.has('canton') ? [] : placesOfFragment(config, model) };
    const used = await this.mixins.of(root.uri, names, freshness);
    const unused = await this.mixins.unused(root.uri, config, freshness);
    return { uses: used.length > 0 || entries.has('canton') ? used : placesOfFragment(config, model), unused };
  }

  /** The snapshot as it would be after changes of its texts; for the time of one question, and not remembered. */
  revised({ set, choice, sources, model }: Snapshot, changes: readonly TextChange[]): Snapshot {
    const changed = withChanges(sources, changes);
    // A new text is launched after the others.
    const added = new Set(changes.map(({ uri }) => uri).filter((uri) => !sources.lookedFor.has(uri)));
    const revised = added.size === 0 ? set : { ...set, roots: [...set.roots, ...[...added].map((uri) => ({ uri }))] };
    return new Snapshot(revised, choice, changed, this.evaluate(revised, changed), model, this.completeness(set));
  }

  /** The snapshot as another version reads it; it is used for one request and not cached. */
  async asVersion({ set, choice, sources, model: { apps } }: Snapshot, version: CantonVersion): Promise<Snapshot> {
    const model = await configurationModel(version, choice.edition, apps !== undefined);
    return new Snapshot(
      set,
      { ...choice, version },
      sources,
      this.evaluate(set, sources),
      model,
      this.completeness(set),
    );
  }

  private completeness(set: LaunchSet): Completeness {
    return { isWhole: set.declared, hasWholeEnvironment: this.environmentOf(set).closed };
  }

  private evaluate(set: LaunchSet, sources: Sources): Evaluation {
    // Missing keys of a chart's map are judged separately: other chart values may set them, but no other file.
    const isWhole = set.layered.length > 0 ? (key: string) => key === 'kms' : isWholeSection;
    const options = { ...this.pathsOf(set.project), isPart: set.isPart, mayLackFiles: !set.declared, isWhole };
    return evaluate(set.roots, sources, this.environmentOf(set), options);
  }

  private pathsOf(project: Project | undefined): PathOptions {
    const { workingDirectory } = this.settings;
    return { ...(project && { mounts: project.mounts }), ...(workingDirectory !== undefined && { workingDirectory }) };
  }

  private memoryOf({ id }: LaunchSet): CleanNodes {
    const memory = this.memories.get(id) ?? new CleanNodes();
    this.memories.delete(id);
    this.memories.set(id, memory);
    if (this.memories.size > MAX_SNAPSHOTS) this.memories.delete(this.memories.keys().next().value as string);
    return memory;
  }

  environmentOf({ project }: LaunchSet): Environment {
    const { environment } = this.settings;
    return {
      variables: new Map([...(project?.environment.variables ?? []), ...(environment?.variables ?? [])]),
      closed: environment?.closed ?? false,
    };
  }

  /** The version and edition that apply if there is no file. */
  choice(): VersionChoice {
    return this.chosen(undefined, undefined, undefined);
  }

  private chosen(
    root: string | undefined,
    directive: RequestedVersion | undefined,
    project: Project | undefined,
    image?: string,
  ): VersionChoice {
    const { force, requestedVersion } = this.settings;
    const choice = chooseVersion({
      directive,
      project: { ...versionOf(project), edition: project?.file?.edition },
      image: image === undefined ? undefined : cantonOfImage(image),
      setting: root === undefined ? undefined : requestedVersion?.(root),
    });
    return {
      version: force?.version ?? choice.version,
      release: force?.version === undefined ? choice.release : force.release,
      versionSource: force?.version === undefined ? choice.versionSource : 'setting',
      edition: force?.edition ?? choice.edition,
      editionSource: force?.edition === undefined ? choice.editionSource : 'setting',
    };
  }
}

function versionOf(project: Project | undefined): CantonRelease | undefined {
  const { cantonVersion, spliceVersion } = project?.file ?? {};
  if (cantonVersion !== undefined) return cantonRelease(cantonVersion);
  return spliceVersion === undefined ? undefined : cantonOfSplice(spliceVersion);
}

/** The first root file with a directive determines the version of the set. */
function directiveIn(roots: readonly RootFile[], sources: Sources): RequestedVersion | undefined {
  for (const { uri } of roots) {
    const directive = readDirective(sources.get(uri)?.text ?? '');
    if (directive !== undefined) return directive;
  }
  return undefined;
}

/**
 * True for a section that is written completely in one place. `type` decides which other keys a `kms` section has, so
 * it is not split between a mounted file and a variable of the container.
 */
function isWholeSection(key: string, { entries }: Pick<ConfigObject, 'entries'>): boolean {
  return key === 'kms' && entries.has('type');
}

/** Whether a configuration has sections of Splice applications, or a file is a part of one. */
function hasApps({ root }: Evaluation, { uses }: Mixins): boolean {
  const canton = root.entries.get('canton')?.value;
  const own = canton?.kind === 'object' ? [...canton.entries.keys()] : [];
  return [...own, ...uses.map(({ to }) => to[1] ?? '')].some((section) => SPLICE_SECTIONS.includes(section));
}
