import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startServer } from '../../../server/src/lsp/connection';
import { Random } from '../../conformance/hocon/generator/random';

const FOLDER = 'file:///fuzz';
const URI = `${FOLDER}/main.conf`;
const TEXT = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, regoin = x } }\n';

const NOTIFICATIONS = [
  ...['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didSave', 'textDocument/didClose'],
  ...['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders'],
  ...['cantonKms/cursorMoved', '$/setTrace', '$/cancelRequest', '$/none', 'none'],
];
const REQUESTS = [
  ...['hover', 'completion', 'definition', 'references', 'documentHighlight', 'documentLink', 'documentSymbol'],
  ...['foldingRange', 'selectionRange', 'semanticTokens/full', 'semanticTokens/range', 'semanticTokens/full/delta'],
  ...['codeAction', 'codeLens', 'inlayHint', 'formatting', 'rangeFormatting', 'onTypeFormatting', 'rename'],
  ...['prepareRename', 'diagnostic'],
].map((name) => `textDocument/${name}`);
const OWN = [
  ...['classify', 'status', 'preferLaunchSets', 'doctor', 'rulePage', 'effective', 'nodes', 'nodeList', 'procedures'],
  ...['nextQuestion', 'answerFault', 'plan', 'runbook', 'policy', 'readOnlyFiles', 'moveEntry', 'otherDefinition'],
  ...['keyPaths'],
].map((name) => `cantonKms/${name}`);
const METHODS = [...REQUESTS, ...OWN, 'workspace/symbol', 'completionItem/resolve', 'none', 'initialize'];

const URIS = [
  URI,
  `${FOLDER}/b.yaml`,
  `${FOLDER}/canton-kms.json`,
  'untitled:a',
  'a b',
  '\ud83d',
  'file:',
  '',
  5,
  null,
  {},
];
const NUMBERS = [0, 1, -1, 7, 1e9, 2 ** 53, 1.5, Number.NaN, '1', null, {}];

/** One server for all sessions of a thread: no message of a client ends it or makes it unable to answer. */
export class ProtocolFuzzer {
  private readonly client: Promise<ProtocolConnection>;
  private fault: string | undefined;

  constructor(private readonly seed: number) {
    process.on('unhandledRejection', (reason) => {
      this.fault = `unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`;
    });
    this.client = connect();
  }

  async session(index: number): Promise<string | undefined> {
    const random = new Random(this.seed, index);
    const client = await this.client;
    const sent: string[] = [];
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < 20; i++) {
      const [isRequest, params] = [random.oneIn(2), paramsOf(random)];
      const method = random.pick(isRequest ? METHODS : NOTIFICATIONS);
      sent.push(`${method} ${JSON.stringify(params)}`);
      if (isRequest) answers.push(client.sendRequest(method, params as object).catch(() => undefined));
      else await client.sendNotification(method, params as object);
    }
    await Promise.all(answers);
    const textDocument = { uri: `${FOLDER}/alive${index}.conf` };
    const opened = { ...textDocument, languageId: 'canton-conf', version: 1, text: TEXT };
    await client.sendNotification('textDocument/didOpen', { textDocument: opened });
    const report = await client.sendRequest('textDocument/diagnostic', { textDocument }).catch((error) => error);
    await client.sendNotification('textDocument/didClose', { textDocument });
    const isRight = JSON.stringify(report).includes('read/unknown-key');
    const fault = this.fault ?? (isRight ? undefined : `it answers ${JSON.stringify(report)}`);
    this.fault = undefined;
    return fault && `${fault}\n  after ${sent.join('\n  ')}`;
  }
}

async function connect(): Promise<ProtocolConnection> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const files = { read: async () => undefined };
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    files: () => files,
    list: async () => [],
    rulePage: () => undefined,
  });
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  for (const method of ['workspace/configuration', 'client/registerCapability']) client.onRequest(method, () => null);
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: FOLDER,
    workspaceFolders: [{ uri: FOLDER, name: 'fuzz' }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true, workspaceFolders: true } },
  });
  await client.sendNotification('initialized', {});
  return client;
}

/** Parameters as a client should send them, with parts that it should not. */
function paramsOf(random: Random): unknown {
  if (random.oneIn(12)) return random.pick([null, 5, 'text', [], {}, [[]], { textDocument: null }]);
  const position = () => ({ line: random.pick(NUMBERS), character: random.pick(NUMBERS) });
  const range = () => random.pick([{ start: position(), end: position() }, { start: 5 }, null, {}]);
  const uri = () => random.pick(URIS);
  const text = () => random.pick([TEXT, '', '\ud83d', 'include "main.conf"', 5, null, 'canton {', 'a = ${a}']);
  const change = () => random.pick([{ range: range(), text: text() }, { text: text() }, null, 5]);
  return {
    textDocument: random.pick([
      { uri: uri() },
      { uri: uri(), version: random.pick(NUMBERS), languageId: 'canton-conf', text: text() },
    ]),
    uri: uri(),
    position: position(),
    positions: [position(), position()],
    range: range(),
    ranges: [range()],
    context: random.pick([{ diagnostics: [], includeDeclaration: true }, { only: [5] }, null, {}]),
    options: random.pick([{ tabSize: random.pick(NUMBERS), insertSpaces: true }, {}, null, { provider: 5 }]),
    contentChanges: random.pick([[change(), change()], change(), []]),
    changes: random.pick([[{ uri: uri(), type: random.pick(NUMBERS) }, null], 5]),
    event: random.pick([{ added: [{ uri: uri(), name: 'x' }], removed: [{ uri: `${FOLDER}/x` }] }, {}, null]),
    settings: random.pick([{ cantonKms: { cantonVersion: random.pick(['3.4', 5, null]) } }, 5, null]),
    ...Object.fromEntries(
      [
        'newName',
        'ch',
        'query',
        'label',
        'id',
        'ids',
        'node',
        'procedure',
        'option',
        'answer',
        'code',
        'direction',
        'uris',
        'text',
      ].map((name) => [name, random.pick(['x', 'participants.p1', 'rotate-kms-keys', 'up', 5, null, [], ['x'], {}])]),
    ),
  };
}
