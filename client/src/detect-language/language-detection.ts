import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { CLASSIFY, type ClassifyParams } from '../../../server/src/lsp/protocol';
import { CANTON_CONF, PROJECT_FILE, SETTINGS } from '../infrastructure/documents';

/**
 * The languages that VS Code and HOCON extensions assign to a `.conf` by default. Any other language was chosen by the
 * user.
 */
export const UNCLAIMED: ReadonlySet<string> = new Set(['properties', 'ini', 'plaintext', 'hocon']);
const TYPING_PAUSE_MS = 500;

/**
 * Turns `.conf` documents with Canton content into Canton configuration and leaves all others alone. A user who picks
 * another language for such a document keeps it, until the document is closed.
 */
export class LanguageDetection implements vscode.Disposable {
  private readonly declined = new Set<string>();
  /**
   * Documents closed in this turn that were Canton's or declined: a change of language consists of a close and an open.
   */
  private readonly leaving = new Set<string>();
  private readonly pauses = new Map<string, NodeJS.Timeout>();
  private readonly disposables: vscode.Disposable[] = [];

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly serverRuns: () => Promise<boolean>,
    private readonly output: vscode.LogOutputChannel,
  ) {
    const projectFiles = vscode.workspace.createFileSystemWatcher(`**/${PROJECT_FILE}`);
    this.disposables.push(
      projectFiles,
      projectFiles.onDidCreate(() => this.lookAtAll()),
      projectFiles.onDidChange(() => this.lookAtAll()),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.changed(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS}.detectLanguage`)) void this.lookAtAll();
      }),
    );
  }

  /** Classifies the documents that are already open. */
  async start(): Promise<void> {
    await this.lookAtAll();
  }

  dispose(): void {
    for (const pause of this.pauses.values()) clearTimeout(pause);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async lookAtAll(): Promise<void> {
    await Promise.all(vscode.workspace.textDocuments.map((document) => this.lookAt(document)));
  }

  private closed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.pauses.get(key));
    this.pauses.delete(key);
    const declined = this.declined.delete(key);
    if (declined || document.languageId === CANTON_CONF) {
      this.leaving.add(key);
      queueMicrotask(() => this.leaving.delete(key));
    }
  }

  private opened(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.leaving.has(key) && document.languageId !== CANTON_CONF) this.declined.add(key);
    void this.lookAt(document);
  }

  private changed(document: vscode.TextDocument): void {
    if (!this.isCandidate(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.pauses.get(key));
    this.pauses.set(
      key,
      setTimeout(() => void this.lookAt(document), TYPING_PAUSE_MS),
    );
  }

  private isCandidate(document: vscode.TextDocument): boolean {
    const { uri, languageId } = document;
    return uri.path.endsWith('.conf') && UNCLAIMED.has(languageId) && !this.declined.has(uri.toString());
  }

  private async lookAt(document: vscode.TextDocument): Promise<void> {
    const enabled = vscode.workspace.getConfiguration(SETTINGS, document.uri).get('detectLanguage', true);
    if (!enabled || !this.isCandidate(document) || !(await this.serverRuns())) return;
    const params: ClassifyParams = { uri: document.uri.toString(), text: document.getText() };
    try {
      const { canton } = await this.client.sendRequest(CLASSIFY, params);
      // The document may have been closed, or its language chosen, while the server was processing the request.
      if (canton && !document.isClosed && this.isCandidate(document)) {
        await vscode.languages.setTextDocumentLanguage(document, CANTON_CONF);
      }
    } catch (error) {
      this.output.warn(`${document.uri}: its language could not be determined: ${error}`);
    }
  }
}
