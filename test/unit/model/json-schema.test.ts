import assert from 'node:assert/strict';
import { CANTON_VERSIONS, EDITIONS } from '../../../schemas/version';
import { cantonJsonSchema } from '../../../server/src/model/json-schema';

// biome-ignore lint/suspicious/noExplicitAny: a JSON Schema is accessed by path.
const cryptoOf = (version: '3.4' | '3.5'): any => {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const schema = cantonJsonSchema(version, 'enterprise') as any;
  return schema.properties.canton.properties.participants.additionalProperties.properties.crypto;
};

describe('the JSON Schema', () => {
  it('has the keys of the version, closed where Canton refuses others', () => {
    assert.ok('session-signing-keys' in cryptoOf('3.5').properties);
    assert.ok(!('session-signing-keys' in cryptoOf('3.4').properties));
    assert.equal(cryptoOf('3.5').additionalProperties, false);
  });

  it('tells providers apart by type', () => {
    const { anyOf } = cryptoOf('3.5').properties.kms;
    const options = anyOf[0].oneOf;
    assert.deepEqual(
      options.map((option: { properties: { type: unknown } }) => option.properties.type),
      [{ const: 'aws' }, { const: 'gcp' }, { const: 'driver' }],
    );
    assert.deepEqual(options[1].required.sort(), ['key-ring-id', 'location-id', 'project-id', 'type']);
  });

  it('refuses keys of other places and versions in sections that are open', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const { canton } = (cantonJsonSchema('3.5', 'enterprise') as any).properties;
    const { kms, crypto } = canton.properties.participants.additionalProperties.properties;
    assert.equal(kms, false);
    assert.equal(crypto.type, 'object');
  });

  it('can be had for every version and edition', () => {
    for (const version of CANTON_VERSIONS) {
      for (const edition of EDITIONS) assert.ok(JSON.stringify(cantonJsonSchema(version, edition)).length > 1000);
    }
  });
});
