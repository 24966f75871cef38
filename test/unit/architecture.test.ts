import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

describe('docs/architecture.md', () => {
  it('names files and folders that exist', () => {
    const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const named = [...page.matchAll(/`((?:[\w-]+\/)+(?:[\w-]+\.(?:ts|json))?)`/g)].map(([, path = '']) => path);
    const missing = named.filter((path) => !['', 'server/src'].some((base) => existsSync(join(ROOT, base, path))));
    assert.ok(named.length > 40, `only ${named.length} paths were found`);
    assert.deepEqual(missing, []);
  });
});
