import assert from 'node:assert/strict';
import { quickFixes } from '../../../../server/src/features/requests/code-action/quick-fixes';
import { locate, MAX_DIAGNOSTICS } from '../../../../server/src/features/requests/diagnostics';
import type { Diagnostic } from '../../../../server/src/model/diagnostic';
import { LineIndex } from '../../../../server/src/text/line-index';

const URI = 'file:///a.conf';
const OTHER = 'file:///b.conf';
const TEXT = 'one\r\ntwo\r\nthree\r\n';
const lines = (uri: string) => (uri === URI || uri === OTHER ? new LineIndex(TEXT) : undefined);
const at = (start: number, end: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'x/y',
  severity: 'error',
  message: `at ${start}`,
  uri: URI,
  range: { start, end },
  ...more,
});

describe('diagnostics of a document', () => {
  it('are in the order of the text, in lines and UTF-16 characters, other files left out', () => {
    const found = locate(URI, [{ launchSet: 's', diagnostics: [at(5, 8), at(0, 3), at(1, 2, { uri: OTHER })] }], lines);
    assert.deepEqual(
      found.map(({ range, launchSet }) => [range.start, range.end, launchSet]),
      [
        [{ line: 0, character: 0 }, { line: 0, character: 3 }, 's'],
        [{ line: 1, character: 0 }, { line: 1, character: 3 }, 's'],
      ],
    );
  });

  it('that hold in several sets are one, which names them', () => {
    const found = locate(
      URI,
      [
        { launchSet: 'a', diagnostics: [at(0, 3), at(5, 8)] },
        { launchSet: 'b', diagnostics: [at(0, 3)] },
      ],
      lines,
    );
    assert.deepEqual(
      found.map(({ message }) => message),
      ['at 0 (In launch sets a, b.)', 'at 5 (In launch set a.)'],
    );
  });

  it('do not call a suppression unused that another launch set needs', () => {
    const unused = at(0, 3, { code: 'advice/unused-suppression', severity: 'information' });
    const a = { launchSet: 'a', diagnostics: [unused] };
    assert.deepEqual(locate(URI, [a, { launchSet: 'b', diagnostics: [] }], lines), []);
    assert.equal(locate(URI, [a, { launchSet: 'b', diagnostics: [unused] }], lines).length, 1);
  });

  it('point to the other places that are at hand', () => {
    const related = [OTHER, 'file:///gone.conf'].map((uri) => ({
      location: { uri, range: { start: 10, end: 15 } },
      message: 'here',
    }));
    const [found] = locate(URI, [{ launchSet: 's', diagnostics: [at(0, 3, { related })] }], lines);
    assert.deepEqual(found?.related, [
      { uri: OTHER, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, message: 'here' },
    ]);
  });

  it('end where nobody reads on', () => {
    const many = Array.from({ length: MAX_DIAGNOSTICS + 5 }, (_, i) => at(i, i + 1));
    assert.equal(locate(URI, [{ launchSet: 's', diagnostics: many }], lines).length, MAX_DIAGNOSTICS);
  });
});

describe('code actions', () => {
  const edit = { uri: OTHER, range: { start: 5, end: 8 }, newText: 'new' };
  const fixable = at(5, 8, { fixes: [{ title: 'Fix it', edits: [edit], preferred: true }] });
  const diagnostics = locate(URI, [{ launchSet: 's', diagnostics: [at(0, 3), fixable] }], lines);
  const line = (number: number) => ({ start: { line: number, character: 0 }, end: { line: number, character: 0 } });

  it('are the fixes on the lines asked for, tied to what the editor shows', () => {
    const shown = [{ code: 'x/y', message: 'at 5', range: line(1) }];
    const [action, ...more] = quickFixes(diagnostics, line(1), shown, lines);
    assert.deepEqual(more, []);
    assert.equal(action?.title, 'Fix it');
    assert.equal(action?.isPreferred, true);
    assert.deepEqual(action?.diagnostics, shown);
    assert.deepEqual(action?.edit?.changes, {
      [OTHER]: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, newText: 'new' }],
    });
    assert.deepEqual(quickFixes(diagnostics, line(0), shown, lines), []);
  });

  it('are not offered where a file to edit is not at hand', () => {
    assert.deepEqual(
      quickFixes(diagnostics, line(1), [], (uri) => (uri === URI ? lines(uri) : undefined)),
      [],
    );
  });
});
