import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from 'vscode-languageclient';
import { CLIENT_CAPABILITY, CONFIGURATION_CHANGED, STATUS_CHANGED } from '../../server/src/lsp/protocol';
import { CheckTimes } from './check-times';
import { registerCommands } from './commands';
import { registerServerCommands } from './commands/server';
import { EffectiveDocuments } from './effective/effective-documents';
import { answerFileRequests } from './file-requests';
import { HostDocuments } from './host-documents';
import { CANTON_CONF, PROJECT_FILE, SETTINGS } from './language';
import { LanguageDetection } from './language-detection';
import { LaunchSetChoice } from './launch-set-choice';
import { Report } from './report';
import { RULE_LINK, showRulePages } from './rule-pages';
import { documentSelector, serveHosts } from './selectors';
import { Server } from './server';
import { ServerFailure } from './server-failure';
import { StatusItem } from './status-item';
import { suggestValues } from './suggest-values';
import { NodesView } from './view/nodes-view';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export interface Running {
  /** Settles when the first documents were looked at; never rejects. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * What both entry points share. The server is started with the first Canton document or candidate for one, so that a
 * workspace with nothing but somebody's `.properties` files costs no process.
 */
export function start(context: vscode.ExtensionContext, createClient: CreateClient): Running {
  const output = vscode.window.createOutputChannel('Canton KMS', { log: true });
  const failure = new ServerFailure(output);
  const checks = new CheckTimes();
  const hosts = new HostDocuments(() => void server.start());
  const client = createClient(SETTINGS, 'Canton KMS', {
    documentSelector: documentSelector(CANTON_CONF),
    outputChannel: output,
    errorHandler: failure,
    initializationFailedHandler: (error) => failure.report(`it ended while starting (${error?.message ?? error})`),
    initializationOptions: () => ({ ...settings(), rulePage: RULE_LINK }),
    synchronize: { configurationSection: SETTINGS },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: { ...suggestValues, ...checks.middleware, ...hosts.middleware },
  });
  serveHosts(client);
  hosts.sendWith(client);
  // What goes wrong is for the log; that the server is gone, ServerFailure tells, once.
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  client.registerFeature(ourCapability);

  const server = new Server(client, failure);
  const detection = new LanguageDetection(client, server.start, output);
  const report = new Report(server, context.extension.packageJSON.version);
  const launchSets = new LaunchSetChoice(client, context.workspaceState);
  // A method has one handler, and two listen.
  const statusChanged = new vscode.EventEmitter<void>();
  const configurationChanged = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    output,
    hosts,
    statusChanged,
    configurationChanged,
    client.onNotification(CONFIGURATION_CHANGED, () => configurationChanged.fire()),
    client.onNotification(STATUS_CHANGED, () => statusChanged.fire()),
    detection,
    checks,
    new StatusItem(client, checks, statusChanged.event),
    new NodesView(client, server.start, statusChanged.event, output),
    new EffectiveDocuments(client, server.start, configurationChanged.event),
    report,
    launchSets,
    registerCommands(client),
    registerServerCommands(server, output, report, launchSets),
    answerFileRequests(client),
    showRulePages(client),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document) || hosts.isWorthIt(document)) void server.start();
    }),
  );

  async function lookAtOpenDocuments(): Promise<void> {
    const { textDocuments } = vscode.workspace;
    if (textDocuments.some((document) => isOurs(document) || hosts.isWorthIt(document))) await server.start();
    await detection.start();
  }

  return {
    ready: lookAtOpenDocuments(),
    stop: () => server.stop(),
  };
}

/** Tells the server that its notifications and commands beside LSP are known here. */
const ourCapability: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, [CLIENT_CAPABILITY]: true };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};

/** Plain data: the object that VS Code hands out has methods, which no message to a worker may have. */
function settings(): Record<string, unknown> {
  const { cantonVersion, edition } = vscode.workspace.getConfiguration(SETTINGS);
  return { cantonVersion, edition };
}

function isOurs(document: vscode.TextDocument): boolean {
  return document.languageId === CANTON_CONF || document.uri.path.endsWith(`/${PROJECT_FILE}`);
}
