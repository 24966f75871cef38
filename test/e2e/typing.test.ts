import { equal, fail, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { becomesCanton, closeAll, current, errors, eventually, openFile, positionAfter } from './kit/editor';

describe('typing', () => {
  let count = 0;

  after(async () => {
    await vscode.workspace.getConfiguration('editor').update('formatOnType', undefined);
    await closeAll();
  });

  /** Opens a text, types at the `|` in it, and gives what becomes of it, the cursor marked again. */
  async function type(marked: string, ...keys: string[]): Promise<() => string> {
    const { uri } = await openFile(`typing/typing${count++}.canton.conf`, marked.replace('|', ''));
    await becomesCanton(uri);
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    const at = current(uri).positionAt(marked.indexOf('|'));
    editor.selection = new vscode.Selection(at, at);
    for (const text of keys) await vscode.commands.executeCommand('type', { text });
    return () => {
      const text = current(uri).getText().replaceAll('\r', '');
      const cursor = current(uri).offsetAt(editor.selection.active);
      return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
    };
  }

  const cases: [title: string, before: string, keys: string[], after: string][] = [
    ['indents between braces', 'canton {|}\n', ['\n'], 'canton {\n  |\n}\n'],
    ['indents between brackets', 'canton.a = [|]\n', ['\n'], 'canton.a = [\n  |\n]\n'],
    ['closes braces and quotes', 'canton |\n', ['{', '\n', 'a', ' ', '=', ' ', '"'], 'canton {\n  a = "|"\n}\n'],
    ['goes on with a comment that is split', '  # one| two\n', ['\n'], '  # one\n  #| two\n'],
    ['goes on with a comment behind a value', 'canton.a = "#" // b| c\n', ['\n'], 'canton.a = "#" // b\n//| c\n'],
    ['gives the rest of a split comment a blank', '# one |two\n', ['\n'], '# one \n# |two\n'],
    ['ends a comment at its end', '# one|\n', ['\n'], '# one\n|\n'],
    ['takes no text for a comment', 'canton.a = "# x"| "y"\n', ['\n'], 'canton.a = "# x"\n| "y"\n'],
  ];
  for (const [title, before, keys, after] of cases) {
    it(title, async () => equal((await type(before, ...keys))(), after));
  }

  it('tidies while typing where that is switched on', async () => {
    await vscode.workspace.getConfiguration('editor').update('formatOnType', true);
    const text = await type('canton {\n  a = {\n b=1\n      c = 2\n|\n}\n', '}');
    await eventually(
      'the section is tidy',
      text,
      (now) => now === 'canton {\n  a = {\n    b = 1\n    c = 2\n  }|\n}\n',
    );
  });

  it('moves an entry by one place, and takes that back with one step', async () => {
    const text = await type('canton.participants.p1 {\n  crypto {\n    kms.region| = x\n    provider = kms\n  }\n}\n');
    await vscode.commands.executeCommand('cantonKms.moveEntryUp');
    equal(text(), 'canton.participants.p1 {\n  crypto.kms.region| = x\n  crypto {\n    provider = kms\n  }\n}\n');
    await vscode.commands.executeCommand('cantonKms.moveEntryDown');
    await vscode.commands.executeCommand('cantonKms.moveEntryDown');
    equal(text(), 'canton.participants.p1 {\n  crypto {\n    provider = kms\n    kms.region| = x\n  }\n}\n');
    await vscode.commands.executeCommand('undo');
    equal(
      text().replace('|', ''),
      'canton.participants.p1 {\n  crypto {\n    kms.region = x\n    provider = kms\n  }\n}\n',
    );
  });

  it('fixes what is plain when the file is saved, where that is wished for', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('codeActionsOnSave', { 'source.fixAll': 'explicit' });
    const text = await type('canton.participants.p1.crypto.kms {\n  type = aws\n  regoin = us-east-1|\n}\n', ' ');
    const { uri } = vscode.window.activeTextEditor?.document ?? fail('no editor is open');
    await eventually(
      'the mistake is known',
      () => errors(uri),
      (known) => known.length > 0,
    );
    await vscode.commands.executeCommand('workbench.action.files.save');
    await eventually('the key has its name', text, (now) => now.includes('  region = us-east-1'));
    await settings.update('codeActionsOnSave', undefined);
  });

  it('keeps the path of the cursor in sight', async () => {
    const { uri } = await openFile(
      'typing/path.canton.conf',
      'canton.participants.p1 {\n  crypto { kms { region = x } }\n}\n',
    );
    await becomesCanton(uri);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const at = positionAfter(uri, 'regi');
    const path: string[] = [];
    for (let list = symbols; list.length > 0; ) {
      const around = list.find(({ range }) => range.contains(at));
      if (around === undefined) break;
      path.push(around.name);
      list = around.children;
    }
    equal(path.join(' > '), 'canton.participants.p1 > crypto > kms > region');
  });
});
