import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { STATUS, type StatusResult } from '../../server/src/lsp/protocol';
import type { CheckTimes } from './check-times';
import { CHOOSE_VERSION, RESTART_SERVER } from './commands/ids';
import { isConfiguration } from './language';
import { LINKED, statusText, statusTooltip, stoppedTooltip } from './status-text';

/** Shows what the active document is checked as, and when that was; a click chooses another Canton version. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'cantonKms.version',
    vscode.StatusBarAlignment.Right,
    100.5,
  );
  private readonly disposables: vscode.Disposable[];
  private last: { readonly document: vscode.TextDocument; readonly status: StatusResult } | undefined;

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly checks: CheckTimes,
    statusChanged: vscode.Event<void>,
  ) {
    this.item.name = 'Canton Version';
    this.disposables = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      // A language switched while its editor is active comes as an opened document.
      vscode.workspace.onDidOpenTextDocument(() => this.refresh()),
      statusChanged(() => this.refresh()),
      client.onDidChangeState(() => this.refresh()),
      checks.onDidCheck((uri) => {
        if (this.last?.document.uri.toString() === uri) this.showTooltip();
      }),
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
      if (vscode.window.activeTextEditor?.document === document) this.show(document, status);
    } catch {
      this.showStopped();
    }
  }

  private show(document: vscode.TextDocument, status: StatusResult): void {
    this.last = { document, status };
    this.item.text = statusText(status, document.uri);
    this.item.command = CHOOSE_VERSION;
    this.item.accessibilityInformation = {
      label: `Checked as Canton ${status.cantonVersion}, ${status.edition} edition, launch set ${status.launchSet}. Choose another version.`,
    };
    this.showTooltip();
    this.item.show();
  }

  private showTooltip(): void {
    if (this.last === undefined) return;
    const { document, status } = this.last;
    this.item.tooltip = markdown(statusTooltip(status, this.checks.of(document.uri)));
  }

  private showStarting(): void {
    this.last = undefined;
    this.item.text = '$(loading~spin) Canton';
    this.item.tooltip = 'The Canton KMS language server is starting.';
    this.item.show();
  }

  private showStopped(): void {
    this.last = undefined;
    this.item.text = 'Canton: not checked';
    this.item.command = RESTART_SERVER;
    this.item.tooltip = markdown(stoppedTooltip());
    this.item.accessibilityInformation = { label: 'Canton configuration is not checked. Restart the language server.' };
    this.item.show();
  }
}

function markdown(text: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(text);
  tooltip.isTrusted = { enabledCommands: [...LINKED] };
  return tooltip;
}
