import {
  type CancellationToken,
  type CompletionItem,
  type Connection,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  type RequestHandler,
  RequestType,
  ResponseError,
} from 'vscode-languageserver';
import { COMPLETION } from '../features/lsp-kinds';
import type { Refusal } from '../features/rename';
import { type Plan, renderMarkdown } from '../operations';
import type { LanguageService } from '../service';
import type { ClientFeatures } from './capabilities';
import type { DiagnosticsDelivery } from './diagnostics-delivery';
import {
  CLASSIFY,
  type ClassifyParams,
  type ClassifyResult,
  NEXT_QUESTION,
  NODES,
  type NodeSummary,
  type NodesParams,
  PLAN,
  type PlanParams,
  PROCEDURES,
  type ProcedureSummary,
  type ProceduresParams,
  type Question,
  RUNBOOK,
  type RunbookResult,
  STATUS,
  type StatusParams,
  type StatusResult,
} from './protocol';
import { letMessagesIn } from './scheduling';
import type { EditorSettings } from './settings';

/** Connects the requests of the protocol, and ours, to the service. */
export function registerHandlers(
  connection: Connection,
  service: LanguageService,
  delivery: DiagnosticsDelivery,
  { client, settings }: { readonly client: () => ClientFeatures; readonly settings: () => EditorSettings },
): void {
  const answer = answering(connection);

  connection.languages.diagnostics.on(
    answer({ kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument, previousResultId }) =>
      delivery.pull(textDocument.uri, previousResultId),
    ),
  );
  connection.onCompletion(
    answer([], async ({ textDocument, position, context }) => {
      const items = await service.completion(textDocument.uri, position, { snippets: client().expandsSnippets });
      // A blank asks for a value (`type = ‸`); between keys it is only a blank.
      return context?.triggerCharacter === ' ' ? items.filter(isValue) : items;
    }),
  );
  connection.onHover(
    answer(null, async (params) => (await service.hover(params.textDocument.uri, params.position)) ?? null),
  );
  connection.onDefinition(answer([], (params) => service.definition(params.textDocument.uri, params.position)));
  connection.onReferences(
    answer([], ({ textDocument, position, context }) =>
      service.references(textDocument.uri, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    answer([], ({ textDocument, position }) => service.documentHighlights(textDocument.uri, position)),
  );
  connection.onPrepareRename(
    answer(null, async ({ textDocument, position }) =>
      orError(await service.prepareRename(textDocument.uri, position)),
    ),
  );
  connection.onRenameRequest(
    answer(null, async ({ textDocument, position, newName }) =>
      orError(await service.rename(textDocument.uri, position, newName)),
    ),
  );
  connection.onDocumentLinks(answer([], ({ textDocument }) => service.documentLinks(textDocument.uri)));
  connection.onDocumentSymbol(answer([], ({ textDocument }) => service.documentSymbols(textDocument.uri)));
  connection.onWorkspaceSymbol(answer([], ({ query }) => service.workspaceSymbols(query)));
  connection.onCodeLens(answer([], ({ textDocument }) => service.codeLenses(textDocument.uri)));
  connection.languages.inlayHint.on(
    answer([], async ({ textDocument, range }) =>
      settings().inlayHints ? service.inlayHints(textDocument.uri, range) : [],
    ),
  );
  connection.onFoldingRanges(answer([], ({ textDocument }) => service.foldingRanges(textDocument.uri)));
  connection.onDocumentFormatting(
    answer([], ({ textDocument, options }) => service.formatting(textDocument.uri, options)),
  );
  connection.onDocumentRangeFormatting(
    answer([], ({ textDocument, options, range }) => service.formatting(textDocument.uri, options, [range])),
  );
  connection.onDocumentRangesFormatting(
    answer([], ({ textDocument, options, ranges }) => service.formatting(textDocument.uri, options, ranges)),
  );
  connection.onSelectionRanges(
    answer([], ({ textDocument, positions }) => service.selectionRanges(textDocument.uri, positions)),
  );
  const semanticTokens = connection.languages.semanticTokens;
  semanticTokens.on(answer({ data: [] }, ({ textDocument }) => service.semanticTokens(textDocument.uri)));
  semanticTokens.onRange(
    answer({ data: [] }, ({ textDocument, range }) => service.semanticTokens(textDocument.uri, range)),
  );
  connection.onCodeAction(
    answer([], ({ textDocument, range, context }) => service.codeActions(textDocument.uri, range, context.diagnostics)),
  );

  const request = <P, R>(method: string, nothing: R, handle: (params: P) => Promise<R>) =>
    connection.onRequest(new RequestType<P, R, never>(method), answer(nothing, handle) as RequestHandler<P, R, never>);
  request<ClassifyParams, ClassifyResult>(CLASSIFY, { canton: false }, async ({ uri, text }) => ({
    canton: await service.classify(uri, text),
  }));
  request<StatusParams, StatusResult | null>(STATUS, null, async ({ uri }) => {
    const { choice, ...status } = await service.status(uri);
    const { version: cantonVersion, versionSource, edition } = choice;
    return { cantonVersion, versionSource, edition, ...status };
  });
  request<ProceduresParams, readonly ProcedureSummary[]>(PROCEDURES, [], async (params) =>
    (await service.procedures(params)).map(({ name, title, summary }) => ({ name, title, summary })),
  );
  request<PlanParams, Plan | null>(PLAN, null, (params) => service.plan(params));
  request<PlanParams, RunbookResult | null>(RUNBOOK, null, async (params) => ({
    markdown: renderMarkdown(await service.plan(params)),
  }));
  request<PlanParams, Question | null>(NEXT_QUESTION, null, async (params) => {
    return (await service.nextQuestion(params)) ?? null;
  });
  request<NodesParams, readonly NodeSummary[]>(NODES, [], ({ uri }) => service.nodes(uri));
}

function isValue({ kind }: CompletionItem): boolean {
  return kind === COMPLETION.value || kind === COMPLETION.enumMember;
}

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/**
 * Wraps handlers so that whatever goes wrong is logged and answered with nothing, and a request that the client has
 * taken back is not worked on.
 */
function answering(
  connection: Connection,
): <P, R>(nothing: R, handle: (params: P) => Promise<R | ResponseError<never>>) => Handler<P, R> {
  return (nothing, handle) => async (params, token) => {
    await letMessagesIn();
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return nothing;
    }
  };
}

/** Editors show the text of an error where a rename is not possible. */
function orError<T extends object>(result: T | Refusal): T | ResponseError<never> {
  return 'refused' in result ? new ResponseError<never>(LSPErrorCodes.RequestFailed, result.refused) : result;
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled by the client.');
}
