import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FormatOptions, format } from '../../server/src/hocon/format/format';
import { parse } from '../../server/src/hocon/syntax/parse';
import { askEngine } from '../conformance/hocon/engine';
import { generateText } from '../conformance/hocon/generator/cases';
import { applyEdits } from '../kit/apply-edits';
import { commentsOf } from '../kit/comments';

const ENV = { HOST: 'localhost', PORT: '80' };
const RUNS = { numRuns: 300 };

type Syntax = 'conf' | 'json';

/** Texts of every kind; the odd indices of the generator are texts with faults. */
const texts = fc
  .record({
    seed: fc.nat(1_000_000),
    index: fc.nat(1),
    blanks: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('  ', '\t', '\n\n\n', ' \r\n', '\u00a0', ' # c \n', '{}', ' ')),
    ),
    newline: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ seed, index, blanks, newline }) => {
    let text = generateText(seed, index);
    for (const [at, blank] of blanks) {
      const place = at % (text.length + 1);
      text = text.slice(0, place) + blank + text.slice(place);
    }
    return text.replace(/\r?\n/g, newline);
  });
const options: fc.Arbitrary<FormatOptions> = fc.record({
  indentSize: fc.integer({ min: 0, max: 8 }),
  insertSpaces: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
});

const treeOf = (text: string, syntax: Syntax) => parse(`file:///case/input.${syntax}`, text);
const formatted = (text: string, syntax: Syntax, how: FormatOptions) =>
  applyEdits(text, format(treeOf(text, syntax), how));
const comments = (text: string, syntax: Syntax) => {
  return commentsOf(treeOf(text, syntax)).map((comment) => comment.replace(/\r$/, ''));
};
const syntaxes = fc.constantFrom<Syntax>('conf', 'conf', 'conf', 'json');

describe('formatting any text', () => {
  it('keeps the value, or the first error', async () => {
    const check = async (text: string, syntax: Syntax, how: FormatOptions) => {
      const [before, after] = await Promise.all(
        [text, formatted(text, syntax, how)].map((input) =>
          askEngine({ input, env: ENV, ...(syntax === 'json' && { syntax }) }),
        ),
      );
      assert.deepEqual(after?.json, before?.json);
      // A quotation in a message may have several lines, without empty ones.
      const fault = (error?: { message: string }) => error?.message.replace(/".*"/s, '');
      assert.equal(fault(after?.error), fault(before?.error));
    };
    await fc.assert(fc.asyncProperty(texts, syntaxes, options, check), RUNS);
  });

  it('leaves what it gave alone the next time', () => {
    const check = (text: string, syntax: Syntax, how: FormatOptions) => {
      assert.deepEqual(format(treeOf(formatted(text, syntax, how), syntax), how), []);
    };
    fc.assert(fc.property(texts, syntaxes, options, check), RUNS);
  });

  it('keeps every comment, and every character that is not blank', () => {
    const check = (text: string, syntax: Syntax, how: FormatOptions) => {
      const after = formatted(text, syntax, how);
      assert.equal(after.replace(/[ \t\r\n]/g, ''), text.replace(/[ \t\r\n]/g, ''));
      assert.deepEqual(comments(after, syntax), comments(text, syntax));
    };
    fc.assert(fc.property(texts, syntaxes, options, check), RUNS);
  });

  it('splits and joins no lines', () => {
    const check = (text: string, syntax: Syntax, how: FormatOptions) => {
      const lines = (of: string) => of.split('\n').filter((line) => /[^ \t\r]/.test(line)).length;
      assert.equal(lines(formatted(text, syntax, how)), lines(text));
    };
    fc.assert(fc.property(texts, syntaxes, options, check), RUNS);
  });

  it('gives ordered edits that each change something, in a range those of its lines', () => {
    const check = (text: string, how: FormatOptions, a: number, b: number) => {
      const all = format(treeOf(text, 'conf'), how);
      let last = 0;
      for (const { range, newText } of all) {
        assert.ok(last <= range.start && range.start <= range.end && range.end <= text.length);
        assert.notEqual(text.slice(range.start, range.end), newText);
        last = range.end;
      }
      const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
      const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
      const lineEnd = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) + 1;
      for (const edit of format(treeOf(text, 'conf'), how, [{ start, end }])) {
        assert.ok(lineStart <= edit.range.start && edit.range.end <= lineEnd);
        assert.ok(all.some(({ range, newText }) => range.start === edit.range.start && newText === edit.newText));
      }
    };
    fc.assert(fc.property(texts, options, fc.nat(), fc.nat(), check), RUNS);
  });
});
