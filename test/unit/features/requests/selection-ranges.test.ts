import assert from 'node:assert/strict';
import { MAX_STEPS, selectionRange } from '../../../../server/src/features/requests/selection-ranges';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { LineIndex } from '../../../../server/src/text/line-index';
import { fixture } from '../../../kit/fixture';

/** The selected texts, from the cursor outwards. */
function steps(marked: string): string[] {
  const { main, cursor } = fixture(marked);
  const lines = new LineIndex(main.text);
  const texts: string[] = [];
  let at: ReturnType<typeof selectionRange> | undefined = selectionRange(
    parse(main.uri, main.text),
    lines,
    cursor.offset,
  );
  for (; at !== undefined; at = at.parent) {
    texts.push(main.text.slice(lines.offsetAt(at.range.start), lines.offsetAt(at.range.end)));
  }
  return texts;
}

describe('selection ranges', () => {
  it('grow from a word to its value, its field and the section around', () => {
    assert.deepEqual(steps('a { b.c = "x‸y", d = 1 }'), [
      'xy',
      '"xy"',
      'b.c = "xy"',
      ' b.c = "xy", d = 1 ',
      '{ b.c = "xy", d = 1 }',
      'a { b.c = "xy", d = 1 }',
    ]);
  });

  it('grow from an element of a path to the path', () => {
    assert.deepEqual(steps('a = ${b‸.c}x'), ['b', 'b.c', '${b.c}', '${b.c}x', 'a = ${b.c}x']);
    assert.deepEqual(steps('"k‸".b = 1'), ['k', '"k"', '"k".b', '"k".b = 1']);
  });

  it('always have an end, in broken, empty and deep texts', () => {
    assert.deepEqual(steps('‸'), ['']);
    assert.equal(steps('# com‸ment\n').at(-1), '# comment\n');
    assert.ok(steps('a = {‸').length > 0);
    assert.equal(steps('a = "‸').at(-1), 'a = "');
    assert.ok(steps(`${'{a'.repeat(10_000)}‸`).length <= MAX_STEPS + 3);
  });
});
