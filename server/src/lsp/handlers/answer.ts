import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type RequestHandler,
  type RequestType,
  ResponseError,
} from 'vscode-languageserver';
import type { LanguageService, Refusal } from '../../service';
import type { ClientFeatures } from '../capabilities';
import type { DiagnosticsDelivery } from '../diagnostics-delivery';
import { letMessagesIn, type Readiness } from '../scheduling';
import type { FolderSettings } from '../settings';
import type { TokenMemory } from '../token-memory';

/** What the handlers of requests work with. */
export interface Serving {
  readonly connection: Connection;
  readonly service: LanguageService;
  readonly delivery: DiagnosticsDelivery;
  readonly tokens: TokenMemory;
  readonly readiness: Readiness;
  readonly client: () => ClientFeatures;
  readonly settings: () => FolderSettings;
  readonly answer: Answer;
}

/** Makes a handler of a function; where it fails, the answer is `missing`. */
export type Answer = <P, R>(
  missing: R,
  handle: (params: P) => Promise<R | ResponseError<never>>,
) => (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

/**
 * Wraps handlers so that nothing is answered before the settings are known, whatever goes wrong is logged and answered
 * with `missing`, and a request that the client has taken back is not worked on.
 */
export function answering({ connection, readiness }: Pick<Serving, 'connection' | 'readiness'>): Answer {
  return (missing, handle) => async (params, token) => {
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

/** Serves a request beside LSP, see `protocol.ts`. */
export function serveRequest<P, R>(
  { connection, answer }: Pick<Serving, 'connection' | 'answer'>,
  type: RequestType<P, R, never>,
  missing: R,
  handle: (params: P) => Promise<R>,
): void {
  connection.onRequest(type, answer(missing, handle) as RequestHandler<P, R, never>);
}

/** Editors show the text of an error where something is not possible. */
export function orError<T extends object>(result: T | Refusal): T | ResponseError<never> {
  return 'refused' in result ? new ResponseError<never>(LSPErrorCodes.RequestFailed, result.refused) : result;
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled by the client.');
}
