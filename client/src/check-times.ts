import * as vscode from 'vscode';
import type { DiagnosticProviderMiddleware } from 'vscode-languageclient';

/** Remembers when each document was last checked: when VS Code got the answer to its question for problems. */
export class CheckTimes implements vscode.Disposable {
  private readonly times = new Map<string, Date>();
  private readonly checked = new vscode.EventEmitter<string>();
  /** Fires with the URI of the document. */
  readonly onDidCheck = this.checked.event;
  private readonly closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.times.delete(uri.toString()));

  readonly middleware: DiagnosticProviderMiddleware = {
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (!token.isCancellationRequested) this.note(document instanceof vscode.Uri ? document : document.uri);
      return report;
    },
  };

  of(uri: vscode.Uri): Date | undefined {
    return this.times.get(uri.toString());
  }

  dispose(): void {
    this.closing.dispose();
    this.checked.dispose();
  }

  private note(uri: vscode.Uri): void {
    this.times.set(uri.toString(), new Date());
    this.checked.fire(uri.toString());
  }
}
