import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  type Middleware,
  ReferencesRequest,
  SemanticTokensRegistrationType,
  type StaticFeature,
} from 'vscode-languageclient';
import { ENCLOSING_LANGUAGES } from '../../../server/src/embedded/carriers';
import { mentionsCanton } from '../../../server/src/embedded/mentions';
import { CANTON_CONF } from '../infrastructure/documents';

interface Filter {
  readonly scheme: string;
  readonly language: string;
}

/**
 * The requests that the server answers for HOCON inside other documents; others, such as formatting, are left to
 * their own extensions.
 */
const FEATURES_FOR_REGIONS = [
  DidOpenTextDocumentNotification.method,
  DidChangeTextDocumentNotification.method,
  DidSaveTextDocumentNotification.method,
  DidCloseTextDocumentNotification.method,
  DocumentDiagnosticRequest.method,
  CompletionRequest.method,
  HoverRequest.method,
  DefinitionRequest.method,
  ReferencesRequest.method,
  CodeActionRequest.method,
  CodeLensRequest.method,
  InlayHintRequest.method,
  SemanticTokensRegistrationType.method,
];

/** Documents that people edit; not the left side of a diff (`git:`), whose problems nobody can fix. */
export function documentSelector(...languages: readonly string[]): Filter[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', ...folders]);
  return [...schemes].flatMap((scheme) => languages.map((language) => ({ scheme, language })));
}

/** Extends some features to enclosing documents, so that none of our other features interferes with editing them. */
export function serveEnclosingDocuments(client: BaseLanguageClient): void {
  const enclosing = documentSelector(CANTON_CONF, ...ENCLOSING_LANGUAGES);
  for (const method of FEATURES_FOR_REGIONS) widen(client, method, enclosing);
  // VS Code folds YAML by its indentation as long as no extension does it.
  widen(client, FoldingRangeRequest.method, documentSelector(CANTON_CONF, 'markdown', 'mdx'));
}

function widen(client: BaseLanguageClient, method: string, documents: Filter[]): void {
  const features: { getFeature(method: string): StaticFeature } = client as never;
  const feature = features.getFeature(method);
  const initialize = feature.initialize.bind(feature);
  feature.initialize = (capabilities) => initialize(capabilities, documents);
}

/**
 * Ensures that only YAML and Markdown that mentions Canton starts the server or is sent to it. It checks the text when
 * it is opened, and then the lines that change.
 */
export class EnclosingDocuments implements vscode.Disposable {
  /** Documents that were sent to the server. */
  private readonly sent = new WeakSet<vscode.TextDocument>();
  private readonly listener: vscode.Disposable;
  private readonly selector = documentSelector(...ENCLOSING_LANGUAGES);
  private client: BaseLanguageClient | undefined;

  constructor(startServer: () => void) {
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (this.isEnclosing(event.document) && !this.client?.isRunning() && touchesCanton(event)) startServer();
    });
  }

  /** True if the server is needed for the document. */
  isWorthIt(document: vscode.TextDocument): boolean {
    return this.isEnclosing(document) && mentionsCanton(document.getText());
  }

  /** The client that sends documents; `sendWith` determines which one it is. */
  readonly middleware: Middleware = {
    didOpen: async (document, next) => {
      if (this.isEnclosing(document) && !mentionsCanton(document.getText())) return;
      this.sent.add(document);
      await next(document);
    },
    didChange: async (event, next) => {
      if (!this.isEnclosing(event.document) || this.sent.has(event.document)) await next(event);
      // The current text is sent, so the change must not be.
      else if (touchesCanton(event)) await this.open(event.document);
    },
    didSave: async (document, next) => {
      if (!this.isEnclosing(document) || this.sent.has(document)) await next(document);
    },
    didClose: async (document, next) => {
      if (this.isEnclosing(document) && !this.sent.delete(document)) return;
      await next(document);
    },
  };

  sendWith(client: BaseLanguageClient): void {
    this.client = client;
  }

  dispose(): void {
    this.listener.dispose();
  }

  private isEnclosing(document: vscode.TextDocument): boolean {
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
