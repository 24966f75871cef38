import { type ChildProcess, spawn } from 'node:child_process';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  FileChangeType,
  type FileEvent,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';

/** Far more than any answer takes on a busy machine, and less than the test runner waits. */
const PATIENCE_MS = 150_000;

/** Waits until something has come about that the server does by itself. */
export async function eventually(condition: () => boolean | Promise<boolean>, otherwise = 'it did not come about') {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface ClientOptions {
  /** Arguments of node: the script and its own. */
  readonly command: readonly string[];
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** False if the test initializes the server itself, or not at all. */
  readonly initializes?: boolean;
  readonly initializationOptions?: unknown;
  /** The settings of a folder, or of the window. */
  readonly configuration?: (scopeUri: string | undefined) => unknown | Promise<unknown>;
  /** The answers of the client to requests that are not part of LSP, by method. */
  readonly requests?: Readonly<Record<string, (params: never) => unknown>>;
}

/** The capabilities of a modern editor. */
export const PULL: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: {
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

/** An editor that waits for what the server publishes. */
export const PUSH: ClientCapabilities = {
  textDocument: { publishDiagnostics: { relatedInformation: true } },
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
};

/** A language client over the stdio of a real server process. */
export class LspClient {
  readonly registrations: string[] = [];
  /** The text on `stderr`; a healthy server writes nothing there. */
  stderr = '';
  private readonly versions = new Map<string, number>();
  private readonly published = new Map<string, Diagnostic[][]>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    readonly exited: Promise<number | null>,
  ) {}

  static async start(options: ClientOptions): Promise<LspClient> {
    const child = spawn(process.execPath, [...options.command], { stdio: 'pipe' });
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const reader = new StreamMessageReader(child.stdout);
    // Otherwise, its timer would wait for the rest of a message and keep this process alive after the server has ended.
    reader.partialMessageTimeout = 0;
    const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
    const client = new LspClient(child, connection, exited);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      client.stderr += text;
    });
    for (const [method, answer] of Object.entries(options.requests ?? {})) {
      connection.onRequest(method, answer as (params: unknown) => unknown);
    }
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      Promise.all(items.map(async ({ scopeUri }) => (await options.configuration?.(scopeUri)) ?? null)),
    );
    client.listen();
    if (options.initializes !== false) {
      const ended = exited.then((code) => {
        throw new Error(`the server ended with ${code} before it replied: ${client.stderr}`);
      });
      await Promise.race([client.initialize(options), ended]);
    }
    return client;
  }

  private listen(): void {
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      const list = this.published.get(uri) ?? [];
      list.push(diagnostics);
      this.published.set(uri, list);
      for (const look of this.waiting) look();
    });
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations.map(({ method }) => method));
    });
    this.connection.listen();
  }

  initializeResult: InitializeResult | undefined;

  private async initialize({ folders, capabilities = PULL, initializationOptions }: ClientOptions): Promise<void> {
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) }));
    this.initializeResult = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: folders[0] ?? null,
      capabilities,
      workspaceFolders,
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  async open(uri: string, text: string, languageId = 'canton-conf'): Promise<void> {
    this.versions.set(uri, 1);
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces the text, or applies the given incremental changes. */
  async change(uri: string, change: string | TextDocumentContentChangeEvent[]): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    const contentChanges = typeof change === 'string' ? [{ text: change }] : change;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** Notifies the server that a file on disk has changed. */
  async changedOnDisk(...uris: readonly string[]): Promise<void> {
    const changes: FileEvent[] = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const previous = previousResultId === undefined ? {} : { previousResultId };
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri }, ...previous });
  }

  async pulled(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error(`a ${report.kind} report without a previous one`);
    return report.items;
  }

  /** Everything that was published for the document, oldest first. */
  publications(uri: string): readonly Diagnostic[][] {
    return this.published.get(uri) ?? [];
  }

  /** Waits until the last published diagnostics of the document satisfy the condition. */
  async waitFor(
    uri: string,
    condition: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const seen = JSON.stringify((this.published.get(uri) ?? []).map((list) => list.map(({ message }) => message)));
        reject(new Error(`nothing of the kind was published for ${uri}; seen: ${seen}`));
      }, PATIENCE_MS);
      const look = () => {
        const last = this.published.get(uri)?.at(-1);
        if (last === undefined || !condition(last)) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(last);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Ends the server as editors do; its exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  kill(): void {
    this.connection.dispose();
    this.process.kill();
  }
}
