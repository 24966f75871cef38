import { CodeActionTriggerKind } from 'vscode-languageserver';
import { MOVE_ENTRY, type MoveEntryParams, type MoveEntryResult } from '../protocol';
import { orError, type Serving, serveRequest } from './answer';

/** What changes the text: renames, formatting, fixes and refactorings. */
export function serveEditing(serving: Serving): void {
  const { connection, service, client, answer } = serving;
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
  connection.onDocumentFormatting(
    answer([], ({ textDocument, options }) => service.formatting(textDocument.uri, options)),
  );
  connection.onDocumentRangeFormatting(
    answer([], ({ textDocument, options, range }) => service.formatting(textDocument.uri, options, [range])),
  );
  connection.onDocumentRangesFormatting(
    answer([], ({ textDocument, options, ranges }) => service.formatting(textDocument.uri, options, ranges)),
  );
  connection.onDocumentOnTypeFormatting(
    answer([], ({ textDocument, position, ch, options }) =>
      service.onTypeFormatting(textDocument.uri, position, ch, options),
    ),
  );
  connection.onCodeAction(
    answer([], ({ textDocument, range, context }) => {
      const automatic = context.triggerKind === CodeActionTriggerKind.Automatic;
      const { createsFiles } = client();
      return service.codeActions(textDocument.uri, range, { ...context, automatic, createsFiles });
    }),
  );
  serveRequest<MoveEntryParams, MoveEntryResult>(
    serving,
    MOVE_ENTRY,
    { refused: 'The entry could not be moved.' },
    ({ uri, position, direction }) => service.moveEntry(uri, position, direction),
  );
}
