import * as vscode from 'vscode';
import { type BaseLanguageClient, type DiagnosticProviderMiddleware, State } from 'vscode-languageclient';
import { STATUS, type StatusResult } from '../../../server/src/lsp/protocol';
import {
  CHOOSE_LAUNCH_SET,
  CHOOSE_VERSION,
  RESTART_SERVER,
  SHOW_EFFECTIVE,
  SHOW_OUTPUT,
  SHOW_REPORT,
} from '../infrastructure/commands';
import { isConfiguration } from '../infrastructure/documents';

/** Remembers when each document was last checked: the time of the answer to VS Code's request for problems. */
export class CheckTimes implements vscode.Disposable {
  private readonly times = new Map<string, Date>();
  private readonly checked = new vscode.EventEmitter<string>();
  /** Fires with the URI of the document. */
  readonly onDidCheck = this.checked.event;
  private readonly closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.times.delete(uri.toString()));

  readonly middleware: DiagnosticProviderMiddleware = {
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (!token.isCancellationRequested) this.note(document instanceof vscode.Uri ? document : document.uri);
      return report;
    },
  };

  of(uri: vscode.Uri): Date | undefined {
    return this.times.get(uri.toString());
  }

  dispose(): void {
    this.closing.dispose();
    this.checked.dispose();
  }

  private note(uri: vscode.Uri): void {
    this.times.set(uri.toString(), new Date());
    this.checked.fire(uri.toString());
  }
}

const SOURCES: Record<StatusResult['versionSource'], string> = {
  directive: 'a comment in this file',
  project: 'canton-kms.json',
  setting: 'the setting cantonKms.cantonVersion',
  image: 'the tag of the container image',
  default: 'default',
};

const link = (label: string, command: string) => `[${label}](command:${command})`;

/** The commands that links in the tooltips run. */
const LINKED = [CHOOSE_VERSION, CHOOSE_LAUNCH_SET, SHOW_EFFECTIVE, SHOW_REPORT, SHOW_OUTPUT, RESTART_SERVER] as const;

/** `Canton 3.5 enterprise`, and the launch set if it is more than the file itself. */
function statusText({ cantonVersion, cantonRelease, edition, launchSet }: StatusResult, uri: vscode.Uri): string {
  const isFileAlone = launchSet === uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return `Canton ${cantonRelease ?? cantonVersion} ${edition}${isFileAlone ? '' : ` · ${launchSet}`}`;
}

/** Markdown with the version that the document is checked against, and links to change it. */
function statusTooltip(status: StatusResult, checked: Date | undefined): string {
  const { cantonVersion, cantonRelease, edition, versionSource, launchSet, launchSetId, launchSets, problems } = status;
  const others = launchSets.filter(({ id }) => id !== launchSetId).map(({ name }) => plain(name));
  const set = `Launch set: ${plain(launchSet)}${others.length > 0 ? `; the file is also in ${others.join(', ')}` : ''}`;
  const time = checked === undefined ? '' : `, checked at ${checked.toLocaleTimeString()}`;
  return [
    `**Checked as Canton ${cantonRelease ?? cantonVersion}, ${edition} edition**`,
    `Chosen by: ${SOURCES[versionSource]}`,
    others.length > 0 ? `${set} (${link('choose', CHOOSE_LAUNCH_SET)})` : set,
    `Problems: ${problems.errors} errors, ${problems.warnings} warnings${time}`,
    [link('Effective configuration', SHOW_EFFECTIVE), link('Report', SHOW_REPORT), link('Output', SHOW_OUTPUT)].join(
      ' · ',
    ),
    'Click to choose another version.',
  ].join('\n\n');
}

function stoppedTooltip(): string {
  const links = [link('Restart', RESTART_SERVER), link('Output', SHOW_OUTPUT), link('Report', SHOW_REPORT)];
  return `The Canton KMS language server is not running.\n\n${links.join(' · ')}`;
}

/** Names of files and launch sets are text, not Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');
}

/**
 * Shows the version that the active document is checked against, and the time of the check; a click chooses another
 * Canton version.
 */
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
      const status = await this.client.sendRequest(STATUS, { uri: document.uri.toString() });
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
      label: `Checked as Canton ${status.cantonRelease ?? status.cantonVersion}, ${status.edition} edition, launch set ${status.launchSet}. Choose another version.`,
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
