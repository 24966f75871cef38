import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';

const ROOT = resolve(__dirname, '../..');

/** Bundles an entry point in memory, as the build does, and returns its input files. */
async function metafileOf(entry: string, platform: 'node' | 'browser'): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [resolve(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
    platform,
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'silent',
    // Paths are reported as they are in the checkout, also where node_modules is a link.
    preserveSymlinks: true,
  });
  return metafile;
}

const NETWORK = ['net', 'tls', 'dgram', 'dns', 'http', 'https', 'http2', 'inspector', 'undici'];
const PROCESSES = ['child_process', 'cluster', 'worker_threads'];

/** Which input files of the bundle import one of the modules. */
function importers({ inputs }: Metafile, modules: readonly string[]): string[] {
  const names = new Set(modules.flatMap((name) => [name, `node:${name}`]));
  return Object.entries(inputs)
    .filter(([, { imports }]) => imports.some(({ path }) => names.has(path)))
    .map(([file]) => file)
    .sort();
}

/**
 * The protocol library opens pipes and sockets if it is started with `--pipe` or `--socket`, and its client starts the
 * server. Neither reaches beyond the machine, and nothing else is allowed.
 */
const TRANSPORT =
  /^(?:node_modules\/vscode-[a-z]+\/)?node_modules\/(?:vscode-jsonrpc|vscode-languageserver|vscode-languageclient)\/lib\/node\//;

describe('bundles', () => {
  const entries: [entry: string, platform: 'node' | 'browser'][] = [
    ['server/src/cli/main.ts', 'node'],
    ['server/src/lsp/node.ts', 'node'],
    ['server/src/lsp/browser.ts', 'browser'],
    ['client/src/extension.ts', 'node'],
    ['client/src/browser.ts', 'browser'],
  ];
  const metafiles = new Map<string, Metafile>();
  before(async () => {
    for (const [entry, platform] of entries) metafiles.set(entry, await metafileOf(entry, platform));
  });

  for (const [entry, platform] of entries) {
    it(`${entry} has no network and starts no process but the server`, () => {
      const metafile = metafiles.get(entry) as Metafile;
      const found = importers(metafile, [...NETWORK, ...PROCESSES]);
      assert.deepEqual(
        found.filter((file) => !TRANSPORT.test(file)),
        [],
      );
      const own = Object.entries(metafile.inputs).filter(([file]) => !file.startsWith('node_modules/'));
      assert.ok(own.length > 5);
      if (platform === 'browser') assert.deepEqual(importers(metafile, builtinModules), []);
    });
  }

  it('no source of ours reaches for the network', () => {
    const own = new Set([...metafiles.values()].flatMap(({ inputs }) => Object.keys(inputs)));
    const reaching = [...own].filter((file) => {
      if (!/^(?:client|server|schemas)\//.test(file)) return false;
      return /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\beval\s*\(|\bnew Function\b/.test(
        readFileSync(resolve(ROOT, file), 'utf8'),
      );
    });
    assert.deepEqual(reaching, []);
  });
});
