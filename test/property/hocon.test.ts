import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Evaluation, evaluate } from '../../server/src/hocon/evaluation/evaluate';
import { parse } from '../../server/src/hocon/syntax/parse';
import { childrenOf, type Syntax, type SyntaxNode, type SyntaxTree } from '../../server/src/hocon/syntax/syntax';
import { tokensOf } from '../../server/src/hocon/syntax/token';
import { toJson } from '../../server/src/hocon/values/config-value';
import { createLanguageService, type LanguageService } from '../../server/src/service';
import type { TextRange } from '../../server/src/text/location';
import { anyText, configuration, edit, hoconText } from './hocon-texts';

const URI = 'file:///conf/a.conf';

const RUNS = { numRuns: 400 } as const;

const SYNTAXES: readonly Syntax[] = ['conf', 'json', 'properties'];

function evaluated(tree: SyntaxTree, closed: boolean): Evaluation {
  const sources = { get: (uri: string) => (uri === tree.uri ? tree : undefined), lookedFor: new Set([tree.uri]) };
  return evaluate([{ uri: tree.uri }], sources, { variables: new Map([['HOME', '/root']]), closed });
}

function assertInside(range: TextRange, outer: TextRange, what: string): void {
  assert.ok(
    outer.start <= range.start && range.start <= range.end && range.end <= outer.end,
    `${what} at ${range.start}-${range.end} is outside of ${outer.start}-${outer.end}`,
  );
}

function assertOrdered(tree: SyntaxTree): void {
  const open: SyntaxNode[] = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    let end = node.start;
    for (const child of childrenOf(node)) {
      assertInside(child, { start: end, end: node.end }, `${child.kind} in ${node.kind}`);
      assert.equal(child.parent, node);
      end = child.end;
      open.push(child);
    }
  }
}

/** The kinds and ranges of all nodes, in order, without the links between them. */
function outline(tree: SyntaxTree): string[] {
  const lines: string[] = [];
  const open: SyntaxNode[] = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    lines.push(`${node.kind} ${node.start}-${node.end}`);
    open.push(...childrenOf(node));
  }
  return lines;
}

function service(): LanguageService {
  return createLanguageService({ files: { read: async () => undefined }, list: async () => [] });
}

/** The data that an editor shows for a document. */
async function answers(from: LanguageService): Promise<unknown> {
  return [
    await from.diagnostics(URI),
    await from.documentSymbols(URI),
    await from.foldingRanges(URI),
    await from.documentLinks(URI),
  ];
}

for (const [name, texts] of [
  ['any text', anyText],
  ['texts of what HOCON is made of', hoconText],
] as const) {
  describe(`for ${name}`, () => {
    it('every character is in a token', () => {
      const holds = fc.property(texts, fc.constantFrom(...SYNTAXES), (text, syntax) => {
        let joined = '';
        let end = 0;
        for (const token of tokensOf(parse(URI, text, syntax))) {
          assert.equal(token.start, end);
          joined += text.slice(token.start, token.end);
          end = token.end;
        }
        assert.equal(joined, text);
      });
      fc.assert(holds, RUNS);
    });

    it('nodes are in the text, children in order in their parents', () => {
      const holds = fc.property(texts, fc.constantFrom<Syntax[]>('conf', 'json'), (text, syntax) => {
        const tree = parse(URI, text, syntax);
        assertInside(tree.root, { start: 0, end: text.length }, 'document');
        assertOrdered(tree);
      });
      fc.assert(holds, RUNS);
    });

    it('evaluation ends, and what it says is in the text', () => {
      const holds = fc.property(
        texts,
        fc.constantFrom<Syntax[]>('conf', 'properties'),
        fc.boolean(),
        (text, syntax, closed) => {
          const tree = parse(URI, text, syntax);
          const whole = { start: 0, end: text.length };
          const { root, problems } = evaluated(tree, closed);
          for (const { range, message, code } of [...tree.problems, ...problems]) {
            assertInside(range, whole, message);
            assert.match(code, /^hocon\/[a-z-]+$/);
          }
          const refused = tree.problems.some(({ severity }) => severity === 'error');
          assert.ok(!refused || problems.some(({ severity }) => severity === 'error'), 'a fault of the text got lost');
          assert.equal(typeof toJson(root), 'object');
        },
      );
      fc.assert(holds, RUNS);
    });
  });
}

describe('an edit', () => {
  it('anywhere gives what the text gives from scratch', async () => {
    const holds = fc.asyncProperty(hoconText, fc.array(edit, { minLength: 1, maxLength: 4 }), async (text, edits) => {
      const edited = service();
      let current = `canton {}\n${text}`;
      edited.update(URI, current);
      for (const { from, length, inserted } of edits) {
        const start = Math.floor(from * current.length);
        current = current.slice(0, start) + inserted + current.slice(start + length);
        // Requested in between, to reveal stale caches.
        await answers(edited);
        edited.update(URI, current);
      }
      const fresh = service();
      // Both have recognized the document as Canton's before it was edited.
      fresh.update(URI, 'canton {}');
      await answers(fresh);
      fresh.update(URI, current);
      assert.deepEqual(await answers(edited), await answers(fresh));
    });
    await fc.assert(holds, { numRuns: 60 });
  });

  it('of one character keeps the tree in order', () => {
    const holds = fc.property(configuration, edit, ({ text }, { from, length, inserted }) => {
      const start = Math.floor(from * text.length);
      const tree = parse(URI, text.slice(0, start) + inserted + text.slice(start + length));
      assertOrdered(tree);
      evaluated(tree, true);
    });
    fc.assert(holds, RUNS);
  });
});

describe('a valid configuration', () => {
  it('has the values that it was made from', () => {
    const holds = fc.property(configuration, ({ text, expected }) => {
      const { root, problems } = evaluated(parse(URI, text), true);
      assert.deepEqual(problems, [], text);
      assert.deepEqual(toJson(root), expected, text);
    });
    fc.assert(holds, RUNS);
  });

  it('has the same values however its lines end', () => {
    const holds = fc.property(configuration, ({ text, expected }) => {
      const { root, problems } = evaluated(parse(URI, text.replaceAll('\n', '\r\n')), true);
      assert.deepEqual(problems, [], text);
      assert.deepEqual(toJson(root), expected, text);
    });
    fc.assert(holds, RUNS);
  });

  it('says the same each time', () => {
    const holds = fc.property(configuration, ({ text }) => {
      assert.deepEqual(outline(parse(URI, text)), outline(parse(URI, text)));
    });
    fc.assert(holds, { numRuns: 20 });
  });
});
