import * as vscode from 'vscode';
import { type BaseLanguageClient, DidOpenTextDocumentNotification, type Middleware } from 'vscode-languageclient';
import { mentionsCanton } from '../../server/src/embedded/mentions';
import { documentSelector, HOST_LANGUAGES } from './selectors';

/**
 * Sees to it that of all YAML and Markdown only what mentions Canton starts the server or is sent to it. One look at a text
 * when it is opened, and then at the lines that change.
 */
export class HostDocuments implements vscode.Disposable {
  /** Those that the server has. */
  private readonly sent = new WeakSet<vscode.TextDocument>();
  private readonly listener: vscode.Disposable;
  private readonly selector = documentSelector(...HOST_LANGUAGES);
  private client: BaseLanguageClient | undefined;

  constructor(startServer: () => void) {
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (this.isHost(event.document) && !this.client?.isRunning() && touchesCanton(event)) startServer();
    });
  }

  /** Whether the server is needed for it. */
  isWorthIt(document: vscode.TextDocument): boolean {
    return this.isHost(document) && mentionsCanton(document.getText());
  }

  /** Of the client that sends documents; `sendWith` says which one it is. */
  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      if (this.isHost(document) && !mentionsCanton(document.getText())) return;
      this.sent.add(document);
      await next(document);
    },
    didChange: async (event, next) => {
      if (!this.isHost(event.document) || this.sent.has(event.document)) await next(event);
      // The text as it is now goes along, so the change must not.
      else if (touchesCanton(event)) await this.open(event.document);
    },
    didSave: async (document, next) => {
      if (!this.isHost(document) || this.sent.has(document)) await next(document);
    },
    didClose: async (document, next) => {
      if (this.isHost(document) && !this.sent.delete(document)) return;
      await next(document);
    },
  };

  sendWith(client: BaseLanguageClient): void {
    this.client = client;
  }

  dispose(): void {
    this.listener.dispose();
  }

  private isHost(document: vscode.TextDocument): boolean {
    return vscode.languages.match(this.selector, document) > 0;
  }

  private async open(document: vscode.TextDocument): Promise<void> {
    const feature = this.client?.getFeature(DidOpenTextDocumentNotification.method);
    await feature?.getProvider(document)?.send(document);
  }
}

function touchesCanton({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  return contentChanges.some(
    ({ text, range }) => mentionsCanton(text) || mentionsCanton(document.lineAt(range.start.line).text),
  );
}
