import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ListedNode, NODE_LIST } from '../../../server/src/lsp/protocol';
import { findConfigurations } from '../find-configurations';
import { isConfiguration } from '../language';

/** More files than a deployment has; each one costs a check of its launch set. */
const MOST_FILES = 200;

export interface LaunchSet {
  readonly name: string;
  /** `Canton 3.5 enterprise` */
  readonly checkedAs: string;
  readonly problems: ListedNode['problems'];
  readonly nodes: readonly NodeRow[];
}

export interface NodeRow {
  readonly node: ListedNode;
}

/** Where nodes may be configured: the Canton documents that are open, and the `.conf` files of the workspace. */
export async function candidateFiles(): Promise<string[]> {
  const open = vscode.workspace.textDocuments.filter((document) => isConfiguration(document) && isReal(document.uri));
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => findConfigurations(uri, MOST_FILES)));
  const uris = [...open.map(({ uri }) => uri), ...found.flat().slice(0, MOST_FILES)].map(String);
  return [...new Set(uris)].sort();
}

/** Not the left side of a diff, which is no file of the workspace. */
function isReal({ scheme }: vscode.Uri): boolean {
  return scheme !== 'git';
}

/** The nodes of the files by launch set, each once. */
export async function launchSetsOf(client: BaseLanguageClient, files: readonly string[]): Promise<LaunchSet[]> {
  const sets = new Map<string, { launchSet: ListedNode['launchSet']; nodes: Map<string, NodeRow> }>();
  for (const uri of files) {
    for (const node of await client.sendRequest<ListedNode[]>(NODE_LIST, { uri })) {
      const { launchSet } = node;
      const set = sets.get(launchSet.id) ?? { launchSet, nodes: new Map<string, NodeRow>() };
      sets.set(launchSet.id, set);
      if (!set.nodes.has(node.id)) set.nodes.set(node.id, { node });
    }
  }
  return [...sets.values()].map(({ launchSet: { name, checkedAs, problems }, nodes }) => ({
    name,
    checkedAs,
    problems,
    nodes: [...nodes.values()],
  }));
}
