import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isTabStop, withoutTabStops } from '../../../server/src/embedded/snippet';

/** The text that a writer of another notation sees, with `·` for each piece of syntax, and the result. */
function through(snippet: string, write = (text: string) => text): [seen: string, restored: string] {
  const masked = withoutTabStops(snippet);
  assert.ok(masked);
  return [masked.text.replace(/[\ue000-\uf8ff]/g, '·'), masked.restore(write(masked.text))];
}

describe('a snippet in another notation', () => {
  it('keeps its tab stops, whatever happens to dollars and braces of the text', () => {
    const double = (text: string) => text.replaceAll('$', '$$$$');
    assert.deepEqual(through('kms {\n\t$0\n}', double), ['kms {\n\t·\n}', 'kms {\n\t$0\n\\}']);
    assert.deepEqual(through('a = ${1:b}', double), ['a = ·b·', 'a = ${1:b}']);
    assert.deepEqual(through('a = ${1|b,c|} ${2}', double), ['a = · ·', 'a = ${1|b,c|} ${2}']);
    assert.deepEqual(through('a = \\${?B\\}', double), ['a = ${?B}', 'a = \\$\\${?B\\}']);
    assert.deepEqual(through('${1:a ${2:b}} }', double), ['·a ·b·· }', '${1:a ${2:b}} \\}']);
  });

  it('is told by lines that are nothing but a tab stop', () => {
    assert.deepEqual(withoutTabStops('a {\n$0\n}')?.text.split('\n').map(isTabStop), [false, true, false]);
  });

  it('is refused with characters that stand for tab stops', () => {
    assert.equal(withoutTabStops('\ue000'), undefined);
  });

  it('means the same again', () => {
    const part = fc.constantFrom('a', '$1', '${1:', '}', '\\}', '\\$', '\\\\', '{', '\n', '${2|a,b|}');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const once = withoutTabStops(parts.join(''));
        assert.ok(once);
        assert.equal(withoutTabStops(once.restore(once.text))?.text, once.text);
      }),
    );
  });
});
