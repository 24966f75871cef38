import { deepEqual, equal } from 'node:assert/strict';
import { keyNotFound, numberText, similarKeys } from '../../../../server/src/model/binding/pureconfig';
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
