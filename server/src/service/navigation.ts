import type { DocumentHighlight, DocumentLink, Location, SymbolInformation } from 'vscode-languageserver';
import { definition, definitionChain } from '../features/requests/definition';
import { documentLinks } from '../features/requests/document-links';
import { keyPaths } from '../features/requests/key-paths';
import { documentHighlights, references, toLocations } from '../features/requests/references';
import { workspaceSymbols } from '../features/requests/workspace-symbols';
import { type NodeSummary, nodeSummaries } from '../features/shared/nodes';
import { distinct } from '../features/shared/occurrences';
import type { Position } from '../text/positions';
import { linesOf } from '../workspace/documents';
import { linesIn } from '../workspace/snapshot';
import type { Workspace } from '../workspace/workspace';

/** One of the definitions of a key. */
export interface OtherDefinition {
  readonly path: string;
  /** Null if there is none in this direction. */
  readonly target: Location | null;
  /** The one-based number of the target and the number of definitions; the one that all others override comes first. */
  readonly number: number;
  readonly count: number;
}

/** Requests from a position to related ones, in all files of the launch set. */
export function navigation({ tree, view, snapshot, snapshots, workspaceSnapshots }: Workspace) {
  return {
    async definition(uri: string, position: Position): Promise<Location[]> {
      const seen = await view(uri);
      if (seen === undefined) return [];
      const { occurrences } = await snapshot(uri);
      return definition(seen, occurrences, seen.lines.offsetAt(position));
    },

    /** The definitions that the one at a position overrides, or that override it, across includes and the files of its launch set. */
    async otherDefinition(
      uri: string,
      position: Position,
      direction: 'previous' | 'next',
    ): Promise<OtherDefinition | undefined> {
      const seen = await view(uri);
      if (seen === undefined) return undefined;
      const held = await snapshot(uri);
      const chain = definitionChain(seen.tree, held.occurrences, seen.lines.offsetAt(position));
      if (chain === undefined) return undefined;
      const { path, definitions } = chain;
      const index = chain.index + (direction === 'next' ? 1 : -1);
      const other = definitions[index];
      const [target = null] = other === undefined ? [] : toLocations([other], linesIn([held]));
      return { path, target, number: index + 1, count: definitions.length };
    },

    /** The full paths of the key at a position. */
    async keyPaths(uri: string, position: Position): Promise<string[]> {
      const seen = await view(uri);
      if (seen === undefined) return [];
      const { occurrences } = await snapshot(uri);
      return keyPaths(seen, occurrences, seen.lines.offsetAt(position));
    },

    async documentHighlights(uri: string, position: Position): Promise<DocumentHighlight[]> {
      const text = await tree(uri);
      if (text === undefined) return [];
      const lines = linesOf(text);
      const { occurrences } = await snapshot(uri);
      return documentHighlights(text, lines, occurrences, lines.offsetAt(position));
    },

    /** The places that name the key at a position, in all launch sets of the document. */
    async references(uri: string, position: Position, withDefinitions: boolean): Promise<Location[]> {
      const text = await tree(uri);
      if (text === undefined) return [];
      const offset = linesOf(text).offsetAt(position);
      const held = await snapshots(uri);
      const found = distinct(held.flatMap(({ occurrences }) => references(text, occurrences, offset)));
      return toLocations(
        found.filter(({ kind }) => withDefinitions || kind === 'reference'),
        linesIn(held),
      );
    },

    async documentLinks(uri: string): Promise<DocumentLink[]> {
      const seen = await view(uri);
      return seen === undefined ? [] : documentLinks(seen);
    },

    /** The nodes of all launch sets of the workspace. */
    async workspaceSymbols(query: string): Promise<SymbolInformation[]> {
      const nodes: NodeSummary[] = [];
      for (const held of await workspaceSnapshots()) {
        nodes.push(...nodeSummaries(held.nodes, '', (uri) => held.lines(uri)));
      }
      return workspaceSymbols(nodes, query);
    },
  };
}
