import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CompletionRequest, DefinitionRequest, HoverRequest } from 'vscode-languageserver/node';
import { LspClient, PULL } from '../../kit/lsp-client';
import { configOfSize } from './config';
import { median } from './measure';

const ROUNDS = 9;
const URI = 'file:///bench/bench.canton.conf';
const SIZES = [
  { name: '100 KB', characters: 100_000 },
  { name: '1 MB', characters: 1_000_000 },
];

/** One operation that a user waits for. `time` runs it once with the build in a folder, and returns milliseconds. */
interface Row {
  readonly name: string;
  time(dist: string): Promise<number> | number;
}

/**
 * Compares the times of this build and another one, with whole processes and over the protocol, so that the sources may
 * differ freely. The two take turns within a row, and the pairs are compared, so that other load affects both.
 * @param base a folder with the other build's `cli.js` and `server.js`
 * @returns Markdown: the medians of nine rounds in milliseconds, and the median ratio of the pairs
 */
export async function benchVersus(base: string, log: (line: string) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const servers = new Servers();
  const dists = [resolve(base), resolve('dist')] as const;
  const lines = ['| | base | this | ratio |', '| --- | ---: | ---: | ---: |'];
  for (const { name, time } of [...commandRows(folder), ...serverRows(servers)]) {
    const times: [number, number][] = [];
    // The first round warms both up, and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const pair: [number, number] = [0, 0];
      for (const which of order) pair[which as 0 | 1] = await time(dists[which as 0 | 1]);
      if (round > 0) times.push(pair);
    }
    const [before, after] = [0, 1].map((which) => median(times.map((pair) => pair[which as 0 | 1])));
    const ratio = median(times.map(([first, second]) => second / first));
    lines.push(`| ${name} | ${before?.toFixed(1)} | ${after?.toFixed(1)} | ${ratio.toFixed(2)} |`);
    log(lines.at(-1) ?? '');
  }
  await servers.stop();
  rmSync(folder, { recursive: true });
  return lines.join('\n');
}

function commandRows(folder: string): Row[] {
  const small = join(folder, 'small.conf');
  writeFileSync(small, configOfSize(500).hocon);
  const rows = [commandRow('start: --version', ['--version']), commandRow('check, 20 lines', ['check', small])];
  for (const { name, characters } of SIZES) {
    const path = join(folder, `${characters}.conf`);
    writeFileSync(path, configOfSize(characters).hocon);
    rows.push(commandRow(`check, ${name}`, ['check', path]), commandRow(`hocon, ${name}`, ['hocon', path]));
  }
  return rows;
}

function commandRow(name: string, args: readonly string[]): Row {
  const time = (dist: string) => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    return performance.now() - began;
  };
  return { name, time };
}

/** One server of each build, which lives as long as its rows. */
class Servers {
  private readonly running = new Map<string, LspClient>();

  async of(dist: string): Promise<LspClient> {
    const known = this.running.get(dist);
    if (known !== undefined) return known;
    const client = await startServer(dist);
    await client.open(URI, '');
    this.running.set(dist, client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.running.values()) await client.stop();
  }
}

function startServer(dist: string): Promise<LspClient> {
  const command = [join(dist, 'server.js'), '--stdio'];
  return LspClient.start({ command, folders: ['file:///bench'], capabilities: PULL });
}

function serverRows(servers: Servers): Row[] {
  const start: Row = {
    name: 'server, start to the reply to initialize',
    time: async (dist) => {
      const began = performance.now();
      const client = await startServer(dist);
      const time = performance.now() - began;
      await client.stop();
      return time;
    },
  };
  return [start, ...SIZES.flatMap(({ name, characters }) => editRows(servers, name, configOfSize(characters).hocon))];
}

/** The time from an edit to the answer, each in the last node of the text. */
function editRows(servers: Servers, size: string, text: string): Row[] {
  const textDocument = { uri: URI };
  const key = positionIn(text, 'multi-region-key', 5);
  const value = positionIn(text, '_shared.region', 0);
  const requests: Readonly<Record<string, (client: LspClient) => Promise<unknown>>> = {
    diagnostics: (client) => client.pulled(URI),
    completion: (client) => client.connection.sendRequest(CompletionRequest.type, { textDocument, position: key }),
    hover: (client) => client.connection.sendRequest(HoverRequest.type, { textDocument, position: value }),
    definition: (client) => client.connection.sendRequest(DefinitionRequest.type, { textDocument, position: value }),
  };
  let round = 0;
  return Object.entries(requests).map(([name, ask]) => ({
    name: `edit to ${name}, ${size}`,
    time: async (dist) => {
      const client = await servers.of(dist);
      // A few edits per round, because a single one is too short to measure.
      const edits = 5;
      await client.change(URI, text);
      await ask(client);
      const began = performance.now();
      for (let edit = 0; edit < edits; edit++) {
        await client.change(URI, [{ range: END_OF_FIRST_LINE, text: ` ${round++}` }]);
        await ask(client);
      }
      return (performance.now() - began) / edits;
    },
  }));
}

/** The first line of the texts is a comment. */
const END_OF_FIRST_LINE = { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } };

function positionIn(text: string, word: string, behind: number) {
  const before = text.slice(0, text.lastIndexOf(word) + behind).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
