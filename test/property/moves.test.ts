import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workbench } from '../kit/service';
import { comments, effective } from './effective';
import { writtenConfigs } from './written-configs';

const URI = 'file:///project/main.conf';

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
      assert.deepEqual(effective(new Map([[URI, after]])), effective(new Map([[URI, text]])), after);
      assert.deepEqual(comments(after), comments(text), after);
      assert.equal(after.split('\n').length, text.split('\n').length, after);
    };
    await fc.assert(fc.asyncProperty(writtenConfigs, fc.nat(), fc.constantFrom('up', 'down'), check), { numRuns: 500 });
    assert.ok(moved > 100, `${moved} were moved`);
  });
});
