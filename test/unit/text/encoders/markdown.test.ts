import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdownCode, markdownFence, markdownLink, markdownText } from '../../../../server/src/text/encoders/markdown';
import { hostileText, OBEYED } from '../../../kit/hostile-text';
import { markdownTokens } from '../../../kit/markdown';

function typesOf(markdown: string): string[] {
  return markdownTokens(markdown).map(({ type }) => type);
}

const PLAIN = new Set(['paragraph_open', 'inline', 'text', 'text_special', 'paragraph_close']);
const holds = (property: (text: string) => void) => fc.assert(fc.property(hostileText, property), { numRuns: 400 });

describe('encoder of Markdown', () => {
  it('a text is text, at the start of a line and within it', () => {
    holds((text) => {
      for (const markdown of [markdownText(text), `a ${markdownText(text)} b`]) {
        assert.deepEqual(
          typesOf(markdown).filter((type) => !PLAIN.has(type)),
          [],
          JSON.stringify(markdown),
        );
      }
    });
  });

  it('shows what it is given', () => {
    const shown = (text: string) =>
      markdownTokens(`x ${markdownText(text)}`)
        .filter(({ type }) => type.startsWith('text'))
        .map(({ content }) => content)
        .join('');
    for (const text of [
      '![a](http://b.c/d.png)',
      '<img src=x>',
      'participants.p1',
      'a_b',
      '_a_',
      'key-1',
      'a@b.example',
      '1. x',
      '$(x) & y &amp; z',
    ]) {
      assert.equal(shown(text), `x ${text}`);
    }
  });

  it('leaves the names of nodes and keys as they are', () => {
    for (const text of ['participants.p1', 'canton.participants.node-1.crypto', 'my_node'])
      assert.equal(markdownText(text), text);
  });

  it('a code span is one, with the text in it', () => {
    holds((text) => {
      const markdown = markdownCode(text);
      assert.doesNotMatch(markdown, OBEYED);
      const [span, ...others] = markdownTokens(`a ${markdown} b`).filter(({ type }) => !PLAIN.has(type));
      assert.equal(span?.type, 'code_inline', JSON.stringify(markdown));
      assert.equal(others.length, 0);
    });
    assert.equal(markdownCode('a`b'), '`` a`b ``');
    assert.equal(markdownCode('a\nb'), '`a\\nb`');
  });

  it('a fence is ended by nothing in it', () => {
    holds((text) => {
      const types = typesOf(`${markdownFence('diff', text)}\n\nend`).filter((type) => !PLAIN.has(type));
      assert.deepEqual(types, ['fence']);
    });
  });

  it('a link has one target and a text without another', () => {
    holds((text) => {
      const types = typesOf(markdownLink(text, `file:///a/${text}`)).filter((type) => !PLAIN.has(type));
      assert.deepEqual(types, ['link_open', 'link_close']);
    });
    assert.equal(markdownLink('a (b).conf', 'file:///a (b).conf#L1'), '[a (b).conf](file:///a%20%28b%29.conf#L1)');
  });
});
