import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { LspClient, PULL } from '../../kit/lsp-client';
import { configOfLines } from './config';
import { median } from './measure';
import { PEERS } from './peers';
import { table } from './table';

const ROOT = join(__dirname, '../../..');
const ROUNDS = 25;

const BARE = '`node -e 0`';
const STUB = 'a server that can do nothing';

/** The time until something can be used. @returns Markdown */
export async function benchStart(log: (line: string) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'bench.conf');
    writeFileSync(file, configOfLines(20).hocon);
    const commands = await timed(log, {
      [BARE]: async () => ended(['-e', '0']),
      '`canton-kms --version`': async () => ended([join(ROOT, 'dist/cli.js'), '--version']),
      '`canton-kms check` of 20 lines': async () => ended([join(ROOT, 'dist/cli.js'), 'check', file]),
    });
    const servers = await timed(log, {
      [STUB]: () => initialized(stub('stub', '')),
      ours: () => initialized(join(ROOT, 'dist/server.js')),
      'vscode-json-languageservice': () => initialized(stub('json', jsonService())),
    });
    return [
      'From the start of a process to its end:',
      table([{ name: 'median', times: commands }], BARE, [...commands.keys()]),
      'From the start of a server to its reply to `initialize`:',
      table([{ name: 'median', times: servers }], STUB, [...servers.keys()]),
      `Code that the server has loaded when it gives its first diagnostics: ${await bytesLoaded(folder)} bytes.`,
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Medians of rounds in which all take turns, so that a busy moment affects all of them. */
async function timed(log: (line: string) => void, runs: Readonly<Record<string, () => Promise<void>>>) {
  const times = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const began = performance.now();
      await run();
      // The first round fills the caches of disk and compiler.
      if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - began]);
    }
  }
  const medians = new Map([...times].map(([name, list]) => [name, median(list)]));
  for (const [name, time] of medians) log(`  ${name}: ${time.toPrecision(3)} ms`);
  return medians;
}

function ended(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(stderr);
}

async function initialized(server: string): Promise<void> {
  const client = await LspClient.start({ command: [server, '--stdio'], folders: [], capabilities: PULL });
  client.kill();
}

/** A server that only replies to `initialize`; `extra` is loaded with it. */
function stub(name: string, extra: string): string {
  const outfile = join(ROOT, 'out/perf', `${name}.cjs`);
  const contents = `${extra}
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({ capabilities: {} }));
connection.listen();`;
  if (built.has(outfile)) return outfile;
  buildSync({
    stdin: { contents, resolveDir: ROOT },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    nodePaths: [PEERS],
    logLevel: 'error',
  });
  built.add(outfile);
  return outfile;
}

const built = new Set<string>();

function jsonService(): string {
  return "import { getLanguageService } from 'vscode-json-languageservice'; getLanguageService({});";
}

/** Counts what Node compiles for the server, in every one of its files. */
async function bytesLoaded(folder: string): Promise<number> {
  const counter = join(folder, 'count.cjs');
  const result = join(folder, 'bytes');
  writeFileSync(
    counter,
    `const { prototype } = require('node:module'); const compile = prototype._compile; let bytes = 0;
prototype._compile = function (code, file) { bytes += Buffer.byteLength(code); return compile.call(this, code, file); };
process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, String(bytes)));`,
  );
  const uri = 'file:///bench/bench.canton.conf';
  const client = await LspClient.start({
    command: ['--require', counter, join(ROOT, 'dist/server.js'), '--stdio'],
    folders: ['file:///bench'],
    capabilities: PULL,
  });
  await client.open(uri, configOfLines(20).hocon, 'canton-conf');
  await client.pulled(uri);
  await client.stop();
  return Number(readFileSync(result, 'utf8'));
}
