import * as vscode from 'vscode';
import { DOCTOR } from '../../../server/src/lsp/protocol';
import { SHOW_REPORT } from '../infrastructure/commands';
import type { Server } from '../infrastructure/language-server';

const SCHEME = 'canton-kms-report';
const DOCUMENT = vscode.Uri.from({ scheme: SCHEME, path: '/Canton KMS report.txt' });

/**
 * A report of what is loaded and running, to copy into a question, and therefore in English. It contains names but no
 * values.
 */
export class Doctor implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.commands.registerCommand(SHOW_REPORT, () => this.show()),
  );
  private text = '';

  constructor(
    private readonly server: Server,
    private readonly extensionVersion: string,
  ) {}

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private async show(): Promise<void> {
    this.text = await this.write();
    this.changed.fire(DOCUMENT);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(DOCUMENT));
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  private async write(): Promise<string> {
    const { version, env, workspace, UIKind } = vscode;
    const folders = workspace.workspaceFolders ?? [];
    const head = [
      `Canton KMS ${this.extensionVersion} in ${env.appName} ${version}, ${env.uiKind === UIKind.Web ? 'web' : 'desktop'}`,
      `folders: ${folders.map(({ uri }) => uri.scheme).join(', ') || 'none'}; ${workspace.isTrusted ? 'trusted' : 'restricted'}`,
    ];
    const runs = await this.server.start();
    head.push(
      runs ? `language server ${this.server.version}` : 'language server: not running (see the output channel)',
    );
    return `${[...head, '', runs ? await this.loaded() : ''].join('\n')}`;
  }

  private async loaded(): Promise<string> {
    try {
      const result = await this.server.request(DOCTOR, {});
      return result?.text ?? 'The server could not report what is loaded. See the output channel.\n';
    } catch (error) {
      return `The server does not answer: ${error}\n`;
    }
  }
}
