import * as vscode from 'vscode';
import { DocumentDiagnosticRequest } from 'vscode-languageclient';
import { CLASSIFY } from '../../../server/src/lsp/protocol';
import { CHECK_WORKSPACE, newConfiguration, Refusal, reportErrors, succeeded } from '../infrastructure/commands';
import { openDocument } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { textOf } from '../infrastructure/workspace-files';
import { candidateFiles, counted } from '../infrastructure/workspace-nodes';

const TITLE = vscode.l10n.t('Check the Workspace');
const SHOW_PROBLEMS = vscode.l10n.t('Show Problems');

/** Shows the problems of unopened files in the Problems view, until the files are opened or changed. */
export class WorkspaceCheck implements vscode.Disposable {
  private readonly problems = vscode.languages.createDiagnosticCollection('canton-kms-workspace');
  private readonly files = vscode.workspace.createFileSystemWatcher('**/*.conf');
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      this.problems,
      this.files,
      this.files.onDidChange((uri) => this.problems.delete(uri)),
      this.files.onDidDelete((uri) => this.problems.delete(uri)),
      // From now on the language client keeps them.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.problems.delete(uri)),
      vscode.commands.registerCommand(CHECK_WORKSPACE, () => reportErrors(TITLE, () => this.check())),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async check(): Promise<void> {
    this.problems.clear();
    const options = { location: vscode.ProgressLocation.Notification, title: 'Canton KMS', cancellable: true };
    const checked = await vscode.window.withProgress(options, (progress, token) => this.checkFiles(progress, token));
    if (checked === undefined) return;
    if (checked.length === 0) {
      throw new Refusal(vscode.l10n.t('No Canton configuration was found in this workspace.'), [newConfiguration()]);
    }
    await succeeded('check');
    const found = checked.flatMap((uri) => vscode.languages.getDiagnostics(uri));
    const errors = found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
    const warnings = found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Warning).length;
    const message = vscode.l10n.t(
      'Checked {0}: {1}, {2}.',
      counted.files(checked.length),
      counted.errors(errors),
      counted.warnings(warnings),
    );
    const chosen = await vscode.window.showInformationMessage(message, ...(found.length > 0 ? [SHOW_PROBLEMS] : []));
    if (chosen === SHOW_PROBLEMS) await vscode.commands.executeCommand('workbench.actions.view.problems');
  }

  /** The files that are Canton's; undefined when the user stopped it. */
  private async checkFiles(
    progress: vscode.Progress<{ readonly message: string }>,
    token: vscode.CancellationToken,
  ): Promise<readonly vscode.Uri[] | undefined> {
    const checked: vscode.Uri[] = [];
    for (const uri of (await candidateFiles()).map((file) => vscode.Uri.parse(file))) {
      if (token.isCancellationRequested) return undefined;
      progress.report({ message: vscode.l10n.t('checking {0}', vscode.workspace.asRelativePath(uri)) });
      const document = openDocument(uri);
      const text = document?.getText() ?? (await textOf(uri)) ?? '';
      const { canton } = await this.server.request(CLASSIFY, { uri: uri.toString(), text });
      if (!canton) continue;
      checked.push(uri);
      if (document === undefined) this.problems.set(uri, await this.problemsOf(uri));
    }
    return checked;
  }

  private async problemsOf(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
    const params = { textDocument: { uri: uri.toString() } };
    const report = await this.server.client.sendRequest(DocumentDiagnosticRequest.type, params);
    return report.kind === 'full' ? this.server.client.protocol2CodeConverter.asDiagnostics(report.items) : [];
  }
}
