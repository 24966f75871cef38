import assert from 'node:assert/strict';
import { readSettings } from '../../../server/src/lsp/settings';

describe('settings of an editor', () => {
  it('are read with and without the name of their section', () => {
    const inlayHints = { defaults: false, substitutions: true };
    const expected = { version: { version: '3.4', edition: 'community' }, inlayHints, workspaceDiagnostics: true };
    assert.deepEqual(
      readSettings({
        cantonKms: { cantonVersion: '3.4', edition: 'community', inlayHints, workspaceDiagnostics: true },
      }),
      expected,
    );
    assert.deepEqual(
      readSettings({ cantonVersion: '3.4', edition: 'community', inlayHints, workspaceDiagnostics: true }),
      expected,
    );
  });

  it('that make no sense count as not set', () => {
    const nothing = {
      version: { edition: undefined },
      inlayHints: { defaults: true, substitutions: false },
      workspaceDiagnostics: undefined,
    };
    for (const settings of [
      undefined,
      null,
      'x',
      1,
      [],
      {},
      { cantonKms: null },
      { cantonKms: { cantonVersion: 3.4 } },
    ]) {
      assert.deepEqual(readSettings(settings), nothing);
    }
    assert.deepEqual(readSettings({ cantonVersion: '1.0', edition: null, inlayHints: 'on' }), nothing);
  });
});
