import assert from 'node:assert/strict';
import { plan } from '../../../../server/src/operations/planner';
import { launch, planned } from '../kit';

async function firstStep(crypto: string, procedure: string, options: Readonly<Record<string, string>>) {
  const set = await launch(`-- a.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }`);
  const made = plan({ procedure, node: 'participants.p1', options, ...planned(set, '3.5') });
  assert.deepEqual(made.reasons, []);
  return made.steps[0]?.text ?? '';
}

const AWS = 'kms { type = aws, region = eu-central-1 }';

describe('the first step of a plan', () => {
  it('looks at the KMS that the node is to use, with the keys of the answers', async () => {
    const answers = { provider: 'aws', 'set.region': 'eu-west-1', state: 'existing', 'wrapper-key-id': "alias/it's" };
    assert.match(
      await firstStep('', 'enable-envelope', answers),
      /^canton-kms preflight --node participants\.p1 --canton-version 3\.5 --provider aws --mode envelope --set region=eu-west-1 --key 'alias\/it'\\''s' FILE\.\.\. >preflight\.sh$/m,
    );
  });

  it('gives a new key its role', async () => {
    const answers = { 'new-key-id': 'alias/new', 'set.key': 'signing', fingerprint: `1220${'ab'.repeat(32)}` };
    assert.match(
      await firstStep(`provider = kms, ${AWS}`, 'rotate-external-keys', answers),
      /^canton-kms preflight .*--key signing=alias\/new FILE/m,
    );
  });

  it('looks at the configuration alone where no KMS is used', async () => {
    const text = await firstStep('', 'rotate-external-keys', { 'set.key': 'signing' });
    assert.doesNotMatch(text, /preflight/);
    assert.match(text, /^canton-kms check/m);
  });
});
