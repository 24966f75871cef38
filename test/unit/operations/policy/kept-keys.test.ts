import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const NODE =
  'canton.participants.p1.crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }';

async function policyWith(project: object): Promise<string> {
  const { service, fixture } = workbench(`-- a.conf --\n${NODE}|\n-- canton-kms.json --\n${JSON.stringify(project)}`);
  const made = await service.policyFiles([fixture.main.uri], {
    node: 'participants.p1',
    keyIds: [],
    deletesKeys: false,
    account: '111122223333',
  });
  return made.kind === 'policy' ? made.text : assert.fail(made.reason);
}

describe('keys that the project file keeps', () => {
  it('keep their rights when the configuration names them no more', async () => {
    for (const keptKeys of [[KEY], { 'participants.p1': [KEY] }]) {
      assert.match(await policyWith({ keptKeys }), new RegExp(`"arn:aws:kms:r:111122223333:key/${KEY}"`));
    }
    assert.doesNotMatch(await policyWith({ keptKeys: { 'participants.p2': [KEY] } }), new RegExp(KEY));
  });
});
