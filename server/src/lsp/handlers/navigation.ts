import { KEY_PATHS, OTHER_DEFINITION } from '../protocol';
import { type Serving, serveRequest } from './answer';

/** The ways through the files of a launch set. */
export function serveNavigation(serving: Serving): void {
  const { connection, service, answer } = serving;
  connection.onDefinition(answer([], (params) => service.definition(params.textDocument.uri, params.position)));
  connection.onReferences(
    answer([], ({ textDocument, position, context }) =>
      service.references(textDocument.uri, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    answer([], ({ textDocument, position }) => service.documentHighlights(textDocument.uri, position)),
  );
  connection.onDocumentLinks(answer([], ({ textDocument }) => service.documentLinks(textDocument.uri)));
  connection.onDocumentSymbol(answer([], ({ textDocument }) => service.documentSymbols(textDocument.uri)));
  connection.onWorkspaceSymbol(answer([], ({ query }) => service.workspaceSymbols(query)));
  connection.onFoldingRanges(answer([], ({ textDocument }) => service.foldingRanges(textDocument.uri)));
  connection.onSelectionRanges(
    answer([], ({ textDocument, positions }) => service.selectionRanges(textDocument.uri, positions)),
  );
  serveRequest(
    serving,
    OTHER_DEFINITION,
    null,
    async ({ uri, position, direction }) => (await service.otherDefinition(uri, position, direction)) ?? null,
  );
  serveRequest(serving, KEY_PATHS, [], ({ uri, position }) => service.keyPaths(uri, position));
}
