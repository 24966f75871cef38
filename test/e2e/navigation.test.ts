import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, eventually, openFile, positionAfter, show, writeFile } from './kit/editor';

const BASE = 'canton.participants.p1.crypto.kms.region = us-east-1\n';
const MAIN = `include "base"
canton.participants.p1.crypto.kms {
  type = aws
  region = eu-west-1
}
`;

describe('navigation', () => {
  let uri: vscode.Uri;
  let base: vscode.Uri;

  before(async () => {
    base = await writeFile('navigation/base.conf', BASE);
    uri = (await openFile('navigation/main.conf', MAIN)).uri;
    await becomesCanton(uri);
  });
  after(closeAll);

  function putCursor(position: vscode.Position): void {
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    editor.selection = new vscode.Selection(position, position);
  }

  async function selected(where: vscode.Uri, text: string): Promise<void> {
    await eventually(
      `'${text}' is selected in ${where.path}`,
      () => {
        const editor = vscode.window.activeTextEditor;
        return [editor?.document.uri.toString(), editor?.document.getText(editor.selection)];
      },
      ([file, selection]) => file === where.toString() && selection === text,
    );
  }

  it('goes to the previous and to the next definition of a key, in another file as well', async () => {
    putCursor(positionAfter(uri, 'region'));
    await vscode.commands.executeCommand('cantonKms.previousDefinition');
    await selected(base, 'region');
    await becomesCanton(base);
    await vscode.commands.executeCommand('cantonKms.nextDefinition');
    await selected(uri, 'region');
    equal(vscode.window.activeTextEditor?.selection.start.line, 3);
  });

  it('copies the path of the key at the cursor', async () => {
    await show(uri);
    putCursor(positionAfter(uri, 'eu-west'));
    await vscode.commands.executeCommand('cantonKms.copyKeyPath');
    // The clipboard of a desktop is another process.
    const copied = () => vscode.env.clipboard.readText();
    await eventually('the copied path', copied, (path) => path === 'canton.participants.p1.crypto.kms.region');
  });

  it('has keys of its own that take none away from VS Code', async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    type Binding = { readonly key: string; readonly command: string };
    const bindings = [...defaults.getText().matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)].map(
      ([, key = '', command = '']): Binding => ({ key, command }),
    );
    const isOurs = ({ command }: Binding) => command.startsWith('cantonKms.');
    const ours = new Set(bindings.filter(isOurs).map(({ key }) => key));
    ok(ours.size > 0 && bindings.length > 500, `${ours.size} of ${bindings.length}`);
    deepEqual(
      bindings.filter((binding) => !isOurs(binding) && ours.has(binding.key)),
      [],
    );
  });

  it('leads to included files, and underlines nothing for that', async () => {
    await show(uri);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri,
      positionAfter(uri, 'include "ba'),
    );
    deepEqual(
      found.map((one) => ('uri' in one ? one.uri : one.targetUri).toString()),
      [base.toString()],
    );
    deepEqual(await vscode.commands.executeCommand('vscode.executeLinkProvider', uri), []);
  });

  it('renames a key in every file, and says why it does not', async () => {
    await show(uri);
    const rename = (after: string, name: string) =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        uri,
        positionAfter(uri, after),
        name,
      );
    const edit = await rename('participants.p', 'bank');
    deepEqual(
      edit
        .entries()
        .map(([file]) => file.toString())
        .sort(),
      [base.toString(), uri.toString()],
    );
    const failure = await rename('crypto.km', 'x').then(
      () => 'renamed',
      (error: Error) => error.message,
    );
    ok(failure.includes("'kms' is a Canton key and cannot be renamed."), failure);
  });

  it('goes from a substitution to the definition in another file', async () => {
    const text = 'include "base"\ncanton.participants.p2.crypto.kms = ${canton.participants.p1.crypto.kms}\n';
    const { uri: user } = await openFile('navigation/user.conf', text);
    await becomesCanton(user);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      user,
      positionAfter(user, 'participants.p1.crypto.k'),
    );
    deepEqual(
      found.map(({ uri: file }) => file.toString()),
      [base.toString()],
    );
  });

  it('finds the same references from a substitution and from its definition', async () => {
    const text = '_shared { region = us-east-1 }\ncanton.participants.p3.crypto.kms { region = ${_shared.region} }\n';
    const { uri: user } = await openFile('navigation/references.conf', text);
    await becomesCanton(user);
    const from = async (after: string) => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        user,
        positionAfter(user, after),
      );
      return found.map(({ range }) => `${range.start.line}:${range.start.character}`).sort();
    };
    const all = await from('_shared { reg');
    ok(all.length >= 2, all.join());
    deepEqual(await from('${_shared.reg'), all);
  });
});
