import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
  type RequestType,
  State,
} from 'vscode-languageclient';

const RESTARTS = 3;
const PERIOD_MS = 3 * 60_000;
const SHOW_LOG = vscode.l10n.t('Show Log');
/** The only remedy in all cases, because a client whose first start failed cannot start again. */
const RELOAD = vscode.l10n.t('Reload Window');

/** Silently restarts a server that has stopped, and notifies the user once if this does not help. */
export class ServerFailure implements ErrorHandler {
  private closings: number[] = [];
  private reported = false;

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
    this.report(vscode.l10n.t('it stopped {0} times within {1} minutes', recent.length, PERIOD_MS / 60_000));
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  /** The user requested a restart, and wants to know if that fails as well. */
  forget(): void {
    this.closings = [];
    this.reported = false;
  }

  /** Returns false: "it does not run", and for the client's initialization handler "do not try again". */
  report(reason: string): false {
    this.output.error(`The language server is not running: ${reason}`);
    if (!this.reported) void this.notify(reason);
    this.reported = true;
    return false;
  }

  private async notify(reason: string): Promise<void> {
    const message = vscode.l10n.t('Canton KMS: the language server is not running, so nothing is checked: {0}', reason);
    const choice = await vscode.window.showErrorMessage(message, RELOAD, SHOW_LOG);
    if (choice === SHOW_LOG) this.output.show();
    if (choice === RELOAD) await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}

/** Starts and ends the language server. */
export class Server {
  private started: Promise<boolean> | undefined;

  constructor(
    readonly client: BaseLanguageClient,
    private readonly failure: ServerFailure,
  ) {}

  /** Starts the server if it is not running, and resolves to whether it runs; never rejects. */
  readonly start = (): Promise<boolean> => {
    this.started ??= this.client.start().then(
      () => true,
      (error) => this.failure.report(error instanceof Error ? error.message : String(error)),
    );
    return this.started;
  };

  /**
   * Sends a request of ours, after starting the server if it is not running. Throws, with one sentence, if it does not
   * run.
   */
  async request<P, R>(type: RequestType<P, R, never>, params: P): Promise<R> {
    if (!(await this.start())) throw new Error(vscode.l10n.t('The language server is not running.'));
    return this.client.sendRequest<R>(type.method, params);
  }

  /** A new server in place of the one that runs, hangs or ended. */
  async restart(): Promise<void> {
    this.failure.forget();
    // A server that hangs does not answer when it is asked to end; it is then killed, as intended.
    await this.stop().catch(() => {});
    this.started = undefined;
    await this.start();
  }

  async stop(): Promise<void> {
    if (this.client.needsStop()) await this.client.stop();
  }

  get state(): State {
    return this.client.state;
  }

  /** The version that the server reports, such as `0.1.0`; undefined while none runs. */
  get version(): string | undefined {
    return this.client.state === State.Running ? this.client.initializeResult?.serverInfo?.version : undefined;
  }
}
