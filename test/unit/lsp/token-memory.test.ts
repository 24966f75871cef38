import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TokenMemory } from '../../../server/src/lsp/token-memory';

const URI = 'file:///a.conf';

/** The tokens of an editor after the answer to a delta request. */
function updated(before: readonly number[], answer: ReturnType<TokenMemory['delta']>): number[] {
  if ('data' in answer) return answer.data;
  const data = [...before];
  for (const { start, deleteCount, data: inserted = [] } of answer.edits) data.splice(start, deleteCount, ...inserted);
  return data;
}

describe('the tokens that an editor has', () => {
  const tokens = fc.array(fc.nat(2), { maxLength: 12 });

  it('become the new ones by what is sent', () => {
    fc.assert(
      fc.property(tokens, tokens, (before, after) => {
        const memory = new TokenMemory();
        const { resultId = '' } = memory.full(URI, { data: before });
        assert.deepEqual(updated(before, memory.delta(URI, resultId, { data: after })), after);
      }),
    );
  });

  it('are sent again only where they are others', () => {
    const memory = new TokenMemory();
    const { resultId: first = '' } = memory.full(URI, { data: [1, 2, 3, 4, 5] });
    const same = memory.delta(URI, first, { data: [1, 2, 3, 4, 5] });
    assert.deepEqual('edits' in same && same.edits, []);
    const changed = memory.delta(URI, same.resultId ?? '', { data: [1, 2, 9, 9, 4, 5] });
    assert.deepEqual('edits' in changed && changed.edits, [{ start: 2, deleteCount: 1, data: [9, 9] }]);
  });

  it('are all sent to an editor that names another answer than the last, or whose document was closed', () => {
    const memory = new TokenMemory();
    const { resultId: first = '' } = memory.full(URI, { data: [1] });
    const { resultId: second = '' } = memory.full(URI, { data: [2] });
    assert.notEqual(first, second);
    assert.ok('data' in memory.delta(URI, first, { data: [3] }));
    const { resultId: third = '' } = memory.full(URI, { data: [3] });
    memory.forget(URI);
    assert.ok('data' in memory.delta(URI, third, { data: [3] }));
  });
});
