import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FormatOptions, format } from '../../server/src/hocon/format/format';
import { parse } from '../../server/src/hocon/syntax/parse';
import { configurationHash } from '../../server/src/operations/made-from';
import { applyEdits } from '../kit/apply-edits';
import { effective } from './effective';
import { writtenConfigs } from './written-configs';

const URI = 'file:///p1.conf';
const RUNS = { numRuns: 300 };

/** All written keys are below `canton`. */
function whole(written: string): string {
  return `canton {\n${written}\n}\n`;
}

async function hashOf(text: string): Promise<string> {
  const sources = { get: (uri: string) => (uri === URI ? parse(URI, text) : undefined), lookedFor: new Set([URI]) };
  return configurationHash({ roots: [{ uri: URI }], sources, environment: { variables: new Map(), closed: false } });
}

const layouts: fc.Arbitrary<FormatOptions> = fc.record({
  indentSize: fc.integer({ min: 0, max: 8 }),
  insertSpaces: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
});

describe('the hash that a plan is verified with', () => {
  it('does not change with comments and formatting', async () => {
    await fc.assert(
      fc.asyncProperty(writtenConfigs, layouts, async (written, layout) => {
        const text = whole(written);
        const formatted = applyEdits(text, format(parse(URI, text), layout));
        assert.equal(await hashOf(`# a comment\n${formatted}\n\n// another one\n`), await hashOf(text));
      }),
      RUNS,
    );
  });

  it('does not change with the order of keys', async () => {
    assert.equal(
      await hashOf('canton { a = 1, b { c = x, d = y } }'),
      await hashOf('canton { b { d = y, c = x }, a = 1 }'),
    );
  });

  it('changes with every change of the effective configuration', async () => {
    let differing = 0;
    await fc.assert(
      fc.asyncProperty(writtenConfigs, writtenConfigs, async (one, other) => {
        const [first, second] = [whole(one), whole(other)].map((text) => effective(new Map([[URI, text]])));
        const isSame = JSON.stringify(first) === JSON.stringify(second);
        const errors = JSON.stringify([first, second]).includes('"hocon/');
        if (isSame || errors) return;
        differing++;
        assert.notEqual(await hashOf(whole(one)), await hashOf(whole(other)));
      }),
      RUNS,
    );
    assert.ok(differing > 20, `${differing} pairs differ`);
  });

  it('tells values apart that look alike, and unknown ones by their names', async () => {
    const texts = [
      'a = 1',
      'a = "1"',
      'a = true',
      'a = "true"',
      'a = null',
      'a = [1]',
      'a { "0" = 1 }',
      'a {}',
      'a = []',
      'a = ""',
      '',
    ];
    const unknown = [
      'a = ${X}',
      'a = ${Y}',
      'a = ${?X}',
      'a = 1, a = ${?X}',
      'a = 2, a = ${?X}',
      'a { include file("x.conf") }',
      'a { include file("y.conf") }',
    ];
    const hashes = await Promise.all([...texts, ...unknown].map((text) => hashOf(whole(text))));
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('does not change with what Canton does not read', async () => {
    assert.equal(await hashOf('canton.a = 1'), await hashOf('other = 2, canton { a = 1 }'));
  });
});
