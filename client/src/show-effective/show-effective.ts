import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import {
  EFFECTIVE,
  type EffectiveLink,
  type EffectiveParams,
  type NodeSummary,
} from '../../../server/src/lsp/protocol';
import { reportErrors, SHOW_EFFECTIVE } from '../infrastructure/commands';
import { EFFECTIVE_SCHEME } from '../infrastructure/documents';
import type { Server } from '../infrastructure/language-server';
import { nodeChoices } from '../infrastructure/workspace-nodes';

/** The path is the name of the tab, and its extension makes the document a Canton configuration, for syntax colors. */
function effectiveUri(params: EffectiveParams): vscode.Uri {
  const path = `/${params.node} (effective).canton.conf`;
  return vscode.Uri.from({ scheme: EFFECTIVE_SCHEME, path, query: JSON.stringify(params) });
}

/** The argument of a command that is run on a row of the view; undefined from the command palette. */
interface Row {
  readonly node: NodeSummary;
}

/** Keeps the effective configuration of a node up to date with the files to which its comments link. */
export class EffectiveDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly links = new Map<string, readonly EffectiveLink[]>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    configurationChanged: vscode.Event<void>,
  ) {
    this.disposables = [
      this.changed,
      configurationChanged(() => this.refresh()),
      server.client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refresh();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.links.delete(uri.toString())),
      vscode.commands.registerCommand(SHOW_EFFECTIVE, (given?: EffectiveParams | Row) => showEffective(server, given)),
      vscode.workspace.registerTextDocumentContentProvider(EFFECTIVE_SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: EFFECTIVE_SCHEME }, this),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const params = JSON.parse(uri.query) as EffectiveParams;
    if (!(await this.server.start())) return `# ${vscode.l10n.t('The language server is not running.')}\n`;
    const result = await this.server.request(EFFECTIVE, params);
    this.links.set(uri.toString(), result?.links ?? []);
    return result?.text ?? `# ${vscode.l10n.t('{0} is no longer configured.', params.node)}\n`;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.links.get(document.uri.toString()) ?? []).map(({ range: { start, end }, uri, line }) => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return new vscode.DocumentLink(range, vscode.Uri.parse(uri).with({ fragment: `L${line + 1}` }));
    });
  }

  private refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === EFFECTIVE_SCHEME) this.changed.fire(uri);
    }
  }
}

const TITLE = vscode.l10n.t('Show the Effective KMS Configuration');

/**
 * Shows the effective configuration of a node beside its files: the node of a lens or a row, otherwise one that the
 * user picks.
 */
async function showEffective(server: Server, given: EffectiveParams | Row | undefined): Promise<void> {
  await reportErrors(TITLE, async () => {
    const params = given === undefined ? await askForNode(server) : paramsOf(given);
    if (params === undefined) return;
    const document = await vscode.workspace.openTextDocument(effectiveUri(params));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  });
}

function paramsOf(given: EffectiveParams | Row): EffectiveParams {
  return typeof given.node === 'string' ? (given as EffectiveParams) : { uri: given.node.uri, node: given.node.id };
}

async function askForNode(server: Server): Promise<EffectiveParams | undefined> {
  const nodes = await nodeChoices(server);
  const options = { title: TITLE, placeHolder: vscode.l10n.t('Which node?'), matchOnDescription: true };
  const picked = nodes.length === 1 ? nodes[0] : await vscode.window.showQuickPick(nodes, options);
  return picked && { uri: picked.uri, node: picked.node };
}
