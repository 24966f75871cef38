import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver/node';
import { built, TestFolder } from '../kit/built';
import { type ClientOptions, eventually, LspClient, PULL } from '../kit/lsp-client';

const KMS = 'provider = kms, kms { type = aws, region = us-east-1 }';
/** Session signing keys are unknown to Canton 2.10. */
const NODE =
  'canton.participants.p1 { admin-api.port = 1, ledger-api.port = 2, http-ledger-api.port = 3 }\n' +
  `canton.participants.p1.crypto { ${KMS}, session-signing-keys.enabled = false }\n`;
/** Read, it makes `region` an unknown key. */
const OVER = 'canton.participants.p1.crypto.kms.type = gcp\n';

/** The editor is asked for its settings. */
const ASKED = { ...PULL, workspace: { ...PULL.workspace, configuration: true } };

interface Status {
  readonly cantonVersion: string;
  readonly versionSource: string;
  readonly launchSet: string;
}

describe('workspaces over the protocol', () => {
  let client: LspClient;
  let folders: TestFolder[];
  beforeEach(() => {
    folders = [];
  });
  afterEach(() => {
    client.kill();
    for (const folder of folders) folder.remove();
  });

  function folder(files: Readonly<Record<string, string>>): TestFolder {
    const made = new TestFolder(files);
    folders.push(made);
    return made;
  }

  async function start(roots: readonly string[], options: Partial<ClientOptions> = {}): Promise<void> {
    client = await LspClient.start({ command: [built('cli.js'), 'lsp', '--stdio'], folders: roots, ...options });
  }

  const status = (uri: string) => client.connection.sendRequest<Status>('cantonKms/status', { uri });
  const errors = async (uri: string) =>
    (await client.pulled(uri)).filter(({ severity }) => severity === 1).map(({ code }) => code);

  it('of several folders go by the project file of each', async () => {
    const current = folder({
      'node.conf': NODE,
      'canton-kms.json': '{ "cantonVersion": "3.5", "launchSets": { "current": ["node.conf"] } }',
    });
    const old = folder({
      'node.conf': NODE,
      'canton-kms.json': '{ "cantonVersion": "2.10", "launchSets": { "old": ["node.conf"] } }',
    });
    await start([current.uri(), old.uri()]);
    for (const [root, cantonVersion, launchSet] of [
      [current, '3.5', 'current'],
      [old, '2.10', 'old'],
    ] as const) {
      await client.open(root.uri('node.conf'), NODE);
      const found = await status(root.uri('node.conf'));
      assert.deepEqual([found.cantonVersion, found.launchSet], [cantonVersion, launchSet]);
    }
    assert.deepEqual(await errors(current.uri('node.conf')), []);
    assert.ok((await errors(old.uri('node.conf'))).includes('read/unknown-key'));
  });

  it('of several folders go by the settings of each, and follow folders that come and go', async () => {
    const [one, two] = [folder({ 'node.conf': NODE }), folder({ 'node.conf': NODE })];
    const versions = new Map([[two.uri(), '2.10']]);
    await start([one.uri()], {
      capabilities: ASKED,
      configuration: (scope) => ({ cantonVersion: versions.get(scope ?? '') ?? '3.4' }),
    });
    const version = async (root: TestFolder) => (await status(root.uri('node.conf'))).cantonVersion;
    await client.open(one.uri('node.conf'), NODE);
    await client.open(two.uri('node.conf'), NODE);
    assert.deepEqual([await version(one), await version(two)], ['3.4', '3.4']);
    const event = { added: [{ uri: two.uri(), name: 'two' }], removed: [] };
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
    await eventually(async () => (await version(two)) === '2.10');
    assert.equal(await version(one), '3.4');
    versions.set(one.uri(), '3.3');
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await eventually(async () => (await version(one)) === '3.3');
    assert.equal((await status(one.uri('node.conf'))).versionSource, 'setting');
  });

  it('are not judged before the settings are known, however late they come', async () => {
    const one = folder({ 'node.conf': NODE });
    const configuration = () => sleep(300).then(() => ({ cantonVersion: '2.10' }));
    await start([one.uri()], { capabilities: ASKED, configuration });
    await client.open(one.uri('node.conf'), NODE);
    assert.ok((await errors(one.uri('node.conf'))).includes('read/unknown-key'));
  });

  it('are judged by the defaults in the end, where no settings come', async () => {
    const one = folder({ 'node.conf': NODE });
    await start([one.uri()], { capabilities: ASKED, configuration: () => new Promise(() => {}) });
    await client.open(one.uri('node.conf'), NODE);
    assert.equal((await status(one.uri('node.conf'))).cantonVersion, '3.5');
  });

  it('are all that is read: no include leads out, by an absolute path, a URL, .. or a link', async () => {
    const outside = folder({ 'over.conf': OVER, 'sub/over.conf': OVER });
    const inside = folder({ 'over.conf': OVER });
    symlinkSync(join(outside.path, 'over.conf'), join(inside.path, 'link.conf'));
    symlinkSync(join(outside.path, 'sub'), join(inside.path, 'linked'));
    mkdirSync(join(inside.path, 'deep'));
    const climbing = `../../${outside.path.split('/').at(-1)}/over.conf`;
    await start([inside.uri()]);
    const uri = inside.uri('deep/node.conf');
    await client.open(uri, `${NODE}include "../over.conf"\n`);
    assert.ok((await errors(uri)).includes('read/unknown-key'), 'a file inside is read');
    for (const include of [
      `"${join(outside.path, 'over.conf')}"`,
      `file("${join(outside.path, 'over.conf')}")`,
      `url("${outside.uri('over.conf')}")`,
      `"${climbing}"`,
      '"../link.conf"',
      '"../linked/over.conf"',
      'file("/etc/passwd")',
    ]) {
      await client.change(uri, `${NODE}include ${include}\n`);
      assert.deepEqual(await errors(uri), [], include);
    }
  });

  it('of a project file that names files outside are not read either', async () => {
    const outside = folder({ '.env': 'REGION=from-outside\n', 'over.conf': OVER });
    const name = outside.path.split('/').at(-1);
    const inside = folder({
      'canton-kms.json': JSON.stringify({
        envFile: `../${name}/.env`,
        launchSets: { all: ['node.conf', `../${name}/over.conf`] },
      }),
    });
    await start([inside.uri()]);
    const uri = inside.uri('node.conf');
    await client.open(uri, NODE.replace('us-east-1', '${REGION}'));
    const node = { uri, node: 'participants.p1' };
    const { text } = await client.connection.sendRequest<{ text: string }>('cantonKms/effective', node);
    assert.match(text, /type = aws/);
    assert.doesNotMatch(text, /from-outside/);
  });

  it('that are on no disk are read through the client', async () => {
    const root = 'memfs://host/deployment';
    const files = new Map([[`${root}/over.conf`, OVER]]);
    await start([root], {
      requests: {
        'cantonKms/readFile': ({ uri }: { uri: string }) => ({ text: files.get(uri) ?? null }),
        'cantonKms/listFiles': () => [...files.keys()],
      },
    });
    const uri = `${root}/node.conf`;
    await client.open(uri, `${NODE}include "over.conf"\n`);
    assert.ok((await errors(uri)).includes('read/unknown-key'));
    await client.change(uri, `${NODE}include "/etc/passwd"\n`);
    assert.deepEqual(await errors(uri), []);
  });
});
