import * as vscode from 'vscode';
import { type ListedNode, NODE_LIST, type NodeSummary } from '../../../server/src/lsp/protocol';
import { newConfiguration, Refusal } from './commands';
import { isConfiguration } from './documents';
import type { Server } from './language-server';
import { findConfigurations } from './workspace-files';

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

/** The files that may configure nodes: open Canton documents and the `.conf` files of the workspace. */
export async function candidateFiles(): Promise<string[]> {
  const open = vscode.workspace.textDocuments.filter((document) => isConfiguration(document) && isReal(document.uri));
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => findConfigurations(uri, MOST_FILES)));
  const uris = [...open.map(({ uri }) => uri), ...found.flat().slice(0, MOST_FILES)].map(String);
  return [...new Set(uris)].sort();
}

/** False for the left side of a diff, which is not a file of the workspace. */
function isReal({ scheme }: vscode.Uri): boolean {
  return scheme !== 'git';
}

/** The nodes of the files by launch set, each once. */
export async function launchSetsOf(server: Server, files: readonly string[]): Promise<LaunchSet[]> {
  const sets = new Map<string, { launchSet: ListedNode['launchSet']; nodes: Map<string, NodeRow> }>();
  for (const uri of files) {
    for (const node of await server.request(NODE_LIST, { uri })) {
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

/** An item for a quick pick. */
export interface NodeChoice extends vscode.QuickPickItem {
  /** A file that configures the node. */
  readonly uri: string;
  /** `participants.p1` */
  readonly node: string;
}

/**
 * The nodes of the whole workspace, those of the active document first. A node in several launch sets is listed once.
 * Throws an error with a follow-up command if there is none.
 */
export async function nodeChoices(server: Server): Promise<readonly [NodeChoice, ...NodeChoice[]]> {
  const active = vscode.window.activeTextEditor?.document;
  const first = active !== undefined && isConfiguration(active) ? [active.uri.toString()] : [];
  const sets = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Canton KMS: looking for nodes') },
    async () => launchSetsOf(server, [...new Set([...first, ...(await candidateFiles())])]),
  );
  const choices = new Map<string, NodeChoice>();
  for (const { node } of sets.flatMap(({ nodes }) => nodes)) {
    const { id, uri } = node;
    const key = `${id} ${uri}`;
    if (!choices.has(key))
      choices.set(key, { label: id, description: fileName(uri), detail: inWords(node), uri, node: id });
  }
  const [one, ...others] = choices.values();
  if (one === undefined)
    throw new Refusal(vscode.l10n.t('No Canton node is configured in this workspace.'), [newConfiguration()]);
  return [one, ...others];
}

/** The display name of a file, relative to the workspace. */
export function fileName(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

function inWords({ problems: { errors }, ...node }: ListedNode): string {
  if (errors === 0) return modeOf(node);
  return vscode.l10n.t('{0}; Canton refuses its configuration ({1})', modeOf(node), counted.errors(errors));
}

const MODES: Record<NodeSummary['mode'], string> = {
  none: vscode.l10n.t('no KMS'),
  envelope: vscode.l10n.t('envelope encryption'),
  external: vscode.l10n.t('external keys'),
};

/** The mode and KMS type in words: `envelope encryption, aws`. */
export function modeOf({ mode, kmsType }: Pick<NodeSummary, 'mode' | 'kmsType'>): string {
  return mode === 'none' ? MODES.none : `${MODES[mode]}, ${kmsType ?? vscode.l10n.t('KMS type unknown')}`;
}

/** `1 error`, `2 errors`: whole phrases, because a plural is not made in the same way in every language. */
export const counted = {
  files: (n: number) => (n === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', n)),
  errors: (n: number) => (n === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', n)),
  warnings: (n: number) => (n === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', n)),
  edits: (n: number) => (n === 1 ? vscode.l10n.t('1 edit') : vscode.l10n.t('{0} edits', n)),
} as const;
