import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PlannedEdit } from '../../../server/src/operations/plan';
import { unifiedDiff, withEdits } from '../../../server/src/operations/render';
import { LineIndex } from '../../../server/src/text/line-index';

function edit(text: string, start: number, end: number, newText: string): PlannedEdit {
  const lines = new LineIndex(text);
  return { file: 'file:///a.conf', range: { start: lines.positionAt(start), end: lines.positionAt(end) }, newText };
}

/** What `patch` does with the diff. */
function patched(text: string, diff: string): string {
  const lines = text.split('\n');
  const result: string[] = [];
  let at = 0;
  for (const row of diff === '' ? [] : diff.split('\n')) {
    const start = /^@@ -(\d+)/.exec(row)?.[1];
    if (start !== undefined) {
      const from = Number(start) - 1;
      result.push(...lines.slice(at, from));
      at = from;
    } else if (row.startsWith('+')) {
      result.push(row.slice(1));
    } else {
      assert.equal(lines[at], row.slice(1));
      if (row.startsWith(' ')) result.push(row.slice(1));
      at++;
    }
  }
  return [...result, ...lines.slice(at)].join('\n');
}

describe('a diff of edits', () => {
  const TEXT = 'a\nb\nc\nd\ne\nf\ng\nh\n';

  it('shows what goes and what comes, between lines that stay', () => {
    const diff = unifiedDiff(TEXT, [edit(TEXT, 6, 7, 'D'), edit(TEXT, 7, 7, '\nmore')]);
    assert.equal(diff, '@@ -2,5 +2,6 @@\n b\n c\n-d\n+D\n+more\n e\n f');
  });

  it('leaves out the unchanged line that an insertion begins on', () => {
    assert.equal(unifiedDiff('a {\n}\n', [edit('a {\n}\n', 3, 3, '\n  b = 1')]), '@@ -1,2 +1,3 @@\n a {\n+  b = 1\n }');
  });

  it('shows no secret, neither in a change nor around it', () => {
    const text = 'x {\n  password = "hunter2"\n  url = "jdbc:pg://me:hunter2@db"\n  secret = ${SECRET}\n}\n';
    const diff = unifiedDiff(text, [edit(text, text.length - 2, text.length - 2, '  api-token: abc\n')]);
    assert.doesNotMatch(diff, /hunter2|abc/);
    assert.match(diff, /secret = \$\{SECRET\}/);
  });

  it('makes the same text as the edits', () => {
    const line = fc.constantFrom('a', 'b', '', 'c d', '}');
    const texts = fc.array(line, { maxLength: 25 }).map((rows) => rows.join('\n'));
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(60), fc.nat(20), texts), { maxLength: 5 }), (text, wanted) => {
        const edits: PlannedEdit[] = [];
        let from = 0;
        for (const [gap, length, newText] of wanted) {
          const start = Math.min(text.length, from + gap);
          const end = Math.min(text.length, start + length);
          if (edits.length > 0 && start === from) continue;
          edits.push(edit(text, start, end, newText));
          from = end;
        }
        const after = withEdits(text, edits);
        assert.equal(patched(text, unifiedDiff(text, edits)), after);
      }),
    );
  });
});
