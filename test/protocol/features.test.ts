import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import {
  CancellationTokenSource,
  CodeActionRequest,
  type CompletionList,
  CompletionRequest,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  type MarkupContent,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { built, TestFolder } from '../kit/built';
import { fixture } from '../kit/fixture';
import { LspClient } from '../kit/lsp-client';

const PARTICIPANT = `canton.participants.p1 {
  admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013
  crypto {
    provider = kms
    kms {
      type = aws
      region = eu-central-1
      ‸
    }
  }
}
`;

describe('editor features over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  /** Opens the text of the fixture; the document and the position of the cursor. */
  const open = async (marked: string) => {
    const { main, cursor } = fixture(marked);
    const document = TextDocument.create(folder.uri('a.conf'), 'canton-conf', 1, main.text);
    await client.open(document.uri, main.text);
    return { document, params: { textDocument: { uri: document.uri }, position: document.positionAt(cursor.offset) } };
  };
  beforeEach(async () => {
    folder = new TestFolder();
    client = await LspClient.start({ command: [built('cli.js'), 'lsp', '--stdio'], folders: [folder.uri()] });
  });
  afterEach(() => {
    client.kill();
    folder.remove();
  });

  it('completion offers what is still missing, and accepting it gives valid text', async () => {
    const { document, params } = await open(PARTICIPANT);
    const { items } = (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes('multi-region-key'), String(labels));
    assert.ok(!labels.includes('region'), 'a key that is there already is not offered');
    assert.ok(!labels.includes('location-id'), 'nor one of another provider');
    const edit = items.find(({ label }) => label === 'multi-region-key')?.textEdit as TextEdit;
    const text = TextDocument.applyEdits(document, [edit]);
    assert.ok(text.includes('      multi-region-key = \n'), text);
    await client.change(document.uri, text.replace('multi-region-key = ', 'multi-region-key = true'));
    const problems = await client.pulled(document.uri);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 1),
      [],
    );
  });

  it('hover explains a key and says where its value comes from', async () => {
    const { params } = await open(PARTICIPANT.replace('‸', '').replace('region', 'reg‸ion'));
    const hover = await client.connection.sendRequest(HoverRequest.type, params);
    const value = (hover?.contents as MarkupContent | undefined)?.value ?? '';
    assert.match(value, /crypto\.kms\.region/);
    assert.match(value, /AWS region/);
    assert.match(value, /Effective value: `"eu-central-1"`/);
  });

  it('a quick fix makes its problem go', async () => {
    const { document, params } = await open(PARTICIPANT.replace('‸', '').replace('region =', '‸regoin ='));
    const diagnostics = await client.pulled(document.uri);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: params.textDocument,
      range: { start: params.position, end: params.position },
      context: { diagnostics },
    });
    const action = actions?.find(({ title }) => title.includes('region'));
    assert.ok(action !== undefined && 'edit' in action, JSON.stringify(actions));
    assert.equal(action.kind, 'quickfix');
    assert.equal(action.diagnostics?.length, 1);
    const text = TextDocument.applyEdits(document, action.edit?.changes?.[document.uri] ?? []);
    assert.ok(text.includes('region = eu-central-1'), text);
    await client.change(document.uri, text);
    assert.deepEqual(
      (await client.pulled(document.uri)).filter(({ severity }) => severity === 1),
      [],
    );
  });

  it('the outline and the folds follow the text', async () => {
    const { document, params } = await open(PARTICIPANT);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, params);
    const names = (list: unknown): unknown[] =>
      (list as { name: string; children?: unknown[] }[]).map(({ name, children = [] }) =>
        children.length > 0 ? [name, names(children)] : name,
      );
    assert.deepEqual(names(symbols), [
      [
        'canton.participants.p1',
        [
          'admin-api.port',
          'ledger-api.port',
          'http-ledger-api.port',
          ['crypto', ['provider', ['kms', ['type', 'region']]]],
        ],
      ],
    ]);
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, params);
    assert.deepEqual(
      folds?.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [0, 9],
        [2, 8],
        [4, 7],
      ],
    );
    await client.close(document.uri);
  });

  it('the nodes of a document are listed for the commands', async () => {
    const { document } = await open(PARTICIPANT);
    const nodes = await client.connection.sendRequest('cantonKms/nodes', { uri: document.uri });
    assert.deepEqual(nodes, [
      {
        id: 'participants.p1',
        kind: 'participants',
        name: 'p1',
        mode: 'external',
        kmsType: 'aws',
        uri: document.uri,
        range: { start: { line: 0, character: 20 }, end: { line: 0, character: 22 } },
      },
    ]);
  });

  it('a list of nodes tells where the KMS is, and the problems of node and launch', async () => {
    const { document } = await open(PARTICIPANT.replace('region', 'regoin'));
    type Listed = {
      id: string;
      kmsInstance?: string;
      problems: object;
      launchSet: { checkedAs: string; problems: object };
    };
    const [node] = await client.connection.sendRequest<Listed[]>('cantonKms/nodeList', { uri: document.uri });
    assert.ok(node !== undefined && !('kmsInstance' in node), 'a region that is misspelled is not known');
    assert.deepEqual(node.problems, node.launchSet.problems);
    assert.match(JSON.stringify(node.problems), /"errors":1/);
    assert.equal(node.launchSet.checkedAs, 'Canton 3.5 enterprise');
    const good = await open(PARTICIPANT);
    const [mended] = await client.connection.sendRequest<Listed[]>('cantonKms/nodeList', { uri: good.document.uri });
    assert.equal(mended?.kmsInstance, 'eu-central-1');
  });

  it('the procedures of a node are those of its Canton version', async () => {
    const names = async (text: string) => {
      const { document } = await open(text);
      const params = { uri: document.uri, node: 'participants.p1' };
      const list = await client.connection.sendRequest<{ name: string }[]>('cantonKms/procedures', params);
      return list.map(({ name }) => name);
    };
    const current = await names(PARTICIPANT);
    assert.equal(current[0], 'configure');
    assert.ok(current.includes('enable-session-signing-keys'));
    const old = await names(`# canton-kms: version = 2.10\n${PARTICIPANT}`);
    assert.ok(old.includes('configure') && !old.includes('enable-session-signing-keys'), old.join());
  });

  it('a procedure asks its questions, plans its edits and writes its runbook', async () => {
    const { document } = await open(PARTICIPANT.replace(/ {2}crypto \{[\s\S]*‸[\s\S]*?\n {2}\}\n/, '‸'));
    const options: Record<string, string> = {};
    const params = { uri: document.uri, procedure: 'configure', node: 'participants.p1', options };
    const answers: Record<string, string> = { provider: 'aws', mode: 'external', 'set.region': 'eu-central-1' };
    for (let i = 0; i < 20; i++) {
      const question = await client.connection.sendRequest<{ option: string } | null>('cantonKms/nextQuestion', params);
      if (question === null) break;
      options[question.option] = answers[question.option] ?? '';
    }
    type Steps = { possible: boolean; reasons: string[]; steps: { edits: TextEdit[] }[] };
    const plan = await client.connection.sendRequest<Steps>('cantonKms/plan', params);
    assert.deepEqual(plan.reasons, []);
    const text = TextDocument.applyEdits(
      document,
      plan.steps.flatMap(({ edits }) => edits),
    );
    assert.match(text, /provider = kms/);
    assert.match(text, /region = eu-central-1/);
    const { markdown } = await client.connection.sendRequest<{ markdown: string }>('cantonKms/runbook', params);
    assert.match(markdown, /- \[ \]/);
  });

  it('says which procedures a node can have, and what is wrong with an answer while it is typed', async () => {
    const { document } = await open(PARTICIPANT);
    const node = { uri: document.uri, node: 'participants.p1' };
    type Offered = { name: string; reason: string | null }[];
    const offered = await client.connection.sendRequest<Offered>('cantonKms/procedures', node);
    const reasonOf = (name: string) => offered.find((one) => one.name === name)?.reason;
    assert.equal(reasonOf('rotate-external-keys'), null);
    assert.match(reasonOf('rotate-wrapper-key') ?? '', /no wrapper key/);
    const params = { ...node, procedure: 'delete-keys', options: {}, option: 'fingerprint', answer: '12' };
    const fault = await client.connection.sendRequest<{ severity: string }>('cantonKms/answerFault', params);
    assert.equal(fault.severity, 'warning');
    const fine = { ...params, answer: `1220${'ab'.repeat(32)}` };
    assert.equal(await client.connection.sendRequest('cantonKms/answerFault', fine), null);
  });

  it('a policy has the least rights of a node, or a reason why there is none', async () => {
    const { document } = await open(PARTICIPANT);
    const params = { uri: document.uri, node: 'participants.p1', keys: 'existing' };
    type Answer = { kind: string; text: string; ending: string; reason: string };
    const policy = await client.connection.sendRequest<Answer>('cantonKms/policy', params);
    assert.deepEqual([policy.kind, policy.ending], ['policy', 'json']);
    assert.ok(!JSON.stringify(JSON.parse(policy.text)).includes('CreateKey'));
    const nobody = await client.connection.sendRequest<Answer>('cantonKms/policy', { ...params, node: 'x.y' });
    assert.match(nobody.reason, /no node 'x\.y'/);
  });

  it('another version has the edits that move keys, and a report', async () => {
    const moved = 'automatically-perform-logical-synchronizer-upgrade';
    const text = `# canton-kms: version = 3.4\ncanton.participants.p1 { admin-api.port = 1, parameters.${moved} = no }‸\n`;
    const { document } = await open(text);
    type Answer = { markdown: string; edits: { newText: string }[] };
    const answer = await client.connection.sendRequest<Answer>('cantonKms/upgrade', { uri: document.uri, to: '3.5' });
    assert.deepEqual(
      answer.edits.map(({ newText }) => newText),
      ['lsu.automatically-perform-lsu'],
    );
    assert.match(answer.markdown, /^# .*Canton 3\.4 to 3\.5/);
    const none = await client.connection.sendRequest('cantonKms/upgrade', { uri: document.uri, to: '9.9' });
    assert.equal(none, null);
  });

  it('files that cannot be written are named', async () => {
    folder.write('locked.conf', PARTICIPANT);
    chmodSync(join(folder.path, 'locked.conf'), 0o444);
    folder.write('open.conf', PARTICIPANT);
    const uris = ['locked.conf', 'open.conf', 'none.conf'].map((name) => folder.uri(name));
    const found = await client.connection.sendRequest('cantonKms/readOnlyFiles', { uris });
    assert.deepEqual(found, [folder.uri('locked.conf')]);
  });

  it('a request that the client takes back is answered as cancelled, and the next one as usual', async () => {
    const { document } = await open(PARTICIPANT);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: document.uri } };
    const asked = client.connection.sendRequest(DocumentDiagnosticRequest.type, params, source.token);
    source.cancel();
    await assert.rejects(asked, ({ code }: { code: number }) => code === -32800);
    assert.equal((await client.pull(document.uri)).kind, 'full');
  });

  it('a position beyond the text and a document that nobody opened are answered with nothing', async () => {
    const { document } = await open(PARTICIPANT);
    const position = { line: 10_000, character: 10_000 };
    const beyond = { textDocument: { uri: document.uri }, position };
    assert.equal(await client.connection.sendRequest(HoverRequest.type, beyond), null);
    const unknown = { textDocument: { uri: folder.uri('none.conf') }, position };
    const nothing = { isIncomplete: false, items: [] };
    assert.deepEqual(await client.connection.sendRequest(CompletionRequest.type, unknown), nothing);
    assert.equal(await client.connection.sendRequest(HoverRequest.type, unknown), null);
    assert.deepEqual(await client.pulled(unknown.textDocument.uri), []);
    assert.equal(client.stderr, '');
  });
});
