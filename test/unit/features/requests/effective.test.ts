import assert from 'node:assert/strict';
import { effectiveNodes } from '../../../../server/src/features/requests/effective/effective';
import { workbench } from '../../../kit/service';

async function settings(marked: string) {
  const { workspace, fixture } = workbench(marked);
  const { nodes, isSecret } = await workspace.snapshot(fixture.main.uri);
  const [node] = effectiveNodes(nodes, isSecret);
  return node?.settings.map(({ path, value, uri }) => [path, value, uri.split('/').at(-1)]);
}

describe('the effective crypto section', () => {
  it('has each value in effect with the file that it comes from', async () => {
    assert.deepEqual(
      await settings(`include "base"
canton.participants.p1.crypto { kms.region = \${AWS_REGION}, signing.algorithms.allowed = [ed-25519] }
-- base.conf --
canton.participants.p1.crypto { provider = kms, kms { type = aws, region = x } }
`),
      [
        ['crypto.provider', '"kms"', 'base.conf'],
        ['crypto.kms.type', '"aws"', 'base.conf'],
        ['crypto.kms.region', '(from the environment variable AWS_REGION)', 'main.conf'],
        ['crypto.signing.algorithms.allowed', '["ed-25519"]', 'main.conf'],
      ],
    );
  });

  it('shows no secrets', async () => {
    const driver = 'canton.participants.p1.crypto.kms { type = driver, name = x, config { auth { token = abc } } }';
    assert.doesNotMatch(JSON.stringify(await settings(driver)), /abc/);
  });

  it('is empty for a node without one', async () => {
    assert.deepEqual(await settings('canton.participants.p1 { storage.type = memory }'), []);
  });
});
