import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { mentionsNodes } from '../../../server/src/embedded/mentions';
import type { ListedNode, NodeSummary } from '../../../server/src/lsp/protocol';
import { REFRESH_NODES, SHOW_NODE } from '../infrastructure/commands';
import { isConfiguration, openDocument, PROJECT_FILE } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { textOf } from '../infrastructure/workspace-files';
import {
  candidateFiles,
  counted,
  type LaunchSet,
  launchSetsOf,
  modeOf,
  type NodeRow,
} from '../infrastructure/workspace-nodes';

type Row = LaunchSet | NodeRow;

const VIEW = 'cantonKms.nodes';
/** The context key with which package.json shows the view. */
const HAS_NODES = 'cantonKms.hasNodes';
/** Files change in bursts, and each update costs a check of every launch set. */
const PAUSE_MS = 400;

/**
 * The nodes of the workspace by launch set, in a view that is hidden where no file mentions a node. No request is sent,
 * and no server is started, before the view is opened.
 */
export class NodesView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly disposables: vscode.Disposable[];
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: Server,
    statusChanged: vscode.Event<void>,
    private readonly output: vscode.LogOutputChannel,
  ) {
    const soon = () => this.refreshSoon();
    const files = vscode.workspace.createFileSystemWatcher(`**/{*.conf,${PROJECT_FILE}}`);
    this.disposables = [
      this.changed,
      files,
      files.onDidCreate(soon),
      files.onDidChange(soon),
      files.onDidDelete(soon),
      statusChanged(soon),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isConf)) soon();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isConfiguration(document)) soon();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (isConfiguration(document)) soon();
      }),
      server.client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) soon();
      }),
      vscode.commands.registerCommand(REFRESH_NODES, () => this.refresh()),
      vscode.commands.registerCommand(SHOW_NODE, ({ node }: NodeRow) => showNode(node)),
      vscode.window.registerTreeDataProvider(VIEW, this),
    ];
    void this.showOrHide();
  }

  dispose(): void {
    clearTimeout(this.pause);
    for (const disposable of this.disposables) disposable.dispose();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) return isLaunchSet(row) ? [...row.nodes] : [];
    try {
      const files = await candidateFiles();
      return files.length > 0 ? await launchSetsOf(this.server, files) : [];
    } catch (error) {
      this.output.warn(`The nodes could not be listed: ${error}`);
      return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = toTreeItem(row);
    if (!isLaunchSet(row))
      item.command = { command: SHOW_NODE, title: vscode.l10n.t('Show in File'), arguments: [row] };
    return item;
  }

  private refreshSoon(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.refresh(), PAUSE_MS);
  }

  private refresh(): void {
    this.changed.fire(undefined);
    void this.showOrHide();
  }

  private async showOrHide(): Promise<void> {
    const isShown = await mentionsNode(await candidateFiles());
    await vscode.commands.executeCommand('setContext', HAS_NODES, isShown);
  }
}

function isConf({ path }: vscode.Uri): boolean {
  return path.endsWith('.conf');
}

async function mentionsNode(files: readonly string[]): Promise<boolean> {
  for (const uri of files.map((file) => vscode.Uri.parse(file))) {
    const text = openDocument(uri)?.getText() ?? (await textOf(uri));
    if (text !== null && mentionsNodes(text)) return true;
  }
  return false;
}

/** Shows where the node is configured. */
async function showNode({ uri, range: { start } }: NodeSummary): Promise<void> {
  const position = new vscode.Position(start.line, start.character);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), {
    selection: new vscode.Range(position, position),
  });
}

const ICONS: Record<ListedNode['mode'], string> = { none: 'circle-large-outline', envelope: 'mail', external: 'key' };

function isLaunchSet(row: Row): row is LaunchSet {
  return 'nodes' in row;
}

/** The appearance of a row and its text for screen readers; icons and colors are never the only information. */
function toTreeItem(row: Row): vscode.TreeItem {
  return isLaunchSet(row) ? launchSetItem(row) : nodeItem(row);
}

function launchSetItem(row: LaunchSet): vscode.TreeItem {
  const { name, checkedAs } = row;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  const parts = [checkedAs, ...problemsOf(row)];
  item.description = parts.join(' · ');
  item.tooltip = [vscode.l10n.t('Launch set {0}, checked as {1}', name, checkedAs), ...problemsOf(row)].join(', ');
  item.iconPath = new vscode.ThemeIcon('rocket');
  item.contextValue = 'launchSet';
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

function nodeItem({ node }: NodeRow): vscode.TreeItem {
  const parts = [modeOf(node), node.kmsInstance, node.wrapperKey, ...problemsOf(node)].filter(
    (part) => part !== undefined,
  );
  const item = new vscode.TreeItem(node.name);
  item.description = parts.join(' · ');
  item.tooltip = tooltip(node);
  item.iconPath = new vscode.ThemeIcon(ICONS[node.mode], colorOf(node));
  item.contextValue = `node.${node.mode}`;
  item.accessibilityInformation = { label: `${node.id}, ${parts.join(', ')}` };
  return item;
}

/** One line per item of information. */
function tooltip(node: ListedNode): string {
  const { id, mode, kmsInstance, wrapperKey, uri } = node;
  const lines = [
    `${id}: ${modeOf(node)}`,
    kmsInstance === undefined ? undefined : vscode.l10n.t('KMS: {0}', kmsInstance),
    mode === 'envelope' ? wrapperKeyInWords(wrapperKey) : undefined,
    ...problemsOf(node),
    vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function wrapperKeyInWords(key: string | undefined): string {
  return key === undefined
    ? vscode.l10n.t('Wrapper key: not set; Canton reads it from its database')
    : vscode.l10n.t('Wrapper key: {0}', key);
}

function problemsOf({ problems: { errors, warnings } }: Pick<ListedNode, 'problems'>): string[] {
  return [...(errors > 0 ? [counted.errors(errors)] : []), ...(warnings > 0 ? [counted.warnings(warnings)] : [])];
}

function colorOf({ problems: { errors, warnings } }: ListedNode): vscode.ThemeColor | undefined {
  if (errors > 0) return new vscode.ThemeColor('list.errorForeground');
  return warnings > 0 ? new vscode.ThemeColor('list.warningForeground') : undefined;
}
