import assert from 'node:assert/strict';
import { workbench } from '../../../kit/service';

async function offered(marked: string): Promise<string[]> {
  const { service, cursor } = workbench(marked);
  const range = { start: cursor.position, end: cursor.position };
  const actions = await service.procedureActions(cursor.uri, range, 'plan');
  for (const { command, edit } of actions) {
    assert.equal(edit, undefined);
    assert.equal(command?.command, 'plan');
    assert.equal(command?.arguments?.[0].uri, cursor.uri);
  }
  return actions.map(({ title, command }) => `${title} ${command?.arguments?.[0].procedure ?? '-'}`);
}

describe('actions that plan a procedure', () => {
  it('fit the mode of the node that the cursor is on', async () => {
    assert.deepEqual(await offered('canton.participants.p‸1 { storage.type = postgres }'), [
      'Configure a KMS for participants.p1… configure',
      'Plan a procedure for participants.p1… -',
    ]);
    assert.deepEqual(await offered('canton.sequencers.s.crypto { provider = kms, kms { type = aws, re‸gion = r } }'), [
      'Rotate external keys for sequencers.s… rotate-external-keys',
      'Plan a procedure for sequencers.s… -',
    ]);
    const envelope = 'crypto { kms { type = aws, region = r }, private-key-store.encryption.ty‸pe = kms }';
    assert.match(
      (await offered(`canton.mediators.m { ${envelope} }`))[0] ?? '',
      /^Rotate the wrapper key for mediators\.m…/,
    );
  });

  it('are for a node that a shared section is brought to', async () => {
    const found = await offered('_kms { type = aws, reg‸ion = r }\ncanton.participants.a.crypto.kms = ${_kms}\n');
    assert.equal(found[0], 'Configure a KMS for participants.a… configure');
  });

  it('are none elsewhere', async () => {
    assert.deepEqual(await offered('canton.participants.p { storage.ty‸pe = postgres }'), []);
    assert.deepEqual(await offered('canton.parameters.non-standard-con‸fig = yes'), []);
  });
});
