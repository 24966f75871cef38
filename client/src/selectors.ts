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
  ReferencesRequest,
  SemanticTokensRegistrationType,
  type StaticFeature,
} from 'vscode-languageclient';
import { CANTON_CONF } from './language';

/** Languages that HOCON may stand in: those of VS Code, and of extensions for Helm and MDX. */
export const HOST_LANGUAGES = ['yaml', 'dockercompose', 'helm', 'markdown', 'mdx'];

interface Filter {
  readonly scheme: string;
  readonly language: string;
}

/** What the server can do for HOCON inside of YAML and Markdown. For the rest, such as formatting, others are asked there. */
const INSIDE_HOSTS = [
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

/** Documents that people edit; not the left side of a diff (`git:`), whose problems nobody can mend. */
export function documentSelector(...languages: readonly string[]): Filter[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', ...folders]);
  return [...schemes].flatMap((scheme) => languages.map((language) => ({ scheme, language })));
}

/** Widens the documents of some features, so that nothing else of ours is in the way of whoever edits YAML or Markdown. */
export function serveHosts(client: BaseLanguageClient): void {
  const hosts = documentSelector(CANTON_CONF, ...HOST_LANGUAGES);
  for (const method of INSIDE_HOSTS) widen(client, method, hosts);
  // YAML is folded by its indentation as long as nobody else does it.
  widen(client, FoldingRangeRequest.method, documentSelector(CANTON_CONF, 'markdown', 'mdx'));
}

function widen(client: BaseLanguageClient, method: string, documents: Filter[]): void {
  const features: { getFeature(method: string): StaticFeature } = client as never;
  const feature = features.getFeature(method);
  const initialize = feature.initialize.bind(feature);
  feature.initialize = (capabilities) => initialize(capabilities, documents);
}
