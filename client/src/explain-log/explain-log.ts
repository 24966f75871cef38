import * as vscode from 'vscode';
import { EXPLAIN_LOG, type ExplainLogParams } from '../../../server/src/lsp/protocol';
import { EXPLAIN_LOG_COMMAND, reportErrors } from '../infrastructure/commands';
import { isConfiguration } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { candidateFiles, fileName, launchSetsOf } from '../infrastructure/workspace-nodes';

const TITLE = vscode.l10n.t('Explain a Canton Log');
const SCHEME = 'canton-kms-log';
const DOCUMENT = vscode.Uri.from({ scheme: SCHEME, path: '/Explained log.md' });

/** Explains the failures in a log that is open, selected or in the clipboard, with links to the lines of the configuration. */
export class LogExplanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.commands.registerCommand(EXPLAIN_LOG_COMMAND, (given?: ExplainLogParams) =>
      reportErrors(TITLE, () => this.explain(given)),
    ),
  );
  private markdown = '';

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  provideTextDocumentContent(): string {
    return this.markdown;
  }

  private async explain(given: ExplainLogParams | undefined): Promise<void> {
    const params = given ?? (await this.ask());
    if (params === undefined) return;
    const result = await this.server.request(EXPLAIN_LOG, params);
    if (result === null)
      throw new Error(vscode.l10n.t('The log could not be read. See the output channel "Canton KMS" for the reason.'));
    this.markdown = result.markdown;
    this.changed.fire(DOCUMENT);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', DOCUMENT);
  }

  /** Undefined if the user gave up. */
  private async ask(): Promise<ExplainLogParams | undefined> {
    const text = await askForLog();
    if (text === undefined) return undefined;
    const configuration = await this.askForConfiguration();
    return configuration && { text, ...configuration };
  }

  private async askForConfiguration(): Promise<Pick<ExplainLogParams, 'uri'> | undefined> {
    const sets = await launchSetsOf(this.server, await candidateFiles());
    const items = sets.flatMap(({ name, nodes }) => {
      const [first] = nodes;
      return first === undefined
        ? []
        : [{ label: name, description: nodes.map(({ node }) => node.id).join(', '), uri: first.node.uri }];
    });
    if (items.length < 2) return { uri: items[0]?.uri };
    const none = {
      label: vscode.l10n.t('None of these'),
      description: vscode.l10n.t('Explain it without the configuration'),
      uri: undefined,
    };
    const picked = await vscode.window.showQuickPick([...items, none], {
      title: TITLE,
      placeHolder: vscode.l10n.t('Which configuration was Canton started with?'),
      matchOnDescription: true,
    });
    return picked && { uri: picked.uri };
  }
}

/** The selection or the text of the active editor, unless it is a configuration, or the clipboard; undefined if neither was chosen. */
async function askForLog(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const clipboard = await vscode.env.clipboard.readText();
  const document = editor === undefined || isConfiguration(editor.document) ? undefined : editor.document;
  if (editor === undefined || document === undefined || document.getText().trim() === '') {
    if (clipboard.trim() === '') throw new Error(vscode.l10n.t('Open a log, or copy a part of one.'));
    return clipboard;
  }
  const selected = editor.selection.isEmpty ? undefined : document.getText(editor.selection);
  if (clipboard.trim() === '') return selected ?? document.getText();
  const name = fileName(document.uri.toString());
  const here = {
    label:
      selected === undefined ? vscode.l10n.t('The text of {0}', name) : vscode.l10n.t('The selection in {0}', name),
    text: selected ?? document.getText(),
  };
  const copied = { label: vscode.l10n.t('The clipboard'), text: clipboard };
  const placeHolder = vscode.l10n.t('Which log?');
  const picked = await vscode.window.showQuickPick([here, copied], { title: TITLE, placeHolder });
  return picked?.text;
}
