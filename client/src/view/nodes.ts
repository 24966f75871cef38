import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { NODES, type NodeSummary, STATUS, type StatusResult } from '../../../server/src/lsp/protocol';
import { findConfigurations } from '../find-configurations';
import { isConfiguration } from '../language';

/** More files than a deployment has; each one costs a check of its launch set. */
const MOST_FILES = 200;

export interface LaunchSet {
  readonly name: string;
  /** `Canton 3.5 enterprise` */
  readonly checkedAs: string;
  readonly nodes: readonly ListedNode[];
}

export interface ListedNode {
  readonly node: NodeSummary;
  /** Those of the file that the node stands in. */
  readonly problems: StatusResult['problems'];
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
  const asked = new Map<string, Promise<StatusResult | null>>();
  const statusOf = (uri: string) => {
    const status = asked.get(uri) ?? client.sendRequest<StatusResult | null>(STATUS, { uri });
    asked.set(uri, status);
    return status;
  };
  const sets = new Map<string, { status: StatusResult; nodes: Map<string, ListedNode> }>();
  for (const uri of files) {
    const nodes = await client.sendRequest<NodeSummary[]>(NODES, { uri });
    const status = nodes.length > 0 ? await statusOf(uri) : null;
    if (status === null) continue;
    const set = sets.get(status.launchSetId) ?? { status, nodes: new Map() };
    sets.set(status.launchSetId, set);
    for (const node of nodes) {
      if (set.nodes.has(node.id)) continue;
      const problems = (await statusOf(node.uri))?.problems ?? { errors: 0, warnings: 0 };
      set.nodes.set(node.id, { node, problems });
    }
  }
  return [...sets.values()].map(({ status: { launchSet, cantonVersion, edition }, nodes }) => ({
    name: launchSet,
    checkedAs: `Canton ${cantonVersion} ${edition}`,
    nodes: [...nodes.values()],
  }));
}
