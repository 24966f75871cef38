import {
  type Connection,
  type DidChangeTextDocumentParams,
  DidChangeWatchedFilesNotification,
  type DidOpenTextDocumentParams,
  ErrorCodes,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  Range,
  ResponseError,
  TextDocuments,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { version } from '../../../package.json';
import { createLanguageService, FILE_GLOBS, type FileAccess, type FileEvent, rulePage } from '../service';
import { type ClientFeatures, clientFeatures, serverCapabilities } from './capabilities';
import { DiagnosticsDelivery, toLsp } from './diagnostics-delivery';
import { registerHandlers } from './handlers';
import { CURSOR_MOVED } from './protocol';
import { ruleLinks } from './rule-links';
import { Readiness } from './scheduling';
import { EditorSettings, readSettings, SECTION } from './settings';
import { TokenMemory } from './token-memory';
import { WorkspaceProblems } from './workspace-problems';

/** The services of the platform: Node or a web worker. */
export interface Platform {
  /**
   * Files below the given folders, which may change while the server runs, and, in a trusted workspace, the files that
   * they name.
   */
  files(folders: () => readonly string[], connection: Connection, isTrusted: () => boolean): FileAccess;
  /** URIs of the `.conf`, `.json` and `.properties` files below a folder. */
  list(folder: string, connection: Connection): Promise<readonly string[]>;
  /** URIs of the files of any kind below a folder that may hold Canton's configuration; without it, those of `list`. */
  listCarriers?(folder: string): Promise<readonly string[]>;
  /** Whether a file is one of these. */
  isCarrier?(uri: string): Promise<boolean>;
  /** The address of a rule's page, if it is installed. */
  rulePage(code: string): string | undefined;
}

/** Serves one client until it sends `exit`. */
export function startServer(connection: Connection, platform: Platform): void {
  const documents = new TextDocuments({
    create: TextDocument.create,
    update(document, changes, version) {
      delivery.typed(document.uri, changes);
      return TextDocument.update(document, changes, version);
    },
  });
  let folders: string[] = [];
  let client: ClientFeatures = clientFeatures({});
  let settings = new EditorSettings(readSettings(undefined));
  const readiness = new Readiness();
  let isTrusted = false;
  let phase: 'new' | 'connected' | 'shut down' = 'new';

  const listCarriers = async () => {
    const list = platform.listCarriers ?? (async (folder: string) => platform.list(folder, connection));
    return (await Promise.all(folders.map((folder) => list(folder)))).flat().map((uri) => URI.parse(uri).toString());
  };

  const service = createLanguageService({
    files: platform.files(
      () => foldersToRead(folders, documents.keys()),
      connection,
      () => isTrusted,
    ),
    rootOf: async (folder) => rootOf(folder, folders),
    list: async () => (await Promise.all(folders.map((folder) => platform.list(folder, connection)))).flat(),
    carriers: listCarriers,
  });
  const hasPage = (code: string) => rulePage(code) !== undefined;
  let linkTo = ruleLinks(undefined, platform.rulePage, hasPage);
  const delivery = new DiagnosticsDelivery(
    connection,
    service,
    documents,
    () => client,
    (code) => linkTo(code),
    readiness,
  );
  const workspaceProblems = new WorkspaceProblems(
    service,
    {
      list: listCarriers,
      has: async (uri) => (await platform.isCarrier?.(uri)) ?? uri.endsWith('.conf'),
    },
    (uri) => documents.all().some((one) => isSameUri(one.uri, uri)),
    // VS Code requests it constantly; in other editors, a user does.
    () => settings.window.workspaceDiagnostics ?? !client.isOurs,
    (problems) => problems.map((one) => toLsp(one, linkTo)),
  );
  const tokens = new TokenMemory();

  connection.onInitialize((params): InitializeResult => {
    phase = 'connected';
    client = clientFeatures(params.capabilities);
    folders = foldersOf(params);
    isTrusted = params.initializationOptions?.isTrusted === true;
    settings = new EditorSettings(readSettings(params.initializationOptions));
    linkTo = ruleLinks(params.initializationOptions, platform.rulePage, hasPage);
    service.configure({ requestedVersion: settings.requestedVersion });
    if (client.pullsConfiguration) readiness.expectSettings();
    return { capabilities: serverCapabilities, serverInfo: { name: 'canton-kms', version } };
  });

  /** Runs a task in the background; a failure, whatever the client sends, is only logged. */
  function guarded<P>(handle: (params: P) => Promise<void> | void): (params: P) => Promise<void> {
    return async (params) => {
      try {
        if (phase === 'connected') await handle(params);
      } catch (error) {
        connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    };
  }

  connection.onInitialized(
    guarded(async () => {
      if (client.changesFolders) {
        const changeFolders = ({ added, removed }: WorkspaceFoldersChangeEvent) => {
          const gone = new Set(urisOf(removed));
          folders = [...folders.filter((uri) => !gone.has(uri)), ...urisOf(added)];
          service.changedOnDisk();
          delivery.everythingChanged();
          workspaceProblems.forgetFiles();
          return pullSettings();
        };
        connection.workspace.onDidChangeWorkspaceFolders(guarded(changeFolders));
      }
      await pullSettings().finally(readiness.done);
      if (client.watchesFiles) {
        const watchers = FILE_GLOBS.map((globPattern) => ({ globPattern }));
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      }
    }),
  );

  // The settings in the notification are those of the window; the settings of a folder must be requested.
  connection.onDidChangeConfiguration(
    guarded(async (change) => {
      if (client.pullsConfiguration) await pullSettings();
      else await applySettings(new EditorSettings(readSettings(change?.settings)));
    }),
  );

  async function pullSettings(): Promise<void> {
    if (!client.pullsConfiguration) return;
    const asked = [...folders];
    const items = [{ section: SECTION }, ...asked.map((scopeUri) => ({ scopeUri, section: SECTION }))];
    const answer: unknown = await connection.workspace.getConfiguration(items);
    const [window, ...own]: readonly unknown[] = Array.isArray(answer) ? answer : [];
    const byFolder = new Map(asked.map((uri, i) => [uri, readSettings(own[i])]));
    await applySettings(new EditorSettings(readSettings(window), byFolder));
  }

  async function applySettings(next: EditorSettings): Promise<void> {
    const last = settings;
    settings = next;
    // Editors send all settings at the start and whenever any of them changes.
    if (next.versions !== last.versions) {
      service.configure({ requestedVersion: next.requestedVersion });
      delivery.everythingChanged();
    }
    if (next.versions !== last.versions || next.window.workspaceDiagnostics !== last.window.workspaceDiagnostics) {
      workspaceProblems.changed();
    }
    const hints = ({ window: { inlayHints } }: EditorSettings) => JSON.stringify(inlayHints);
    if (hints(next) !== hints(last) && client.refreshesHints) await connection.languages.inlayHint.refresh();
  }

  connection.onDidChangeWatchedFiles(
    guarded(({ changes }) => {
      const events = fileEvents(changes);
      if (service.filesChanged(events)) delivery.everythingChanged();
      workspaceProblems.filesChanged(events.map(({ uri }) => uri));
    }),
  );

  documents.onDidSave(() => {
    // Without a file watcher, files are read again when one is saved.
    if (client.watchesFiles) return;
    service.changedOnDisk();
    delivery.everythingChanged();
  });
  // This is also called for an opened document.
  documents.onDidChangeContent(({ document }) => {
    service.update(document.uri, document.getText(), document.languageId);
    delivery.changed(document.uri);
  });
  documents.onDidClose(({ document }) => {
    // The same document may be open under another spelling of its URI.
    const other = documents.all().find(({ uri }) => isSameUri(uri, document.uri));
    if (other === undefined) service.close(document.uri);
    else service.update(other.uri, other.getText(), other.languageId);
    delivery.closed(document.uri);
    workspaceProblems.changed();
    tokens.forget(document.uri);
  });

  connection.onNotification(
    CURSOR_MOVED,
    guarded(({ uri, position }) => delivery.cursorMoved(uri, position)),
  );

  connection.onShutdown(() => {
    phase = 'shut down';
    delivery.stop();
    workspaceProblems.stop();
  });
  registerHandlers({
    connection,
    service,
    delivery,
    workspaceProblems,
    tokens,
    readiness,
    client: () => client,
    settings: () => settings.window,
    versionOf: (uri) => documents.all().find((one) => isSameUri(one.uri, uri))?.version ?? null,
    refusal: () => REFUSALS[phase],
  });
  documents.listen(wellFormed(connection));
  connection.listen();
}

/** The errors that the protocol prescribes before `initialize` and after `shutdown`. */
const REFUSALS = {
  new: new ResponseError<never>(ErrorCodes.ServerNotInitialized, 'The server is not initialized.'),
  connected: undefined,
  'shut down': new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server is shut down.'),
} as const;

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return urisOf(workspaceFolders);
  return typeof rootUri === 'string' && isUri(rootUri) ? [rootUri] : [];
}

/** The URIs of folders or events; invalid ones are left out. */
function urisOf(items: unknown): string[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: { readonly uri?: unknown } | null) => {
    const uri = item?.uri;
    return typeof uri === 'string' && isUri(uri) ? [uri] : [];
  });
}

const EVENTS = new Map<unknown, FileEvent['type']>([
  [FileChangeType.Created, 'created'],
  [FileChangeType.Changed, 'changed'],
  [FileChangeType.Deleted, 'deleted'],
]);

function fileEvents(items: readonly unknown[]): FileEvent[] {
  return items.flatMap((item) => {
    const [uri] = urisOf([item]);
    const type = EVENTS.get((item as { readonly type?: unknown } | null)?.type);
    return uri === undefined || type === undefined ? [] : [{ uri, type }];
  });
}

function isUri(text: string): boolean {
  try {
    return URI.parse(text).toString() !== '';
  } catch {
    return false;
  }
}

/**
 * The outermost workspace folder around a folder, otherwise the folder itself; a project file further up does not
 * belong to it.
 */
function rootOf(folder: string, folders: readonly string[]): string {
  const around = folders
    .map((one) => URI.parse(one).toString().replace(/\/$/, ''))
    .filter((one) => folder === one || folder.startsWith(`${one}/`));
  return around.sort((a, b) => a.length - b.length)[0] ?? folder;
}

function isSameUri(one: string, other: string): boolean {
  return URI.parse(one).toString() === URI.parse(other).toString();
}

/** The connection without notifications that would leave documents in an unreadable state. */
function wellFormed(connection: Connection): Parameters<TextDocuments<TextDocument>['listen']>[0] {
  return {
    onDidOpenTextDocument: (handle) =>
      connection.onDidOpenTextDocument((params) => {
        if (isOpening(params)) handle(params);
      }),
    onDidChangeTextDocument: (handle) =>
      connection.onDidChangeTextDocument((params) => {
        if (isChanging(params)) handle(params);
      }),
    onDidCloseTextDocument: (handle) => connection.onDidCloseTextDocument(handle),
    onWillSaveTextDocument: (handle) => connection.onWillSaveTextDocument(handle),
    onWillSaveTextDocumentWaitUntil: (handle) => connection.onWillSaveTextDocumentWaitUntil(handle),
    onDidSaveTextDocument: (handle) => connection.onDidSaveTextDocument(handle),
  };
}

function isOpening({ textDocument: { uri, languageId, text } }: DidOpenTextDocumentParams): boolean {
  return typeof uri === 'string' && isUri(uri) && typeof languageId === 'string' && typeof text === 'string';
}

function isChanging({ textDocument: { uri, version }, contentChanges }: DidChangeTextDocumentParams): boolean {
  return (
    typeof uri === 'string' &&
    typeof version === 'number' &&
    contentChanges.every(
      (change) => typeof change.text === 'string' && (!('range' in change) || Range.is(change.range)),
    )
  );
}

/** Reads stay inside the workspace; if there is none, next to the documents that the user opened. */
function foldersToRead(folders: readonly string[], open: readonly string[]): readonly string[] {
  return folders.length > 0 ? folders : open.map((uri) => uri.slice(0, uri.lastIndexOf('/')));
}
