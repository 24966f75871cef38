// Bundles the extension, the language server and the command line into dist/, each file able to run without
// node_modules, and the editor test suites into out/.
//
//   node esbuild.js [--production] [--watch] [NAME...]     NAME: a bundle below; all of them when none is given

const { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const esbuild = require('esbuild');

const node = { platform: 'node', format: 'cjs', target: 'node20' };
const browser = { platform: 'browser', target: 'es2022', define: { global: 'globalThis' } };

const BUNDLES = {
  client: { ...node, from: 'client/src/extension.ts', to: 'dist/client.js', external: ['vscode'] },
  'web-client': {
    ...browser,
    format: 'cjs',
    from: 'client/src/browser.ts',
    to: 'dist/web/client.js',
    external: ['vscode'],
  },
  server: { ...node, from: 'server/src/lsp/node.ts', to: 'dist/server.js' },
  'web-server': { ...browser, format: 'iife', from: 'server/src/lsp/browser.ts', to: 'dist/web/server.js' },
  cli: { ...node, from: 'server/src/cli/main.ts', to: 'dist/cli.js', banner: { js: '#!/usr/bin/env -S node --' } },
  'test-suite': { ...node, from: 'test/e2e', to: 'out/test/e2e', external: ['vscode'] },
};

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const production = flags.includes('--production');
const watch = flags.includes('--watch');

function optionsOf({ from, to, ...settings }) {
  const files = from.endsWith('.ts')
    ? { entryPoints: [from], outfile: to }
    : { entryPoints: [`${from}/*.ts`], outdir: to };
  return {
    ...settings,
    ...files,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // Mocha looks for the workers of its parallel mode, which the suites do not use.
    logOverride: { 'require-resolve-not-external': 'silent' },
  };
}

/** The JSON Schema of canton-kms.json, for the editor; the zod schema stays the only source. */
function writeProjectSchema() {
  const { projectFileJsonSchema } = require('tsx/cjs/api').require('./schemas/project.ts', __filename);
  // VS Code complains of the newest drafts in every file that such a schema describes; it needs no draft at all.
  const { $schema: _draft, ...schema } = projectFileJsonSchema();
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/canton-kms.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
}

/** The licences of the packages inside the bundles, which must travel with them. */
function writeNotices(results) {
  const packages = new Set();
  for (const input of results.flatMap((result) => Object.keys(result.metafile.inputs))) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) packages.add(folder);
  }
  const sections = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file to ship`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', sections.join(`\n${'-'.repeat(80)}\n\n`));
}

async function main() {
  const unknown = [...names, ...flags].filter(
    (name) => !(name in BUNDLES) && !['--production', '--watch'].includes(name),
  );
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(' ')}; bundles are ${Object.keys(BUNDLES).join(' ')}`);
  const chosen = (names.length > 0 ? names : Object.keys(BUNDLES)).map((name) => BUNDLES[name]);
  const missing = chosen.filter(({ from }) => !existsSync(join(__dirname, from)));
  if (missing.length > 0) throw new Error(`no such entry point: ${missing.map(({ from }) => from).join(', ')}`);

  // A suite whose source is gone would still be run.
  if (chosen.includes(BUNDLES['test-suite'])) rmSync('out/test', { recursive: true, force: true });
  if (production) rmSync('dist', { recursive: true, force: true });
  if (names.length === 0) writeProjectSchema();
  if (watch) {
    for (const bundle of chosen) await (await esbuild.context({ ...optionsOf(bundle), logLevel: 'info' })).watch();
    return;
  }
  const results = await Promise.all(chosen.map((bundle) => esbuild.build(optionsOf(bundle))));
  for (const { to } of chosen) if (to.endsWith('cli.js')) chmodSync(to, 0o755);
  if (names.length === 0) writeNotices(results.slice(0, -1));
}

process.chdir(dirname(__filename));
main().catch((error) => {
  // esbuild has printed its own errors with their places.
  if (error.errors === undefined) console.error(`build: ${error.message}`);
  process.exitCode = 1;
});
