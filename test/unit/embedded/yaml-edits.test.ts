import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyHostEdit, regionsOf } from './regions';

describe('edits of HOCON in YAML', () => {
  type Case = [name: string, host: string, find: string, replacement: string, expected: string | undefined];
  const cases: Case[] = [
    ['a word', 'ADDITIONAL_CONFIG: |\n  a = b\n', 'b', 'c', 'ADDITIONAL_CONFIG: |\n  a = c\n'],
    [
      'more lines',
      'ADDITIONAL_CONFIG: |\n  a = b\n',
      'b',
      '{\n  c = 1\n\n}',
      'ADDITIONAL_CONFIG: |\n  a = {\n    c = 1\n\n  }\n',
    ],
    ['with CRLF', 'ADDITIONAL_CONFIG: |\r\n  a = b\r\n', 'b', '{\n}', 'ADDITIONAL_CONFIG: |\r\n  a = {\r\n  }\r\n'],
    ['a line before another', 'ADDITIONAL_CONFIG: |\n  a\n  b\n', 'b', 'c\nb', 'ADDITIONAL_CONFIG: |\n  a\n  c\n  b\n'],
    ['a whole line away', 'ADDITIONAL_CONFIG: |\n  a\n  b\n  c\n', 'b\n', '', 'ADDITIONAL_CONFIG: |\n  a\n  c\n'],
    ['quotes', 'ADDITIONAL_CONFIG: "a = b"', 'b', '"c\\d"\n', 'ADDITIONAL_CONFIG: "a = \\"c\\\\d\\"\\n"'],
    ['single quotes', "ADDITIONAL_CONFIG: 'a = b'", 'b', "it's", "ADDITIONAL_CONFIG: 'a = it''s'"],
    ['no line end in single quotes', "ADDITIONAL_CONFIG: 'a = b'", 'b', 'c\nd', undefined],
    ['plain', 'ADDITIONAL_CONFIG: a = b', 'b', 'c', 'ADDITIONAL_CONFIG: a = c'],
    ['no comment in a plain scalar', 'ADDITIONAL_CONFIG: a = b', 'b', 'c # d', undefined],
    ['no line end in a folded one', 'ADDITIONAL_CONFIG: >\n  a = b\n', 'b', 'c\nd', undefined],
    ['nothing inside a template', 'ADDITIONAL_CONFIG: |\n  a = {{ .b }}\n', 'HELM_b_', 'c', undefined],
    [
      'a dollar sign for Compose',
      'services:\nADDITIONAL_CONFIG: |\n  a = b\n',
      'b',
      '${?C}',
      'services:\nADDITIONAL_CONFIG: |\n  a = $${?C}\n',
    ],
    [
      'a line with text ahead',
      'ADDITIONAL_CONFIG: |\n  a {\n\n  }\nb: 1',
      '\n}',
      'c = 1\n}',
      'ADDITIONAL_CONFIG: |\n  a {\n  c = 1\n  }\nb: 1',
    ],
  ];
  for (const [name, host, find, replacement, expected] of cases) {
    it(name, () => {
      const [region] = regionsOf('yaml', host);
      assert.ok(region);
      const start = region.text.indexOf(find);
      const edit = region.toHostEdit({ start, end: start + find.length }, replacement);
      assert.equal(edit && applyHostEdit(host, edit), expected);
    });
  }

  it('at the end of a block close their line, and leave what follows where it is', () => {
    const host = 'ADDITIONAL_CONFIG: |\n  a = 1\nb: 2\n';
    const [region] = regionsOf('yaml', host);
    assert.ok(region);
    const end = { start: region.text.length, end: region.text.length };
    for (const newText of ['c = 1', 'c = 1\n']) {
      const edit = region.toHostEdit(end, newText);
      assert.equal(edit && applyHostEdit(host, edit), 'ADDITIONAL_CONFIG: |\n  a = 1\n  c = 1\nb: 2\n');
    }
  });

  it('are read back, whatever they are and wherever', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '{', '"', '\\', "'", '\n', '=', '$'), maxLength: 12 });
    const style = fc.constantFrom('literal', 'double', 'CRLF');
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), style, (before, inserted, a, b, how) => {
        const eol = how === 'CRLF' ? '\r\n' : '\n';
        const block = `z${before}z`.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
        const host =
          how === 'double'
            ? `ADDITIONAL_CONFIG: ${JSON.stringify(`z${before}z`)}\nb: 1\n`
            : `ADDITIONAL_CONFIG: |${eol}${block.join(eol)}${eol}b: 1${eol}`;
        const [region] = regionsOf('yaml', host);
        assert.ok(region);
        const start = 1 + (a % (before.length + 1));
        const end = start + (b % (before.length + 2 - start));
        const edit = region.toHostEdit({ start, end }, inserted);
        assert.ok(edit);
        const [again, ...more] = regionsOf('yaml', applyHostEdit(host, edit));
        assert.deepEqual(more, []);
        assert.equal(again?.text, region.text.slice(0, start) + inserted + region.text.slice(end));
      }),
      { numRuns: 400 },
    );
  });
});

describe('any text at all as YAML', () => {
  it('gives regions that are true to it, and never an error', () => {
    const part = fc.constantFrom(
      ...[
        'ADDITIONAL_CONFIG',
        ': ',
        '|',
        '>',
        '\n',
        '\r\n',
        '  ',
        '\t',
        '- ',
        '"',
        "'",
        '\\',
        '{{',
        '}}',
        '{',
        '}',
        '[',
      ],
      ...[']', '&a ', '*a', '? ', '<<', '#', '---\n', 'kms:\n  ', 'type: aws', 'canton', '=', '$', '\0', '\uFEFF', ','],
      ...['name: ADDITIONAL_CONFIG', 'value: ', '!!str ', '%', '@', '`', '😀', '\\u', '|2\n', '...\n'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        regionsOf('yaml', parts.join(''));
      }),
      { numRuns: 3000 },
    );
  });
});
