import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/**
 * The arrows of docs/architecture.md: what each layer may import besides itself. Layers are folders or files; the
 * longest name that fits counts.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  schemas: ['zod'],
  'server/src/text': [],
  'server/src/hocon': ['server/src/text', 'vscode-uri'],
  'server/src/model': ['server/src/hocon', 'server/src/text', 'schemas', 'fastest-levenshtein'],
  'server/src/edits': ['server/src/model', 'server/src/hocon', 'server/src/text', 'schemas'],
  'server/src/rules': [
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'fastest-levenshtein',
  ],
  'server/src/embedded': ['server/src/hocon', 'server/src/text', 'yaml'],
  'server/src/operations': [
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'vscode-languageserver-textdocument',
    'yaml',
  ],
  'server/src/features': [
    'server/src/rules',
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'vscode-uri',
  ],
  'server/src/workspace': [
    'server/src/features/shared',
    'server/src/embedded',
    'server/src/rules',
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'vscode-uri',
  ],
  'server/src/service': [
    'server/src/workspace',
    'server/src/features',
    'server/src/operations',
    'server/src/edits',
    'server/src/embedded',
    'server/src/rules',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'vscode-uri',
  ],
  'server/src/fs': [
    'server/src/hocon',
    'server/src/text',
    'node:fs',
    'node:fs/promises',
    'node:path',
    'vscode-uri',
    'picomatch',
  ],
  'server/src/lsp': [
    'server/src/service',
    'server/src/workspace',
    'server/src/features',
    'server/src/operations',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'server/src/fs',
    'schemas',
    'package.json',
    'vscode-languageserver',
    'vscode-languageserver-protocol',
    'vscode-languageserver-textdocument',
    'vscode-uri',
  ],
  'server/src/cli': [
    'server/src/lsp',
    'server/src/service',
    'server/src/workspace',
    'server/src/features',
    'server/src/operations',
    'server/src/rules',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'server/src/fs',
    'schemas',
    'package.json',
    'fastest-levenshtein',
    'vscode-uri',
    'node:fs/promises',
    'node:path',
    'node:readline',
    'node:util',
  ],
  'client/src': [
    'server/src/lsp/protocol',
    'server/src/embedded/mentions',
    'schemas/version',
    'vscode',
    'vscode-languageclient',
  ],
};

/** Types of these are plain data that leave no import behind. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  'server/src/text': ['vscode-languageserver'],
  'server/src/workspace': ['vscode-languageserver'],
  'server/src/features': ['vscode-languageserver'],
  'server/src/service': ['vscode-languageserver'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, type, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? '';
    const to = target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

function fits(name: string, layer: string): boolean {
  return name === layer || name === `${layer}.ts` || name.startsWith(`${layer}/`);
}

function layerOf(file: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => fits(file, layer))
    .sort((a, b) => b.length - a.length)[0];
}

const files = [...sourcesBelow('schemas'), ...sourcesBelow('server/src'), ...sourcesBelow('client/src')];

/** The text without comments, strings and templates, in which these words are words. */
function withoutProse(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '');
}

describe('layers', () => {
  it('every source file belongs to one', () => {
    assert.deepEqual(
      files.filter((file) => layerOf(file) === undefined),
      [],
    );
    assert.ok(files.length > 100);
  });

  it('dependencies point downwards only', () => {
    const wrong = files.flatMap(importsOf).filter(({ from, to, typeOnly }) => {
      const layer = layerOf(from) as string;
      const allowed = [layer, ...(LAYERS[layer] ?? []), ...(typeOnly ? (TYPES_ONLY[layer] ?? []) : [])];
      return !allowed.some((one) => fits(to, one));
    });
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it('nothing below lsp/, cli/ and fs/ knows a clock or the process', () => {
    const pure = files.filter((file) => !/^(?:client|server\/src\/(?:lsp|cli|fs))\//.test(file));
    const impure = pure.filter((file) => {
      const code = withoutProse(readFileSync(join(ROOT, file), 'utf8'));
      return /\bprocess\.|\bDate\.now|\bnew Date\b|\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.|\bconsole\.(?:log|error|warn|info|debug)\b/.test(
        code,
      );
    });
    assert.deepEqual(impure, []);
  });
});
