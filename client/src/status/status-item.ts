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
import { counted } from '../infrastructure/workspace-nodes';

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
  directive: vscode.l10n.t('a comment in this file'),
  project: 'canton-kms.json',
  setting: vscode.l10n.t('the setting cantonKms.cantonVersion'),
  image: vscode.l10n.t('the tag of the container image'),
  default: vscode.l10n.t('default'),
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
  const set =
    others.length > 0
      ? vscode.l10n.t('Launch set: {0}; the file is also in {1}', plain(launchSet), others.join(', '))
      : vscode.l10n.t('Launch set: {0}', plain(launchSet));
  const found = [
    vscode.l10n.t('Problems: {0}, {1}', counted.errors(problems.errors), counted.warnings(problems.warnings)),
  ];
  if (checked !== undefined) found.push(vscode.l10n.t('checked at {0}', checked.toLocaleTimeString()));
  return [
    `**${vscode.l10n.t('Checked as Canton {0}, {1} edition', cantonRelease ?? cantonVersion, edition)}**`,
    vscode.l10n.t('Chosen by: {0}', SOURCES[versionSource]),
    others.length > 0 ? `${set} (${link(vscode.l10n.t('choose'), CHOOSE_LAUNCH_SET)})` : set,
    found.join(', '),
    [link(vscode.l10n.t('Effective configuration'), SHOW_EFFECTIVE), ...reportAndOutput()].join(' · '),
    vscode.l10n.t('Click to choose another version.'),
  ].join('\n\n');
}

function reportAndOutput(): string[] {
  return [link(vscode.l10n.t('Report'), SHOW_REPORT), link(vscode.l10n.t('Output'), SHOW_OUTPUT)];
}

function stoppedTooltip(): string {
  const links = [link(vscode.l10n.t('Restart'), RESTART_SERVER), ...reportAndOutput()];
  return `${vscode.l10n.t('The Canton KMS language server is not running.')}\n\n${links.join(' · ')}`;
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
    this.item.name = vscode.l10n.t('Canton Version');
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
      label: vscode.l10n.t(
        'Checked as Canton {0}, {1} edition, launch set {2}. Choose another version.',
        status.cantonRelease ?? status.cantonVersion,
        status.edition,
        status.launchSet,
      ),
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
    this.item.tooltip = vscode.l10n.t('The Canton KMS language server is starting.');
    this.item.show();
  }

  private showStopped(): void {
    this.last = undefined;
    this.item.text = vscode.l10n.t('Canton: not checked');
    this.item.command = RESTART_SERVER;
    this.item.tooltip = markdown(stoppedTooltip());
    const label = vscode.l10n.t('Canton configuration is not checked. Restart the language server.');
    this.item.accessibilityInformation = { label };
    this.item.show();
  }
}

function markdown(text: string): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString(text);
  tooltip.isTrusted = { enabledCommands: [...LINKED] };
  return tooltip;
}
