import { deepEqual, equal, match } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, current, eventually, openFile, replace, writeFile } from './kit/editor';

const TEXT = `canton.participants.p1.crypto {
  provider = kms
  kms { include "kms.conf" }
}
`;
const KMS = 'type = aws\nregion = us-east-1\n';

async function lenses(uri: vscode.Uri): Promise<vscode.Command[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return found.flatMap(({ command }) => command ?? []);
}

const shown = () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'canton-kms');

describe('the effective configuration of a node', () => {
  let uri: vscode.Uri;

  before(async () => {
    await writeFile('overview/kms.conf', KMS);
    uri = (await openFile('overview/p1.conf', TEXT)).uri;
    await becomesCanton(uri);
  });
  after(closeAll);

  it('is opened by a click on the lens, read-only, colored and without problems', async () => {
    const [lens] = await eventually(
      'there is a lens',
      () => lenses(uri),
      (found) => found.length > 0,
    );
    match(lens?.title ?? '', /^External keys · aws · us-east-1/);
    await vscode.commands.executeCommand(lens?.command ?? '', ...(lens?.arguments ?? []));
    const editor = await eventually('the document is shown', shown, (found) => found !== undefined);
    equal(editor?.document.languageId, 'canton-conf');
    match(editor?.document.getText() ?? '', /^ {4}region = us-east-1 +# overview\/kms.conf:2$/m);
    await vscode.window.showTextDocument(editor?.document as vscode.TextDocument);
    equal(
      await vscode.commands.executeCommand('default:type', { text: 'x' }).then(() => shown()?.document.isDirty),
      false,
    );
    deepEqual(vscode.languages.getDiagnostics(editor?.document.uri as vscode.Uri), []);
  });

  it('is what a log is explained with, in a preview', async () => {
    const text =
      '2026-11-30 21:14:27,128 [main] ERROR c.d.c.c.k.a.AwsKms:participant=p1 - KMS operation `signing with key KmsKeyId(a)` failed: KmsSignError(keyId = KmsKeyId(a), reason = Rate exceeded)';
    await vscode.commands.executeCommand('cantonKms.explainLog', { text, uri: uri.toString() });
    await eventually(
      'the explanation is shown',
      () =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('Explained log')),
      (found) => found !== undefined,
    );
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('canton-kms-log:/Explained log.md'));
    match(page.getText(), /kms\/throttled/);
  });

  it('has its defaults hinted at in the file', async () => {
    const range = new vscode.Range(0, 0, 4, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      uri,
      range,
    );
    deepEqual(
      hints.map(({ label, position }) => [position.line, label]),
      [[2, 'default: audit-logging = false']],
    );
  });

  it('links to where its values were written', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      shown()?.document.uri,
    );
    const targets = links.map(({ target }) => `${target?.path.split('/').at(-1)}#${target?.fragment}`);
    deepEqual(targets, ['p1.conf#L2', 'kms.conf#L1', 'kms.conf#L2']);
  });

  it('follows edits, of an included file as well, and changes on disk', async () => {
    const text = () => shown()?.document.getText() ?? '';
    await vscode.window.showTextDocument(current(uri), vscode.ViewColumn.One);
    await replace(uri, 'provider = kms\n', 'provider = kms\n  signing.keys.default = ec-p-384\n');
    await eventually('an edit shows', text, (seen) => seen.includes('signing.keys.default = ec-p-384'));
    await writeFile('overview/kms.conf', KMS.replace('us-east-1', 'eu-central-1'));
    await eventually('a change on disk shows', text, (seen) => seen.includes('region = eu-central-1'));
    await eventually(
      'the lens follows',
      () => lenses(uri),
      (found) => found[0]?.title.includes('eu-central-1') === true,
    );
    await replace(uri, 'participants.p1', 'participants.p2');
    await eventually('a node that went shows', text, (seen) => seen.includes('is no longer configured'));
  });
});
