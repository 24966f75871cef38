import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  type ConfigurationMiddleware,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  type StaticFeature,
} from 'vscode-languageclient';
import { CLIENT_CAPABILITY, CONFIGURATION_CHANGED, STATUS_CHANGED } from '../../server/src/lsp/protocol';
import { WorkspaceCheck } from './check-workspace/check-workspace';
import { LaunchSetChoice } from './choose-launch-set/launch-set-choice';
import { chooseCantonVersion } from './choose-version/choose-version';
import { offerFirstKey } from './detect-language/first-key';
import { LanguageDetection } from './detect-language/language-detection';
import { Doctor } from './doctor/doctor';
import { documentSelector, EnclosingDocuments, serveEnclosingDocuments } from './embedded-regions/enclosing-documents';
import { LogExplanations } from './explain-log/explain-log';
import { CHOOSE_VERSION, GET_STARTED, RESTART_SERVER, SHOW_OUTPUT } from './infrastructure/commands';
import { CANTON_CONF, PROJECT_FILE, SETTINGS } from './infrastructure/documents';
import { Server, ServerFailure } from './infrastructure/language-server';
import { answerFileRequests } from './infrastructure/workspace-files';
import { navigateKeys } from './navigate/keys';
import { createConfigurations } from './new-configuration/new-configuration';
import { NodesView } from './nodes-view/nodes-view';
import { EditPreviews } from './plan-procedure/edits';
import { planProcedures } from './plan-procedure/plan-procedure';
import { Runbooks } from './plan-procedure/runbooks';
import { EffectiveDocuments } from './show-effective/show-effective';
import { RULE_LINK, showRulePages } from './show-rule/rule-pages';
import { CheckTimes, StatusItem } from './status/status-item';
import { suggestValues } from './suggest-values/suggest-values';
import { reportCursor } from './typing/cursor';
import { compareVersions } from './upgrade/upgrade';
import { writePolicies } from './write-policy/write-policy';

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export interface Running {
  /** Settles when the open documents have been classified; never rejects. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Activation, shared by both entry points. The server is started with the first Canton document or candidate for one,
 * so that a workspace with only `.properties` files does not start a process.
 */
export function start(context: vscode.ExtensionContext, createClient: CreateClient): Running {
  const output = vscode.window.createOutputChannel('Canton KMS', { log: true });
  const failure = new ServerFailure(output);
  const checks = new CheckTimes();
  const enclosing = new EnclosingDocuments(() => void server.start());
  const client = createClient(SETTINGS, 'Canton KMS', {
    documentSelector: documentSelector(CANTON_CONF),
    outputChannel: output,
    errorHandler: failure,
    initializationFailedHandler: (error) =>
      failure.report(vscode.l10n.t('it stopped during startup ({0})', `${error?.message ?? error}`)),
    initializationOptions: () => ({
      ...chosenVersion(),
      rulePage: RULE_LINK,
      isTrusted: vscode.workspace.isTrusted,
    }),
    synchronize: { configurationSection: SETTINGS },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: {
      workspace: configuration,
      ...suggestValues,
      ...withoutLinks,
      ...checks.middleware,
      ...enclosing.middleware,
    },
  });
  serveEnclosingDocuments(client);
  enclosing.sendWith(client);
  // Errors go to the log; ServerFailure reports once that the server is gone.
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  client.registerFeature(ourCapability);

  const server = new Server(client, failure);
  const detection = new LanguageDetection(client, server.start, output);
  const runbooks = new Runbooks(server, context.workspaceState);
  const previews = new EditPreviews();
  // A method can have only one handler, but there are two listeners.
  const statusChanged = new vscode.EventEmitter<void>();
  const configurationChanged = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    output,
    enclosing,
    statusChanged,
    configurationChanged,
    client.onNotification(CONFIGURATION_CHANGED, () => configurationChanged.fire()),
    client.onNotification(STATUS_CHANGED, () => statusChanged.fire()),
    detection,
    offerFirstKey(),
    checks,
    reportCursor(client),
    new StatusItem(client, checks, statusChanged.event),
    new NodesView(server, statusChanged.event, output),
    new EffectiveDocuments(server, configurationChanged.event),
    new Doctor(server, context.extension.packageJSON.version),
    new LogExplanations(server),
    new LaunchSetChoice(server, context.workspaceState),
    runbooks,
    previews,
    planProcedures(server, runbooks, previews),
    writePolicies(server),
    compareVersions(server),
    createConfigurations(server),
    new WorkspaceCheck(server),
    navigateKeys(server),
    vscode.commands.registerCommand(CHOOSE_VERSION, () => chooseCantonVersion(server)),
    vscode.commands.registerCommand(RESTART_SERVER, () => server.restart()),
    vscode.commands.registerCommand(SHOW_OUTPUT, () => output.show()),
    vscode.commands.registerCommand(GET_STARTED, () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#cantonKms.start`),
    ),
    answerFileRequests(client, context.extensionUri),
    showRulePages(client),
    // A trusted workspace may read what its files name.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) void server.restart();
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document) || enclosing.isWorthIt(document)) void server.start();
    }),
  );

  async function lookAtOpenDocuments(): Promise<void> {
    const { textDocuments } = vscode.workspace;
    if (textDocuments.some((document) => isOurs(document) || enclosing.isWorthIt(document))) await server.start();
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

/**
 * The settings that the user has set: a default from VS Code is not a choice. The result is plain data, because VS
 * Code's object has methods, which cannot be sent to a worker.
 */
function chosenVersion(scope?: vscode.ConfigurationScope): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS, scope);
  const chosen = (key: string) => {
    const { workspaceFolderValue, workspaceValue, globalValue } = configuration.inspect(key) ?? {};
    return workspaceFolderValue ?? workspaceValue ?? globalValue;
  };
  return { cantonVersion: chosen('cantonVersion'), edition: chosen('edition') };
}

/** VS Code underlines links permanently, and Go to Definition leads to an included file as well. */
const withoutLinks: Pick<Middleware, 'provideDocumentLinks'> = { provideDocumentLinks: () => [] };

/** Answers the server's question for the settings. */
const configuration: ConfigurationMiddleware = {
  async configuration(params, token, next) {
    const settings = await next(params, token);
    if (!Array.isArray(settings)) return settings;
    return params.items.map(({ section, scopeUri }, i) => {
      if (section !== SETTINGS) return settings[i];
      return { ...settings[i], ...chosenVersion(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri)) };
    });
  },
};

function isOurs(document: vscode.TextDocument): boolean {
  return document.languageId === CANTON_CONF || document.uri.path.endsWith(`/${PROJECT_FILE}`);
}
