import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../../package.json';
import { createLanguageService, type FileAccess, rulePage } from '../service';
import { type ClientFeatures, clientFeatures, serverCapabilities } from './capabilities';
import { DiagnosticsDelivery } from './diagnostics-delivery';
import { registerHandlers } from './handlers/handlers';
import { ruleLinks } from './rule-links';
import { Readiness } from './scheduling';
import { EditorSettings, readSettings, SECTION } from './settings';
import { TokenMemory } from './token-memory';

/** Provided by the platform that the server runs on: Node or a web worker. */
export interface Platform {
  /** Files below the given folders; `folders` may change while the server runs. */
  files(folders: () => readonly string[], connection: Connection): FileAccess;
  /** URIs of the `.conf`, `.json` and `.properties` files below a folder. */
  list(folder: string, connection: Connection): Promise<readonly string[]>;
  /** The address of the page of a rule, if it is installed there. */
  rulePage(code: string): string | undefined;
}

/** Files whose change on disk may change what is reported. */
const WATCHED = ['**/*.conf', '**/*.json', '**/*.properties', '**/*.env', '**/.env*', '**/*.{yaml,yml,md}'];

/** Serves one client until it says `exit`. */
export function startServer(connection: Connection, platform: Platform): void {
  const documents = new TextDocuments(TextDocument);
  let folders: string[] = [];
  let client: ClientFeatures = clientFeatures({});
  let settings = new EditorSettings(readSettings(undefined));
  const readiness = new Readiness();

  const service = createLanguageService({
    files: platform.files(() => foldersToRead(folders, documents.keys()), connection),
    list: async () => (await Promise.all(folders.map((folder) => platform.list(folder, connection)))).flat(),
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
  const tokens = new TokenMemory();

  connection.onInitialize((params): InitializeResult => {
    client = clientFeatures(params.capabilities);
    folders = foldersOf(params);
    settings = new EditorSettings(readSettings(params.initializationOptions));
    linkTo = ruleLinks(params.initializationOptions, platform.rulePage, hasPage);
    service.configure({ requestedVersion: settings.requestedVersion });
    if (client.pullsConfiguration) readiness.expectSettings();
    return { capabilities: serverCapabilities, serverInfo: { name: 'canton-kms', version } };
  });

  connection.onInitialized(async () => {
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        service.changedOnDisk();
        delivery.everythingChanged();
        await pullSettings();
      });
    }
    await pullSettings().finally(readiness.done);
    if (client.watchesFiles) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  });

  // What editors send along is of the window; only when asked do they say what a folder has of its own.
  connection.onDidChangeConfiguration(async (change) => {
    if (client.pullsConfiguration) await pullSettings();
    else await applySettings(new EditorSettings(readSettings(change.settings)));
  });

  async function pullSettings(): Promise<void> {
    if (!client.pullsConfiguration) return;
    const asked = [...folders];
    const items = [{ section: SECTION }, ...asked.map((scopeUri) => ({ scopeUri, section: SECTION }))];
    const [window, ...own] = await connection.workspace.getConfiguration(items);
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
    const hints = ({ window: { inlayHints } }: EditorSettings) => JSON.stringify(inlayHints);
    if (hints(next) !== hints(last) && client.refreshesHints) await connection.languages.inlayHint.refresh();
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri).filter((uri) => service.isRelevant(uri));
    if (uris.length === 0) return;
    service.changedOnDisk(uris);
    delivery.everythingChanged();
  });

  documents.onDidSave(() => {
    // Without a watcher, saving is the moment to look at the disk again.
    if (client.watchesFiles) return;
    service.changedOnDisk();
    delivery.everythingChanged();
  });
  // An opened document comes here, too.
  documents.onDidChangeContent(({ document }) => {
    service.update(document.uri, document.getText(), document.languageId);
    delivery.changed(document.uri);
  });
  documents.onDidClose(({ document }) => {
    service.close(document.uri);
    delivery.closed(document.uri);
    tokens.forget(document.uri);
  });

  connection.onShutdown(() => delivery.stop());
  registerHandlers({
    connection,
    service,
    delivery,
    tokens,
    readiness,
    client: () => client,
    settings: () => settings.window,
  });
  documents.listen(connection);
  connection.listen();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

/** Reads stay inside the workspace; where there is none, next to the documents that the user opened. */
function foldersToRead(folders: readonly string[], open: readonly string[]): readonly string[] {
  return folders.length > 0 ? folders : open.map((uri) => uri.slice(0, uri.lastIndexOf('/')));
}
