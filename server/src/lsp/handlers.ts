import {
  type CancellationToken,
  CodeActionTriggerKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Connection,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  type RequestHandler,
  type RequestType,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { releaseLine } from '../../../schemas/version';
import { CODE_ACTION_KIND, isWanted, type LanguageService, MAX_ITEMS, type Refusal, rulePage } from '../service';
import type { ClientFeatures } from './capabilities';
import type { DiagnosticsDelivery } from './diagnostics-delivery';
import {
  ANSWER_FAULT,
  CLASSIFY,
  DOCTOR,
  EFFECTIVE,
  EXPLAIN_LOG,
  KEY_PATHS,
  MOVE_ENTRY,
  NEXT_QUESTION,
  NODE_LIST,
  NODES,
  OTHER_DEFINITION,
  PLAN,
  PLAN_PROCEDURE,
  POLICY,
  PREFER_LAUNCH_SETS,
  PROCEDURES,
  READ_ONLY_FILES,
  RULE_PAGE,
  RUNBOOK,
  SHOW_EFFECTIVE,
  STATUS,
  UPGRADE,
} from './protocol';
import { letMessagesIn, type Readiness } from './scheduling';
import type { FolderSettings } from './settings';
import type { TokenMemory } from './token-memory';
import type { WorkspaceProblems } from './workspace-problems';

/** Connects the requests of the protocol, and our own, to the service. */
export function registerHandlers(parts: Omit<Serving, 'answer'>): void {
  const serving = { ...parts, answer: answering(parts) };
  serveAssistance(serving);
  serveNavigation(serving);
  serveEditing(serving);
  serveOwnRequests(serving);
  serveProcedures(serving);
}

/** The services that request handlers use. */
interface Serving {
  readonly connection: Connection;
  readonly service: LanguageService;
  readonly delivery: DiagnosticsDelivery;
  readonly workspaceProblems: WorkspaceProblems;
  readonly tokens: TokenMemory;
  readonly readiness: Readiness;
  readonly client: () => ClientFeatures;
  readonly settings: () => FolderSettings;
  /** The version of an open document; null for any other. */
  readonly versionOf: (uri: string) => number | null;
  /** The reason why requests must not be answered now; undefined while the client is connected. */
  readonly refusal: () => ResponseError<never> | undefined;
  readonly answer: Answer;
}

/** Converts a function to a handler; if it fails, the answer is `missing`. */
type Answer = <P, R>(
  missing: R,
  handle: (params: P) => Promise<R | ResponseError<never>>,
) => (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/**
 * Wraps handlers so that nothing is answered before the settings are known or after the client has left, failures are
 * logged and answered with `missing`, and canceled requests are not processed.
 */
function answering({ connection, readiness, refusal }: Omit<Serving, 'answer'>): Answer {
  return (missing, handle) => async (params, token) => {
    const refused = refusal();
    if (refused !== undefined) return refused;
    await letMessagesIn();
    await readiness.wait();
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return missing;
    }
  };
}

/** Serves a request that is not part of LSP, see `protocol.ts`. */
function serveRequest<P, R>(
  { connection, answer }: Pick<Serving, 'connection' | 'answer'>,
  type: RequestType<P, R, never>,
  missing: R,
  handle: (params: P) => Promise<R>,
): void {
  connection.onRequest(type, answer(missing, handle) as RequestHandler<P, R, never>);
}

/** Editors show the text of the error if a request is not possible. */
function orError<T extends object>(result: T | Refusal): T | ResponseError<never> {
  return 'refused' in result ? new ResponseError<never>(LSPErrorCodes.RequestFailed, result.refused) : result;
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Canceled by the client.');
}

const NO_ITEMS: CompletionList = { isIncomplete: false, items: [] };

/** Features that editors request automatically: problems, completion, hover, lenses, hints, colors. */
function serveAssistance({
  connection,
  service,
  delivery,
  workspaceProblems,
  tokens,
  client,
  settings,
  answer,
}: Serving): void {
  connection.languages.diagnostics.on(
    answer({ kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument, previousResultId }) =>
      delivery.pull(textDocument.uri, previousResultId),
    ),
  );
  connection.languages.diagnostics.onWorkspace((asked, token) => {
    const pull = ({ previousResultIds }: typeof asked) => workspaceProblems.pull(previousResultIds, token);
    return answer({ items: [] }, pull)(asked, token);
  });
  connection.onCompletion(
    answer<CompletionParams, CompletionList>(NO_ITEMS, async ({ textDocument, position, context }) => {
      const options = { snippets: client().expandsSnippets, trigger: context?.triggerCharacter };
      const items = await service.completion(textDocument.uri, position, options);
      return { isIncomplete: items.length === MAX_ITEMS, items };
    }),
  );
  const resolve = answer<CompletionItem, CompletionItem | null>(null, async (item) => service.resolveCompletion(item));
  connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
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

/** Requests that change the text: renames, formatting, fixes and refactorings. */
function serveEditing(serving: Serving): void {
  const { connection, service, client, versionOf, answer } = serving;
  /**
   * Records the versions that the client has seen. If the document changes later, the client refuses the stale edit.
   */
  const versioning = () => {
    const versions = new Map<string, number | null>();
    const seen = (uri: string) => versions.get(uri) ?? versionOf(uri);
    return {
      note: (uri: string) => versions.set(uri, versionOf(uri)),
      edit: (edit: WorkspaceEdit) => (client().takesVersions ? withVersions(edit, seen) : edit),
    };
  };
  connection.onPrepareRename(
    answer(null, async ({ textDocument, position }) =>
      orError(await service.prepareRename(textDocument.uri, position)),
    ),
  );
  connection.onRenameRequest(
    answer(null, async ({ textDocument, position, newName }) => {
      const versions = versioning();
      versions.note(textDocument.uri);
      const renamed = orError<WorkspaceEdit>(await service.rename(textDocument.uri, position, newName));
      return renamed instanceof ResponseError ? renamed : versions.edit(renamed);
    }),
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
      const { createsFiles, insertsSnippets, isOurs } = client();
      const versions = versioning();
      versions.note(uri);
      const found = await service.codeActions(uri, range, { ...context, automatic, createsFiles, insertsSnippets });
      const actions = found.map((action) => (action.edit ? { ...action, edit: versions.edit(action.edit) } : action));
      // An action that is always possible gets no light bulb.
      const plans = isOurs && !automatic && isWanted(CODE_ACTION_KIND.plan, context.only);
      return plans ? [...actions, ...(await service.procedureActions(uri, range, PLAN_PROCEDURE))] : actions;
    }),
  );
  serveRequest(serving, MOVE_ENTRY, { refused: 'The entry could not be moved.' }, ({ uri, position, direction }) =>
    service.moveEntry(uri, position, direction),
  );
}

/** The edit, with the version of each document to which it applies. */
function withVersions({ changes, documentChanges, ...rest }: WorkspaceEdit, versionOf: (uri: string) => number | null) {
  const versioned = (documentChanges ?? []).map((change) => {
    if (!('textDocument' in change)) return change;
    const { uri, version } = change.textDocument;
    return { ...change, textDocument: { uri, version: version ?? versionOf(uri) } };
  });
  const plain = Object.entries(changes ?? {}).map(([uri, edits]) => ({
    textDocument: { uri, version: versionOf(uri) },
    edits,
  }));
  return { ...rest, documentChanges: [...versioned, ...plain] };
}

/** Requests for navigation in the files of a launch set. */
function serveNavigation(serving: Serving): void {
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
  connection.workspace.onWillRenameFiles(answer(null, ({ files }) => service.renameFiles(files)));
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

/** The requests in addition to LSP, see `protocol.ts`. */
function serveOwnRequests(serving: Serving): void {
  const { service, delivery } = serving;
  serveRequest(serving, CLASSIFY, { canton: false }, async ({ uri, text }) => ({
    canton: await service.classify(uri, text),
  }));
  serveRequest(serving, STATUS, null, async ({ uri }) => {
    const { choice, ...status } = await service.status(uri);
    const { version: cantonVersion, release: cantonRelease, versionSource, edition } = choice;
    return { cantonVersion, ...(cantonRelease !== undefined && { cantonRelease }), versionSource, edition, ...status };
  });
  serveRequest(serving, PREFER_LAUNCH_SETS, null, async ({ ids }) => {
    // A wrong type would prevent every later answer.
    service.prefer(Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []);
    delivery.everythingChanged();
    return null;
  });
  serveRequest(serving, DOCTOR, null, async () => ({ text: await service.doctor() }));
  serveRequest(serving, EXPLAIN_LOG, null, ({ text, uri }) => service.explainLog(text, uri));
  serveRequest(serving, RULE_PAGE, null, async ({ code }) => {
    const markdown = rulePage(code);
    return markdown === undefined ? null : { markdown };
  });
  serveRequest(serving, EFFECTIVE, null, async ({ uri, node }) => {
    return (await service.effective(uri, node)) ?? null;
  });
  serveRequest(serving, NODES, [], ({ uri }) => service.nodes(uri));
}

/** Requests for procedures and policies, see `protocol.ts`. */
function serveProcedures(serving: Serving): void {
  const { service } = serving;
  serveRequest(serving, PROCEDURES, [], ({ uri, node, options = {} }) => service.procedures({ uri, node, options }));
  serveRequest(serving, NEXT_QUESTION, null, async (params) => {
    return (await service.nextQuestion(params)) ?? null;
  });
  serveRequest(serving, ANSWER_FAULT, null, async ({ option, answer, ...params }) => {
    return (await service.answerFault(params, option, answer)) ?? null;
  });
  serveRequest(serving, PLAN, null, (params) => service.plan(params));
  serveRequest(serving, RUNBOOK, null, (params) => service.runbook(params));
  serveRequest(serving, NODE_LIST, [], ({ uri }) => service.nodeList(uri));
  serveRequest(serving, READ_ONLY_FILES, [], ({ uris }) => service.readOnly(uris));
  serveRequest(serving, POLICY, null, ({ uri, ...asked }) => service.policy(uri, asked));
  serveRequest(serving, UPGRADE, null, async ({ uri, to }) => {
    const version = releaseLine(String(to));
    if (version === undefined) return null;
    const { markdown, edits } = await service.upgrade([uri], version);
    return { markdown, edits };
  });
}
