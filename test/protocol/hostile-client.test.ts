import assert from 'node:assert/strict';
import { built, TestFolder } from '../kit/built';
import { LspClient, PULL } from '../kit/lsp-client';
import { BAD } from './kit/texts';

/** Messages that no editor should send, but some do. */
const ODD: readonly unknown[] = [null, 5, 'text', [], {}, { textDocument: null }, { textDocument: { uri: 5 } }];

describe('nothing that a client sends', () => {
  let folder: TestFolder;
  let client: LspClient;
  beforeEach(() => {
    folder = new TestFolder({ 'bad.conf': BAD });
  });
  afterEach(async () => {
    client.process.kill();
    await client.exited;
    folder.remove();
  });

  async function start(configuration: () => unknown = () => null, capabilities = {}): Promise<void> {
    client = await LspClient.start({
      command: [built('server.js'), '--stdio'],
      folders: [folder.uri()],
      capabilities: { ...PULL, workspace: { ...PULL.workspace, configuration: true }, ...capabilities },
      configuration,
    });
  }

  async function isAlive(): Promise<void> {
    await client.open(folder.uri('bad.conf'), BAD);
    const report = await client.pull(folder.uri('bad.conf'));
    assert.ok(report.kind === 'full' && report.items.some(({ code }) => code === 'read/unknown-key'));
    assert.equal(client.process.exitCode, null);
  }

  it('ends it: notifications with parameters of the wrong type', async () => {
    await start();
    for (const method of [
      'workspace/didChangeWorkspaceFolders',
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didSave',
      'textDocument/didClose',
    ]) {
      for (const params of [
        ...ODD,
        { event: { added: null, removed: 5 } },
        { event: { added: [{ uri: 5 }, null], removed: [null] } },
        { changes: [{ uri: 5, type: 'x' }, null, { uri: '\ud83d' }] },
        { settings: 5 },
        { textDocument: { uri: folder.uri('bad.conf'), languageId: 5, version: 1, text: 5 } },
        { textDocument: { uri: 'a b:c', languageId: 'canton-conf', version: 1, text: BAD } },
        { textDocument: { uri: folder.uri('bad.conf'), version: 2 }, contentChanges: [{ text: 5 }, null] },
        { textDocument: { uri: folder.uri('bad.conf'), version: 2 }, contentChanges: [{ range: 5, text: 'x' }] },
      ]) {
        await client.connection.sendNotification(method, params as object);
      }
    }
    await isAlive();
  });

  it('ends it or stays behind: requests with parameters of the wrong type', async () => {
    await start();
    await client.open(folder.uri('bad.conf'), BAD);
    const { capabilities } = client.initializeResult ?? {};
    assert.ok(capabilities);
    for (const method of [
      'cantonKms/preferLaunchSets',
      'cantonKms/classify',
      'cantonKms/status',
      'cantonKms/plan',
      'cantonKms/readOnlyFiles',
      'textDocument/hover',
      'textDocument/completion',
      'completionItem/resolve',
      'textDocument/diagnostic',
      'textDocument/rename',
      'textDocument/codeAction',
      'textDocument/semanticTokens/full/delta',
      'workspace/symbol',
    ]) {
      for (const params of [...ODD, { ids: 5 }, { ids: [5] }, { uri: 5 }, { uris: 5 }]) {
        await client.connection.sendRequest(method, params as object).catch(() => undefined);
      }
    }
    await isAlive();
  });

  for (const [title, answer] of [
    ['an error', () => Promise.reject(new Error('no settings'))],
    ['a number', () => 5],
    ['odd values', () => ({ cantonVersion: {}, edition: [], inlayHints: 'x' })],
  ] as const) {
    it(`ends it: a question for settings answered with ${title}, also after a folder was added`, async () => {
      await start(answer);
      const added = [{ uri: folder.uri('other'), name: 'other' }];
      const event = { added, removed: [] };
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await isAlive();
      assert.equal(client.stderr, '');
    });
  }

  it('is answered after shutdown', async () => {
    await start();
    await client.connection.sendRequest('shutdown');
    await assert.rejects(
      client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: folder.uri('bad.conf') },
        position: { line: 0, character: 0 },
      }),
      { code: -32600 },
    );
  });

  it('is answered before initialize', async () => {
    client = await LspClient.start({ command: [built('server.js'), '--stdio'], folders: [], initializes: false });
    for (const method of ['textDocument/hover', 'cantonKms/doctor']) {
      await assert.rejects(client.connection.sendRequest(method, {}), { code: -32002 });
    }
  });

  it('under one spelling of a URI closes the document under the other', async () => {
    await start();
    const plain = folder.uri('a b.conf');
    const other = plain.replace('%20', ' ');
    await client.open(plain, BAD);
    await client.open(other, BAD);
    await client.close(other);
    const report = await client.pull(plain);
    assert.ok(report.kind === 'full' && report.items.some(({ code }) => code === 'read/unknown-key'));
  });
});
