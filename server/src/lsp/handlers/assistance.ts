import { type CompletionItem, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { COMPLETION } from '../../features/lsp-kinds';
import type { Serving } from './answer';

/** What is said of the text without being asked for by name: problems, completion, hover, lenses, hints, colours. */
export function serveAssistance({ connection, service, delivery, client, settings, answer }: Serving): void {
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
  connection.onCodeLens(answer([], ({ textDocument }) => service.codeLenses(textDocument.uri)));
  connection.languages.inlayHint.on(
    answer([], async ({ textDocument, range }) =>
      settings().inlayHints ? service.inlayHints(textDocument.uri, range) : [],
    ),
  );
  const { semanticTokens } = connection.languages;
  semanticTokens.on(answer({ data: [] }, ({ textDocument }) => service.semanticTokens(textDocument.uri)));
  semanticTokens.onRange(
    answer({ data: [] }, ({ textDocument, range }) => service.semanticTokens(textDocument.uri, range)),
  );
}

function isValue({ kind }: CompletionItem): boolean {
  return kind === COMPLETION.value || kind === COMPLETION.enumMember;
}
