import assert from 'node:assert/strict';
import type { Plan } from '../../../server/src/operations/plan';
import { plan } from '../../../server/src/operations/planner';
import { launch, planned } from './kit';

const STORE = 'private-key-store.encryption { type = kms, reverted = yes }';
const node = (crypto: string, more = '') =>
  `canton.participants.p1 { storage.type = postgres, crypto { kms { type = aws, region = r }, ${crypto} } }\n${more}`;

async function planOf(text: string, procedure: string, options: Record<string, string> = {}): Promise<Plan> {
  return plan({ procedure, node: 'participants.p1', options, ...planned(await launch(text), '3.5') });
}

describe('a plan reads settings as Canton does', () => {
  it('takes `reverted = yes` for decrypted keys', async () => {
    const cleanUp = await planOf(node(STORE), 'revert-envelope');
    assert.ok(cleanUp.steps.some(({ title }) => title === 'The keys are decrypted'));
    const again = await planOf(node(STORE), 'enable-envelope');
    assert.match(again.steps.flatMap(({ edits }) => edits.map(({ newText }) => newText)).join(), /^(?!.*reverted)/);
    assert.match(again.steps.find(({ kind }) => kind === 'edit')?.text ?? '', /creates a new wrapper key/);
  });

  it('takes `multi-region-key = on` for multi-region keys', async () => {
    const text = node('private-key-store.encryption.type = kms').replace(
      'region = r',
      'region = r, multi-region-key = on',
    );
    const { steps } = await planOf(text, 'rotate-wrapper-key', { 'set.multi-region-key': 'yes' });
    assert.ok(!steps.some(({ edits }) => edits.some(({ newText }) => newText.includes('multi-region'))));
  });

  it('sees console commands that are allowed with `yes`', async () => {
    const text = node('provider = kms', 'canton.features.enable-repair-commands = yes\n');
    const { steps } = await planOf(text, 'migrate-transfer-assets', { provider: 'aws', 'set.way': 'delegation' });
    assert.ok(steps.length > 0);
    assert.ok(!steps.some(({ title }) => title === 'Restart the process of the console'));
  });
});
