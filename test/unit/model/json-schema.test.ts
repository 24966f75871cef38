import assert from 'node:assert/strict';
import { CANTON_VERSIONS, EDITIONS } from '../../../schemas/version';
import { cantonJsonSchema } from '../../../server/src/model/json-schema';

// biome-ignore lint/suspicious/noExplicitAny: a JSON Schema is accessed by path.
const cryptoOf = (version: '3.4' | '3.5' | '3.6'): any => {
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

  it('is one of an object with its title, and has what Canton reads and converts', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const { properties, ...root } = cantonJsonSchema('3.4', 'community') as any;
    assert.deepEqual(root, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Canton 3.4 configuration (community edition)',
      type: 'object',
      required: ['canton'],
    });
    const { canton } = properties;
    assert.deepEqual([canton.type, canton.required, canton.additionalProperties], ['object', undefined, false]);
    const node = canton.properties.participants;
    assert.deepEqual([node.type, node.additionalProperties.type], ['object', 'object']);
    const { provider, kms, signing, parallelism } = cryptoOf('3.5').properties;
    assert.deepEqual([provider.enum, provider.default], [['jce', 'kms'], 'jce']);
    assert.equal(parallelism.type, 'object');
    const [threads] = Object.values(parallelism.properties) as Record<string, unknown>[];
    assert.deepEqual(threads, {
      type: ['integer', 'string'],
      description: 'Number of signatures that are verified in parallel.',
      default: 10,
    });
    const SCHEMES = ['ec-curve-25519', 'ec-p-256', 'ec-p-384', 'ec-secp-256k-1'];
    assert.deepEqual(signing.properties.keys.properties.allowed.anyOf, [
      { type: 'array', items: { enum: SCHEMES }, minItems: 1 },
      { type: 'null' },
    ]);
    const [aws, , driver] = kms.anyOf[0].oneOf;
    assert.deepEqual(
      [kms.anyOf[1], aws.type, aws.additionalProperties, aws.required],
      [{ type: 'null' }, 'object', false, ['type', 'region']],
    );
    const { region } = aws.properties;
    assert.deepEqual([region.type, region.examples], [['string', 'number', 'boolean'], ['us-east-1']]);
    assert.deepEqual(aws.properties['multi-region-key'].enum, [true, false, 'true', 'false', 'yes', 'no', 'on', 'off']);
    assert.deepEqual(Object.keys(driver.properties.config), ['description', 'examples']);
  });

  it('has an example, a default and a mark of old keys only where there is one', () => {
    const aws = cryptoOf('3.5').properties.kms.anyOf[0].oneOf[0].properties;
    const has = (key: string) => ['examples', 'default', 'deprecated'].filter((part) => part in aws[key]);
    assert.deepEqual(['region', 'audit-logging', 'session-signing-keys'].map(has), [
      ['examples'],
      ['default'],
      ['default', 'deprecated'],
    ]);
    assert.equal(aws['session-signing-keys'].deprecated, true);
    assert.deepEqual(aws['session-signing-keys'].required, ['enabled']);
  });

  it('describes a value that has no documentation by what may be written', () => {
    const tags = cryptoOf('3.6').properties.kms.anyOf[0].oneOf[0].properties['custom-tags'];
    assert.deepEqual(tags.additionalProperties, { type: ['string', 'number', 'boolean'], description: 'a string' });
  });
});
