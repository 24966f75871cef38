import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CST, Parser } from 'yaml';
import { readScalar, type Scalar } from '../../../server/src/embedded/yaml-scalar';
import { assertFaithful } from './faithful';

/** The scalar under the key `k` of the document, read by us and by the YAML library. */
function read(host: string): { ours: Scalar; theirs: string } {
  for (const document of new Parser().parse(host)) {
    if (document.type !== 'document' || document.value?.type !== 'block-map') continue;
    const token = document.value.items[0]?.value;
    if (!CST.isScalar(token)) continue;
    const theirs = CST.resolveAsScalar(token, false, () => {})?.value ?? '';
    return { ours: readScalar({ original: host, masked: host }, token), theirs };
  }
  throw new Error(`no scalar in ${JSON.stringify(host)}`);
}

const withoutEnd = (text: string) => text.replace(/\n+$/, '');

const eol = fc.constantFrom('\n', '\r\n');
const line = fc.string({ unit: fc.constantFrom('a', '=', '{', '}', '"', '#', ' ', '\\', '😀', "'"), maxLength: 8 });
const contentLine = fc.tuple(fc.constantFrom('a', '{', '"', '#'), line).map((parts) => parts.join('').trimEnd());
const indentedLine = fc.oneof(
  { weight: 4, arbitrary: contentLine },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: contentLine.map((text) => `  ${text}`) },
);

describe('block scalars', () => {
  it('have the value that the YAML library gives them, up to line ends at the end', () => {
    const header = fc.tuple(fc.constantFrom('|', '>'), fc.constantFrom('', '-', '+'), fc.constantFrom('', '2'));
    fc.assert(
      fc.property(header, contentLine, fc.array(indentedLine, { maxLength: 8 }), eol, (head, first, rest, lineEnd) => {
        const lines = [first, ...rest].map((text) => (text === '' ? '' : `  ${text}`));
        const host = [`k: ${head.join('')}`, ...lines, 'other: 1', ''].join(lineEnd);
        const { ours, theirs } = read(host);
        assert.equal(withoutEnd(ours.text), withoutEnd(theirs));
        assertFaithful(host, ours);
      }),
      { numRuns: 500 },
    );
  });

  it('hold any HOCON: what is indented into a literal block is read back', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 8 }), eol, (lines, indent, lineEnd) => {
        const blanks = ' '.repeat(indent);
        const host = `k: |${indent}${lineEnd}${lines.map((text) => blanks + text + lineEnd).join('')}`;
        const { ours } = read(host);
        assert.equal(ours.text, lines.map((text) => `${text}\n`).join(''));
        assertFaithful(host, ours);
      }),
    );
  });

  const cases: [name: string, host: string, text: string][] = [
    ['literal', 'k: |\n  a {\n    b = 1\n  }\n', 'a {\n  b = 1\n}\n'],
    ['strip keeps what a cursor needs', 'k: |-\n  a = 1\n', 'a = 1\n'],
    ['no line end at the end of the file', 'k: |\n  a = 1', 'a = 1'],
    ['a blank line with indentation at the end is part of it', 'k: |\n  a = 1\n  \n', 'a = 1\n\n'],
    ['one without is not', 'k: |\n  a = 1\n\nl: 2', 'a = 1\n'],
    ['the line of a cursor at the end of the file', 'k: |\n  a = 1\n  ', 'a = 1\n'],
    ['only blank lines', 'k: |\n  \n  \nl: 1', '\n\n'],
    ['nothing', 'k: |\nl: 1', ''],
    ['folded', 'k: >\n  a =\n  1\n\n  b = 2\n', 'a = 1\nb = 2\n'],
    ['folded, more indented lines', 'k: >\n  a {\n    b = 1\n    c = 2\n  }\n', 'a {\n  b = 1\n  c = 2\n}\n'],
    ['comment behind the header', 'k: | # HOCON\n  a = 1\n', 'a = 1\n'],
    ['indentation indicator', 'k: |2\n    a = 1\n  b = 2\n', '  a = 1\nb = 2\n'],
    ['tabs', 'k: |\n  a {\n  \tb = 1\n  }\n', 'a {\n\tb = 1\n}\n'],
    ['CRLF', 'k: |\r\n  a {\r\n  }\r\n', 'a {\n}\n'],
  ];
  for (const [name, host, text] of cases) {
    it(name, () => {
      const { ours } = read(host);
      assert.equal(ours.text, text);
      assertFaithful(host, ours);
    });
  }

  it('have a place for a cursor on the last, unfinished line', () => {
    const { ours } = read('k: |\n  a = 1\n  ');
    assert.equal(ours.map.toRegion('k: |\n  a = 1\n  '.length), ours.text.length);
  });
});

describe('flow scalars', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '=', '"', "'", '\\', '\n', '\t', ' ', '{', '\0', '\x85', '\u2028', '😀'),
    maxLength: 20,
  });
  const escaped = (character: string) => {
    const code = character.codePointAt(0) as number;
    const hex = code.toString(16);
    if (code > 0xffff) return `\\U${hex.padStart(8, '0')}`;
    return code > 0x7e ? `\\u${hex.padStart(4, '0')}` : code < 0x20 ? `\\x${hex.padStart(2, '0')}` : character;
  };

  it('in double quotes are read back through every kind of escape', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (value, allEscaped) => {
        const body = allEscaped
          ? [...value]
              .map(escaped)
              .join('')
              .replace(/(?<!\\)"/g, '\\"')
          : undefined;
        const host = `k: ${body === undefined || value.includes('\\') ? JSON.stringify(value) : `"${body}"`}\n`;
        const { ours } = read(host);
        assert.equal(ours.text, value);
        assertFaithful(host, ours);
      }),
    );
  });

  it('in single quotes and plain ones have the value that the YAML library gives them', () => {
    const lines = fc.array(fc.oneof(contentLine, fc.constant('')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, eol, fc.constantFrom("'", '"', ''), (all, lineEnd, quote) => {
        const clean = all.map((t) =>
          t
            .replace(quote === '"' ? /["\\]/g : /["#\\{}']/g, '')
            .replace(/'/g, "''")
            .trim(),
        );
        const body = `a${clean.join(`${lineEnd}   `)}z`;
        const host = `k: ${quote}${body}${quote}${lineEnd}`;
        const { ours, theirs } = read(host);
        assert.equal(ours.text, theirs);
        assertFaithful(host, ours);
      }),
      { numRuns: 300 },
    );
  });

  const cases: [name: string, host: string, text: string][] = [
    ['folds', 'k: "a\n  b\n\n  c"', 'a b\nc'],
    ['an escaped line end gives nothing', 'k: "a\\\n   b"', 'ab'],
    ['an empty line below it does', 'k: "a\\\n\n   b"', 'a\nb'],
    ['unknown escapes stay', 'k: "a\\q\\x4"', 'a\\q\\x4'],
    ['no character has this number', 'k: "\\UFFFFFFFF"', '\\UFFFFFFFF'],
    ['no second quote', 'k: "a = 1', 'a = 1'],
    ['only a quote', 'k: "', ''],
    ['doubled quotes', "k: 'it''s'", "it's"],
    ['blanks inside', 'k: a   b', 'a   b'],
  ];
  for (const [name, host, expected] of cases) {
    it(name, () => {
      const { ours } = read(host);
      assert.equal(ours.text, expected);
      assertFaithful(host, ours);
    });
  }
});
