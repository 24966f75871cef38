import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverCapabilities } from '../../../server/src/lsp/capabilities';

const ROOT = join(__dirname, '../../..');

/** About the protocol itself rather than something that an editor can show. */
const PLUMBING = new Set(['workspace']);

const rows = readFileSync(join(ROOT, 'docs/features.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, methods = '', capability = '', , test = ''] = line.split('|').map((cell) => cell.trim());
    return { methods, capability: capability.replaceAll('`', ''), test };
  });

describe('docs/features.md', () => {
  it('has a row for each capability, and none for what is not announced', () => {
    const announced = Object.keys(serverCapabilities).filter((name) => !PLUMBING.has(name));
    const described = rows.map(({ capability }) => capability).filter((name) => name !== '');
    assert.deepEqual(described.sort(), announced.sort());
  });

  for (const { methods, test } of rows) {
    it(`names a test for ${methods}`, () => {
      const [, file, title] = /^`(\w+)`: (.+)$/.exec(test) ?? [];
      assert.ok(file !== undefined && title !== undefined, test);
      const source = readFileSync(join(ROOT, `test/protocol/${file}.test.ts`), 'utf8');
      assert.ok(source.includes(`it('${title}'`), `there is no test "${title}" in ${file}`);
    });
  }
});
