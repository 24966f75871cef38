import { deepEqual } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
const DECLARED = /^export (?:async )?(?:function\*?|const|class|interface|type|enum) (\w+)/gm;
const PASSED_ON = /^export (?:type )?\{([^}]*)\}/gm;
const IMPORTED = /^(?:import|export) (?:type )?([^'";]*?)\s*from\s+'(\.[^']+)'/gm;
const ON_DEMAND = /(?:import|require)\('(\.[^']+?)(?:\.ts)?'/g;
/** VS Code calls what these export. */
const ENTRY_POINTS = ['client/src/browser.ts', 'client/src/extension.ts'];

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `a, type b as c` without what they are called where they are imported. */
function namesIn(list: string, side: 'before as' | 'after as'): string[] {
  return list
    .split(',')
    .map(
      (one) =>
        one
          .trim()
          .replace(/^type /, '')
          .split(' as ')
          .at(side === 'before as' ? 0 : -1) ?? '',
    )
    .filter((name) => name !== '');
}

const texts = new Map(
  [...['schemas', 'server/src', 'client/src', 'scripts'].flatMap(filesBelow), join(ROOT, 'esbuild.js')].map((file) => [
    file,
    readFileSync(file, 'utf8'),
  ]),
);

/** `FILE NAME` of all that sources and scripts import from each other; `FILE *` where a file is imported as a whole. */
function imports(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [file, text] of texts) {
    const target = (path: string) =>
      [`${path}.ts`, join(path, 'index.ts'), path].map((one) => join(dirname(file), one)).find(existsSync);
    for (const [, what = '', path = ''] of text.matchAll(IMPORTED)) {
      const list = /\{([^}]*)\}/.exec(what)?.[1];
      for (const name of list === undefined ? ['*'] : namesIn(list, 'before as')) found.add(`${target(path)} ${name}`);
    }
    for (const [, path = ''] of text.matchAll(ON_DEMAND)) found.add(`${target(path)} *`);
  }
  return found;
}

/** The build replaces a module with another one that exports the same names: `instead('a', 'b')`. */
const replacements = [...(texts.get(join(ROOT, 'esbuild.js')) ?? '').matchAll(/instead\('[\w-]+', '([\w-]+)'\)/g)].map(
  ([, name]) => `schemas/${name}.ts`,
);

describe('the sources', () => {
  it('export nothing that only tests use', () => {
    const used = imports();
    const unused = [...texts].flatMap(([file, text]) => {
      const path = relative(ROOT, file).replaceAll('\\', '/');
      if (used.has(`${file} *`) || [...ENTRY_POINTS, ...replacements].includes(path)) return [];
      const isUsedHere = (name: string) => (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1;
      const names = [
        ...[...text.matchAll(DECLARED)].map(([, name = '']) => name),
        ...[...text.matchAll(PASSED_ON)].flatMap(([, list = '']) => namesIn(list, 'after as')),
      ];
      return names
        .filter((name) => !used.has(`${file} ${name}`) && !isUsedHere(name))
        .map((name) => `${path}: ${name}`);
    });
    deepEqual(unused, []);
  });
});
