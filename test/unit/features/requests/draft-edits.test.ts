import assert from 'node:assert/strict';
import type { CodeAction, SnippetTextEdit } from 'vscode-languageserver';
import { workbench } from '../../../kit/service';

/** The actions at the cursor in an editor that inserts snippets. */
async function drafted(marked: string): Promise<readonly CodeAction[]> {
  const { service, cursor } = workbench(marked);
  const { uri, position } = cursor;
  return service.codeActions(uri, { start: position, end: position }, { diagnostics: [], insertsSnippets: true });
}

/** The snippets of an action; its other edits as text. */
function snippetsOf(action: CodeAction | undefined): readonly string[] {
  return (action?.edit?.documentChanges ?? []).flatMap((change) =>
    'textDocument' in change
      ? change.edits.map((edit) =>
          'snippet' in edit ? (edit as SnippetTextEdit).snippet.value : `text ${edit.newText}`,
        )
      : [],
  );
}

const GCP = 'canton.participants.p1.crypto {\n  k‸ms {\n    type = gcp\n    location-id = us-east1\n  }\n}\n';

describe('a fix that brings values which nobody has chosen', () => {
  it('has a tab stop at each of them, and leaves the indentation to the editor', async () => {
    const fix = (await drafted(GCP)).find(({ title }) => title.startsWith("Add '"));
    const [snippet = '', ...others] = snippetsOf(fix);
    assert.deepEqual(others, []);
    assert.match(snippet, /project-id = \$\{\d:[^}]+\}/);
    assert.match(snippet, /key-ring-id = \$\{\d:[^}]+\}/);
    assert.ok(snippet.includes('\n') && !snippet.includes('\n    '), JSON.stringify(snippet));
  });

  it('is plain text in an editor without snippets', async () => {
    const { service, cursor } = workbench(GCP);
    const range = { start: cursor.position, end: cursor.position };
    const actions = await service.codeActions(cursor.uri, range, { diagnostics: [] });
    assert.ok(actions.every(({ edit }) => edit?.documentChanges === undefined));
  });

  it('leaves the type of a section as it is chosen', async () => {
    const marked = 'canton.participants.p1.crypto.k‸ms { region = us-east-1 }\n';
    const fix = (await drafted(marked)).find(({ title }) => title.startsWith("Add 'type = gcp'"));
    const [snippet = ''] = snippetsOf(fix);
    assert.match(snippet, /type = gcp/);
    assert.match(snippet, /location-id = \$\{1:/);
  });

  it('has a tab stop for the number of a duration', async () => {
    const marked =
      'canton.participants.p1.crypto.kms {\n  type = aws\n  region = us-east-1\n  session-signing-keys { enabled = yes, ‸key-validity-duration = 10 }\n}\n';
    const all = (await drafted(marked)).flatMap(snippetsOf);
    assert.ok(
      all.some((snippet) => /^\$\{1:10/.test(snippet)),
      all.join('\n'),
    );
  });
});

describe('changing the KMS type', () => {
  it('has a tab stop at each key that the new type requires', async () => {
    const marked = 'canton.participants.p1.crypto.kms {\n  type = a‸ws\n  region = us-east-1\n}\n';
    const change = (await drafted(marked)).find(({ title }) => title === "Change the KMS type from 'aws' to 'gcp'");
    const all = snippetsOf(change);
    assert.ok(all.includes('text gcp'), all.join('\n'));
    assert.ok(
      all.some((snippet) => /location-id = \$\{\d:/.test(snippet) && /project-id = \$\{\d:/.test(snippet)),
      all.join('\n'),
    );
  });
});
