import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isFiles, type Recorded } from './hocon/case';
import { askEngine, type Outcome } from './hocon/engine';
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

/** @returns undefined where they agree */
function compare(recorded: Recorded, ours: Outcome): string | undefined {
  if (recorded.error === undefined) {
    if (ours.error !== undefined) return `we refuse line ${ours.error.line}: ${ours.error.message}`;
    // A number beyond the range of a double is in no JSON.
    if (recorded.json === undefined || isDeepStrictEqual(normal(ours.json), normal(recorded.json))) return undefined;
    return `we read ${show(ours.json)}, Lightbend ${show(recorded.json)}`;
  }
  if (ours.error === undefined)
    return `we accept as ${show(ours.json)}, Lightbend: ${recorded.message ?? recorded.type}`;
  const { line, file, message } = ours.error;
  // Two values that do not go together may be in two files: Lightbend names the first, we where they meet.
  if (recorded.error === 'resolve' && recorded.file !== undefined && file !== recorded.file) return undefined;
  if (recorded.line === undefined || (line === recorded.line && file === (recorded.file ?? file))) return undefined;
  const theirs = `${recorded.file ?? ''}:${recorded.line} (${recorded.message ?? recorded.type})`;
  return `we name ${file}:${line} (${message}), Lightbend ${theirs}`;
}

/** Zero has one sign in JSON as Lightbend writes it. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
