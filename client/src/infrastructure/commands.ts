import * as vscode from 'vscode';

/** Command ids, as package.json contributes them. */
export const CHOOSE_VERSION = 'cantonKms.chooseCantonVersion';
export const CONFIGURE_KMS = 'cantonKms.configureKms';
export const ENABLE_ENVELOPE = 'cantonKms.enableEnvelope';
export const ENABLE_EXTERNAL = 'cantonKms.enableExternal';
export const ROTATE_WRAPPER_KEY = 'cantonKms.rotateWrapperKey';
export const ROTATE_EXTERNAL_KEYS = 'cantonKms.rotateExternalKeys';
export const WRITE_POLICY = 'cantonKms.writePolicy';
export const UPGRADE_CONFIGURATION = 'cantonKms.compareVersions';
export const PREVIEW_EDITS = 'cantonKms.previewEdits';
export const OPEN_CONSOLE_SCRIPT = 'cantonKms.openConsoleScript';
export const SHOW_NODE = 'cantonKms.showNode';
export { PLAN_PROCEDURE, SHOW_EFFECTIVE } from '../../../server/src/lsp/protocol';
export const CHOOSE_LAUNCH_SET = 'cantonKms.chooseLaunchSet';
export const RESTART_SERVER = 'cantonKms.restartServer';
export const SHOW_OUTPUT = 'cantonKms.showOutput';
export const EXPLAIN_LOG_COMMAND = 'cantonKms.explainLog';
/** For the link of the empty view, whose text, like its translations, does not name the publisher. */
export const GET_STARTED = 'cantonKms.getStarted';
export const SHOW_REPORT = 'cantonKms.showReport';
export const REFRESH_NODES = 'cantonKms.refreshNodes';
export const PREVIOUS_DEFINITION = 'cantonKms.previousDefinition';
export const NEXT_DEFINITION = 'cantonKms.nextDefinition';
export const COPY_KEY_PATH = 'cantonKms.copyKeyPath';
export const MOVE_ENTRY_UP = 'cantonKms.moveEntryUp';
export const MOVE_ENTRY_DOWN = 'cantonKms.moveEntryDown';
export const NEW_CONFIGURATION = 'cantonKms.newConfiguration';
export const NEW_NODE = 'cantonKms.newNode';
export const CHECK_WORKSPACE = 'cantonKms.checkWorkspace';

/** An error with follow-up commands, which the message offers as buttons. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly ways: readonly { readonly title: string; run(): unknown }[],
  ) {
    super(message);
  }
}

/** The follow-up where there is no Canton configuration yet. */
export function newConfiguration(): Refusal['ways'][number] {
  const run = () => vscode.commands.executeCommand(NEW_CONFIGURATION);
  return { title: vscode.l10n.t('New Configuration'), run };
}

/** Runs a command and reports a failure in one sentence, with follow-up commands. Never rejects. */
export async function reportErrors(title: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const message = `${title}: ${error instanceof Error ? error.message : String(error)}`;
    void offer(message, error instanceof Refusal ? error.ways : []);
  }
}

async function offer(message: string, ways: Refusal['ways']): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(message, ...ways.map(({ title }) => title));
  await ways.find(({ title }) => title === chosen)?.run();
}

/** Ticks a step of the walkthrough. It is called when the command of the step has succeeded. */
export async function succeeded(step: 'configure' | 'check' | 'migrate' | 'rotate'): Promise<void> {
  await vscode.commands.executeCommand('setContext', `cantonKms.succeeded.${step}`, true);
}
