import * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from 'vscode-languageclient';

const RESTARTS = 3;
const PERIOD_MS = 3 * 60_000;
const SHOW_LOG = 'Show Log';
/** The only cure for every case: a client whose first start failed cannot start again. */
const RELOAD = 'Reload Window';

/** Restarts a server that died, quietly, and tells the user once when that does not help. */
export class ServerFailure implements ErrorHandler {
  private closings: number[] = [];
  private told = false;

  constructor(private readonly output: vscode.LogOutputChannel) {}

  error(error: Error, _message: unknown, count: number | undefined): ErrorHandlerResult {
    this.output.error(error);
    return { action: (count ?? 0) <= RESTARTS ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.closings.push(now);
    const recent = this.closings.filter((time) => now - time < PERIOD_MS);
    if (recent.length <= RESTARTS) return { action: CloseAction.Restart, handled: true };
    this.report(`it stopped ${recent.length} times within ${PERIOD_MS / 60_000} minutes`);
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  /** The user wants a new start, and to be told when that fails, too. */
  forget(): void {
    this.closings = [];
    this.told = false;
  }

  /** Returns false: "it does not run", and for the client's initialization handler "do not try again". */
  report(reason: string): false {
    this.output.error(`The language server is not running: ${reason}`);
    if (!this.told) void this.tell(reason);
    this.told = true;
    return false;
  }

  private async tell(reason: string): Promise<void> {
    const message = `Canton KMS: the language server is not running, so nothing is checked: ${reason}`;
    const choice = await vscode.window.showErrorMessage(message, RELOAD, SHOW_LOG);
    if (choice === SHOW_LOG) this.output.show();
    if (choice === RELOAD) await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
