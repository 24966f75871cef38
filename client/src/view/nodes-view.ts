import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { REFRESH_NODES, SHOW_NODE } from '../commands/ids';
import { PROJECT_FILE } from '../language';
import { candidateFiles, launchSetsOf } from './nodes';
import { isLaunchSet, type Row, toTreeItem } from './rows';

const VIEW = 'cantonKms.nodes';
/** Files change in bursts, and each look costs a check of every launch set. */
const PAUSE_MS = 400;

/** The nodes of the workspace by launch set. Nothing is asked, and no server started, before somebody opens the view. */
export class NodesView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly disposables: vscode.Disposable[];
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly serverRuns: () => Promise<boolean>,
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
      vscode.languages.onDidChangeDiagnostics(soon),
      vscode.workspace.onDidOpenTextDocument(soon),
      vscode.workspace.onDidCloseTextDocument(soon),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) soon();
      }),
      vscode.commands.registerCommand(REFRESH_NODES, () => this.changed.fire(undefined)),
      vscode.window.registerTreeDataProvider(VIEW, this),
    ];
  }

  dispose(): void {
    clearTimeout(this.pause);
    for (const disposable of this.disposables) disposable.dispose();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) return isLaunchSet(row) ? [...row.nodes] : [];
    try {
      const files = await candidateFiles();
      return files.length > 0 && (await this.serverRuns()) ? await launchSetsOf(this.client, files) : [];
    } catch (error) {
      this.output.warn(`The nodes could not be listed: ${error}`);
      return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = toTreeItem(row);
    if (!isLaunchSet(row)) item.command = { command: SHOW_NODE, title: 'Show in File', arguments: [row] };
    return item;
  }

  private refreshSoon(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.changed.fire(undefined), PAUSE_MS);
  }
}
