import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  PublishDiagnosticsNotification,
} from 'vscode-languageserver/node';
import { LspClient, PULL, PUSH } from '../../kit/lsp-client';
import { configOfLines } from './config';
import { median } from './measure';
import { type Column, table } from './table';

const ROOT = join(__dirname, '../../..');
const LINES = [100, 1000, 10_000];
const ROUNDS = 9;
const WARM_UP_ROUNDS = 4;
/** How long yaml-language-server waits for more edits before it looks at one (`validationDelayMs` of its 2.0.0). */
const YAML_PAUSE_MS = 200;
const PATIENCE_MS = 120_000;

/** One edit and the wait for the diagnostics of the text after it. */
type Edit = (round: number) => Promise<void>;

/** @returns Markdown */
export async function benchServers(log: (line: string) => void): Promise<string> {
  const columns: Column[] = [];
  for (const lines of LINES) {
    log(`${lines} lines`);
    const { hocon, yaml } = configOfLines(lines);
    const ours = await timeOurs(hocon);
    const theirs = await timeYaml(yaml);
    const times = new Map([
      ['ours', ours],
      ['yaml-language-server', theirs],
      [`yaml-language-server without its pause`, theirs - YAML_PAUSE_MS],
    ]);
    columns.push({ name: `${hocon.split('\n').length} lines`, times });
  }
  return table(columns, 'ours', ['ours', 'yaml-language-server without its pause', 'yaml-language-server']);
}

async function timeOurs(text: string): Promise<number> {
  const uri = 'file:///bench/bench.canton.conf';
  const client = await LspClient.start({
    command: [join(ROOT, 'dist/server.js'), '--stdio'],
    folders: ['file:///bench'],
    capabilities: PULL,
  });
  await client.open(uri, text);
  const median = await rounds(async (round) => {
    await client.change(uri, changeLine(text, round));
    const found = await client.pulled(uri);
    expectFault(found.length, round);
  });
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
  const uri = pathToFileURL(join(folder, 'bench.yaml')).href;
  const client = await LspClient.start({
    command: [join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'],
    folders: [pathToFileURL(folder).href],
    capabilities: { ...PUSH, workspace: { ...PUSH.workspace, configuration: true, workspaceFolders: true } },
  });
  const yaml = { validate: true, schemas: { [pathToFileURL(schema).href]: '*.yaml' }, schemaStore: { enable: false } };
  client.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : {})),
  );
  // It does not read what the notification says, but asks.
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
  let heard: (found: number) => void = () => {};
  client.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => heard(diagnostics.length));
  const opened = new Promise<number>((resolve) => {
    heard = resolve;
  });
  await client.open(uri, text, 'yaml');
  await withPatience(opened);
  const median = await rounds(async (round) => {
    const found = new Promise<number>((resolve) => {
      heard = resolve;
    });
    await client.change(uri, changeLine(text, round));
    expectFault(await withPatience(found), round);
  });
  client.kill();
  rmSync(folder, { recursive: true });
  return median;
}

/** Half of the rounds put a fault into the text, the others take it away, so that no answer is the one before. */
function changeLine(text: string, round: number): string {
  if (round % 2 === 1) return text;
  const at = text.lastIndexOf('max-retries');
  return `${text.slice(0, at)}x-${text.slice(at)}`;
}

let clean: number | undefined;

/** A server that finds nothing is fast and useless. */
function expectFault(found: number, round: number): void {
  if (round % 2 === 1) clean = found;
  else if (clean !== undefined && found <= clean) throw new Error('the fault was not found');
}

async function rounds(edit: Edit): Promise<number> {
  clean = undefined;
  const times: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const began = performance.now();
    await edit(round);
    if (round >= WARM_UP_ROUNDS) times.push(performance.now() - began);
  }
  return median(times);
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
