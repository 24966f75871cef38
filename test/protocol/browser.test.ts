import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { built } from '../kit/built';

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly folder?: string; readonly name?: string };
  readonly result?: unknown;
}

/**
 * The bundle for web workers, with a message channel in place of the worker's, and a client that provides the files.
 */
class WebClient {
  readonly reads: string[] = [];
  /** The requested files of the extension. */
  readonly data: string[] = [];
  private readonly answers = new Map<number, (result: unknown) => void>();
  private readonly port: MessagePort;
  private readonly worker: MessagePort;
  private count = 0;

  constructor(
    private readonly files: ReadonlyMap<string, string>,
    private readonly hasData = true,
  ) {
    const { port1, port2 } = new MessageChannel();
    [this.port, this.worker] = [port1, port2];
    port1.on('message', (message: Message) => this.receive(message));
    const scope = Object.assign(port2, { self: port2 });
    new Function('self', readFileSync(built('web/server.js'), 'utf8'))(scope);
  }

  private receive({ id, method, params, result }: Message): void {
    if (method === undefined) {
      this.answers.get(id as number)?.(result);
    } else if (id !== undefined) {
      this.port.postMessage({ jsonrpc: '2.0', id, result: this.answer(method, params ?? {}) });
    }
  }

  private answer(method: string, { uri, folder, name = '' }: NonNullable<Message['params']>): unknown {
    if (method === 'cantonKms/listFiles') return [...this.files.keys()].filter((one) => one.startsWith(folder ?? ''));
    if (method === 'cantonKms/readData') {
      this.data.push(name);
      return this.hasData
        ? { text: readFileSync(join(dirname(built('cli.js')), 'data/configuration', name), 'utf8') }
        : null;
    }
    if (method !== 'cantonKms/readFile') return null;
    this.reads.push(uri ?? '');
    return { text: this.files.get(uri ?? '') ?? null };
  }

  notify(method: string, params: unknown): void {
    this.port.postMessage({ jsonrpc: '2.0', method, params });
  }

  request<T>(method: string, params: unknown): Promise<T> {
    const id = ++this.count;
    this.port.postMessage({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve) => this.answers.set(id, resolve as (result: unknown) => void));
  }

  close(): void {
    this.port.close();
    this.worker.close();
  }
}

describe('the server in a web worker', () => {
  it('checks with files that the client provides, and asks only for those of the workspace', async () => {
    const root = 'vscode-vfs://github/org/deployment';
    const client = new WebClient(
      new Map([[`${root}/kms.conf`, 'canton.participants.p1.crypto.kms { type = aws, region = x }\n']]),
    );
    try {
      const workspaceFolders = [{ uri: root, name: 'deployment' }];
      const capabilities = { textDocument: { diagnostic: {} } };
      await client.request('initialize', { processId: null, rootUri: root, capabilities, workspaceFolders });
      client.notify('initialized', {});
      const uri = `${root}/main.conf`;
      const text = 'include "kms.conf"\ncanton.participants.p1.crypto.kms.regoin = y\n';
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'canton-conf', version: 1, text } });
      const { items } = await client.request<{ items: { code: string; message: string }[] }>(
        'textDocument/diagnostic',
        {
          textDocument: { uri },
        },
      );
      const unknown = items.find(({ code }) => code === 'read/unknown-key');
      // Only the included file shows that AWS does not have this key.
      assert.match(unknown?.message ?? '', /of type 'aws'/);
      assert.ok(client.reads.includes(`${root}/kms.conf`));
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: `${text}include "../../../secret.conf"\n` }],
      });
      await client.request('textDocument/diagnostic', { textDocument: { uri } });
      for (const read of client.reads) assert.ok(read.startsWith(`${root}/`), read);
    } finally {
      client.close();
    }
  });

  for (const hasData of [true, false]) {
    it(`${hasData ? 'asks the client for the data of the version that it checks, and of Splice' : 'checks crypto sections for a client that has no data'}`, async () => {
      const root = 'vscode-vfs://github/org/deployment';
      const client = new WebClient(new Map(), hasData);
      try {
        const capabilities = { textDocument: { diagnostic: {} } };
        await client.request('initialize', { processId: null, rootUri: root, capabilities });
        client.notify('initialized', {});
        const uri = `${root}/main.conf`;
        const text =
          'canton.participants.p1 { admin-api.port = 70000, ledger-api.port = 1, storage.type = memory, crypto.kms.typ = aws }\n';
        client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'canton-conf', version: 1, text } });
        const { items } = await client.request<{ items: { code: string; severity: number }[] }>(
          'textDocument/diagnostic',
          { textDocument: { uri } },
        );
        const errors = items.filter(({ severity }) => severity === 1).map(({ code }) => code);
        assert.ok(errors.includes('read/missing-key'), String(errors));
        assert.equal(errors.includes('read/invalid-value'), hasData, String(errors));
        assert.deepEqual(client.data, hasData ? ['3.5.json', 'key-versions.json'] : ['3.5.json']);
      } finally {
        client.close();
      }
    });
  }
});
