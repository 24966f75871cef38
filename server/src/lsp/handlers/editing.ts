import { CodeActionTriggerKind } from 'vscode-languageserver';
import { CODE_ACTION_KIND, isWanted } from '../../service';
import { MOVE_ENTRY, PLAN_PROCEDURE } from '../protocol';
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
    answer([], async ({ textDocument: { uri }, range, context }) => {
      const automatic = context.triggerKind === CodeActionTriggerKind.Automatic;
      const { createsFiles, isOurs } = client();
      const actions = await service.codeActions(uri, range, { ...context, automatic, createsFiles });
      // No light bulb for what can always be done.
      const plans = isOurs && !automatic && isWanted(CODE_ACTION_KIND.plan, context.only);
      return plans ? [...actions, ...(await service.procedureActions(uri, range, PLAN_PROCEDURE))] : actions;
    }),
  );
  serveRequest(serving, MOVE_ENTRY, { refused: 'The entry could not be moved.' }, ({ uri, position, direction }) =>
    service.moveEntry(uri, position, direction),
  );
}
