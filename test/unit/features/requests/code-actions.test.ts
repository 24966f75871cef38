import assert from 'node:assert/strict';
import { quickFixes } from '../../../../server/src/features/requests/code-action/quick-fixes';
import type { LocatedDiagnostic } from '../../../../server/src/features/requests/diagnostics';
import { CODE_ACTION_KIND, isWanted } from '../../../../server/src/features/shared/lsp-kinds';
import { LineIndex } from '../../../../server/src/text/line-index';
import { actionsAt, applied, offered } from '../../../kit/code-actions';
import { workbench } from '../../../kit/service';

const REGION = 'canton.participants.p1.crypto.kms {\n  type = aws\n  ‸region = us-esat-1\n}\n';

describe('the kinds of code actions', () => {
  it('are given where they, or a kind above them, are asked for', () => {
    const wanted = (...only: string[]) => Object.values(CODE_ACTION_KIND).filter((kind) => isWanted(kind, only));
    assert.deepEqual(wanted('refactor'), ['refactor.extract', 'refactor.inline', 'refactor.rewrite', 'refactor.plan']);
    assert.deepEqual(wanted('source.fixAll'), ['source.fixAll.cantonKms']);
    assert.deepEqual(wanted('source.fixAll.eslint', 'refactor.extracted', 'quick'), []);
    assert.equal(wanted('').length, 6);
  });

  it('leave out what changes a whole document where nobody asks for it', async () => {
    const all = Object.values(CODE_ACTION_KIND).filter((kind) => isWanted(kind, undefined));
    assert.deepEqual(all, ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'refactor.plan']);
    const titles = async (...only: string[]) => (await actionsAt(REGION, ...only)).map(({ title }) => title);
    assert.deepEqual(await titles('source.organizeImports'), []);
    assert.ok((await titles('quickfix')).includes("Set 'kms.region' to 'us-east-1'"), String(await titles()));
  });
});

describe('quick fixes', () => {
  it('are offered once where several problems have the same one, for all of them', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } };
    const fixes = [
      { title: "Rename to 'region'", edits: [{ uri: 'file:///a', range: { start: 0, end: 6 }, newText: 'region' }] },
    ];
    const problem = (code: string, preferred?: boolean): LocatedDiagnostic => ({
      code,
      severity: 'error',
      message: code,
      uri: 'file:///a',
      range,
      configPath: undefined,
      launchSet: undefined,
      related: [],
      tags: [],
      fixes: fixes.map((fix) => (preferred === undefined ? fix : { ...fix, preferred })),
    });
    const shown = ['read/unknown-key', 'read/missing-key'].map((code) => ({ code, message: code, range }));
    const problems = [problem('read/unknown-key'), problem('read/missing-key', true)];
    const actions = quickFixes(problems, range, shown, () => new LineIndex('regoin'));
    assert.deepEqual(
      actions.map(({ title, diagnostics, isPreferred }) => [title, diagnostics?.length, isPreferred]),
      [["Rename to 'region'", 2, true]],
    );
  });
});

describe('a comment that silences a problem', () => {
  it('is offered for advice, above its line', async () => {
    const bench = workbench(REGION);
    const [action] = (await offered(bench)).filter(({ title }) => title === "Ignore 'advice/region' on this line");
    assert.ok(action !== undefined);
    const text = applied(bench, action)['main.conf'] ?? '';
    assert.equal(
      text,
      'canton.participants.p1.crypto.kms {\n  type = aws\n  # canton-kms-ignore-next-line advice/region\n  region = us-esat-1\n}\n',
    );
    bench.service.update(bench.cursor.uri, text);
    const codes = (await bench.service.diagnostics(bench.cursor.uri)).map(({ code }) => code);
    assert.ok(!codes.includes('advice/region') && !codes.includes('advice/unused-suppression'), String(codes));
  });

  it('is not offered for what Canton refuses', async () => {
    const actions = await actionsAt('canton.participants.p1.crypto.kms { type = aws, region = us-east-1, ‸foo = 1 }');
    assert.deepEqual(
      actions.filter(({ title }) => title.includes('unknown-key')),
      [],
    );
  });
});
