import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { ServerFailure } from './server-failure';

/** Starts and ends the language server. */
export class Server {
  private started: Promise<boolean> | undefined;

  constructor(
    readonly client: BaseLanguageClient,
    private readonly failure: ServerFailure,
  ) {}

  /** Whether the server runs, after starting it where nobody has; never rejects. */
  readonly start = (): Promise<boolean> => {
    this.started ??= this.client.start().then(
      () => true,
      (error) => this.failure.report(error instanceof Error ? error.message : String(error)),
    );
    return this.started;
  };

  /** A new server in place of the one that runs, hangs or ended. */
  async restart(): Promise<void> {
    this.failure.forget();
    // A server that hangs does not answer when it is asked to end; it is ended then, and that is what was wanted.
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

  /** `0.1.0`, as the server says; undefined while none runs. */
  get version(): string | undefined {
    return this.client.state === State.Running ? this.client.initializeResult?.serverInfo?.version : undefined;
  }
}
