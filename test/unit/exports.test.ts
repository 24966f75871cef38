import { deepEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const EXPORT = /^export (?:async )?(?:function\*?|const|class|interface|type|enum) (\w+)/gm;

function textsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('the sources', () => {
  it('export nothing that only tests use', () => {
    const sources = ['schemas', 'server/src', 'client/src', 'scripts'].flatMap(textsBelow);
    const texts = [...sources, readFileSync(join(ROOT, 'esbuild.js'), 'utf8')];
    const uses = new Map<string, number>();
    for (const text of texts) for (const [word] of text.matchAll(/\w+/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
    const exported = texts.flatMap((text) => [...text.matchAll(EXPORT)].map(([, name = '']) => name));
    deepEqual(
      exported.filter((name) => uses.get(name) === 1),
      [],
    );
  });
});
