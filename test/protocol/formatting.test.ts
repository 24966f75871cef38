import assert from 'node:assert/strict';
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentRangesFormattingRequest,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { LspClient } from '../kit/lsp-client';

const MESSY = `canton.participants.p1 {
crypto {   # keys
    provider=kms
      kms.type = aws
kms.region = eu-central-1
}
}
`;

describe('formatting over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  const options = { tabSize: 2, insertSpaces: true };
  const open = async (name: string, text: string) => {
    const document = TextDocument.create(folder.uri(name), 'canton-conf', 1, text);
    await client.open(document.uri, text);
    return document;
  };
  const lines = (from: number, to: number) => ({
    start: { line: from, character: 0 },
    end: { line: to, character: 1 },
  });
  const apply = (document: TextDocument, edits: TextEdit[] | null) => TextDocument.applyEdits(document, edits ?? []);
  beforeEach(async () => {
    folder = new TestFolder();
    client = await LspClient.start({ command: [built('cli.js'), 'lsp', '--stdio'], folders: [folder.uri()] });
  });
  afterEach(() => {
    client.kill();
    folder.remove();
  });

  it('formats a document', async () => {
    const document = await open('a.conf', MESSY);
    const textDocument = { uri: document.uri };
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options });
    assert.equal(
      apply(document, edits),
      `canton.participants.p1 {
  crypto {   # keys
    provider = kms
    kms.type = aws
    kms.region = eu-central-1
  }
}
`,
    );
    assert.ok(
      edits?.every(({ range }) => range.start.line > 0),
      'the first line is right already',
    );
  });

  it('formats only the lines asked for', async () => {
    const document = await open('a.conf', MESSY);
    const textDocument = { uri: document.uri };
    const one = await client.connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument,
      options: { tabSize: 4, insertSpaces: false },
      range: lines(2, 2),
    });
    assert.equal(apply(document, one), MESSY.replace('    provider=kms', '\t\tprovider = kms'));
    const two = await client.connection.sendRequest(DocumentRangesFormattingRequest.type, {
      textDocument,
      options,
      ranges: [lines(4, 4), lines(2, 2)],
    });
    assert.equal(
      apply(document, two),
      MESSY.replace('provider=kms', 'provider = kms').replace('\nkms.region', '\n    kms.region'),
    );
  });

  it('formats what is finished by typing', async () => {
    const text = 'a {\n    b =  1\n\n}\n  c {\nd = 1 }\n';
    const document = await open('a.conf', text);
    const ask = (position: { line: number; character: number }, ch: string) =>
      client.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
        textDocument: { uri: document.uri },
        position,
        ch,
        options,
      });
    const newline = await ask({ line: 2, character: 0 }, '\n');
    assert.equal(apply(document, newline), text.replace('    b =  1\n', '  b = 1\n  '));
    const brace = await ask({ line: 5, character: 7 }, '}');
    assert.equal(apply(document, brace), text.replace('  c {\nd = 1 }', 'c {\n  d = 1 }'));
  });

  it('leaves other formats, and texts without an end, alone', async () => {
    for (const [name, text] of [
      ['a.properties', 'a=1\n   b =  2  \n'],
      ['b.conf', 'a {\nb = 1\n'],
    ] as const) {
      const document = await open(name, text);
      const textDocument = { uri: document.uri };
      const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options });
      assert.deepEqual(edits, [], name);
    }
  });
});
