import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/**
 * The arrows of docs/architecture.md: what each layer may import besides itself. Layers are folders or files; the
 * longest name that fits counts.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  schemas: ['zod', '@cfworker/json-schema'],
  'server/src/text': ['fastest-levenshtein'],
  'server/src/hocon': ['server/src/text', 'vscode-uri'],
  'server/src/model': ['server/src/hocon', 'server/src/text', 'schemas'],
  'server/src/edits': ['server/src/model', 'server/src/hocon', 'server/src/text', 'schemas'],
  'server/src/rules': [
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'fastest-levenshtein',
  ],
  'server/src/embedded': ['server/src/hocon', 'server/src/text', 'schemas', 'yaml'],
  'server/src/deployments': [
    'server/src/features',
    'server/src/embedded',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
  ],
  'server/src/operations': [
    'server/src/edits',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
    'vscode-languageserver-textdocument',
    'yaml',
  ],
  'server/src/comparison': [
    'server/src/operations',
    'server/src/model',
    'server/src/hocon',
    'server/src/text',
    'schemas',
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
    'server/src/deployments',
    'server/src/workspace',
    'server/src/features',
    'server/src/comparison',
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
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:path',
    'vscode-uri',
    'picomatch',
  ],
  'server/src/lsp': [
    'server/src/service.ts',
    'schemas/version',
    'package.json',
    'vscode-languageserver',
    'vscode-languageserver-protocol',
    'vscode-languageserver-textdocument',
    'vscode-uri',
  ],
  'server/src/cli': [
    'server/src/service.ts',
    // Output is encoded where it is printed.
    'server/src/text/encoders',
    'schemas/version',
    'package.json',
    'server/src/text/counted',
    'server/src/text/nearest',
    'vscode-uri',
    'diff',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:readline',
    'node:util',
    'node:v8',
  ],
  'client/src': [
    'server/src/lsp/protocol',
    'server/src/embedded/carriers',
    'server/src/embedded/mentions',
    'schemas/storage',
    'schemas/version',
    'vscode',
    'vscode-languageclient',
  ],
};

/** The entry points of programs, and the additional imports that they may have. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  'server/src/lsp/node.ts': ['server/src/fs'],
  'server/src/lsp/browser.ts': ['server/src/fs', 'schemas/configuration-files-web'],
  'server/src/lsp/client-files.ts': ['server/src/fs'],
  'server/src/cli/disk.ts': ['server/src/fs'],
  // Loaded on demand, except for reading.
  'server/src/cli/process-io.ts': ['server/src/fs/text-file', 'server/src/fs/write'],
  'server/src/cli/commands/lsp.ts': ['server/src/lsp/node'],
};

/** Their types are plain data, which leaves no import in the output. */
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

/** A layer that ends in `.ts` is that file alone, without the folder beside it. */
function fits(name: string, layer: string): boolean {
  return name === layer || `${name}.ts` === layer || name === `${layer}.ts` || name.startsWith(`${layer}/`);
}

function layerOf(file: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => fits(file, layer))
    .sort((a, b) => b.length - a.length)[0];
}

const files = [...sourcesBelow('schemas'), ...sourcesBelow('server/src'), ...sourcesBelow('client/src')];
const known: ReadonlySet<string> = new Set(files);

/** The source files that a file loads when it is loaded itself: without types and dynamic imports. */
function runtimeImportsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s(?!type\s)(?:([^'";]*?)\sfrom\s+)?'(\.[^']+)'/gm);
  return [...statements].flatMap(([, names = '', from = '']) => {
    const listed = /^\{(.*)\}$/s.exec(names.trim())?.[1];
    const isErased = listed?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    const target = join(dirname(file), from);
    const found = [`${target}.ts`, join(target, 'index.ts')].find((one) => known.has(one));
    return isErased === true || found === undefined ? [] : [found];
  });
}

/** One cycle for each file that closes one, as `a > b > a`. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/** The text without comments, strings and templates, in which these words would have no meaning. */
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
      const own = [...(LAYERS[layer] ?? []), ...(ROOTS[from] ?? [])];
      const allowed = [layer, ...own, ...(typeOnly ? (TYPES_ONLY[layer] ?? []) : [])];
      return !allowed.some((one) => fits(to, one));
    });
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it('no files import each other in a cycle at run time', () => {
    const graph = new Map(files.map((file) => [file, runtimeImportsOf(file)]));
    assert.deepEqual(cyclesIn(graph), []);
  });

  it('the door names what it exports', () => {
    assert.doesNotMatch(readFileSync(join(ROOT, 'server/src/service.ts'), 'utf8'), /export \*/);
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
