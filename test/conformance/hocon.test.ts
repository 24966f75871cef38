import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFiles, type Recorded } from './hocon/case';
import { compare } from './hocon/compare';
import { askEngine } from './hocon/engine';
import { THEMES } from './hocon/inputs';

const RECORDED = join(__dirname, 'hocon', 'recorded');

function readRecorded(name: string): Recorded[] {
  return JSON.parse(readFileSync(join(RECORDED, `${name}.json`), 'utf8')) as Recorded[];
}

describe('our reading and that of Lightbend config', () => {
  for (const file of readdirSync(RECORDED)) {
    const name = file.replace('.json', '');
    it(`agree on ${name}`, async () => {
      const disagreements: string[] = [];
      for (const recorded of readRecorded(name)) {
        const difference = compare(recorded, await askEngine(recorded));
        if (difference !== undefined) disagreements.push(`${difference}\n  ${show(recorded)}`);
      }
      assert.equal(disagreements.length, 0, `${disagreements.length} differ\n${disagreements.slice(0, 20).join('\n')}`);
    });
  }

  it('were compared on every input', () => {
    for (const { name, inputs } of THEMES) {
      const known = new Set(readRecorded(name).map((one) => JSON.stringify(isFiles(one) ? one.files : one.input)));
      for (const input of inputs) {
        const own = typeof input === 'string' ? input : isFiles(input) ? input.files : input.input;
        assert.ok(known.has(JSON.stringify(own)), `record.sh was not run since ${show(own)} came to ${name}`);
      }
    }
  });
});

function show(value: unknown): string {
  return JSON.stringify(value);
}
