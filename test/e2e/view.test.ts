import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, eventually, openFile, positionAfter } from './kit/editor';

const TEXT = '# A node.\ncanton.participants.p1.crypto { provider = jce }\n';

interface Step {
  readonly description: string;
  readonly media: { readonly image: string };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('canton-kms.canton-kms');
  ok(found !== undefined);
  return found;
}

describe('the view and the walkthrough', () => {
  after(closeAll);

  it('shows where a node of the view is configured', async () => {
    const { uri } = await openFile('view/p1.conf', TEXT);
    await becomesCanton(uri);
    const start = positionAfter(uri, 'participants.');
    await closeAll();
    const node = { uri: uri.toString(), range: { start, end: start } };
    await vscode.commands.executeCommand('cantonKms.showNode', { node });
    const editor = await eventually(
      'the file is shown',
      () => vscode.window.activeTextEditor,
      (active) => active?.document.uri.toString() === uri.toString(),
    );
    deepEqual(editor?.selection.start, start);
  });

  it('leads through pictures that exist, with links to commands that exist', async () => {
    const { walkthroughs, viewsWelcome } = extension().packageJSON.contributes;
    const steps: Step[] = walkthroughs[0].steps;
    equal(steps.length, 4);
    for (const { media } of steps)
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension().extensionUri, media.image));
    const commands = new Set(await vscode.commands.getCommands(true));
    for (const description of [...steps.map((step) => step.description), viewsWelcome[0].contents]) {
      const links = [...description.matchAll(/\(command:([^)?]+)/g)].map(([, id]) => id as string);
      ok(links.length > 0, description);
      deepEqual(
        links.filter((id) => !commands.has(id)),
        [],
      );
    }
  });
});
