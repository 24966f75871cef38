import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { parse } from 'yaml';
import { closeAll, current, errors, eventually, hasErrors, openFile, positionAfter, replace } from './kit/editor';

const KMS = 'canton.participants.participant.crypto.kms';
const VALUES = `# values
additionalEnvVars:
  - name: ADDITIONAL_CONFIG_KMS
    value: |
      ${KMS} {
        type = aws
        region = eu-west-1
        retr
      }
  - name: OTHER
    value: x
`;

/** Puts the cursor behind a text of the active editor and takes the first completion there. */
async function complete(uri: vscode.Uri, before: string): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  ok(editor !== undefined);
  const position = positionAfter(uri, before);
  editor.selection = new vscode.Selection(position, position);
  const text = editor.document.getText();
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await eventually(
    `a completion behind '${before}' is accepted`,
    async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return editor.document.getText();
    },
    (now) => now !== text,
  );
  return editor.document.getText();
}

describe('HOCON inside YAML and Markdown', () => {
  afterEach(closeAll);

  it('is underlined where it is written, and the file stays what it is', async () => {
    const { uri } = await openFile('embedded/values.yaml', VALUES.replace('retr\n', 'regoin = x\n'));
    await hasErrors(uri, 'read/unknown-key: regoin');
    equal(current(uri).languageId, 'yaml');
    await replace(uri, '# values\n', '# values\n# of a chart\n');
    await replace(uri, 'regoin = x', 'audit-logging = yep');
    await hasErrors(uri, 'read/wrong-type: yep');
    await openFile('embedded/README.md', `1. Do\n   \`\`\`hocon\n   ${KMS}.type = awz\n   \`\`\`\n`);
    await hasErrors(vscode.window.activeTextEditor?.document.uri as vscode.Uri, 'read/invalid-value: awz');
  });

  it('is completed in a block scalar, and the file stays valid YAML', async () => {
    const { uri } = await openFile('embedded/values.yaml', VALUES);
    await hasErrors(uri, 'hocon/no-value: retr');
    const text = await complete(uri, 'retr');
    const [variable, other] = parse(text).additionalEnvVars;
    equal(other.value, 'x');
    equal(
      variable.value.replace(/^ *\n/gm, '\n'),
      `${KMS} {\n  type = aws\n  region = eu-west-1\n  retries {\n    \n  }\n}\n`.replace(/^ *\n/gm, '\n'),
    );
    await eventually(
      'the cursor is in the new section',
      () => vscode.window.activeTextEditor?.selection.active,
      (cursor) => cursor?.line === 8 && cursor.character === 10,
    );
  });

  it('is completed in the map of a Splice chart, in its words', async () => {
    const { uri } = await openFile(
      'embedded/splice.yaml',
      'kms:\n  type: aws\n  region: eu-west-1\n  multiReg\nother: 1\n',
    );
    await hasErrors(uri, 'hocon/no-value: multiReg');
    const text = await complete(uri, 'multiReg');
    ok(text.startsWith('kms:\n  type: aws\n  region: eu-west-1\n  multiRegionKey: \nother'), text);
  });

  it('is mended in the words of the chart', async () => {
    const { uri } = await openFile(
      'embedded/splice.yaml',
      'kms:\n  type: gcp\n  locationId: europe-west3\n  keyRing: a\n  projectId: p\n',
    );
    await hasErrors(uri, 'read/unknown-key: keyRing');
    const [problem] = vscode.languages
      .getDiagnostics(uri)
      .filter(({ range }) => current(uri).getText(range) === 'keyRing');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem?.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const rename = actions.find(({ title }) => title.includes('key-ring-id') && title.startsWith('Rename'));
    ok(rename?.edit, actions.map(({ title }) => title).join());
    ok(await vscode.workspace.applyEdit(rename.edit));
    ok(current(uri).getText().includes('\n  keyRingId: a\n'));
    await hasErrors(uri);
  });

  it('is found as soon as it is typed, and everything else is left to others', async () => {
    const { uri } = await openFile('embedded/other.yaml', 'service:\n  script: |\n    ls { \n');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(3, 0), 'kms:\n  type: awz\n  region: x\n');
    await vscode.workspace.applyEdit(edit);
    // `awz` may belong to another chart.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    deepEqual(errors(uri), []);
    await replace(uri, 'awz', 'aws');
    await replace(uri, 'region', 'regoin');
    await hasErrors(uri, 'read/unknown-key: regoin');
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', uri, options);
    equal(edits, undefined, 'YAML has no formatter of ours');
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 2],
        [1, 2],
        [3, 5],
      ],
      'its folds are those of its indentation',
    );
  });
});
