import assert from 'node:assert/strict';
import { documentSymbols, MAX_SYMBOLS } from '../../../../server/src/features/requests/document-symbols';
import { foldingRanges, MAX_FOLDS } from '../../../../server/src/features/requests/folding';
import { parse } from '../../../../server/src/hocon/syntax/parse';
import { LineIndex } from '../../../../server/src/text/line-index';

const parsed = (text: string) => [parse('file:///a.conf', text), new LineIndex(text)] as const;
const folds = (text: string) =>
  foldingRanges(...parsed(text)).map(({ startLine, endLine, kind }) => [startLine, endLine, ...(kind ? [kind] : [])]);

describe('folding', () => {
  it('folds objects, lists, long strings and blocks of comments; the closing line stays visible', () => {
    const text = `# one
# two
// three
a {
  b = [
    1
  ]
  c = """
  # no comment
  # either
  """
}
# alone
`;
    assert.deepEqual(folds(text), [
      [3, 10],
      [4, 5],
      [7, 10],
      [0, 2, 'comment'],
    ]);
  });

  it('has nothing to fold on one line, in an empty text and where a brace is missing at the end', () => {
    assert.deepEqual(folds('a { b = 1 }'), []);
    assert.deepEqual(folds(''), []);
    assert.deepEqual(folds('a {\n b = 1\n'), [[0, 1]]);
  });

  it('keeps to a number that editors can draw', () => {
    assert.equal(folds('a {\n b = 1\n}\n'.repeat(MAX_FOLDS + 10)).length, MAX_FOLDS);
  });
});

describe('the outline', () => {
  it('has a symbol for each field, named by its path as written', () => {
    const [first, second] = documentSymbols(...parsed('canton."a b".c { d = [1], include "x.conf" }\ne = true'));
    assert.equal(first?.name, 'canton."a b".c');
    assert.deepEqual(
      first?.children?.map(({ name, kind }) => [name, kind]),
      [
        ['d', 18],
        ['include x.conf', 2],
      ],
    );
    assert.deepEqual(first?.selectionRange, { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } });
    assert.deepEqual([second?.name, second?.kind], ['e', 17]);
  });

  it('keeps selection ranges inside ranges, in broken text as well, which editors insist on', () => {
    for (const text of ['a', 'a =', '= 1', 'a {', 'a.b. = 1', '"" = 1', 'include', 'include "', '{{{', 'a = ${']) {
      const stack = documentSymbols(...parsed(text));
      for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
        const { range, selectionRange, name } = one;
        const offset = ({ line, character }: { line: number; character: number }) => line * 1000 + character;
        assert.ok(offset(range.start) <= offset(selectionRange.start), text);
        assert.ok(offset(selectionRange.end) <= offset(range.end), text);
        assert.notEqual(name, '', text);
        stack.push(...(one.children ?? []));
      }
    }
  });

  it('ends before an editor would give up, in depth and in number', () => {
    documentSymbols(...parsed('{a'.repeat(10_000)));
    assert.equal(documentSymbols(...parsed('a = 1\n'.repeat(MAX_SYMBOLS + 10))).length, MAX_SYMBOLS);
  });
});
