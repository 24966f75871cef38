import assert from 'node:assert/strict';
import { createLanguageService, readEnvFile } from '../../../server/src/service';
import { uriOf } from '../../kit/fixture';

describe('many open documents', () => {
  it('are not evaluated again for each one that is opened', async () => {
    const service = createLanguageService({ files: { read: async () => undefined }, list: async () => [] });
    let evaluations = 0;
    // Requested once for each evaluation of a launch set.
    const requestedVersion = () => {
      evaluations++;
      return { version: undefined, edition: undefined };
    };
    service.configure({ requestedVersion });
    const count = 130;
    for (let i = 0; i < count; i++) {
      const uri = uriOf(`n${i}.conf`);
      service.update(uri, `canton.participants.p${i}.crypto.kms { type = aws, region = us-east-1 }`);
      await service.diagnostics(uri);
      assert.deepEqual(await service.dependents(uri), []);
    }
    assert.ok(evaluations <= 2 * count, `${evaluations} evaluations`);
  });

  it('do not keep a line of blanks in an env file from being read', () => {
    const blanks = ' '.repeat(200_000);
    assert.deepEqual([...readEnvFile(`A=${blanks}x${blanks}y${blanks}\nB = "c"`)].length, 2);
  });
});
