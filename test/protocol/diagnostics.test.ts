import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DiagnosticRefreshRequest,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import { CURSOR_MOVED } from '../../server/src/lsp/protocol';
import { built, TestFolder } from '../kit/built';
import { eventually, LspClient, PULL, PUSH } from '../kit/lsp-client';

const node = (crypto: string) => `canton.participants.p1 {
  admin-api.port = 5012, ledger-api.port = 5011, http-ledger-api.port = 5013
  storage { type = postgres, config { properties { databaseName = p1 } } }
  crypto {
    provider = kms
    kms {
${crypto}
    }
  }
}
`;
const GOOD = node('      type = aws\n      region = eu-central-1');
const BAD = node('      type = aws\n      regoin = eu-central-1');
const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map(({ code }) => code).sort();
const errors = <T extends { severity?: unknown }>(diagnostics: readonly T[]) =>
  diagnostics.filter(({ severity }) => severity === 1);

describe('diagnostics over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  const start = async (capabilities = PULL, initializationOptions?: unknown) => {
    client = await LspClient.start({
      command: [built('server.js'), '--stdio'],
      folders: [folder.uri()],
      capabilities,
      initializationOptions,
    });
  };
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => {
    client.kill();
    folder.remove();
  });

  it('says what it can do, and ends with code 0 when asked to', async () => {
    await start();
    const { capabilities, serverInfo } = client.initializeResult ?? {};
    assert.equal(serverInfo?.name, 'canton-kms');
    assert.deepEqual(capabilities?.diagnosticProvider, {
      identifier: 'canton-kms',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.open(folder.uri('a.conf'), BAD);
    await client.pulled(folder.uri('a.conf'));
    assert.equal(await client.stop(), 0);
    assert.equal(client.stderr, '');
  });

  it('lead to the page of their rule, on this disk or as the client opens it', async () => {
    const uri = folder.uri('a.conf');
    const links = async () => {
      await client.open(uri, `${BAD}x = {`);
      return (await client.pulled(uri)).map(({ code, codeDescription }) => [code, codeDescription?.href]);
    };
    await start();
    for (const [code, href] of await links()) {
      const title = String(code).startsWith('hocon/') ? 'hocon/…' : code;
      assert.match(readFileSync(fileURLToPath(href as string), 'utf8'), new RegExp(`^# ${title}\n`));
    }
    client.kill();
    await start(PULL, { rulePage: 'command:show?CODE' });
    const page = (await links()).find(([code]) => code === 'read/unknown-key');
    assert.equal(page?.[1], 'command:show?read%2Funknown-key');
  });

  it('are pulled, where they were written, and again after an edit', async () => {
    await start();
    const uri = folder.uri('a.conf');
    await client.open(uri, BAD);
    const found = errors(await client.pulled(uri));
    assert.deepEqual(codes(found), ['read/unknown-key']);
    const unknown = found.find(({ code }) => code === 'read/unknown-key');
    assert.deepEqual(unknown?.range, { start: { line: 7, character: 6 }, end: { line: 7, character: 12 } });
    assert.equal(unknown?.source, 'canton-kms');
    const range = { start: { line: 7, character: 6 }, end: { line: 7, character: 12 } };
    await client.change(uri, [{ range, text: 'region' }]);
    assert.deepEqual(errors(await client.pulled(uri)), []);
  });

  it('are not sent again while nothing changes', async () => {
    await start();
    const uri = folder.uri('a.conf');
    await client.open(uri, BAD);
    const first = await client.pull(uri);
    const again = await client.pull(uri, first.resultId);
    assert.equal(again.kind, 'unchanged');
    await client.change(uri, GOOD);
    assert.equal((await client.pull(uri, first.resultId)).kind, 'full');
  });

  it('are published, once for a burst of edits, to editors that do not pull', async () => {
    await start(PUSH);
    const uri = folder.uri('a.conf');
    await client.open(uri, '');
    for (const text of [BAD.slice(0, 50), BAD.slice(0, 100), BAD]) await client.change(uri, text);
    const found = await client.waitFor(uri, (list) => list.length > 0);
    assert.deepEqual(codes(errors(found)), ['read/unknown-key']);
    assert.equal(client.publications(uri).length, 1);
    await client.change(uri, GOOD);
    await client.waitFor(uri, (list) => errors(list).length === 0);
    await client.change(uri, BAD);
    await client.waitFor(uri, (list) => list.length > 0);
    await client.close(uri);
    await client.waitFor(uri, (list) => list.length === 0);
  });

  it('follow an included file that is edited in the editor', async () => {
    const root = 'include "kms.conf"\n';
    folder.write('root.conf', root);
    folder.write('kms.conf', GOOD);
    await start(PUSH);
    await client.open(folder.uri('root.conf'), `${root}canton.participants.p1.crypto.kms.type = gcp\n`);
    await client.waitFor(folder.uri('root.conf'), () => true);
    await client.open(folder.uri('kms.conf'), GOOD);
    // `region` is a key of AWS; the type in the including file decides, and the problem is at `region`.
    const found = await client.waitFor(folder.uri('kms.conf'), (list) => errors(list).length > 0);
    assert.ok(codes(errors(found)).includes('read/unknown-key'));
    await client.change(folder.uri('root.conf'), root);
    await client.waitFor(folder.uri('kms.conf'), (list) => errors(list).length === 0);
  });

  it('follow an included file that is changed on disk, on pull', async () => {
    folder.write('kms.conf', BAD);
    await start();
    let refreshed = 0;
    client.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      refreshed++;
    });
    const uri = folder.uri('root.conf');
    const text = 'include "kms.conf"\ncanton.participants.p1.crypto.kms.region = ${canton.participants.p1.nothing}\n';
    await client.open(uri, text);
    // Another file of the launch may set it.
    const unresolved = (await client.pulled(uri)).filter(({ code }) => code === 'hocon/unresolved');
    assert.deepEqual(
      unresolved.map(({ severity }) => severity),
      [2],
    );
    folder.write('kms.conf', `${GOOD}canton.participants.p1.nothing = eu-central-1\n`);
    await client.changedOnDisk(folder.uri('kms.conf'));
    const after = codes(await client.pulled(uri));
    assert.ok(!after.includes('hocon/unresolved'), String(after));
    await eventually(() => refreshed > 0);
    assert.ok(client.registrations.includes('workspace/didChangeWatchedFiles'));
  });

  describe('of a word that is being typed', () => {
    const type = async (uri: string, text: string) => {
      const lines = text.split('\n');
      const line = lines.findIndex((one) => one.includes('regoin'));
      const start = { line, character: (lines[line] ?? '').indexOf('regoin') + 'rego'.length };
      await client.change(uri, [{ range: { start, end: { ...start, character: start.character + 1 } }, text: '' }]);
      return start;
    };
    const unknown = async (uri: string) =>
      codes(await client.pulled(uri)).filter((code) => code === 'read/unknown-key');

    it('are held back, and asked for again when it rests', async () => {
      await start();
      const refreshed = new Promise<void>((resolve) =>
        client.connection.onRequest(DiagnosticRefreshRequest.type, () => resolve()),
      );
      const uri = folder.uri('p.conf');
      await client.open(uri, BAD);
      assert.equal((await unknown(uri)).length, 1);
      await type(uri, BAD);
      assert.equal((await unknown(uri)).length, 0);
      await refreshed;
      assert.equal((await unknown(uri)).length, 1);
    });

    it('are asked for as soon as the cursor leaves it', async () => {
      await start();
      const uri = folder.uri('p.conf');
      await client.open(uri, BAD);
      const at = await type(uri, BAD);
      await client.connection.sendNotification(CURSOR_MOVED, { uri, position: at });
      assert.equal((await unknown(uri)).length, 0);
      await client.connection.sendNotification(CURSOR_MOVED, { uri, position: { line: 0, character: 0 } });
      assert.equal((await unknown(uri)).length, 1);
    });

    it('are published when it rests, to an editor that does not pull', async () => {
      await start(PUSH);
      const uri = folder.uri('p.conf');
      await client.open(uri, BAD);
      await client.waitFor(uri, (list) => codes(list).includes('read/unknown-key'));
      await type(uri, BAD);
      await client.waitFor(uri, (list) => !codes(list).includes('read/unknown-key'));
      await client.waitFor(uri, (list) => codes(list).includes('read/unknown-key'));
    });
  });

  it('follow the file that an included link leads to', async () => {
    folder.write('real/kms.conf', BAD);
    symlinkSync(join('real', 'kms.conf'), join(folder.path, 'link.conf'));
    await start();
    const uri = folder.uri('root.conf');
    const text = 'include "link.conf"\ncanton.participants.p1.crypto.kms.region = eu-west-1\n';
    await client.open(uri, text);
    const broken = async () => errors(await client.pulled(folder.uri('link.conf'))).length > 0;
    assert.ok(await broken());
    folder.write('real/kms.conf', GOOD);
    await client.changedOnDisk(folder.uri('real/kms.conf'));
    assert.ok(!(await broken()));
  });

  it('follow the project file and its launch sets', async () => {
    await start();
    const uri = folder.uri('p.conf');
    const text = GOOD.replace('provider = kms', 'provider = kms\n    session-signing-keys.enabled = true');
    folder.write('p.conf', text);
    await client.open(uri, text);
    assert.deepEqual(errors(await client.pulled(uri)), []);
    folder.write('canton-kms.json', '{ "cantonVersion": "3.4" }');
    await client.changedOnDisk(folder.uri('canton-kms.json'));
    assert.deepEqual(codes(errors(await client.pulled(uri))), ['read/unknown-key']);
    folder.write('over.conf', 'canton.participants.p1.crypto.kms.type = gcp\n');
    folder.write('canton-kms.json', '{ "launchSets": { "one": ["p.conf"], "two": ["p.conf", "over.conf"] } }');
    await client.changedOnDisk(folder.uri('canton-kms.json'));
    const found = errors(await client.pulled(uri));
    assert.ok(found.length > 0);
    for (const { message } of found) assert.match(String(message), /launch set two/);
  });

  it('follow the settings of the editor', async () => {
    const text = GOOD.replace('provider = kms', 'provider = kms\n    session-signing-keys.enabled = true');
    await start(PULL, { cantonVersion: '3.4' });
    const uri = folder.uri('p.conf');
    await client.open(uri, text);
    assert.deepEqual(codes(errors(await client.pulled(uri))), ['read/unknown-key']);
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { cantonKms: { cantonVersion: '3.5' } },
    });
    assert.deepEqual(errors(await client.pulled(uri)), []);
    type Status = { launchSetId: string; launchSets: unknown };
    const { launchSetId, ...status } = await client.connection.sendRequest<Status>('cantonKms/status', { uri });
    assert.notEqual(launchSetId, '');
    assert.deepEqual(status, {
      cantonVersion: '3.5',
      versionSource: 'setting',
      edition: 'enterprise',
      launchSet: 'p.conf',
      launchSets: [{ id: launchSetId, name: 'p.conf' }],
      problems: { errors: 0, warnings: 0 },
    });
  });

  it('leave documents alone that are not Canton configuration', async () => {
    await start();
    const uri = folder.uri('nginx.conf');
    await client.open(uri, 'server {\n  listen 80;\n  location / { root /var/www; }\n}}\n');
    assert.deepEqual(await client.pulled(uri), []);
    const classified = await client.connection.sendRequest('cantonKms/classify', {
      uri: folder.uri('x.conf'),
      text: GOOD,
    });
    assert.deepEqual(classified, { canton: true });
  });

  it('stay with a document that was recognized, however broken it is meanwhile', async () => {
    await start();
    const uri = folder.uri('a.conf');
    await client.open(uri, GOOD);
    await client.pulled(uri);
    await client.change(uri, '}}} <<<<<<< HEAD\n');
    assert.ok(errors(await client.pulled(uri)).length > 0);
  });

  it('do not read files outside the workspace', async () => {
    const gcp = 'canton.participants.p1.crypto.kms.type = gcp\n';
    const outside = new TestFolder({ 'over.conf': gcp });
    try {
      folder.write('over.conf', gcp);
      await start();
      const uri = folder.uri('a.conf');
      const including = (path: string) => `${GOOD}include "${path}/over.conf"\n`;
      await client.open(uri, including(folder.path));
      // Read, it makes `region` an unknown key.
      assert.ok(codes(errors(await client.pulled(uri))).includes('read/unknown-key'));
      await client.change(uri, including(outside.path));
      assert.deepEqual(errors(await client.pulled(uri)), []);
    } finally {
      outside.remove();
    }
  });

  it('survive anything that is typed', async () => {
    await start();
    const uri = folder.uri('a.conf');
    await client.open(uri, GOOD);
    const deep = `canton ${'{a'.repeat(10_000)}`;
    for (const text of [
      '',
      '{',
      '<<<<<<< HEAD\n=======\n>>>>>>> x',
      '\u0000\u0001',
      deep,
      GOOD.replaceAll('\n', '\r\n'),
    ]) {
      await client.change(uri, text);
      await client.pulled(uri);
    }
    assert.deepEqual(errors(await client.pulled(uri)), []);
    assert.equal(await client.stop(), 0);
  });

  describe('of files that are not open', () => {
    const pullAll = (previousResultIds: { uri: string; value: string }[] = []) =>
      client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
    const found = async (reports: Promise<WorkspaceDiagnosticReport>) =>
      (await reports).items.map((one) => [
        one.uri.slice(folder.uri('').replace(/\/$/, '').length + 1),
        one.kind === 'full' ? codes(errors(one.items)) : one.kind,
      ]);

    it('are reported where they are requested, inside other documents as well', async () => {
      folder.write('a.conf', BAD);
      folder.write('page.md', `# Page\n\n\`\`\`hocon\n${BAD}\`\`\`\n`);
      folder.write('node_modules/x.conf', BAD);
      await start(PULL, { workspaceDiagnostics: true });
      await client.open(folder.uri('open.conf'), BAD);
      assert.deepEqual(await found(pullAll()), [
        ['a.conf', ['read/unknown-key']],
        ['page.md', ['read/unknown-key']],
      ]);
    });

    it('are reported again when something changed, and not before', async () => {
      folder.write('a.conf', BAD);
      await start(PULL, { workspaceDiagnostics: true });
      const first = await pullAll();
      const ids = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
      let isAnswered = false;
      const second = pullAll(ids).finally(() => {
        isAnswered = true;
      });
      await client.open(folder.uri('other.conf'), GOOD);
      await client.pulled(folder.uri('other.conf'));
      assert.equal(isAnswered, false);
      folder.write('a.conf', GOOD);
      folder.write('new.conf', BAD);
      await client.changedOnDisk(folder.uri('a.conf'), folder.uri('new.conf'));
      assert.deepEqual(await found(second), [
        ['a.conf', []],
        ['new.conf', ['read/unknown-key']],
      ]);
    });

    it('are not reported where nobody wants them', async () => {
      folder.write('a.conf', BAD);
      await start(PULL, { workspaceDiagnostics: false });
      assert.deepEqual(await found(pullAll()), []);
    });
  });
});
