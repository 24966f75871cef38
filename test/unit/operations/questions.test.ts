import assert from 'node:assert/strict';
import type { CantonVersion, Edition } from '../../../schemas/version';
import { nextQuestion } from '../../../server/src/operations/planner';
import { possible, request } from './requests';

describe('the questions of a procedure', () => {
  async function asked(procedure: string, node: string, options: Record<string, string>): Promise<string | undefined> {
    return nextQuestion(await request(procedure, node, { options }))?.option;
  }

  it('follow from the answers', async () => {
    const options: Record<string, string> = {};
    const order: string[] = [];
    const answers: Record<string, string> = { mode: 'envelope', provider: 'gcp' };
    for (let option = await asked('configure', 'plain', options); option !== undefined && order.length < 20; ) {
      order.push(option);
      options[option] = answers[option] ?? 'x';
      option = await asked('configure', 'plain', options);
    }
    assert.deepEqual(order, [
      'mode',
      'provider',
      'set.location-id',
      'set.project-id',
      'set.key-ring-id',
      'wrapper-key-id',
    ]);
    await possible('configure', 'plain', { options });
  });

  it('leave out what the configuration says', async () => {
    const all = { 'set.key': 'all', 'set.multi-region-key': 'false' };
    assert.equal(await asked('rotate-external-keys', 'external', all), undefined);
    assert.equal(await asked('enable-envelope', 'reverted', {}), 'wrapper-key-id');
    assert.equal(await asked('rotate-wrapper-key', 'envelope', { 'new-key-id': 'alias/b' }), undefined);
    assert.equal(await asked('revert-envelope', 'envelope', {}), undefined);
  });

  it('are none where no answer would help', async () => {
    assert.equal(await asked('rotate-wrapper-key', 'plain', {}), undefined);
    assert.equal(await asked('enable-envelope', 'envelope', {}), undefined);
    assert.equal(await asked('enable-external', 'plain', {}), 'state');
    assert.equal(await asked('enable-external', 'plain', { state: 'existing' }), undefined);
    assert.equal(await asked('rotate-external-keys', 'external', { 'set.key': 'root-namespace' }), undefined);
  });

  it('offer the KMS types that the version and edition have', async () => {
    const offered = async (version: CantonVersion, edition: Edition) =>
      nextQuestion(
        await request('configure', 'plain', { version, edition, options: { mode: 'external', state: 'new' } }),
      )?.choices.map(({ value }) => value);
    assert.deepEqual(await offered('3.3', 'community'), ['driver']);
    assert.deepEqual(await offered('3.3', 'enterprise'), ['aws', 'gcp', 'driver']);
    assert.deepEqual(await offered('3.5', 'community'), ['aws', 'gcp', 'driver']);
  });

  it('are none for a node that is not there', async () => {
    assert.equal(await asked('configure', 'nobody', {}), undefined);
  });
});
