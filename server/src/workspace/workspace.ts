import { URI, Utils } from 'vscode-uri';
import { PROJECT_FILE_NAME } from '../../../schemas/project-name';
import type { DocumentView } from '../features/shared/document-view';
import type { FileAccess } from '../hocon/source';
import type { SyntaxTree } from '../hocon/syntax/syntax';
import { hasCantonKey, isCantonDocument, mixinNames } from '../model/facts/classify';
import { rules } from '../rules';
import { Documents, normalize, parsedUri } from './documents';
import { type FileEvent, FileList, LISTED } from './file-list';
import { FreshCache, Freshness } from './freshness';
import { type LaunchSet, LaunchSets } from './launch-sets';
import { MixinUses } from './mixin-uses';
import { Projects } from './project-files';
import { enclosingOf, regionOf } from './regions';
import type { Snapshot } from './snapshot';
import { MAX_SNAPSHOTS, type ServiceSettings, Snapshots } from './snapshots';

/** Whether one of the documents, or the HOCON inside it, is among the URIs and not the document itself. */
function hasOther(lookedFor: ReadonlySet<string>, uri: string, documents: ReadonlySet<string>): boolean {
  for (const one of lookedFor) {
    const document = enclosingOf(one);
    if (document !== uri && documents.has(document)) return true;
  }
  return false;
}

/** The files that a service uses, provided by the program's entry point. */
export interface LanguageServiceHost {
  readonly files: FileAccess;
  /** URIs of the files of the workspace that may be launched with the open ones, or included by them. */
  list(): Promise<readonly string[]>;
  /** URIs of the files around one that may belong to its launch, one list for all that share it; without it, those of `list`. */
  around?(uri: string): Promise<readonly string[]>;
  /** URIs of the files of the workspace that may have HOCON inside; without it, none but open ones are known. */
  carriers?(): Promise<readonly string[]>;
  /** The folder above a folder, or itself, beyond which no project file counts; URIs. Without it, all do. */
  rootOf?(folder: string): Promise<string>;
}

const HOCON_FILE = /\.(?:conf|hocon)$/i;

export type Workspace = ReturnType<typeof createWorkspace>;

/**
 * Derives launch sets and their snapshots from documents, files and settings. Snapshots are immutable and cached until
 * one of their files changes.
 */
export function createWorkspace(host: LanguageServiceHost) {
  const documents = new Documents(host.files);
  const projects = new Projects(
    documents,
    rules.map(({ code }) => code),
    host.rootOf,
  );
  const mixins = new MixinUses(documents, around);
  const cache = new Snapshots(documents, projects, mixins);
  const launchSets = new LaunchSets(documents, projects, {
    candidates,
    sourcesOf: (roots, freshness) => cache.sourcesOf(roots, freshness),
  });
  const setsByUri = new FreshCache<readonly LaunchSet[]>(5000);
  /** Documents that were once recognized stay Canton's until they are closed, however broken they are meanwhile. */
  const recognized = new Set<string>();
  /** Ids of launch sets, the latest choice first. */
  let preferred: readonly string[] = [];
  const list = new FileList(() => host.list());
  let counted: { readonly listed: unknown; readonly revision: number; readonly files: readonly string[] } | undefined;
  /** The configuration files of each list of the host. */
  const nearby = new WeakMap<readonly string[], readonly string[]>();

  /** The launch sets of a document; never empty. */
  async function setsOf(uri: string): Promise<readonly LaunchSet[]> {
    const key = normalize(uri);
    const known = setsByUri.get(key);
    if (known !== undefined) return known.value;
    const freshness = new Freshness(documents);
    const sets = documents.mayEnclose(key) ? await setsInside(key, freshness) : await launchSets.of(key, freshness);
    setsByUri.set(key, freshness, sets);
    return sets;
  }

  /** The launch sets of the HOCON inside a document; if there is none, one without a file. */
  async function setsInside(enclosing: string, freshness: Freshness): Promise<readonly LaunchSet[]> {
    freshness.note(enclosing);
    const sets = new Map<string, LaunchSet>();
    for (const { uri } of await documents.regions(enclosing)) {
      const own = await launchSets.of(uri, freshness).catch(() => [launchSets.unread(uri)]);
      for (const set of own) sets.set(set.id, set);
    }
    return sets.size > 0 ? [...sets.values()] : [await launchSets.together([enclosing], freshness, false)];
  }

  /** All launch sets of the document. */
  async function snapshots(uri: string): Promise<readonly Snapshot[]> {
    return Promise.all((await setsOf(uri)).map((set) => cache.of(set)));
  }

  /** The document in the launch set that was chosen for it, otherwise in the first one. */
  async function snapshot(uri: string): Promise<Snapshot> {
    const [first] = await setsOf(uri);
    return cache.of((await chosenSet(uri)) ?? (first as LaunchSet));
  }

  /** The launch set that was chosen for the document; undefined if none was chosen. */
  async function chosenSet(uri: string): Promise<LaunchSet | undefined> {
    const sets = await setsOf(uri);
    return preferred.map((id) => sets.find((set) => set.id === id)).find((set) => set !== undefined);
  }

  /**
   * Whether the document is Canton's: by its content, or because a launch set or a Canton file includes it.
   * @param isNamed whether the file was named explicitly: then a root key `canton` with any value is enough
   */
  async function classify(uri: string, text?: string, isNamed = false): Promise<boolean> {
    const key = normalize(uri);
    if (recognized.has(key)) return true;
    const found = await isCantons(key, text, isNamed);
    if (found && documents.isOpen(key)) recognized.add(key);
    return found;
  }

  async function isCantons(uri: string, given: string | undefined, isNamed: boolean): Promise<boolean> {
    if (regionOf(uri) !== undefined) return true;
    if (documents.mayEnclose(uri)) return (await documents.regions(uri)).length > 0;
    const text = given ?? (await documents.read(uri));
    if (text === undefined) return false;
    // A list is no configuration; many JSON files are long ones.
    const tree = /^\s*\[/.test(text) ? undefined : documents.parse(uri, text);
    if (tree !== undefined && (isCantonDocument(tree) || (isNamed && hasCantonKey(tree)))) return true;
    for (const { declared, roots } of await setsOf(uri)) {
      if (declared) return true;
      for (const root of roots) {
        const tree = root.uri === uri ? undefined : await documents.tree(root.uri);
        if (tree !== undefined && isCantonDocument(tree)) return true;
      }
    }
    return tree !== undefined && (await mixins.of(uri, mixinNames(tree), new Freshness(documents))).length > 0;
  }

  /** Whether a project file excludes the file, unless it is named explicitly. */
  async function isExcluded(uri: string): Promise<boolean> {
    const { project } = await projects.find(uri);
    return project?.isExcluded(uri) === true;
  }

  /** The project file of a document; where there is none, the place for one, without a text. */
  async function projectFileOf(uri: string): Promise<{ readonly uri: string; readonly text: string | undefined }> {
    const { project } = await projects.find(uri);
    if (project !== undefined) return { uri: project.uri, text: await documents.read(project.uri) };
    const folder = Utils.dirname(URI.parse(uri)).toString();
    const root = (await host.rootOf?.(folder)) ?? folder;
    return { uri: Utils.joinPath(URI.parse(root), PROJECT_FILE_NAME).toString(), text: undefined };
  }

  /** The configuration files that are open or in the workspace. */
  async function candidates(): Promise<readonly string[]> {
    const listed = await includable();
    const { revision } = documents;
    // The same list while nothing changes, because it is asked for once for each file of a check.
    if (counted?.listed !== listed || counted.revision !== revision) {
      const files = [...new Set([...documents.openUris(), ...listed])].filter((uri) => HOCON_FILE.test(uri));
      counted = { listed, revision, files };
    }
    return counted.files;
  }

  /** The documents of other languages, open or in the workspace, that may have HOCON inside. */
  async function carriers(): Promise<readonly string[]> {
    const listed = (await host.carriers?.())?.map(normalize) ?? [];
    return [...new Set([...documents.openUris(), ...listed])].filter((uri) => documents.mayEnclose(uri));
  }

  /** The files of the workspace, `.json` and `.properties` among them. */
  const includable = (): Promise<readonly string[]> => list.files();

  /** The configuration files that another `-c` of the launch of a file may name. */
  async function around(uri: string): Promise<readonly string[]> {
    if (host.around === undefined) return candidates();
    const near = await host.around(uri);
    const known = nearby.get(near) ?? near.map(normalize).filter((one) => HOCON_FILE.test(one));
    nearby.set(near, known);
    return known;
  }

  return {
    around,
    documents,
    projects,
    setsOf,
    snapshots,
    snapshot,
    chosenSet,
    classify,
    isExcluded,
    candidates,
    carriers,
    includable,
    projectFileOf,

    configure(settings: ServiceSettings): void {
      cache.configure(settings);
    },

    /** Chooses the launch sets that come first where a document is in several; by id, the latest choice first. */
    prefer(launchSetIds: readonly string[]): void {
      preferred = launchSetIds;
    },

    /** The files that cannot be written, if the host knows. */
    async readOnly(uris: readonly string[]): Promise<readonly string[]> {
      const { files } = host;
      const found = await Promise.all(uris.map(async (uri) => ({ uri, is: (await files.isReadOnly?.(uri)) === true })));
      return found.filter(({ is }) => is).map(({ uri }) => uri);
    },

    /**
     * A document was opened or edited.
     * @param languageId as the editor calls it; without it the file's name says
     */
    update(uri: string, text: string, languageId?: string): void {
      // No file and no include can have such a name.
      if (parsedUri(uri) === undefined) return;
      documents.update(normalize(uri), text, languageId);
    },

    close(uri: string): void {
      documents.close(normalize(uri));
      recognized.delete(normalize(uri));
      list.closed(normalize(uri));
    },

    /** Files were created, changed or deleted on disk; all of them where it is not known which. */
    changedOnDisk(uris?: readonly string[]): void {
      documents.changedOnDisk(uris?.map(normalize));
      list.forget();
    },

    /**
     * Watched files were created, changed or deleted.
     * @returns whether any answer may have changed; most files have never been read
     */
    filesChanged(events: readonly FileEvent[]): boolean {
      const normal = events.map(({ uri, type }) => ({ uri: normalize(uri), type }));
      const others = normal.filter(({ uri, type }) => type !== 'changed' && LISTED.test(uri));
      const uris = normal.map(({ uri }) => uri).filter((uri) => documents.wasLookedFor(uri));
      list.changed(others);
      // Only these may include others, or be launched.
      const isListSame = others.every(({ uri }) => !uri.endsWith('.conf'));
      if (isListSame && uris.length === 0) return false;
      documents.changedOnDisk(uris, isListSame);
      return true;
    },

    /** One launch set of the given files, in order. */
    setOf(uris: readonly string[]): Promise<LaunchSet> {
      return launchSets.together(uris.map(normalize), new Freshness(documents), true);
    },

    snapshotOf(set: LaunchSet): Promise<Snapshot> {
      return cache.of(set);
    },

    /** The snapshot as it would be after changes of its texts. */
    revised: (...args: Parameters<Snapshots['revised']>): Snapshot => cache.revised(...args),

    asVersion: (...args: Parameters<Snapshots['asVersion']>): Promise<Snapshot> => cache.asVersion(...args),

    environmentOf: (set: LaunchSet) => cache.environmentOf(set),

    /** The version that is checked against where there is no file to look into. */
    defaultChoice: () => cache.choice(),

    /** The launch sets of all files that may have nodes, up to the number that is cached. */
    async workspaceSnapshots(): Promise<readonly Snapshot[]> {
      const sets = new Map<string, LaunchSet>();
      for (const uri of await candidates()) {
        if (sets.size >= MAX_SNAPSHOTS) break;
        // A cheap check that avoids parsing most files.
        if (!(await documents.read(uri))?.includes('canton')) continue;
        for (const set of await setsOf(uri)) sets.set(set.id, set);
      }
      return Promise.all([...sets.values()].slice(0, MAX_SNAPSHOTS).map((set) => cache.of(set)));
    },

    /** The open documents whose answers may change with one of those; without these, except where another one affects it. */
    async dependents(...uris: readonly string[]): Promise<readonly string[]> {
      const keys = new Set(uris.map(normalize));
      const dependents: string[] = [];
      for (const other of documents.openUris()) {
        // Nothing is evaluated, because this is called for all documents whenever one is opened.
        for (const { roots } of await setsOf(other)) {
          const { lookedFor } = await cache.sourcesOf(roots, new Freshness(documents));
          if (!hasOther(lookedFor, other, keys)) continue;
          dependents.push(other);
          break;
        }
      }
      return dependents;
    },

    /** The syntax tree of a document; undefined if there is none, or where it is not HOCON itself. */
    tree(uri: string): Promise<SyntaxTree | undefined> {
      return documents.tree(normalize(uri));
    },

    /** The document as features see it, in the launch set that was chosen for it. */
    async view(uri: string): Promise<DocumentView | undefined> {
      const key = normalize(uri);
      const tree = await documents.tree(key);
      return tree && (await snapshot(key)).view(tree);
    },
  };
}
