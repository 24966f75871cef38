import assert from 'node:assert/strict';
import { checkText } from './check-text';

const SCHEMA = {
  type: 'object',
  properties: {
    flag: { type: 'boolean' },
    text: { type: 'string' },
    whole: { type: 'integer' },
    any: { type: 'number' },
    list: { type: 'array', items: { type: 'string' } },
    inner: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
  },
  additionalProperties: false,
};

/** What is reported for a value in the `config` of a driver whose schema the project has. */
function reported(config: string, schema: unknown = SCHEMA): string[] {
  const text = `canton.participants.p1.crypto { provider = kms, kms { type = driver, name = vault, config { ${config} } } }`;
  return checkText(text, { driverSchemas: new Map([['vault', schema]]) })
    .filter(({ code }) => code.endsWith('driver-config'))
    .map(({ message, range, severity }) => `${severity} ${text.slice(range.start, range.end)}: ${message}`);
}

describe('a value in the config of a driver', () => {
  it('may be what PureConfig converts to the type of the schema', () => {
    for (const config of [
      'flag = true',
      'flag = "true"',
      'flag = yes',
      'flag = "no"',
      'text = abc',
      'text = 5',
      'text = true',
      'whole = 5',
      'whole = "5"',
      'whole = "-9223372036854775808"',
      'whole = " 1e3 "',
      'any = 1.5',
      'any = "1.5e2"',
      'any = 7d',
      'any = "7"',
      'list = [a, 5]',
      'inner.a = b',
      'flag = ${UNKNOWN}',
      'list = [${UNKNOWN}]',
      'other = ${UNKNOWN}',
    ])
      assert.deepEqual(reported(config), [], config);
  });

  it('is reported where it is anything else', () => {
    for (const config of [
      'flag = maybe',
      'flag = 5',
      'flag = []',
      'text = []',
      'text = {}',
      'whole = five',
      'whole = "5.5"',
      'whole = true',
      'any = many',
      'inner = 5',
      'inner {}',
      'inner { a = b, c = d }',
      'foo = 1',
    ])
      assert.equal(reported(config).length, 1, `${config}: ${reported(config).join('; ')}`);
  });

  it('is not compared with a schema that cannot be used, which is reported', () => {
    const cannot = "Cannot use the schema of the driver 'vault':";
    assert.deepEqual(reported('foo = 1', []), [`warning config: ${cannot} it is not an object.`]);
    const [cyclic = '', ...others] = reported('foo = 1', { $ref: '#' });
    assert.ok(cyclic.includes(`${cannot} it contains a cyclic reference.`), cyclic);
    assert.deepEqual(others, []);
  });
});
