import assert from 'node:assert/strict';
import {
  CodeLensRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { LspClient } from '../kit/lsp-client';

const BASE = 'shared.region = us-east-1\n';
const MAIN = `include "base"
shared.region = eu-west-1
canton.participants.p1 {
  crypto { provider = kms, kms { type = aws, region = \${shared.region} } }
}
`;

describe('navigation over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  let textDocument: { readonly uri: string };
  /** In `${shared.region}`, on `region`. */
  const used = { line: 3, character: 65 };
  const whole = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };

  before(async () => {
    folder = new TestFolder({ 'main.conf': MAIN, 'base.conf': BASE });
    client = await LspClient.start({ command: [built('cli.js'), 'lsp', '--stdio'], folders: [folder.uri()] });
    textDocument = { uri: folder.uri('main.conf') };
    await client.open(textDocument.uri, MAIN);
  });
  after(() => {
    client.kill();
    folder.remove();
  });

  const places = (found: readonly { uri: string; range: { start: { line: number } } }[] | null) =>
    found?.map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line}`);

  it('definition leads to what a substitution refers to, the one in effect first', async () => {
    const found = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position: used });
    assert.deepEqual(places(found as never), ['main.conf:1', 'base.conf:0']);
  });

  it('references and highlights are the places that name the key', async () => {
    const params = { textDocument, position: used };
    const found = await client.connection.sendRequest(ReferencesRequest.type, {
      ...params,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(places(found)?.sort(), ['base.conf:0', 'main.conf:1', 'main.conf:3']);
    const highlights = await client.connection.sendRequest(DocumentHighlightRequest.type, params);
    assert.deepEqual(
      highlights?.map(({ range, kind }) => [range.start.line, kind]),
      [
        [1, 3],
        [3, 2],
      ],
    );
  });

  it('rename changes them all, and says why it does not', async () => {
    const prepared = await client.connection.sendRequest(PrepareRenameRequest.type, { textDocument, position: used });
    assert.equal((prepared as { placeholder: string }).placeholder, 'region');
    const params = { textDocument, position: used, newName: 'place' };
    const edit = await client.connection.sendRequest(RenameRequest.type, params);
    const apply = (name: string, text: string) =>
      TextDocument.applyEdits(TextDocument.create('', '', 1, text), edit?.changes?.[folder.uri(name)] ?? []);
    assert.equal(apply('base.conf', BASE), 'shared.place = us-east-1\n');
    assert.equal(apply('main.conf', MAIN), MAIN.replaceAll('shared.region', 'shared.place'));
    const crypto = { textDocument, position: { line: 3, character: 4 } };
    await assert.rejects(client.connection.sendRequest(PrepareRenameRequest.type, crypto), /'crypto' is a Canton key/);
  });

  it('the definition that another one overrides is found, and the path of its key', async () => {
    const there = { uri: textDocument.uri, position: { line: 1, character: 10 } };
    const previous = await client.connection.sendRequest('cantonKms/otherDefinition', {
      ...there,
      direction: 'previous',
    });
    const range = { start: { line: 0, character: 7 }, end: { line: 0, character: 13 } };
    const target = { uri: folder.uri('base.conf'), range };
    assert.deepEqual(previous, { path: 'shared.region', target, number: 1, count: 2 });
    const next = await client.connection.sendRequest('cantonKms/otherDefinition', { ...there, direction: 'next' });
    assert.deepEqual(next, { path: 'shared.region', target: null, number: 3, count: 2 });
    assert.deepEqual(await client.connection.sendRequest('cantonKms/keyPaths', there), ['shared.region']);
  });

  it('links lead to the included files, and underline no key', async () => {
    const links = (await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument })) ?? [];
    assert.equal(links[0]?.target, folder.uri('base.conf'));
    assert.ok(
      links.every(({ target }) => target?.startsWith('file:')),
      JSON.stringify(links),
    );
  });

  it('the selection grows from the word to the file', async () => {
    const params = { textDocument, positions: [used] };
    const [first] = (await client.connection.sendRequest(SelectionRangeRequest.type, params)) ?? [];
    assert.deepEqual(first?.range, { start: { line: 3, character: 63 }, end: { line: 3, character: 69 } });
    let last = first;
    while (last?.parent !== undefined) last = last.parent;
    assert.deepEqual(last?.range, whole);
  });

  it('semantic tokens come whole and for a range, with the legend announced', async () => {
    const legend = client.initializeResult?.capabilities.semanticTokensProvider?.legend;
    const full = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } };
    const part = await client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range });
    const types = (data: readonly number[] = []) =>
      data.filter((_, i) => i % 5 === 3).map((type) => legend?.tokenTypes[type]);
    assert.deepEqual(types(part?.data), ['keyword', 'string']);
    for (const type of ['namespace', 'property', 'enumMember', 'variable']) {
      assert.ok(types(full?.data).includes(type), type);
    }
  });

  it('after an edit only the semantic tokens that are new are sent', async () => {
    const before = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    await client.change(textDocument.uri, MAIN.replace('eu-west-1', 'eu-west-1 # here\n\nmore = 1'));
    const previousResultId = before?.resultId ?? '';
    const delta = await client.connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument,
      previousResultId,
    });
    assert.ok(delta !== null && 'edits' in delta, JSON.stringify(delta));
    const data = [...(before?.data ?? [])];
    for (const { start, deleteCount, data: inserted = [] } of delta.edits) data.splice(start, deleteCount, ...inserted);
    const after = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    assert.deepEqual(data, after?.data);
    assert.ok(delta.edits.length === 1 && (delta.edits[0]?.data?.length ?? 0) < data.length / 2);
    await client.change(textDocument.uri, MAIN);
  });

  it('a lens over each node says how it uses a KMS', async () => {
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.deepEqual(
      lenses?.map(({ range }) => range.start.line),
      [2],
    );
    assert.match(lenses?.[0]?.command?.title ?? '', /^External keys · aws · eu-west-1/);
  });

  it('inlay hints show what a substitution stands for, where that is asked for', async () => {
    const ask = () => client.connection.sendRequest(InlayHintRequest.type, { textDocument, range: whole });
    const change = (inlayHints: boolean) =>
      client.connection.sendNotification(DidChangeConfigurationNotification.type, {
        settings: { cantonKms: { inlayHints: { defaults: false, substitutions: inlayHints } } },
      });
    await change(true);
    assert.deepEqual(await ask(), [
      { position: { line: 3, character: 70 }, label: '= "eu-west-1"', paddingLeft: true },
    ]);
    await change(false);
    assert.deepEqual(await ask(), []);
  });

  it('workspace symbols are the nodes', async () => {
    const find = async (query: string) =>
      (await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query }))?.map(({ name }) => name);
    assert.deepEqual(await find('p1'), ['p1']);
    assert.deepEqual(await find('p2'), []);
  });
});
