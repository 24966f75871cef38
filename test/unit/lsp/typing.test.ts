import { deepEqual, equal } from 'node:assert/strict';
import { mock } from 'node:test';
import { TypedWords } from '../../../server/src/lsp/typing';

const URI = 'file:///a.conf';
const at = (line: number, character: number) => ({ line, character });
const range = (line: number, from: number, to: number) => ({ start: at(line, from), end: at(line, to) });

describe('a word that is being typed', () => {
  let ended: string[];
  let words: TypedWords;
  const type = (text: string, line: number, character: number) =>
    words.changed(URI, [{ range: range(line, character, character), text }]);

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    ended = [];
    words = new TypedWords((uri) => ended.push(uri));
  });
  afterEach(() => mock.timers.reset());

  it('holds back what is said of it, and nothing else', () => {
    type('o', 3, 7);
    equal(words.holds(URI, range(3, 4, 8)), true);
    equal(words.holds(URI, range(3, 9, 12)), false);
    equal(words.holds(URI, range(2, 4, 8)), false);
    equal(words.holds('file:///b.conf', range(3, 4, 8)), false);
  });

  it('ends a second after the last key', () => {
    type('r', 0, 0);
    mock.timers.tick(999);
    type('e', 0, 1);
    mock.timers.tick(999);
    deepEqual(ended, []);
    mock.timers.tick(1);
    deepEqual(ended, [URI]);
    equal(words.holds(URI, range(0, 0, 2)), false);
  });

  it('ends when the cursor leaves it, and not when it follows the key', () => {
    type('r', 0, 0);
    words.cursorMoved(URI, at(0, 1));
    deepEqual(ended, []);
    words.cursorMoved(URI, at(1, 0));
    deepEqual(ended, [URI]);
  });

  it('is one when a character is deleted', () => {
    words.changed(URI, [{ range: range(0, 4, 5), text: '' }]);
    equal(words.holds(URI, range(0, 0, 4)), true);
  });

  for (const [what, changes] of [
    ['a paste', [{ range: range(0, 0, 0), text: 'region' }]],
    ['a new line', [{ range: range(0, 0, 0), text: '\n' }]],
    ['a new text', [{ text: 'a' }]],
    [
      'two changes',
      [
        { range: range(0, 0, 0), text: 'a' },
        { range: range(1, 0, 0), text: 'a' },
      ],
    ],
  ] as const) {
    it(`is none after ${what}, which ends the one before`, () => {
      type('r', 0, 0);
      words.changed(URI, changes);
      equal(words.holds(URI, range(0, 0, 6)), false);
    });
  }

  it('is forgotten with its document', () => {
    type('r', 0, 0);
    words.forget(URI);
    mock.timers.tick(2000);
    deepEqual(ended, []);
  });
});
