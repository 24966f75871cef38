import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { driverConfigCheck, isLinear } from '../../../schemas/driver-schema';
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

  const issues = (schema: object, config: unknown) => {
    const made = driverConfigCheck(schema);
    return typeof made === 'string' ? made : made(config).map(({ path }) => path.join('.'));
  };

  it('take the words of JSON Schema that others leave out', () => {
    deepEqual(issues({ required: ['a'] }, {}), ['a']);
    deepEqual(issues({ not: { required: ['a'] } }, { a: 1 }), ['']);
    const branches = JSON.parse('{ "if": { "required": ["a"] }, "then": { "required": ["b"] } }');
    deepEqual(issues(branches, { a: 1 }), ['b']);
    deepEqual(issues({ dependentRequired: { a: ['b'] } }, { a: 1 }), ['']);
    deepEqual(issues({ required: ['constructor'] }, {}), ['constructor']);
    deepEqual(issues({ properties: { toString: { type: 'integer' } } }, { toString: 'x' }), ['toString']);
    deepEqual(issues({ properties: { a: { type: 'integer', minimum: 5 } } }, { a: '3' }), ['a']);
    deepEqual(issues({ properties: { a: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] } } }, { a: '3' }), []);
    deepEqual(issues({ properties: { a: { type: 'integer' } }, required: ['a'], not: {} }, { a: Symbol('?') }), ['a']);
  });

  it('say no value', () => {
    for (const keyword of [
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'exclusiveMaximum',
      'multipleOf',
      'const',
      'enum',
    ]) {
      const made = driverConfigCheck({ properties: { a: { [keyword]: keyword === 'enum' ? [1000] : 1000 } } });
      ok(typeof made === 'function');
      for (const { message } of made({ a: 98_765.5 })) ok(!message.includes('98765'), message);
    }
  });

  it('cannot run without end', () => {
    const bomb: Record<string, object> = { a0: {} };
    for (let i = 1; i <= 40; i++)
      bomb[`a${i}`] = { allOf: [{ $ref: `#/$defs/a${i - 1}` }, { $ref: `#/$defs/a${i - 1}` }] };
    equal(driverConfigCheck({ $ref: '#/$defs/a40', $defs: bomb }), 'it contains too many nested references');
    equal(typeof driverConfigCheck({ $ref: '#' }), 'string');
    match(
      String(driverConfigCheck({ properties: { a: { pattern: '^(a+)+$' } } })),
      /^its pattern '\^\(a\+\)\+\$' may take/,
    );
    for (const pattern of ['a+b', '^a*a*$', '^.*x.*y$', '^(a|a)*$', '^a{1,300}b?[ab]{1,300}$', '(?=a)b', '\\1']) {
      equal(isLinear(pattern), false, pattern);
    }
    for (const pattern of [
      '^[a-z]+$',
      '^[0-9]{1,4}$',
      '^[^:]+:[0-9]+$',
      '^slot-\\d+$',
      '^arn:aws:.*$',
      'abc',
      '^[a-z][a-z0-9-]*$',
    ]) {
      equal(isLinear(pattern), true, pattern);
    }
  });
});
