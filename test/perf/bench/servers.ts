import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  PublishDiagnosticsNotification,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { YOUNG_GENERATION } from '../../../client/src/infrastructure/server-process';
import { LspClient, PULL, PUSH } from '../../kit/lsp-client';
import { configOfLines } from './config';
import { median } from './measure';
import { resolvePeer } from './peers';
import { type Column, table } from './table';

const ROOT = join(__dirname, '../../..');
const LINES = [100, 1000, 10_000];
const ROUNDS = 25;
const WARM_UP_ROUNDS = 15;
/**
 * The time that yaml-language-server waits for more edits before it processes one (`validationDelayMs` of its 2.0.0).
 */
const YAML_PAUSE_MS = 200;
const PATIENCE_MS = 120_000;

const PUBLISHED = 'ours, published';
const PULLED = 'ours, asked for (as VS Code does)';
const YAML = 'yaml-language-server, published';
const YAML_UNPAUSED = 'the same without the 200 ms that it waits before it looks';

/** @returns Markdown */
export async function benchServers(log: (line: string) => void): Promise<string> {
  const columns: Column[] = [];
  for (const lines of LINES) {
    log(`${lines} lines`);
    const { hocon, yaml } = configOfLines(lines);
    const theirs = await timeYaml(yaml);
    const times = new Map([
      [PUBLISHED, await timeOurs(hocon, PUSH)],
      [PULLED, await timeOurs(hocon, PULL)],
      [YAML, theirs],
      [YAML_UNPAUSED, theirs - YAML_PAUSE_MS],
    ]);
    for (const [name, time] of times) log(`  ${name}: ${time.toPrecision(3)} ms`);
    columns.push({ name: `${hocon.split('\n').length} lines`, times });
  }
  return table(columns, PUBLISHED, [PUBLISHED, PULLED, YAML, YAML_UNPAUSED]);
}

/** The server as the VS Code client starts it. */
async function timeOurs(text: string, capabilities: ClientCapabilities): Promise<number> {
  const uri = 'file:///bench/bench.canton.conf';
  const client = await LspClient.start({
    command: [YOUNG_GENERATION, join(ROOT, 'dist/server.js'), '--stdio'],
    folders: ['file:///bench'],
    capabilities,
  });
  const found = capabilities === PULL ? async () => (await client.pulled(uri)).length : publications(client);
  const median = await timeEdits(client, uri, 'canton-conf', text, found);
  await client.stop();
  return median;
}

async function timeYaml(text: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const schema = join(folder, 'canton.schema.json');
  writeFileSync(
    schema,
    execFileSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'schema', '--canton-version', '3.5']),
  );
  const client = await LspClient.start({
    command: [resolvePeer('yaml-language-server/bin/yaml-language-server'), '--stdio'],
    folders: [pathToFileURL(folder).href],
    capabilities: { ...PUSH, workspace: { ...PUSH.workspace, configuration: true, workspaceFolders: true } },
  });
  const yaml = { validate: true, schemas: { [pathToFileURL(schema).href]: '*.yaml' }, schemaStore: { enable: false } };
  client.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : {})),
  );
  // It ignores the content of the notification and requests the settings.
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
  const uri = pathToFileURL(join(folder, 'bench.yaml')).href;
  const median = await timeEdits(client, uri, 'yaml', text, publications(client));
  client.kill();
  rmSync(folder, { recursive: true });
  return median;
}

/** Waits for the number of problems that the server finds in the current text. */
type Found = () => Promise<number>;

/** The number of problems in the next publication. */
function publications(client: LspClient): Found {
  let heard: (found: number) => void = () => {};
  client.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => heard(diagnostics.length));
  return () =>
    new Promise((resolve) => {
      heard = resolve;
    });
}

/** The median time from an edit that adds or fixes a fault in the last node to the problems of the text after it. */
async function timeEdits(client: LspClient, uri: string, language: string, text: string, found: Found) {
  const opened = client.open(uri, text, language);
  const clean = await withPatience(found());
  await opened;
  const times: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const isFaulty = round % 2 === 0;
    const began = performance.now();
    const changed = client.change(uri, [edit(text, isFaulty)]);
    const count = await withPatience(found());
    await changed;
    if (round >= WARM_UP_ROUNDS) times.push(performance.now() - began);
    // A server that finds nothing is fast and useless.
    if (count > clean !== isFaulty) throw new Error(`${count} problems, and ${clean} before`);
  }
  return median(times);
}

/** Adds a fault to the text or removes it, so that each answer differs from the previous one. */
function edit(text: string, isFaulty: boolean): TextDocumentContentChangeEvent {
  const before = text.slice(0, text.lastIndexOf('max-retries')).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const fault = 'x-';
  return isFaulty
    ? { range: { start, end: start }, text: fault }
    : { range: { start, end: { ...start, character: start.character + fault.length } }, text: '' };
}

function withPatience<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no diagnostics came')), PATIENCE_MS);
    answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    }, reject);
  });
}
