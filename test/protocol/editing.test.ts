import assert from 'node:assert/strict';
import { type CodeAction, CodeActionRequest, RenameRequest, type TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { LspClient, PULL } from '../kit/lsp-client';

describe('editing over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  const open = async (name: string, text: string) => {
    const document = TextDocument.create(folder.uri(name), 'canton-conf', 1, text);
    await client.open(document.uri, text);
    return document;
  };
  beforeEach(async () => {
    folder = new TestFolder();
    client = await LspClient.start({ command: [built('cli.js'), 'lsp', '--stdio'], folders: [folder.uri()] });
  });
  afterEach(() => {
    client.kill();
    folder.remove();
  });

  it('the kinds of code actions are announced, and only those that are asked for are given', async () => {
    const document = await open(
      'a.conf',
      'canton.participants.p1.crypto.kms {\n  type = aws\n  regoin = us-east-1\n}\n',
    );
    const provider = client.initializeResult?.capabilities.codeActionProvider;
    assert.deepEqual(typeof provider === 'object' && provider.codeActionKinds, [
      'quickfix',
      'refactor.extract',
      'refactor.inline',
      'refactor.rewrite',
      'refactor.plan',
      'source.fixAll.cantonKms',
    ]);
    const kinds = async (only?: string[]) => {
      const position = { line: 2, character: 4 };
      const actions = await client.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: document.uri },
        range: { start: position, end: position },
        context: { diagnostics: [], ...(only && { only }) },
      });
      return new Set((actions ?? []).map((action) => 'kind' in action && action.kind));
    };
    assert.ok((await kinds()).has('quickfix'));
    assert.ok(!(await kinds()).has('source.fixAll.cantonKms'));
    assert.deepEqual(await kinds(['source']), new Set(['source.fixAll.cantonKms']));
    assert.deepEqual(await kinds(['source.organizeImports']), new Set());
  });

  it('say which version of a document they were made for, to editors that refuse stale ones', async () => {
    client.kill();
    client = await LspClient.start({
      command: [built('cli.js'), 'lsp', '--stdio'],
      folders: [folder.uri()],
      capabilities: { ...PULL, workspace: { ...PULL.workspace, workspaceEdit: { documentChanges: true } } },
    });
    const text = 'canton.participants.p1.crypto.kms {\n  type = aws\n  regoin = us-east-1\n}\n';
    const { uri } = await open('a.conf', text);
    await client.change(uri, `${text}\n`);
    const position = { line: 2, character: 4 };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const edits = (actions ?? []).flatMap((action) => ('edit' in action && action.edit ? [action.edit] : []));
    assert.ok(edits.length > 0);
    for (const { changes, documentChanges } of edits) {
      assert.equal(changes, undefined);
      assert.deepEqual(
        documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
        [{ uri, version: 2 }],
      );
    }
    const renamed = await client.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 'canton.participants.p'.length },
      newName: 'p2',
    });
    const versions = renamed?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument.version);
    assert.deepEqual(versions, [2]);
  });

  it('all plain fixes are made at once', async () => {
    const text = 'canton.participants.p1.crypto.kms {\n  type = aws\n  regoin = arn:x\n  audit-logging = TRUE\n}\n';
    const document = await open('a.conf', text);
    const position = { line: 0, character: 0 };
    const [action] =
      (await client.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: document.uri },
        range: { start: position, end: position },
        context: { diagnostics: [], only: ['source.fixAll'] },
      })) ?? [];
    assert.ok(action !== undefined && 'edit' in action, JSON.stringify(action));
    assert.equal(
      TextDocument.applyEdits(document, action.edit?.changes?.[document.uri] ?? []),
      'canton.participants.p1.crypto.kms {\n  type = aws\n  region = "arn:x"\n  audit-logging = true\n}\n',
    );
  });

  it('a section moves to a file of its own where the editor can make one', async () => {
    const text = 'canton.participants.p1.crypto {\n  provider = kms\n}\n';
    const ask = async () => {
      const document = await open('a.conf', text);
      const position = { line: 0, character: 25 };
      const found = await client.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: document.uri },
        range: { start: position, end: position },
        context: { diagnostics: [], only: ['refactor.extract'] },
      });
      return (found ?? []).filter((one): one is CodeAction => 'edit' in one);
    };
    assert.deepEqual(
      (await ask()).map(({ title }) => title),
      ["Extract 'crypto' to '_shared.crypto'"],
    );
    client.kill();
    const workspaceEdit = { documentChanges: true, resourceOperations: ['create' as const] };
    client = await LspClient.start({
      command: [built('cli.js'), 'lsp', '--stdio'],
      folders: [folder.uri()],
      capabilities: { ...PULL, workspace: { ...PULL.workspace, workspaceEdit } },
    });
    const [, action] = await ask();
    const [create, fill, include] = action?.edit?.documentChanges ?? [];
    assert.deepEqual(create, { kind: 'create', uri: folder.uri('p1-crypto.conf') });
    assert.ok(fill !== undefined && 'edits' in fill && include !== undefined && 'edits' in include);
    assert.deepEqual(
      [...fill.edits, ...include.edits].map((edit) => 'newText' in edit && edit.newText),
      ['provider = kms\n', '{ include required("p1-crypto.conf") }'],
    );
  });

  it('an entry moves out of its section, and not where that has an effect', async () => {
    const document = await open('a.conf', 'canton.participants.p1 {\n  # where\n  crypto.kms.region = x\n}\n');
    const ask = (line: number, direction: 'up' | 'down') =>
      client.connection.sendRequest<{ edits: TextEdit[]; cursor: unknown } | { refused: string }>(
        'cantonKms/moveEntry',
        {
          uri: document.uri,
          position: { line, character: 4 },
          direction,
        },
      );
    const moved = await ask(2, 'up');
    assert.ok('edits' in moved);
    const text = TextDocument.applyEdits(document, moved.edits);
    assert.equal(text, '# where\ncanton.participants.p1.crypto.kms.region = x\ncanton.participants.p1 {\n}\n');
    assert.deepEqual(moved.cursor, { line: 1, character: 25 });
    await client.change(document.uri, 'a = 1\na = 2\n');
    assert.deepEqual(await ask(1, 'up'), {
      refused: "Moving 'a' past 'a' would change the effective configuration.",
    });
  });
});
