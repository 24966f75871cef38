import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { RULE_PAGE, type RulePageParams } from '../../../server/src/lsp/protocol';

const SHOW_RULE = 'cantonKms.showRule';
const SCHEME = 'canton-kms-rule';

/** The target of a diagnostic's code: a command, which works offline and in a browser. `CODE` represents the code. */
export const RULE_LINK = `command:${SHOW_RULE}?%5B%22CODE%22%5D`;

/** Shows the server's pages of rules as rendered Markdown. */
export function showRulePages(client: BaseLanguageClient): vscode.Disposable {
  const pages: vscode.TextDocumentContentProvider = {
    async provideTextDocumentContent({ path }) {
      const params: RulePageParams = { code: path.replace(/^\/|\.md$/g, '') };
      const page = await client.sendRequest(RULE_PAGE, params);
      return page?.markdown;
    },
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, pages),
    vscode.commands.registerCommand(SHOW_RULE, (code: string) =>
      vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` })),
    ),
  );
}
