import { deepEqual, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, current, eventually, openFile, positionAfter } from './kit/editor';

const TEXT =
  `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = aws
    region = us-east-1
    audit-logging = true
    ` +
  `
  }
}
`;

describe('authoring', () => {
  let uri: vscode.Uri;

  before(async () => {
    uri = (await openFile('authoring/p1.conf', TEXT)).uri;
    await becomesCanton(uri);
  });
  after(closeAll);

  async function completions(position: vscode.Position): Promise<string[]> {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      position,
    );
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  it('completes the keys of the provider that are not there yet', async () => {
    const labels = await completions(positionAfter(uri, 'audit-logging = true\n    '));
    ok(labels.includes('multi-region-key'), labels.join());
    ok(!labels.includes('region'), 'region is written already');
    ok(!labels.includes('location-id'), 'that one is a key of GCP');
  });

  it('completes the values that a key can have', async () => {
    const labels = await completions(positionAfter(uri, 'type = '));
    for (const type of ['aws', 'gcp', 'driver']) ok(labels.includes(type), labels.join());
  });

  it('accepts a key of shared configuration and goes on with its values', async () => {
    const text = '_kms {\n  type = aws\n  \n}\ncanton.participants.p1.crypto.kms = ${_kms}\n';
    const { uri: shared } = await openFile('authoring/shared.canton.conf', text);
    const position = positionAfter(shared, 'type = aws\n  ');
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('type', { text: 'reg' });
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    const acceptUntil = (what: string, done: RegExp) =>
      eventually(
        what,
        async () => {
          await vscode.commands.executeCommand('acceptSelectedSuggestion');
          return current(shared).getText();
        },
        (now) => done.test(now),
      );
    await acceptUntil('the key is completed', /\n {2}region = /);
    // The values are shown without typing.
    await acceptUntil('a region is chosen', /\n {2}region = [a-z]+-[a-z]+-\d\n/);
  });

  it('explains a key under the mouse', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      positionAfter(uri, 'audit-log'),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (part as vscode.MarkdownString).value)
      .join();
    ok(text.includes('audit-logging') && text.includes('Effective value: `true`'), text);
  });

  it('outlines the file', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const names = (list: readonly vscode.DocumentSymbol[]): string[] =>
      list.flatMap(({ name, children }) => [name, ...names(children)]);
    ok(names(symbols).includes('region'), names(symbols).join());
  });

  it('folds objects', async () => {
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    ok(
      ranges.some(({ start }) => start === 2),
      JSON.stringify(ranges),
    );
  });

  it('offers whole sections in a node that has none', async () => {
    const { uri: node } = await openFile('authoring/sections.canton.conf', 'canton.participants.p1 {\n\n}\n');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      node,
      new vscode.Position(1, 0),
    );
    const labels = list.items
      .filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet)
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const mode of ['external keys', 'envelope encryption']) {
      ok(labels.includes(`crypto (aws, ${mode})`), `${mode} is not among ${labels.join(', ')}`);
    }
  });

  it('checks the project file against its schema', async () => {
    const { uri: project } = await openFile('authoring/canton-kms.json', '{ "cantonVersion": "3.7", "editoin": "x" }');
    const seen = await eventually(
      'the JSON is checked',
      () => vscode.languages.getDiagnostics(project).map(({ range }) => current(project).getText(range)),
      (texts) => texts.length === 2,
    );
    deepEqual(seen.sort(), ['"3.7"', '"editoin"']);
  });
});
