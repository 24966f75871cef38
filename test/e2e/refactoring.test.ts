import { equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, current, errors, openFile, positionAfter, workspaceUri } from './kit/editor';

const TEXT = `canton.participants.p1 {
  crypto {
    provider = kms
    # of the bank
    kms { type = aws, region = us-east-1 }
  }
}
`;

describe('refactoring', () => {
  let uri: vscode.Uri;

  beforeEach(async () => {
    uri = (await openFile('refactoring/p1.conf', TEXT)).uri;
    await becomesCanton(uri);
  });
  afterEach(closeAll);

  async function actions(after: string): Promise<vscode.CodeAction[]> {
    const at = positionAfter(uri, after);
    const kind = vscode.CodeActionKind.Refactor.value;
    return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, new vscode.Range(at, at), kind);
  }

  async function run(after: string, title: string): Promise<void> {
    const found = await actions(after);
    const action = found.find((one) => one.title === title);
    ok(action?.edit !== undefined, found.map((one) => one.title).join());
    ok(await vscode.workspace.applyEdit(action.edit));
  }

  it('moves a section to a new file, and takes it back', async () => {
    await run('cryp', "Extract 'crypto' to file 'p1-crypto.conf'");
    equal(current(uri).getText(), 'canton.participants.p1 {\n  crypto { include required("p1-crypto.conf") }\n}\n');
    const made = await vscode.workspace.openTextDocument(workspaceUri('refactoring/p1-crypto.conf'));
    equal(made.getText(), 'provider = kms\n# of the bank\nkms { type = aws, region = us-east-1 }\n');
    await vscode.workspace.saveAll();
    equal(errors(uri).length, 0);
    await run('inclu', "Inline file 'p1-crypto.conf'");
    equal(current(uri).getText(), TEXT);
    await vscode.workspace.saveAll();
  });

  it('shares a section with other nodes, and writes keys in another way', async () => {
    await run('cryp', "Extract 'crypto' to '_shared.crypto'");
    ok(current(uri).getText().startsWith('_shared.crypto {\n  provider = kms\n'), current(uri).getText());
    await run('canton.partic', "Flatten 'canton.participants.p1' to dotted keys");
    ok(current(uri).getText().endsWith('canton.participants.p1.crypto = ${_shared.crypto}\n'), current(uri).getText());
  });

  it('changes the provider', async () => {
    await run('type = a', "Change the KMS type from 'aws' to 'gcp'");
    ok(current(uri).getText().includes('kms { type = gcp, location-id = us-east1, '), current(uri).getText());
    ok(!current(uri).getText().includes('region'), current(uri).getText());
  });
});
