import {
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type NotificationType,
  type Position,
  type RequestParam,
  type TextDocumentContentChangeEvent,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { DIAGNOSTIC_TAG, type LanguageService, type LocatedDiagnostic, SEVERITY } from '../service';
import type { ClientFeatures } from './capabilities';
import { CONFIGURATION_CHANGED, STATUS_CHANGED } from './protocol';
import type { RuleLink } from './rule-links';
import { Debouncer, letMessagesIn, pauseBefore, type Readiness } from './scheduling';
import { TypedWords } from './typing';

/**
 * Delivers problems to the editor: it answers pull requests, publishes to clients that do not pull, and updates
 * documents when something else has changed.
 */
export class DiagnosticsDelivery {
  private readonly resultIds = new ResultIds();
  private readonly statuses = new Map<string, string>();
  private readonly edits = new Debouncer<string>(
    (uris) => this.guard(() => this.publishEdited(uris)),
    () => pauseBefore(this.lastCheck),
  );
  private readonly changes = new Debouncer<string>((uris) => this.guard(() => this.afterChange(uris)));
  private readonly typing = new TypedWords((uri) =>
    this.guard(() => (this.client().pullsDiagnostics ? this.refresh() : this.publish([uri]))),
  );
  private readonly rounds = new Debouncer<void>(() => this.guard(() => this.afterEverythingChanged()));
  /** The duration of the last publication for an edited document, in milliseconds. */
  private lastCheck = 0;

  constructor(
    private readonly connection: Connection,
    private readonly service: LanguageService,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly client: () => ClientFeatures,
    private readonly linkTo: RuleLink,
    private readonly readiness: Readiness,
  ) {}

  /** A document was opened or edited. */
  changed(uri: string): void {
    if (!this.client().pullsDiagnostics) this.edits.add(uri);
    this.changes.add(uri);
  }

  /**
   * The text of a document is about to change. A client that pulls and does not support refresh would never request the
   * problems that were held back.
   */
  typed(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const { pullsDiagnostics, refreshesDiagnostics } = this.client();
    if (!pullsDiagnostics || refreshesDiagnostics) this.typing.changed(uri, changes);
  }

  cursorMoved(uri: string, position: Position): void {
    this.typing.cursorMoved(uri, position);
  }

  closed(uri: string): void {
    this.typing.forget(uri);
    this.resultIds.forget(uri);
    this.statuses.delete(uri);
    if (!this.client().pullsDiagnostics) this.guard(() => this.connection.sendDiagnostics({ uri, diagnostics: [] }));
    this.changes.add(uri);
  }

  /** Settings, folders or files on disk changed: the problems of any document may have changed. */
  everythingChanged(): void {
    this.rounds.add(undefined);
  }

  /** The client is shutting down. */
  stop(): void {
    this.edits.cancel();
    this.changes.cancel();
    this.rounds.cancel();
    this.typing.stop();
  }

  async pull(uri: string, previousResultId: string | undefined): Promise<DocumentDiagnosticReport> {
    const items = await this.problems(uri);
    const resultId = this.resultIds.idOf(uri, items);
    this.guard(() => this.reportStatus(uri));
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  private async problems(uri: string): Promise<Diagnostic[]> {
    await this.readiness.wait();
    const found = await this.service.diagnostics(uri);
    return found.filter(({ range }) => !this.typing.holds(uri, range)).map((one) => toLsp(one, this.linkTo));
  }

  private async publishEdited(uris: readonly string[]): Promise<void> {
    const began = performance.now();
    await this.publish(uris);
    this.lastCheck = performance.now() - began;
  }

  private async afterChange(uris: readonly string[]): Promise<void> {
    const dependents = await this.service.dependents(...uris);
    await this.notify(CONFIGURATION_CHANGED, {});
    // The edited document has already been pulled or published. Editors do not know which documents depend on it, not
    // even if two are edited one after the other.
    if (!this.client().pullsDiagnostics) await this.publish(dependents);
    else if (dependents.length > 0) await this.refresh();
    if (dependents.length > 0) await this.refreshDecorations();
  }

  private async afterEverythingChanged(): Promise<void> {
    await this.notify(CONFIGURATION_CHANGED, {});
    const open = this.documents.keys();
    if (this.client().pullsDiagnostics) await this.refresh();
    else await this.publish(open);
    await this.refreshDecorations();
    for (const uri of open) await this.reportStatus(uri);
  }

  private async refresh(): Promise<void> {
    if (this.client().refreshesDiagnostics) await this.connection.languages.diagnostics.refresh();
  }

  /** Refreshes lenses and hints of other documents; for the edited one, the editor requests them by itself. */
  private async refreshDecorations(): Promise<void> {
    const { refreshesLenses, refreshesHints } = this.client();
    if (refreshesLenses) await this.connection.sendRequest(CodeLensRefreshRequest.type);
    if (refreshesHints) await this.connection.languages.inlayHint.refresh();
  }

  private async notify<P>(type: NotificationType<P>, params: NoInfer<RequestParam<P>>): Promise<void> {
    if (this.client().isOurs) await this.connection.sendNotification(type, params);
  }

  private async publish(uris: readonly string[]): Promise<void> {
    for (const uri of uris) {
      const version = this.documents.get(uri)?.version;
      if (version === undefined) continue;
      const diagnostics = await this.problems(uri);
      await letMessagesIn();
      // Edited meanwhile: the next round publishes.
      if (this.documents.get(uri)?.version !== version) continue;
      await this.connection.sendDiagnostics({ uri, version, diagnostics });
      await this.reportStatus(uri);
    }
  }

  /** Notifies the client when the version that a document is checked against has changed. */
  private async reportStatus(uri: string): Promise<void> {
    if (!this.documents.get(uri)) return;
    const status = JSON.stringify(await this.service.status(uri));
    if (this.statuses.get(uri) === status) return;
    this.statuses.set(uri, status);
    await this.notify(STATUS_CHANGED, { uri });
  }

  /** These run in the background, and a failure must not end the server. */
  private guard(action: () => Promise<void>): void {
    action().catch((error) => this.connection.console.error(String(error instanceof Error ? error.stack : error)));
  }
}

/** Converts problems to the protocol's types. */
export type ProblemsToLsp = (problems: readonly LocatedDiagnostic[]) => Diagnostic[];

export function toLsp(
  { code, severity, message, range, related, tags }: LocatedDiagnostic,
  linkTo: RuleLink,
): Diagnostic {
  const href = linkTo(code);
  return {
    code,
    ...(href !== undefined && { codeDescription: { href } }),
    severity: SEVERITY[severity],
    source: 'canton-kms',
    message,
    range,
    relatedInformation: related.map((one) => ({
      location: { uri: one.uri, range: one.range },
      message: one.message,
    })),
    tags: tags.map((tag) => DIAGNOSTIC_TAG[tag]),
  };
}

/** Stores the last answer for each document, so that an unchanged one need not be sent again. */
export class ResultIds {
  private readonly last = new Map<string, { readonly id: string; readonly content: string }>();
  private count = 0;

  /** The ID for this content, which stays the same if nothing has changed. */
  idOf(uri: string, items: unknown): string {
    const content = JSON.stringify(items);
    const last = this.last.get(uri);
    if (last?.content === content) return last.id;
    const id = String(++this.count);
    this.last.set(uri, { id, content });
    return id;
  }

  forget(uri: string): void {
    this.last.delete(uri);
  }
}
