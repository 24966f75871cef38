import assert from 'node:assert/strict';
import { isSecretName } from '../../../../server/src/model/facts/secrets';

describe('names of secrets', () => {
  for (const name of [
    'SIGNING_KEY',
    'HSM_PIN_CODE',
    'pin',
    'user-pin',
    'apiKey',
    'API_KEY',
    'DB_PASSWORD',
    'private-key',
  ]) {
    it(`${name} is one`, () => assert.equal(isSecretName(name), true));
  }

  for (const name of ['wrapper-key-id', 'AWS_REGION', 'spin', 'public-key', 'pinned-key-id', 'key-ring-id']) {
    it(`${name} is none`, () => assert.equal(isSecretName(name), false));
  }
});
