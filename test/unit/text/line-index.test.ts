import assert from 'node:assert/strict';
import { LineIndex } from '../../../server/src/text/line-index';

describe('lines and characters', () => {
  for (const [name, newline] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`are counted from 0, with ${name}`, () => {
      const text = `ab${newline}${newline}cd`;
      const lines = new LineIndex(text);
      assert.equal(lines.lineCount, 3);
      assert.deepEqual(lines.positionAt(1), { line: 0, character: 1 });
      assert.deepEqual(lines.positionAt(text.indexOf('d')), { line: 2, character: 1 });
      assert.equal(lines.offsetAt({ line: 2, character: 1 }), text.indexOf('d'));
      assert.equal(lines.offsetAt({ line: 1, character: 0 }), 2 + newline.length);
    });

    it(`come back to the same offset, with ${name}`, () => {
      const text = `a = 1${newline}😀 = "é"${newline}`;
      const lines = new LineIndex(text);
      for (let offset = 0; offset <= text.length; offset++) {
        // Between CR and LF there is no position: it counts as the end of the line.
        const expected = text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
        assert.equal(lines.offsetAt(lines.positionAt(offset)), expected);
      }
    });

    it(`end where the line ends when they lie past it, with ${name}`, () => {
      const lines = new LineIndex(`ab${newline}cd`);
      assert.equal(lines.offsetAt({ line: 0, character: 99 }), 2);
      assert.equal(lines.offsetAt({ line: 1, character: 99 }), 4 + newline.length);
    });
  }

  it('may be mixed in one text', () => {
    const lines = new LineIndex('a\nb\r\nc\rd');
    assert.deepEqual(
      [0, 2, 5, 7].map((offset) => lines.positionAt(offset).line),
      [0, 1, 2, 3],
    );
  });

  it('count UTF-16 units, so that one emoji is two characters', () => {
    const lines = new LineIndex('x = 😀y\nz');
    assert.deepEqual(lines.positionAt(6), { line: 0, character: 6 });
    assert.equal(lines.offsetAt({ line: 0, character: 6 }), 6);
    assert.equal(lines.offsetAt({ line: 1, character: 0 }), 8);
  });

  it('stay in the text when asked for what is outside of it', () => {
    const lines = new LineIndex('ab\ncd');
    assert.deepEqual(lines.positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(lines.positionAt(99), { line: 1, character: 2 });
    assert.equal(lines.offsetAt({ line: -1, character: 3 }), 0);
    assert.equal(lines.offsetAt({ line: 9, character: 0 }), 5);
    assert.equal(lines.offsetAt({ line: 1, character: -4 }), 3);
  });

  it('have one empty line for an empty text', () => {
    const lines = new LineIndex('');
    assert.equal(lines.lineCount, 1);
    assert.deepEqual(lines.positionAt(0), { line: 0, character: 0 });
  });
});
