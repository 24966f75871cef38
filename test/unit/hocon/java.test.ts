import assert from 'node:assert/strict';
import { javaDigit, javaInt, javaOrder } from '../../../server/src/hocon/syntax/java';

/** The results of `Integer.parseInt`, `Character.digit` and a `HashMap` of Java 17. */
describe("Java's library", () => {
  it('reads digits of every script, and letters above base 10', () => {
    const digits: readonly (readonly [text: string, radix: number, value: number])[] = [
      ['0', 10, 0],
      ['9', 10, 9],
      ['/', 10, -1],
      [':', 10, -1],
      ['a', 10, -1],
      ['a', 16, 10],
      ['A', 16, 10],
      ['f', 16, 15],
      ['g', 16, -1],
      ['z', 36, 35],
      ['Z', 36, 35],
      ['@', 36, -1],
      ['`', 36, -1],
      ['{', 36, -1],
      ['Ａ', 16, 10],
      ['Ｆ', 16, 15],
      ['Ｚ', 36, 35],
      ['ａ', 16, 10],
      ['ｆ', 16, 15],
      ['ｚ', 36, 35],
      ['＠', 36, -1],
      ['［', 36, -1],
      ['｀', 36, -1],
      ['｛', 36, -1],
      ['０', 10, 0],
      ['９', 10, 9],
      ['٠', 10, 0],
      ['٣', 10, 3],
      ['٩', 10, 9],
      ['८', 10, 8],
      ['²', 10, -1],
      ['\u007f', 36, -1],
      ['é', 36, -1],
    ];
    for (const [text, radix, value] of digits)
      assert.equal(javaDigit(text.charCodeAt(0), radix), value, `${text} in base ${radix}`);
  });

  it('reads whole numbers of 32 bits', () => {
    const numbers: Readonly<Record<string, number | undefined>> = {
      '7': 7,
      '+5': 5,
      '-5': -5,
      '007': 7,
      '2147483647': 2147483647,
      '2147483648': undefined,
      '-2147483648': -2147483648,
      '-2147483649': undefined,
      '٣٤': 34,
      '': undefined,
      '-': undefined,
      '5a': undefined,
      ' 5': undefined,
      '1.0': undefined,
    };
    for (const [text, value] of Object.entries(numbers)) assert.equal(javaInt(text), value, JSON.stringify(text));
  });

  it('goes through the keys of a map by their hashes, and by age where these fall together', () => {
    const order = (keys: readonly string[], size: number) =>
      javaOrder(
        keys.map((key, age) => [key, { order: age }] as const),
        size,
      ).map(([key]) => key);
    assert.deepEqual(order(['only'], 1), ['only']);
    // "p" is in bucket 0 of 16, and in bucket 16 of 32: a map grows above twelve entries.
    assert.deepEqual(order(['a', 'p'], 12), ['p', 'a']);
    assert.deepEqual(order(['a', 'p'], 13), ['a', 'p']);
    assert.deepEqual(order(['q', 'a'], 12), ['q', 'a']);
    assert.deepEqual(order(['a', 'q'], 12), ['a', 'q']);
    assert.deepEqual(order(['BB', 'Aa'], 12), ['BB', 'Aa']);
    // 99162322 is the hash of "hello"; its upper half counts as well, which makes it bucket 11.
    assert.deepEqual(order(['l', 'hello', 'j'], 3), ['j', 'hello', 'l']);
  });
});
