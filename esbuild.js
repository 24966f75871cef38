// Bundles the extension, the language server and the command line into dist/, each file able to run without
// node_modules, and the editor test suites into out/.
//
//   node esbuild.js [--production] [--watch] [NAME...]     NAME: a bundle below; all of them when none is given

const { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const esbuild = require('esbuild');

const node = { platform: 'node', format: 'cjs', target: 'node20' };
/** The model of the whole configuration: parsed as JSON when a version is first used, and not compiled as code. */
const MODEL_DATA = './data/configuration/*.json';
/** The module builds of packages, including yaml, allow unused code to be removed. */
const inOnePiece = {
  ...node,
  mainFields: ['module', 'main'],
  alias: { yaml: join(__dirname, 'node_modules/yaml/browser/dist/index.js') },
};
/** One file to start with, and others beside it that are loaded when their code is first called: `cli.js`, `cli-*.js`. */
const inParts = { ...inOnePiece, parts: true, external: [MODEL_DATA] };
/** Replaces a module of `schemas/` with another one. */
const instead = (name, other) => ({
  name: `${other} instead of ${name}`,
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/${name}$`) }, ({ path, resolveDir }) =>
      join(resolveDir, path) === join(__dirname, 'schemas', name)
        ? { path: join(__dirname, 'schemas', `${other}.ts`) }
        : undefined,
    ),
});
/** The field models of the zod schemas, compiled by the build: no start needs zod. */
const COMPILED_MODELS = instead('compile', 'compiled');
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
  server: { ...inParts, from: 'server/src/lsp/node.ts', to: 'dist/server.js' },
  'web-server': {
    ...browser,
    format: 'iife',
    from: 'server/src/lsp/browser.ts',
    to: 'dist/web/server.js',
    plugins: [instead('configuration-files', 'configuration-files-web')],
    // VS Code starts the worker from a blob, whose URL the JSON Schema validator cannot use as a base.
    define: { ...browser.define, 'self.location': 'undefined' },
  },
  cli: {
    ...inParts,
    from: 'server/src/cli/main.ts',
    to: 'dist/cli.js',
    shebang: '#!/usr/bin/env -S node --',
    usual: ['server/src/cli/commands/check.ts', 'server/src/cli/reporters/pretty.ts', 'server/src/cli/disk.ts'],
  },
  // One piece, for scripts/executable.ts alone.
  executable: { ...inOnePiece, from: 'server/src/cli/main.ts', to: 'out/executable/cli.js', onDemand: true },
  'test-suite': { ...node, from: 'test/e2e', to: 'out/test/e2e', external: ['vscode'] },
};

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const production = flags.includes('--production');
const watch = flags.includes('--watch');

/** The number of characters below which a part gets no file of its own. */
const SMALL = 3000;
/** Runs a part of a shared file, as Node runs a file. */
const PART = `const made={};
function part(name){const known=made[name];if(known)return known.exports;const own=made[name]={exports:{}};parts[name](own,own.exports);return own.exports}
module.exports=part;
`;

/** Node 22.1 and later can cache compiled code; NODE_DISABLE_COMPILE_CACHE switches this off. */
const COMPILE_CACHE = 'parseInt(process.versions.node)<22||require("node:module").enableCompileCache?.();';

/** @param usual modules that most runs load when they are first called */
function partsOf({ from, to, shebang = '', usual = [], ...settings }) {
  const folder = dirname(to);
  const name = basename(to, '.js');
  return {
    ...settings,
    entryPoints: { [name]: from },
    outdir: folder,
    chunkNames: `${name}-[hash]`,
    splitting: true,
    format: 'esm',
    sourcemap: production ? false : 'inline',
    write: false,
    plugins: [
      COMPILED_MODELS,
      {
        name: 'parts',
        setup: (build) => build.onEnd(({ outputFiles, metafile }) => writeParts(outputFiles ?? [], metafile?.outputs)),
      },
    ],
  };

  /** esbuild splits only ES modules, which Node starts more slowly than CommonJS. */
  async function writeParts(files, outputs) {
    if (files.length === 0) return;
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder)) if (old.startsWith(`${name}-`)) rmSync(join(folder, old));
    const entry = basename(to);
    const parts = await Promise.all(
      files.map(async ({ path, text }) => {
        const isEntry = basename(path) === entry;
        const { code } = await esbuild.transform(linkedDirectly(text), {
          format: 'cjs',
          target: node.target,
          supported: { 'dynamic-import': false },
          minify: production,
          sourcemap: production ? false : 'inline',
          sourcefile: path,
          banner: isEntry ? [shebang, COMPILE_CACHE].join('\n').trim() : '',
        });
        return { file: basename(path), code };
      }),
    );
    for (const { file, code } of production ? together(parts, entry, outputs) : parts)
      writeFileSync(join(folder, file), code);
    if (shebang !== '') chmodSync(to, 0o755);
  }

  /**
   * Small parts share a file, because a file costs more time at the start than its code: parts that every start needs,
   * parts that others import, and parts that are only called. They still run on first use. What most runs load is one file.
   */
  function together(parts, entry, outputs) {
    const isSmall = ({ file, code }) => file !== entry && code.length < SMALL;
    const atStart = importedBy([entry], outputs);
    const called = Object.keys(outputs).filter((path) => usual.includes(outputs[path].entryPoint));
    const usually = new Set(called.map((path) => basename(path)));
    for (const file of importedBy([...usually], outputs)) usually.add(file);
    const imported = importedBy(
      parts.map(({ file }) => file),
      outputs,
    );
    const kindOf = (file) =>
      atStart.has(file) ? 'start' : usually.has(file) ? 'usual' : imported.has(file) ? 'shared' : 'called';
    const isShared = (part) => isSmall(part) || (usually.has(part.file) && !atStart.has(part.file));
    const sharedBy = new Map(parts.filter(isShared).map(({ file }) => [file, `${name}-${kindOf(file)}.js`]));
    const linked = (code, own) =>
      code.replace(/require\("\.\/([\w-]+\.js)"\)/g, (call, file) => {
        const shared = sharedBy.get(file);
        if (shared === undefined) return call;
        return shared === own ? `part("${file}")` : `require("./${shared}")("${file}")`;
      });
    const files = [...new Set(sharedBy.values())].map((shared) => {
      const functions = parts
        .filter(({ file }) => sharedBy.get(file) === shared)
        // The brackets make V8 compile the function at once; most are called.
        .map(({ file, code }) => `"${file}":(function(module,exports){${linked(code, shared)}})`);
      return { file: shared, code: `"use strict";const parts={${functions.join(',\n')}};${PART}` };
    });
    return [
      ...parts.filter((part) => !isShared(part)).map(({ file, code }) => ({ file, code: linked(code, '') })),
      ...files,
    ];
  }

  /** The other parts that are loaded together with these. */
  function importedBy(files, outputs) {
    const importsOf = new Map(Object.entries(outputs).map(([path, { imports }]) => [basename(path), imports]));
    const found = new Set();
    const waiting = [...files];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      for (const { path, kind } of importsOf.get(file) ?? []) {
        if (kind !== 'import-statement' || found.has(basename(path))) continue;
        found.add(basename(path));
        waiting.push(basename(path));
      }
    }
    return found;
  }
}

/**
 * A part that takes what it imports from others as constants. As esbuild translates it, each use of a name calls two getters,
 * and each `import()` makes these for all exports. Parts do not import each other in a cycle, and export no variables.
 */
function linkedDirectly(text) {
  const part = /("\.\/[\w-]+\.js")/.source;
  const renamed = (list, order) => list.replace(/([\w$]+) as ([\w$]+)/g, order);
  return text
    .replace(new RegExp(`\\bimport ?{([^}]*)} ?from ?${part};`, 'g'), (_, list, from) => {
      return `const {${renamed(list, '$1: $2')}} = require(${from});`;
    })
    .replace(new RegExp(`\\bimport ?${part};`, 'g'), 'require($1);')
    .replace(
      /\bexport ?{([^}]*)};(?=\s*(?:\/\/# .*\s*)?$)/,
      (_, list) => `module.exports = {${renamed(list, '$2: $1')}};`,
    )
    .replace(new RegExp(`\\bimport\\(${part}\\)`, 'g'), 'Promise.resolve().then(() => require($1))');
}

function optionsOf({ parts, onDemand: _, ...bundle }) {
  const common = {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // Mocha requires the workers of its parallel mode, which the suites do not use.
    logOverride: { 'require-resolve-not-external': 'silent' },
  };
  return parts ? { ...common, ...partsOf(bundle) } : { ...common, ...wholeOf(bundle) };
}

function wholeOf({ from, to, ...settings }) {
  const files = from.endsWith('.ts')
    ? { entryPoints: [from], outfile: to }
    : { entryPoints: [`${from}/*.ts`], outdir: to };
  return { ...settings, ...files };
}

/** The JSON Schema of canton-kms.json, for the editor; the zod schema stays the only source. */
function writeProjectSchema() {
  const { projectFileJsonSchema } = require('tsx/cjs/api').require('./schemas/project.ts', __filename);
  // VS Code warns about the newest drafts in every file with such a schema, and does not need a draft at all.
  const { $schema: _draft, ...schema } = projectFileJsonSchema();
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/canton-kms.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
}

/** Each version is a separate file next to the parts that load it. */
function writeModelData() {
  const folder = 'schemas/data/configuration';
  mkdirSync('dist/data/configuration', { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const data = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join('dist/data/configuration', name), JSON.stringify(data));
  }
}

function writeFieldModels() {
  const { fieldModelFiles } = require('tsx/cjs/api').require('./scripts/field-models.ts', __filename);
  mkdirSync('dist/data/fields', { recursive: true });
  for (const { name, text } of fieldModelFiles()) writeFileSync(join('dist/data/fields', name), text);
}

/** The text of the MIT licence, for a package that names it and ships no file of its own. */
function mitOf(holder) {
  return `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

/** The licences of the packages inside the bundles, which must travel with them. */
function writeNotices(results) {
  const packages = new Set();
  for (const input of results.flatMap((result) => Object.keys(result.metafile.inputs))) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) packages.add(folder);
  }
  const sections = [...packages].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const holder = typeof author === 'object' ? author.name : author;
    if (file === undefined && (license !== 'MIT' || holder === undefined))
      throw new Error(`${name} has no licence file to ship`);
    const text = file === undefined ? mitOf(holder) : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync('dist/THIRD-PARTY-NOTICES.txt', sections.join(`\n${'-'.repeat(80)}\n\n`));
}

async function main() {
  const unknown = [...names, ...flags].filter(
    (name) => !(name in BUNDLES) && !['--production', '--watch'].includes(name),
  );
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(' ')}; bundles are ${Object.keys(BUNDLES).join(' ')}`);
  const chosen = (names.length > 0 ? names : Object.keys(BUNDLES).filter((name) => !BUNDLES[name].onDemand)).map(
    (name) => BUNDLES[name],
  );
  const missing = chosen.filter(({ from }) => !existsSync(join(__dirname, from)));
  if (missing.length > 0) throw new Error(`no such entry point: ${missing.map(({ from }) => from).join(', ')}`);

  // Otherwise, a suite whose source was deleted would still run.
  if (chosen.includes(BUNDLES['test-suite'])) rmSync('out/test', { recursive: true, force: true });
  if (production && names.length === 0) rmSync('dist', { recursive: true, force: true });
  if (chosen.some(({ parts }) => parts)) {
    writeModelData();
    writeFieldModels();
  }
  if (names.length === 0) writeProjectSchema();
  if (watch) {
    for (const bundle of chosen) await (await esbuild.context({ ...optionsOf(bundle), logLevel: 'info' })).watch();
    return;
  }
  const results = await Promise.all(chosen.map((bundle) => esbuild.build(optionsOf(bundle))));
  if (names.length === 0) writeNotices(results.slice(0, -1));
}

process.chdir(dirname(__filename));
main().catch((error) => {
  // esbuild has printed its own errors with their places.
  if (error.errors === undefined) console.error(`build: ${error.message}`);
  process.exitCode = 1;
});
