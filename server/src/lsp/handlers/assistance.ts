import { type CompletionList, type CompletionParams, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { MAX_ITEMS } from '../../service';
import { PLAN_PROCEDURE, SHOW_EFFECTIVE } from '../protocol';
import type { Serving } from './answer';

const NO_ITEMS: CompletionList = { isIncomplete: false, items: [] };

/** What is said of the text without being asked for by name: problems, completion, hover, lenses, hints, colours. */
export function serveAssistance({ connection, service, delivery, tokens, client, settings, answer }: Serving): void {
  connection.languages.diagnostics.on(
    answer({ kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument, previousResultId }) =>
      delivery.pull(textDocument.uri, previousResultId),
    ),
  );
  connection.onCompletion(
    answer<CompletionParams, CompletionList>(NO_ITEMS, async ({ textDocument, position, context }) => {
      const options = { snippets: client().expandsSnippets, trigger: context?.triggerCharacter };
      const items = await service.completion(textDocument.uri, position, options);
      return { isIncomplete: items.length === MAX_ITEMS, items };
    }),
  );
  connection.onCompletionResolve((item) => service.resolveCompletion(item));
  connection.onHover(
    answer(null, async (params) => (await service.hover(params.textDocument.uri, params.position)) ?? null),
  );
  connection.onCodeLens(
    answer([], ({ textDocument }) =>
      service.codeLenses(
        textDocument.uri,
        client().isOurs ? { show: SHOW_EFFECTIVE, plan: PLAN_PROCEDURE } : undefined,
      ),
    ),
  );
  connection.languages.inlayHint.on(
    answer([], ({ textDocument, range }) => service.inlayHints(textDocument.uri, range, settings().inlayHints)),
  );
  const { semanticTokens } = connection.languages;
  semanticTokens.on(
    answer({ data: [] }, async ({ textDocument: { uri } }) => tokens.full(uri, await service.semanticTokens(uri))),
  );
  semanticTokens.onDelta(
    answer({ data: [] }, async ({ textDocument: { uri }, previousResultId }) =>
      tokens.delta(uri, previousResultId, await service.semanticTokens(uri)),
    ),
  );
  semanticTokens.onRange(
    answer({ data: [] }, ({ textDocument, range }) => service.semanticTokens(textDocument.uri, range)),
  );
}
