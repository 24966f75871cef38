import { deepEqual, equal } from 'node:assert/strict';
import type { ConfigValue } from '../../../../server/src/hocon/values/config-value';
import {
  asBoolean,
  asDouble,
  asElements,
  asInteger,
  asParsedInteger,
  asText,
  type Converted,
  type IntegerBits,
  keyNotFound,
  numberText,
  rendered,
  similarKeys,
} from '../../../../server/src/model/binding/pureconfig';
import { hoconPath } from '../../../../server/src/text/encoders/hocon';

const origin = { uri: 'file:///a.conf', range: { start: 0, end: 0 } };

describe('PureConfig', () => {
  const numbers: readonly (readonly [written: string, text: string])[] = [
    ['5', '5'],
    ['05', '5'],
    ['5.0', '5'],
    ['1e3', '1000'],
    ['1.50', '1.5'],
    ['-0.25', '-0.25'],
    ['12345678.5', '1.23456785E7'],
    ['0.00001', '1.0E-5'],
    ['1e30', '1.0E30'],
    ['9223372036854775807', '9223372036854775807'],
    ['9.223372036854775808e18', '9223372036854775807'],
    ['-9.223372036854775808e18', '-9223372036854775808'],
    ['9.3e18', '9.3E18'],
  ];
  for (const [written, text] of numbers) {
    it(`makes the text "${text}" of the number ${written}`, () =>
      equal(numberText({ kind: 'number', text: written, value: Number(written), origin }), text));
  }

  it('calls keys similar that have the letters in order', () => {
    deepEqual(similarKeys('region', ['multi-region-key', 'Region', 'regoin', 'r-e-g-i-o-n']), [
      'multi-region-key',
      'Region',
      'r-e-g-i-o-n',
    ]);
    equal(keyNotFound('type', ['name']), "Key not found: 'type'.");
  });

  it('quotes what is unusual in a path', () => {
    equal(hoconPath(['custom-tags', 'cost:center', 'a_1', 'a b']), 'custom-tags."cost:center".a_1."a b"');
  });
});

/** A value as it is written: texts in quotes. */
function configOf(written: string): ConfigValue {
  if (written.startsWith('"')) return { kind: 'string', value: JSON.parse(written), origin };
  if (written === 'true' || written === 'false') return { kind: 'boolean', value: written === 'true', origin };
  if (written === 'null') return { kind: 'null', origin };
  if (written === '[]') return { kind: 'list', elements: [], origin };
  if (written === '{}') return { kind: 'object', entries: new Map(), unknowns: [], origin };
  return { kind: 'number', text: written, value: Number(written), origin };
}

function shown<T>(converted: Converted<T>): string {
  return converted.ok ? String(converted.value) : `${converted.wrongType ? 'wrong type: ' : ''}${converted.text}`;
}

describe('the conversions of PureConfig', () => {
  const wrong = (type: string, found: string) => `wrong type: Expected type ${type}. Found ${found} instead.`;
  const integer = (shown: string, type: string) =>
    `Cannot convert '${shown}' to ${type}: Unable to convert Number to ${type}.`;
  const bits = (count: IntegerBits) => (value: ConfigValue) => asInteger(value, count);
  const parsed = (count: IntegerBits) => (value: ConfigValue) => asParsedInteger(value, count);
  const cases: readonly (readonly [
    convert: (value: ConfigValue) => Converted<unknown>,
    written: string,
    to: string,
  ])[] = [
    [asText, '"x"', 'x'],
    [asText, '1.50', '1.5'],
    [asText, 'false', 'false'],
    [asText, 'null', wrong('STRING', 'NULL')],
    [asText, '[]', wrong('STRING', 'LIST')],
    [asBoolean, 'true', 'true'],
    [asBoolean, 'false', 'false'],
    [asBoolean, '"on"', 'true'],
    [asBoolean, '"no"', 'false'],
    [asBoolean, '"No"', wrong('BOOLEAN', 'STRING')],
    [asBoolean, '0', wrong('BOOLEAN', 'NUMBER')],
    [bits(16), '32767', '32767'],
    [bits(16), '32768', integer('32768', 'Short')],
    [bits(16), '-32768', '-32768'],
    [bits(16), '-32769', integer('-32769', 'Short')],
    [bits(32), '2147483647', '2147483647'],
    [bits(32), '2147483648', integer('2147483648', 'Int')],
    [bits(32), '1e3', '1000'],
    [bits(32), '"1e3"', '1000'],
    [bits(32), '"1.5"', integer('1.5', 'Int')],
    [bits(32), '{}', wrong('NUMBER', 'OBJECT')],
    [bits(64), '9223372036854775807', '9223372036854775807'],
    [bits(64), '-9223372036854775808', '-9223372036854775808'],
    [bits(64), '9.223372036854775808e18', '9223372036854775807'],
    [bits(64), '1e19', integer('1.0E19', 'Long')],
    [bits(64), '"9223372036854775808"', '9223372036854775807'],
    [bits(64), '-9223372036854777856', integer('-9.223372036854778E18', 'Long')],
    [bits(64), '0.5', integer('0.5', 'Long')],
    [bits(64), '"x"', wrong('NUMBER', 'STRING')],
    [parsed(16), '32767', '32767'],
    [parsed(16), '32768', 'For input string: "32768"'],
    [parsed(16), '-32768', '-32768'],
    [parsed(16), '-32769', 'For input string: "-32769"'],
    [parsed(32), '5.0', '5'],
    [parsed(32), '"5.0"', 'For input string: "5.0"'],
    [parsed(32), '"+5"', '5'],
    [parsed(32), 'true', 'For input string: "true"'],
    [parsed(32), 'null', wrong('STRING', 'NULL')],
    [asDouble, '1.50', '1.5'],
    [asDouble, '5', '5'],
    [asDouble, '"2.5d"', '2.5'],
    [asDouble, 'true', wrong('NUMBER', 'BOOLEAN')],
  ];
  for (const [convert, written, to] of cases) {
    it(`give "${to}" for ${written}`, () => equal(shown(convert(configOf(written))), to));
  }

  it('read an object with numbers as keys as a list, in their order', () => {
    const entries = new Map(
      ['10', '9', 'x', '-1', '2147483647', '2147483648', '1.0', '9'].map((key, i) => [
        key,
        { value: configOf(String(i)), definitions: [] },
      ]),
    );
    const object: ConfigValue = { kind: 'object', entries, unknowns: [], origin };
    deepEqual(
      asElements(object)?.map(({ key }) => key),
      ['-1', '9', '10', '2147483647'],
    );
    equal(asElements(configOf('{}')), undefined);
    equal(asElements(configOf('"x"')), undefined);
    deepEqual(asElements({ kind: 'list', elements: [configOf('1')], origin }), [
      { key: undefined, value: configOf('1') },
    ]);
  });

  it('show a value in a message', () => {
    const all = ['"a\\"b"', '1.50', 'true', 'null', '[]', '{}'].map((written) => rendered(configOf(written)));
    deepEqual(all, ['"a\\"b"', '1.50', 'true', 'null', 'list', 'object']);
  });

  it('name all similar keys', () => {
    equal(
      keyNotFound('key-ring-id', ['keyRingId', 'key-ring', 'KEY_RING_ID', 'key-ring-idx']),
      "Key not found: 'key-ring-id'. You might have a misconfigured ProductHint, since the following similar keys were found:\n  - 'keyRingId'\n  - 'KEY_RING_ID'\n  - 'key-ring-idx'",
    );
    deepEqual(similarKeys('a-b', ['ab', 'ba', 'a', 'xaxbx', '']), ['ab', 'xaxbx']);
  });
});
