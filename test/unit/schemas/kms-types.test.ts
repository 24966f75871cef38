import assert from 'node:assert/strict';
import { fieldModelOf } from '../../../schemas/compile';
import {
  isKmsType,
  KMS_TYPE_NAMES,
  KMS_TYPES,
  kmsTypeOrDriver,
  supportedSchemes,
  supportsScheme,
} from '../../../schemas/kms-types';
import { CANTON_VERSIONS } from '../../../schemas/version';
import { fieldAt } from '../../../server/src/model/binding/lookup';

const NEWEST = CANTON_VERSIONS[CANTON_VERSIONS.length - 1] ?? CANTON_VERSIONS[0];

describe('the table of KMS types', () => {
  it('has the types of `crypto.kms`: all of them in the newest version, and no others before', () => {
    for (const version of CANTON_VERSIONS) {
      const kms = fieldAt(fieldModelOf(version, 'enterprise'), ['participants', 'p1', 'crypto', 'kms']);
      const types = kms?.model.kind === 'union' ? [...kms.model.options.keys()] : [];
      const expected = version === NEWEST ? KMS_TYPE_NAMES : KMS_TYPE_NAMES.filter((type) => types.includes(type));
      assert.deepEqual(types, expected, version);
    }
  });

  it('says by required keys which KMS it is, and names only keys of the type', () => {
    const kms = fieldAt(fieldModelOf(NEWEST, 'enterprise'), ['participants', 'p1', 'crypto', 'kms']);
    for (const type of KMS_TYPE_NAMES) {
      const { locationKey, nameKeys, telltaleKeys } = KMS_TYPES[type];
      const fields = kms?.model.kind === 'union' ? kms.model.options.get(type)?.fields : undefined;
      for (const key of locationKey === undefined ? nameKeys : [locationKey, ...nameKeys])
        assert.ok(fields?.get(key)?.required, `${type}: ${key}`);
      for (const key of telltaleKeys) assert.ok(fields?.has(key), `${type}: ${key}`);
    }
  });

  it('takes what it does not know for a driver', () => {
    assert.deepEqual(
      [kmsTypeOrDriver('gcp'), kmsTypeOrDriver('other'), kmsTypeOrDriver(undefined)],
      ['gcp', 'driver', 'driver'],
    );
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
