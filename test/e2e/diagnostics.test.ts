import { equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  becomesCanton,
  closeAll,
  current,
  errors,
  eventually,
  hasErrors,
  openFile,
  replace,
  show,
  writeFile,
} from './kit/editor';

const AWS = `canton.participants.p1.crypto {
  provider = kms
  kms {
    type = aws
    region = us-east-1
  }
}
`;

describe('problems', () => {
  afterEach(closeAll);

  it('are underlined while typing and go when mended', async () => {
    const { uri } = await openFile('problems/typing.conf', AWS);
    await becomesCanton(uri);
    await hasErrors(uri);
    await replace(uri, 'region', 'regoin');
    await eventually(
      'the misspelled key is reported',
      () => errors(uri).join(),
      (seen) => seen.includes(': regoin'),
    );
    const problem = vscode.languages.getDiagnostics(uri).find(({ range }) => current(uri).getText(range) === 'regoin');
    equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    match(problem?.message ?? '', /region/);
    await replace(uri, 'regoin', 'region');
    await hasErrors(uri);
  });

  it('lead to the page of their rule', async () => {
    const { uri } = await openFile('problems/page.conf', AWS.replace('region', 'regoin'));
    await becomesCanton(uri);
    const link = await eventually(
      'a link',
      () =>
        vscode.languages
          .getDiagnostics(uri)
          .flatMap(({ code }) =>
            typeof code === 'object' && code.value === 'read/unknown-key' ? [code.target] : [],
          )[0],
      (target) => target !== undefined,
    );
    equal(link?.scheme, 'command');
    await vscode.commands.executeCommand(link?.path ?? '', ...JSON.parse(link?.query ?? '[]'));
    const tab = await eventually(
      'the page',
      () => vscode.window.tabGroups.activeTabGroup.activeTab,
      (active) => active?.label.startsWith('Preview') === true,
    );
    match(tab?.label ?? '', /unknown-key/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('of the syntax stay where they were made', async () => {
    const open = AWS.replace('  }\n', '');
    const { uri } = await openFile('problems/brace.conf', `${open}canton.participants.p2.crypto.provider = jce\n`);
    await becomesCanton(uri);
    const seen = await eventually(
      'a syntax problem',
      () => errors(uri),
      (all) => all.length > 0,
    );
    ok(seen.length <= 2, `one missing brace gives ${seen.length} problems`);
    ok(seen.some((problem) => problem.startsWith('hocon/')));
  });

  it('come and go with an included file, on disk or in an editor', async () => {
    const shared = await writeFile('problems/kms.conf', 'type = aws\nregion = us-east-1\n');
    const text = 'canton.participants.p1.crypto { provider = kms, kms { include "kms.conf" } }\n';
    const { uri } = await openFile('problems/includer.conf', text);
    await becomesCanton(uri);
    await hasErrors(uri);
    await writeFile('problems/kms.conf', 'type = aws\n');
    await eventually(
      'the includer is reported',
      () => errors(uri),
      (seen) => seen.length > 0,
    );
    await show(shared);
    await replace(shared, 'type = aws\n', 'type = aws\nregion = us-east-1\n');
    await hasErrors(uri);
  });

  it('follow the Canton version of the settings at once', async () => {
    // Session signing keys are unknown to 2.10.
    const text = 'canton.participants.p1.crypto { session-signing-keys { enabled = false }, provider = jce }\n';
    // A project file of its own, since one that says a version outranks the settings.
    await writeFile('problems/version/canton-kms.json', '{}');
    const { uri } = await openFile('problems/version/version.conf', text);
    await becomesCanton(uri);
    await hasErrors(uri);
    const settings = vscode.workspace.getConfiguration('cantonKms');
    await settings.update('cantonVersion', '2.10', vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(
        '2.10 refuses the section',
        () => errors(uri),
        (seen) => seen.length > 0,
      );
    } finally {
      await settings.update('cantonVersion', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await hasErrors(uri);
    await writeFile('problems/version/canton-kms.json', '{ "cantonVersion": "2.10" }');
    await eventually(
      'so does the project file, on disk',
      () => errors(uri),
      (seen) => seen.length > 0,
    );
    await replace(uri, 'canton.', '# canton-kms: version = 3.5\ncanton.');
    await hasErrors(uri);
  });

  for (const [name, text] of Object.entries({
    'empty.conf': '',
    'brace.conf': '{',
    'binary.conf': 'canton {\u0001\u0002\u001b\ufffd}',
    'conflict.conf': `<<<<<<< ours\n${AWS}=======\n${AWS}>>>>>>> theirs\n`,
    'crlf.conf': AWS.replaceAll('\n', '\r\n'),
    'deep.conf': `canton ${'{ a '.repeat(10_000)}`,
  })) {
    it(`leave the server alive: ${name}`, async () => {
      const { uri } = await openFile(`problems/bad/${name}`, text);
      await vscode.languages.setTextDocumentLanguage(current(uri), 'canton-conf');
      const probe = await openFile('problems/bad/probe.conf', AWS.replace('region', 'regoin'));
      await becomesCanton(probe.uri);
      await eventually(
        'the next file is checked',
        () => errors(probe.uri).join(),
        (seen) => seen.includes('regoin'),
      );
    });
  }
});
