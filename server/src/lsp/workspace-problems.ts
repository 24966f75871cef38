import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type PreviousResultId,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { kindOfFile, type LanguageService } from '../service';
import { type ProblemsToLsp, ResultIds } from './diagnostics-delivery';
import { letMessagesIn } from './scheduling';

/** The files of the workspace that may hold Canton's configuration. */
export interface WorkspaceFiles {
  list(): Promise<readonly string[]>;
  /** Whether a file that was created or changed is one of them. */
  has(uri: string): Promise<boolean>;
}

/**
 * The problems of files that are not open, for an editor that requests those of the whole workspace. An editor sends
 * the next request as soon as it has an answer, so a request without changes is answered when something changes.
 */
export class WorkspaceProblems {
  private readonly resultIds = new ResultIds();
  /** URIs; undefined until they are requested. */
  private files: Promise<Set<string>> | undefined;
  private readonly waiting = new Set<() => void>();
  private revision = 0;
  private answered = -1;

  constructor(
    private readonly service: Pick<LanguageService, 'diagnosticsOnDisk'>,
    private readonly workspace: WorkspaceFiles,
    private readonly isOpen: (uri: string) => boolean,
    private readonly isWanted: () => boolean,
    private readonly toLsp: ProblemsToLsp,
  ) {}

  /** Settings, folders, files on disk or the open documents changed. */
  changed(): void {
    this.revision++;
    for (const wake of this.waiting) wake();
  }

  /** The workspace folders have changed. */
  forgetFiles(): void {
    this.files = undefined;
    this.changed();
  }

  /** Files were created, changed or deleted. */
  filesChanged(uris: readonly string[]): void {
    const own = uris.filter((uri) => kindOfFile(uri) !== undefined);
    if (own.length === 0) return;
    this.files = this.files?.then(async (files) => {
      for (const uri of own) if (await this.workspace.has(uri).catch(() => false)) files.add(uri);
      // A deleted file is looked up once more, and has no problems.
      return files;
    });
    this.changed();
  }

  /** The client is shutting down. */
  stop(): void {
    this.changed();
  }

  async pull(previous: readonly PreviousResultId[], token: CancellationToken): Promise<WorkspaceDiagnosticReport> {
    if (this.answered === this.revision) await this.nextChange(token);
    const revision = this.revision;
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const files = this.isWanted() ? await this.listed() : [];
    for (const uri of new Set([...files, ...known.keys()])) {
      if (token.isCancellationRequested) return { items };
      const item = this.isOpen(uri) ? undefined : await this.report(uri, known.get(uri));
      if (item !== undefined) items.push(item);
      await letMessagesIn();
    }
    this.answered = revision;
    return { items };
  }

  private async report(uri: string, last: string | undefined): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    const found = this.isWanted() ? await this.service.diagnosticsOnDisk(uri) : [];
    if (found.length === 0 && last === undefined) return undefined;
    const items = this.toLsp(found);
    const resultId = this.resultIds.idOf(uri, items);
    if (found.length === 0) this.resultIds.forget(uri);
    return resultId === last
      ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items };
  }

  private async listed(): Promise<readonly string[]> {
    this.files ??= this.workspace.list().then((uris) => new Set(uris));
    return [...(await this.files.catch(() => new Set<string>()))].sort();
  }

  private nextChange(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        canceled.dispose();
        resolve();
      };
      const canceled = token.onCancellationRequested(wake);
      this.waiting.add(wake);
    });
  }
}
