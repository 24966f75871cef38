import type {
  DocumentHighlight,
  DocumentLink,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { Effect } from '../edits/effect';
import { definition, definitionChain } from '../features/requests/definition';
import { documentLinks } from '../features/requests/document-links';
import { keyPaths } from '../features/requests/key-paths';
import { documentHighlights, references, toLocations } from '../features/requests/references';
import { prepareRename, type Refusal, type Renamed, type RenameSet, rename } from '../features/requests/rename';
import { workspaceSymbols } from '../features/requests/workspace-symbols';
import type { DocumentView } from '../features/shared/document-view';
import { type NodeSummary, nodeSummaries } from '../features/shared/nodes';
import { connected, distinct, elementAt, type Occurrence } from '../features/shared/occurrences';
import { type Lines, type Position, rangeOf } from '../text/positions';
import { normalize } from '../workspace/documents';
import { linesOf, type Snapshot } from '../workspace/snapshot';
import { Workspace } from '../workspace/workspace';

/** To try a change of a launch set is to evaluate it a few times; longer ones are none of people's. */
export const MAX_TRIED = 2_000_000;

/** One of the places that write a key. */
export interface OtherDefinition {
  readonly path: string;
  readonly target: Location | null;
  readonly number: number;
  readonly count: number;
}

/** From a place to the places that have to do with it, in all files that it is launched with. */
export class Navigation extends Workspace {
  private readonly tried = new WeakMap<Snapshot, Effect>();

  async definition(uri: string, position: Position): Promise<Location[]> {
    const view = await this.view(uri);
    if (view === undefined) return [];
    const { occurrences } = await this.snapshot(uri);
    return definition(view, occurrences, view.lines.offsetAt(position));
  }

  /** What the definition at a position overrides, or is overridden by, across includes and the files of its launch. */
  async otherDefinition(
    uri: string,
    position: Position,
    direction: 'previous' | 'next',
  ): Promise<OtherDefinition | undefined> {
    const view = await this.view(uri);
    if (view === undefined) return undefined;
    const snapshot = await this.snapshot(uri);
    const chain = definitionChain(view.tree, snapshot.occurrences, view.lines.offsetAt(position));
    if (chain === undefined) return undefined;
    const { path, definitions } = chain;
    const index = chain.index + (direction === 'next' ? 1 : -1);
    const other = definitions[index];
    const [target = null] = other === undefined ? [] : toLocations([other], linesIn([snapshot]));
    return { path, target, number: index + 1, count: definitions.length };
  }

  /** The full paths of the key at a position. */
  async keyPaths(uri: string, position: Position): Promise<string[]> {
    const view = await this.view(uri);
    if (view === undefined) return [];
    const { occurrences } = await this.snapshot(uri);
    return keyPaths(view, occurrences, view.lines.offsetAt(position));
  }

  async documentHighlights(uri: string, position: Position): Promise<DocumentHighlight[]> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return [];
    const lines = linesOf(tree);
    const { occurrences } = await this.snapshot(uri);
    return documentHighlights(tree, lines, occurrences, lines.offsetAt(position));
  }

  /** In all launch sets of the document. */
  async references(uri: string, position: Position, withDefinitions: boolean): Promise<Location[]> {
    const tree = await this.documents.tree(normalize(uri));
    if (tree === undefined) return [];
    const offset = linesOf(tree).offsetAt(position);
    const snapshots = await this.snapshots(uri);
    const found = distinct(snapshots.flatMap(({ occurrences }) => references(tree, occurrences, offset)));
    return toLocations(
      found.filter(({ kind }) => withDefinitions || kind === 'reference'),
      linesIn(snapshots),
    );
  }

  async prepareRename(uri: string, position: Position): Promise<Renamed | Refusal> {
    const scope = await this.renameScope(uri, position);
    if (scope === undefined) return { refused: 'There is no key here.' };
    return prepareRename(scope.element, scope.sets, scope.places, scope.isEditable);
  }

  async rename(uri: string, position: Position, newName: string): Promise<WorkspaceEdit | Refusal> {
    const scope = await this.renameScope(uri, position);
    if (scope === undefined) return { refused: 'There is no key here.' };
    return rename(scope.sets, scope.places, newName, scope.isEditable);
  }

  /** Everything that a new name concerns: a file that it touches may be part of further launch sets, and so on. */
  private async renameScope(uri: string, position: Position) {
    const tree = await this.documents.tree(normalize(uri));
    const found = tree && elementAt(tree, linesOf(tree).offsetAt(position));
    if (tree === undefined || found === undefined) return undefined;
    const element = { range: rangeOf(linesOf(tree), found), placeholder: found.name };
    const snapshots = new Map<string, Snapshot>();
    let places: readonly Occurrence[] = [{ uri: tree.uri, range: found, kind: 'reference' }];
    for (let known = 0; known < places.length; ) {
      known = places.length;
      for (const file of new Set(places.map((place) => place.uri))) {
        for (const snapshot of await this.snapshots(file)) snapshots.set(snapshot.set.id, snapshot);
      }
      places = connected([...snapshots.values()], places);
    }
    const sets = [...snapshots.values()].map(
      (snapshot): RenameSet => ({
        view: snapshot.view(tree),
        occurrences: snapshot.occurrences,
        tree: (file) => snapshot.sources.get(file),
        keepsValues: (changes) => snapshot.length > MAX_TRIED || this.effectOn(snapshot).keepsValues(changes),
      }),
    );
    const editable = new Set(await this.candidates());
    return { element, sets, places, isEditable: (file: string) => editable.has(file) };
  }

  async documentLinks(uri: string): Promise<DocumentLink[]> {
    const view = await this.view(uri);
    return view === undefined ? [] : documentLinks(view);
  }

  /** The nodes of all launch sets of the workspace. */
  async workspaceSymbols(query: string): Promise<SymbolInformation[]> {
    const nodes: NodeSummary[] = [];
    for (const snapshot of await this.workspaceSnapshots()) {
      nodes.push(...nodeSummaries(snapshot.nodes, '', (uri) => snapshot.lines(uri)));
    }
    return workspaceSymbols(nodes, query);
  }

  /** What changes of its texts would do to a launch set. */
  protected effectOn(snapshot: Snapshot): Effect {
    const known = this.tried.get(snapshot);
    if (known !== undefined) return known;
    const { set, sources } = snapshot;
    const effect = new Effect({ roots: set.roots, sources, environment: this.evaluator.environmentOf(set) });
    this.tried.set(snapshot, effect);
    return effect;
  }

  protected async view(uri: string): Promise<DocumentView | undefined> {
    const key = normalize(uri);
    const tree = await this.documents.tree(key);
    return tree && (await this.snapshot(key)).view(tree);
  }
}

/** The lines of a file of any of the launch sets. */
export function linesIn(snapshots: readonly Snapshot[]): (uri: string) => Lines | undefined {
  return (uri) => snapshots.map((snapshot) => snapshot.lines(uri)).find((found) => found !== undefined);
}
