import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  EFFECTIVE,
  type EffectiveLink,
  type EffectiveParams,
  type EffectiveResult,
} from '../../../server/src/lsp/protocol';
import { EFFECTIVE_SCHEME } from '../language';

/** The tab is named by the path; its ending makes the document a Canton configuration, for the colours. */
export function effectiveUri(params: EffectiveParams): vscode.Uri {
  const path = `/${params.node} (effective).canton.conf`;
  return vscode.Uri.from({ scheme: EFFECTIVE_SCHEME, path, query: JSON.stringify(params) });
}

/** Keeps what is shown of a node in step with the files, whose places its comments link to. */
export class EffectiveDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly links = new Map<string, readonly EffectiveLink[]>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly client: BaseLanguageClient,
    private readonly serverRuns: () => Promise<boolean>,
    configurationChanged: vscode.Event<void>,
  ) {
    this.disposables = [
      this.changed,
      configurationChanged(() => this.refresh()),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refresh();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.links.delete(uri.toString())),
      vscode.workspace.registerTextDocumentContentProvider(EFFECTIVE_SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: EFFECTIVE_SCHEME }, this),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const params = JSON.parse(uri.query) as EffectiveParams;
    if (!(await this.serverRuns())) return '# The language server is not running.\n';
    const result = await this.client.sendRequest<EffectiveResult | null>(EFFECTIVE, params);
    this.links.set(uri.toString(), result?.links ?? []);
    return result?.text ?? `# ${params.node} is not configured any more.\n`;
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
