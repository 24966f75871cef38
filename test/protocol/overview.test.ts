import assert from 'node:assert/strict';
import {
  CodeActionRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  DiagnosticRefreshRequest,
  InlayHintRequest,
} from 'vscode-languageserver/node';
import { built, TestFolder } from '../kit/built';
import { eventually, LspClient, PULL } from '../kit/lsp-client';

const KMS = 'type = aws\nregion = us-east-1\n';
const MAIN = `canton.participants.p1 {
  crypto { provider = kms, kms { include "kms.conf" } }
}
`;

interface Effective {
  readonly text: string;
  readonly links: readonly { readonly uri: string; readonly line: number }[];
}

describe('nodes at a glance over the protocol', () => {
  let folder: TestFolder;
  let client: LspClient;
  let main: { readonly uri: string };
  let changes: number;
  let refreshes: number;

  before(async () => {
    folder = new TestFolder({ 'main.conf': MAIN, 'kms.conf': KMS });
    const capabilities = {
      ...PULL,
      workspace: { ...PULL.workspace, codeLens: { refreshSupport: true } },
      experimental: { cantonKms: true },
    };
    client = await LspClient.start({
      command: [built('cli.js'), 'lsp', '--stdio'],
      folders: [folder.uri()],
      capabilities,
    });
    [changes, refreshes] = [0, 0];
    client.connection.onNotification('cantonKms/configurationChanged', () => {
      changes++;
    });
    client.connection.onRequest(DiagnosticRefreshRequest.type, () => {});
    client.connection.onRequest(CodeLensRefreshRequest.type, () => {
      refreshes++;
    });
    main = { uri: folder.uri('main.conf') };
    await client.open(main.uri, MAIN);
  });
  after(() => {
    client.kill();
    folder.remove();
  });

  const effective = (node: string) =>
    client.connection.sendRequest<Effective | null>('cantonKms/effective', { ...main, node });

  const lenses = async () => {
    const found = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: main });
    return found?.map(({ command }) => command);
  };

  it('where a document is in several launch sets, the chosen one counts', async () => {
    const uri = folder.uri('two/main.conf');
    const text = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = ${region} } }\n';
    folder.write('two/a.conf', 'region = here\n');
    folder.write('two/b.conf', 'region = there\n');
    const launchSets = { a: ['main.conf', 'a.conf'], b: ['main.conf', 'b.conf'] };
    folder.write('two/canton-kms.json', JSON.stringify({ launchSets }));
    await client.open(uri, text);
    const title = async () =>
      (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }))?.[0]?.command?.title;
    assert.match((await title()) ?? '', /here/);
    type Status = { launchSets: { id: string; name: string }[] };
    const status = await client.connection.sendRequest<Status>('cantonKms/status', { uri });
    const ids = status.launchSets.filter(({ name }) => name === 'b').map(({ id }) => id);
    await client.connection.sendRequest('cantonKms/preferLaunchSets', { ids });
    assert.match((await title()) ?? '', /there/);
    const params = { uri, node: 'participants.p1', procedure: 'rotate-external-keys', options: {} };
    const chosen = await client.connection.sendRequest<{ option: string } | null>('cantonKms/nextQuestion', params);
    assert.equal(chosen?.option, 'set.key', 'nobody is asked again which launch set is meant');
    await client.connection.sendRequest('cantonKms/preferLaunchSets', { ids: [] });
    const open = await client.connection.sendRequest<{ option: string } | null>('cantonKms/nextQuestion', params);
    assert.equal(open?.option, 'launch-set');
    await client.close(uri);
  });

  it('a second lens and refactorings plan a procedure for the node', async () => {
    const found = (await lenses()) ?? [];
    assert.deepEqual(
      found.map((command) => command?.title?.replace(/ · .*/, '')),
      ['External keys', 'Plan a procedure…'],
    );
    assert.deepEqual(found[1]?.arguments, [{ uri: main.uri, node: 'participants.p1' }]);
    const position = { line: 1, character: 3 };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: main,
      range: { start: position, end: position },
      context: { diagnostics: [], only: ['refactor'] },
    });
    const titles = actions?.map(({ title }) => title) ?? [];
    assert.ok(titles.includes('Rotate external keys for participants.p1…'), String(titles));
  });

  it('hints say what is taken for the telling keys that are absent', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    const found = await client.connection.sendRequest(InlayHintRequest.type, { textDocument: main, range });
    assert.deepEqual(
      found?.map(({ position, label }) => [position.line, label]),
      [[1, 'default: audit-logging = false']],
    );
  });

  it('the report names what is loaded and what is not, and shows no values', async () => {
    const { text } = await client.connection.sendRequest<{ text: string }>('cantonKms/doctor', {});
    assert.match(text, /^Launch set main\.conf \(inferred\)$/m);
    assert.match(text, /files: .*main\.conf, .*kms\.conf$/m);
    assert.match(text, /nodes: participants\.p1 \(external keys, aws\)/);
    assert.doesNotMatch(text, /us-east-1/);
  });

  it('a click on a lens shows the node, in an editor that has the command', async () => {
    const [command] = (await lenses()) ?? [];
    assert.equal(command?.command, 'cantonKms.showEffective');
    assert.deepEqual(command?.arguments, [{ ...main, node: 'participants.p1' }]);
  });

  it('a log is explained with a link to the line of the configuration', async () => {
    interface Page {
      readonly markdown: string;
      readonly isKnown: boolean;
    }
    const text =
      '2026-11-30 21:14:27,128 [main] ERROR c.d.c.c.k.a.AwsKms:participant=p1 - KMS operation `signing with key KmsKeyId(a)` failed: KmsSignError(keyId = KmsKeyId(a), reason = Connection refused: <img src=x>)';
    const explain = (params: object) => client.connection.sendRequest<Page | null>('cantonKms/explainLog', params);
    const page = await explain({ text, uri: main.uri });
    assert.equal(page?.isKnown, true);
    assert.match(page?.markdown ?? '', /^## kms\/connection-refused: participants\.p1$/m);
    assert.ok(
      page?.markdown.includes(
        `[kms.conf:2](${folder.uri('kms.conf')}#L2) \`canton.participants.p1.crypto.kms.region\``,
      ),
    );
    assert.match(page?.markdown ?? '', /^```\nKMS operation .*<img src=x>/m, 'in a fence');
    assert.match(
      (await explain({ text }))?.markdown ?? '',
      /`canton\.participants\.p1\.crypto\.kms\.endpoint-override`/,
    );
    assert.match((await explain({ text: 'hello', uri: main.uri }))?.markdown ?? '', /\*\*Unknown\.\*\*/);
    assert.equal(await explain({ text: 7 }), null);
  });

  it('the effective configuration of a node is a document with the places of its values', async () => {
    const found = await effective('participants.p1');
    assert.match(found?.text ?? '', /^ {4}region = us-east-1 +# kms.conf:2$/m);
    assert.deepEqual(
      found?.links.map(({ uri, line }) => `${uri.split('/').at(-1)}:${line}`),
      ['main.conf:1', 'kms.conf:0', 'kms.conf:1'],
    );
    assert.equal(await effective('participants.p2'), null);
  });

  it('so it is for HOCON inside another document, with places of that document', async () => {
    const uri = folder.uri('values.yaml');
    const text = `env:
  - name: ADDITIONAL_CONFIG
    value: |
      canton.participants.p7.crypto {
        provider = kms
        kms { type = aws, region = eu-west-1 }
      }
`;
    await client.open(uri, text, 'yaml');
    const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
    assert.deepEqual([lens?.range.start.line, lens?.command?.arguments], [3, [{ uri, node: 'participants.p7' }]]);
    const params = lens?.command?.arguments?.[0];
    const found = await client.connection.sendRequest<Effective | null>('cantonKms/effective', params);
    assert.match(found?.text ?? '', /region = eu-west-1 +# values.yaml:6$/m);
    assert.deepEqual([...new Set(found?.links.map((link) => link.uri))], [uri]);
    await client.close(uri);
  });

  it('follows edits of an included file, and says when to look again', async () => {
    await client.pull(main.uri);
    const [changesBefore, refreshesBefore] = [changes, refreshes];
    await client.open(folder.uri('kms.conf'), KMS);
    await client.change(folder.uri('kms.conf'), KMS.replace('us-east-1', 'eu-west-1'));
    await eventually(() => changes > changesBefore, 'nothing was said');
    await eventually(() => refreshes > refreshesBefore, 'lenses stay as they are');
    assert.match((await effective('participants.p1'))?.text ?? '', /region = eu-west-1/);
    assert.match((await lenses())?.[0]?.title ?? '', /eu-west-1/);
  });
});
