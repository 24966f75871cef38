import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { LspClient } from '../kit/lsp-client';

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
