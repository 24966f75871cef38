import assert from 'node:assert/strict';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  HoverRequest,
  InsertTextFormat,
  type MarkupContent,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { fixture } from '../kit/fixture';
import { LspClient, PULL } from '../kit/lsp-client';

const SNIPPETS = {
  ...PULL,
  textDocument: { ...PULL.textDocument, completion: { completionItem: { snippetSupport: true } } },
};

describe('authoring over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  beforeEach(async () => {
    folder = new TestFolder();
    client = await LspClient.start({
      command: [built('cli.js'), 'lsp', '--stdio'],
      folders: [folder.uri()],
      capabilities: SNIPPETS,
    });
  });
  afterEach(() => {
    client.kill();
    folder.remove();
  });

  /** Writes the files of the fixture and opens the first one. */
  async function open(marked: string) {
    const { main, cursor, files } = fixture(marked);
    for (const { path, text } of files.values()) folder.write(path, text);
    const document = TextDocument.create(folder.uri(main.path), 'canton-conf', 1, main.text);
    await client.open(document.uri, main.text);
    return { document, params: { textDocument: { uri: document.uri }, position: document.positionAt(cursor.offset) } };
  }

  async function complete(marked: string, triggerCharacter?: string) {
    const { document, params } = await open(marked);
    const context = triggerCharacter === undefined ? {} : { context: { triggerKind: 2 as const, triggerCharacter } };
    const list = (await client.connection.sendRequest(CompletionRequest.type, {
      ...params,
      ...context,
    })) as CompletionList;
    const item = (label: string): CompletionItem => {
      const found = list.items.find((one) => one.label === label);
      assert.ok(found !== undefined, list.items.map((one) => one.label).join(' | '));
      return found;
    };
    const accepted = (label: string) => TextDocument.applyEdits(document, [item(label).textEdit as TextEdit]);
    return { list, item, accepted };
  }

  it('completion documents the item that is looked at', async () => {
    const { item, list } = await complete('canton.participants.p1.crypto.kms { type = gcp, ‸ }');
    assert.equal(list.isIncomplete, false);
    const bare = item('location-id');
    assert.equal(bare.documentation, undefined);
    const resolved = await client.connection.sendRequest(CompletionResolveRequest.type, bare);
    const { value } = resolved.documentation as MarkupContent;
    assert.match(value, /Cloud KMS location/);
    assert.match(value, /\[Manual]\(https:\/\/docs\.digitalasset\.com\//);
  });

  it('completion writes whole sections, with tab stops', async () => {
    const { item, accepted } = await complete('canton.participants.p1.crypto {\n  ‸\n}\n');
    assert.equal(item('kms (aws)').insertTextFormat, InsertTextFormat.Snippet);
    assert.ok(accepted('kms (aws)').includes('  kms {\n\ttype = aws\n\tregion = ${1:us-east-1}\n}$0\n'));
  });

  it('completion offers substitutions with what they stand for', async () => {
    const shared = '_shared { region = eu-west-1, token = t0p }\n';
    const values = await complete(`${shared}canton.participants.p1.crypto.kms.region = \${‸`, '{');
    assert.equal(values.item('_shared.region').detail, 'string = "eu-west-1"');
    assert.equal(values.item('_shared.token').detail, 'string = (secret)');
  });

  it('completion offers the files that can be included', async () => {
    const includes = await complete('-- b.conf --\ninclude "‸"\n-- shared/kms.conf --\ntype = aws\n');
    assert.ok(includes.accepted('shared/kms.conf').startsWith('include "shared/kms.conf"\n'));
  });

  it('hover says which file and include a value comes from, and what would override it', async () => {
    const { params, document } = await open(`-- main.conf --
canton.participants.p1.crypto { include required("kms.conf") }
canton.participants.p1.crypto.kms.reg‸ion = eu-west-1
canton.participants.p1.crypto.kms.region = \${?AWS_REGION}
-- kms.conf --
kms { type = aws, region = us-east-1 }
`);
    const hover = await client.connection.sendRequest(HoverRequest.type, params);
    const value = (hover?.contents as MarkupContent | undefined)?.value ?? '';
    const at = (line: number) => `\\[main\\.conf:${line}\\]\\(${document.uri}#L${line}\\)`;
    assert.match(value, /Effective value: `eu-west-1`, unless `AWS_REGION` is set/);
    assert.match(value, new RegExp(`Set in ${at(2)}`));
    assert.match(value, new RegExp(`Overridden: \`us-east-1\` in \\[kms\\.conf:1\\]\\S+ \\(included by ${at(1)}\\)`));
  });
});
