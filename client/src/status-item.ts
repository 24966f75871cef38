import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { STATUS, type StatusResult } from '../../server/src/lsp/protocol';
import { CHOOSE_VERSION } from './commands/ids';
import { isConfiguration } from './language';

const SOURCES: Record<StatusResult['versionSource'], string> = {
  directive: 'a comment in this file',
  project: 'canton-kms.json',
  setting: 'the setting cantonKms.cantonVersion',
  default: 'default',
};

/** Shows what the active document is checked as; a click chooses another Canton version. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'cantonKms.version',
    vscode.StatusBarAlignment.Right,
    100.5,
  );
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly client: BaseLanguageClient,
    statusChanged: vscode.Event<void>,
  ) {
    this.item.name = 'Canton Version';
    this.item.command = CHOOSE_VERSION;
    this.disposables = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      // A language switched while its editor is active comes as an opened document.
      vscode.workspace.onDidOpenTextDocument(() => this.refresh()),
      statusChanged(() => this.refresh()),
      client.onDidChangeState(() => this.refresh()),
    ];
    void this.refresh();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isConfiguration(document)) return this.item.hide();
    if (this.client.state === State.Starting) return this.showStarting();
    if (this.client.state !== State.Running) return this.showStopped();
    try {
      const status = await this.client.sendRequest<StatusResult | null>(STATUS, { uri: document.uri.toString() });
      if (status === null) return this.showStopped();
      // Another editor may have become active meanwhile; its own refresh shows its status.
      if (vscode.window.activeTextEditor?.document === document) this.show(status);
    } catch {
      this.showStopped();
    }
  }

  private show(status: StatusResult): void {
    this.item.text = `Canton ${status.cantonVersion} ${status.edition}`;
    this.item.tooltip = new vscode.MarkdownString(
      [
        `**Checked as Canton ${status.cantonVersion}, ${status.edition} edition**`,
        `Chosen by: ${SOURCES[status.versionSource]}`,
        `Launch set: ${status.launchSet}`,
        `Problems: ${status.problems.errors} errors, ${status.problems.warnings} warnings`,
        'Click to choose another version.',
      ].join('\n\n'),
    );
    this.item.accessibilityInformation = {
      label: `Checked as Canton ${status.cantonVersion}, ${status.edition} edition. Choose another version.`,
    };
    this.item.show();
  }

  private showStarting(): void {
    this.item.text = '$(loading~spin) Canton';
    this.item.tooltip = 'The Canton KMS language server is starting.';
    this.item.show();
  }

  private showStopped(): void {
    this.item.text = 'Canton: not checked';
    this.item.tooltip = 'The Canton KMS language server is not running.';
    this.item.show();
  }
}
