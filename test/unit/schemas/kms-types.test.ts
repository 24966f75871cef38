import assert from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import { isKmsType, KMS_TYPE_NAMES, KMS_TYPES, supportedSchemes, supportsScheme } from '../../../schemas/kms-types';
import { CANTON_VERSIONS } from '../../../schemas/version';
import { fieldAt } from '../../../server/src/model/binding/lookup';

describe('the table of KMS types', () => {
  it('has the types of `crypto.kms` in every version', () => {
    for (const version of CANTON_VERSIONS) {
      const kms = fieldAt(fieldModelOf(version, 'enterprise'), ['participants', 'p1', 'crypto', 'kms']);
      assert.deepEqual(kms?.model.kind === 'union' && [...kms.model.options.keys()], KMS_TYPE_NAMES, version);
    }
  });

  it('names a key that the section of the type requires as the location', () => {
    for (const type of KMS_TYPE_NAMES) {
      const { locationKey } = KMS_TYPES[type];
      if (locationKey === undefined) continue;
      const kms = fieldAt(fieldModelOf('3.5', 'enterprise'), ['participants', 'p1', 'crypto', 'kms']);
      assert.ok(kms?.model.kind === 'union' && kms.model.options.get(type)?.fields.get(locationKey)?.required, type);
    }
  });

  it('knows that AWS has no Ed25519, and the others since 3.4', () => {
    assert.equal(supportsScheme('aws', 'signing.algorithms', 'ed-25519', '3.6'), false);
    assert.equal(supportsScheme('gcp', 'signing.algorithms', 'ed-25519', '3.3'), false);
    assert.equal(supportsScheme('gcp', 'signing.algorithms', 'ed-25519', '3.4'), true);
    assert.equal(supportsScheme('driver', 'signing.keys', 'ec-curve-25519', '3.4'), true);
  });

  it('lists schemes in the order in which Canton prints them', () => {
    assert.deepEqual(supportedSchemes('gcp', 'signing.algorithms', '3.6'), [
      'ed-25519',
      'ec-dsa-sha-256',
      'ec-dsa-sha-384',
      'ml-dsa-65',
    ]);
    assert.deepEqual(supportedSchemes('driver', 'encryption.keys', '3.3'), ['rsa-2048']);
  });

  it('takes nothing else for a type', () => {
    assert.equal(isKmsType('AWS'), false);
    assert.equal(isKmsType('toString'), false);
    assert.equal(isKmsType(undefined), false);
  });
});
