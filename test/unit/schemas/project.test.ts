import { deepEqual, equal, ok } from 'node:assert/strict';
import { driverConfigCheck } from '../../../schemas/driver-schema';
import { checkProjectFile, projectFileJsonSchema } from '../../../schemas/project';

describe('the schema of canton-kms.json', () => {
  it('is a JSON Schema that describes every key', () => {
    const { properties } = projectFileJsonSchema() as { properties: Record<string, { description?: string }> };
    ok(Object.keys(properties).includes('launchSets'));
    for (const [name, { description }] of Object.entries(properties)) ok(description, name);
  });

  it('accepts an empty project', () => equal(checkProjectFile({}).ok, true));
});

describe('schemas of drivers', () => {
  const check = driverConfigCheck({
    type: 'object',
    properties: { slot: { type: 'integer', minimum: 0 }, mode: { enum: ['a', 'b'] } },
    required: ['slot'],
    additionalProperties: false,
  });

  it('accept and refuse', () => {
    ok(typeof check === 'function');
    deepEqual(check({ slot: 1, mode: 'a' }), []);
    deepEqual(check({ slot: -1 })[0]?.path, ['slot']);
    deepEqual(check({ slot: 1, extra: true })[0]?.unknownKeys, ['extra']);
    deepEqual(check({})[0]?.path, ['slot']);
  });

  it('say why they cannot be used', () => {
    equal(typeof driverConfigCheck([]), 'string');
    equal(typeof driverConfigCheck({ $ref: 'http://example.org/other.json' }), 'string');
  });
});
