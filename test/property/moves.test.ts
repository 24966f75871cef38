import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { commentsOf, evaluate, parse, toJson } from '../../server/src/hocon';
import { workbench } from '../kit/service';
import { writtenConfigs } from './written-configs';

const URI = 'file:///project/main.conf';

/** What Canton would read, with and without a variable of the environment. */
function effective(text: string): unknown[] {
  const tree = parse(URI, text);
  return [{}, { HOME: 'set' }].map((variables) => {
    const environment = { variables: new Map(Object.entries(variables)), closed: true };
    const sources = { get: () => tree, lookedFor: new Set([URI]) };
    const { root, problems } = evaluate([{ uri: URI }], sources, environment);
    return [toJson(root), problems.map(({ code }) => code).sort()];
  });
}

function comments(text: string): string[] {
  return commentsOf(parse(URI, text))
    .map(({ start, end }) => text.slice(start, end).trim())
    .sort();
}

describe('moving any entry', () => {
  it('keeps the effective configuration, the comments and the number of lines', async () => {
    let moved = 0;
    const check = async (text: string, at: number, direction: 'up' | 'down') => {
      const document = TextDocument.create(URI, '', 1, text);
      const { service } = workbench(text);
      const result = await service.moveEntry(URI, document.positionAt(at % (text.length + 1)), direction);
      if ('refused' in result) return;
      moved++;
      const after = TextDocument.applyEdits(document, [...result.edits]);
      assert.deepEqual(effective(after), effective(text), after);
      assert.deepEqual(comments(after), comments(text), after);
      assert.equal(after.split('\n').length, text.split('\n').length, after);
    };
    await fc.assert(fc.asyncProperty(writtenConfigs, fc.nat(), fc.constantFrom('up', 'down'), check), { numRuns: 500 });
    assert.ok(moved > 100, `${moved} were moved`);
  });
});
