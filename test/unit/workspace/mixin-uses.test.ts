import assert from 'node:assert/strict';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { withMixins } from '../../../server/src/workspace/mixin-uses';
import { launch } from '../operations/kit';

describe('a mixin', () => {
  it('is placed where another file uses it', async () => {
    const { config } = await launch('_shared { region = eu }');
    const brought = withMixins(config, [{ from: ['_shared'], to: ['canton', 'participants', 'p1', 'crypto', 'kms'] }]);
    assert.deepEqual(brought && toJson(brought), {
      _shared: { region: 'eu' },
      canton: { participants: { p1: { crypto: { kms: { region: 'eu' } } } } },
    });
  });

  it('is no reason for a second check of a file that uses its own', async () => {
    const { config } = await launch('_shared { region = eu }\ncanton.participants.p1.crypto.kms = ${_shared}');
    assert.equal(
      withMixins(config, [
        { from: ['_shared'], to: ['canton', 'participants', 'p1', 'crypto', 'kms'] },
        { from: ['_shared', 'region'], to: ['canton', 'participants', 'p1', 'crypto', 'kms', 'region'] },
        { from: ['other'], to: ['canton', 'participants', 'p2'] },
      ]),
      undefined,
    );
  });
});
