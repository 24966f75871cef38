import { type ClientCapabilities, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { CODE_ACTION_KIND, FILE_GLOBS, FORMATTING_CHARACTERS, TOKEN_MODIFIERS, TOKEN_TYPES } from '../service';
import { CLIENT_CAPABILITY } from './protocol';

/** The capabilities of the client that change our behavior. */
export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly watchesFiles: boolean;
  readonly pullsConfiguration: boolean;
  readonly changesFolders: boolean;
  readonly expandsSnippets: boolean;
  readonly createsFiles: boolean;
  /** True if it accepts edits for a specific version of a document. */
  readonly takesVersions: boolean;
  readonly insertsSnippets: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  /** Our own capability: commands and notifications in addition to LSP. */
  readonly isOurs: boolean;
}

export function clientFeatures({ textDocument, workspace, experimental }: ClientCapabilities): ClientFeatures {
  return {
    isOurs: experimental?.[CLIENT_CAPABILITY] === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    insertsSnippets:
      workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    takesVersions: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    pullsConfiguration: workspace?.configuration === true,
    changesFolders: workspace?.workspaceFolders === true,
    expandsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}

export const serverCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  // A change in an included file changes the problems of the files that include it.
  diagnosticProvider: { identifier: 'canton-kms', interFileDependencies: true, workspaceDiagnostics: true },
  completionProvider: { triggerCharacters: ['.', '=', ':', '"', ' ', '$', '{', '/'], resolveProvider: true },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: { resolveProvider: false },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  codeLensProvider: { resolveProvider: false },
  inlayHintProvider: { resolveProvider: false },
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: { rangesSupport: true },
  documentOnTypeFormattingProvider: {
    firstTriggerCharacter: FORMATTING_CHARACTERS[0],
    moreTriggerCharacter: FORMATTING_CHARACTERS.slice(1),
  },
  selectionRangeProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    full: { delta: true },
    range: true,
  },
  codeActionProvider: { codeActionKinds: Object.values(CODE_ACTION_KIND), resolveProvider: false },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: {
      willRename: {
        filters: [
          ...FILE_GLOBS.map((glob) => ({ pattern: { glob, matches: 'file' as const } })),
          { pattern: { glob: '**', matches: 'folder' } },
        ],
      },
    },
  },
};
