import assert from 'node:assert/strict';
import { format } from '../../../server/src/hocon/format/format';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { applyEdits } from '../../kit/apply-edits';

const OPTIONS = { indentSize: 2, insertSpaces: true, newline: '\n' } as const;

function formatted(text: string, file = 'a.conf', options: Parameters<typeof format>[1] = OPTIONS): string {
  return applyEdits(text, format(parse(`file:///${file}`, text), options));
}

/** A title, the text before, and the text after; without the last one, the text does not change. */
const CASES: readonly (readonly [about: string, before: string, after?: string])[] = [
  ['indents by braces and brackets', 'a {\nb = [\n1\n      2\n]\n   }\n', 'a {\n  b = [\n    1\n    2\n  ]\n}\n'],
  [
    'indents once where several open on a line',
    'a = [{\nb = 1\n}, {\nc = 1\n}]\n',
    'a = [{\n  b = 1\n}, {\n  c = 1\n}]\n',
  ],
  ['puts a line of closing braces under what they close', 'a { b {\nc = 1\n  }}\n', 'a { b {\n  c = 1\n}}\n'],
  [
    'indents comments with what they are about',
    'a {\n# one\nb = 1\n      // two\n}\n',
    'a {\n  # one\n  b = 1\n  // two\n}\n',
  ],
  ['keeps a brace on its own line under its key', 'a {\nb\n{\nc = 1\n}\n}\n', 'a {\n  b\n  {\n    c = 1\n  }\n}\n'],
  ['indents a value on the line after its key', 'a =\n"x"\nb = [\n]\n', 'a =\n  "x"\nb = [\n]\n'],
  ['trims blanks at line ends', 'a = 1  \n\t\nb = [ \t\n]\t\n', 'a = 1\n\nb = [\n]\n'],
  ['leaves one of several empty lines', 'a = 1\n\n  \n\nb = 2\n', 'a = 1\n\nb = 2\n'],
  ['ends a file with one newline', 'a = 1\n\n\n', 'a = 1\n'],
  ['adds the newline at the end', 'a = 1 ', 'a = 1\n'],
  ['leaves nothing of a file of blanks', ' \n\t\n', ''],
  ['spaces separators like most of the file', 'a = 1\nb = 2\nc=3\nd   =4\n', 'a = 1\nb = 2\nc = 3\nd = 4\n'],
  ['takes blanks away where most of the file has none', 'a=1\nb=2\nc = 3\nd +=4\n', 'a=1\nb=2\nc=3\nd +=4\n'],
  ['has a style for each kind of separator', 'a: 1\nb:2\nc : 3\nd=4\ne=5\n', 'a: 1\nb: 2\nc: 3\nd=4\ne=5\n'],
  ['never makes `1 +=` the key `1+`', 'a=1\nb=1\n1 +=2\n'],
  ['spaces braces behind keys', 'a {}\nb{}\nc    {}\n', 'a {}\nb {}\nc {}\n'],
  ['spaces commas', 'a = [1, 2,3,   4]\n', 'a = [1, 2, 3, 4]\n'],
  ['leaves compact commas compact', 'a = [1,2,3, 4]\n', 'a = [1,2,3,4]\n'],
  ['keeps columns', 'a {\nhost  = "x"\nports = [1]\nb=2\n}\n', 'a {\n  host  = "x"\n  ports = [1]\n  b = 2\n}\n'],
  ['keeps columns of values', 'a:    1\nbcde: 2\nf:3\n', 'a:    1\nbcde: 2\nf: 3\n'],
  ['keeps a column below lines outside of it', 'b=2\nports = [1]\nhost  = "x"\n', 'b = 2\nports = [1]\nhost  = "x"\n'],
  ['evens blanks that make no column', 'ab  = 1\ncd  = 2\n', 'ab = 1\ncd = 2\n'],
  ['keeps the place of a comment behind a value', 'a = 1     # one\nb = 2   // two\n'],
  ['keeps blanks inside values', 'a = one   two   ${?b}  "x"  [1]   [2]\nc   d  . e = 1\n'],
  [
    'keeps blanks inside strings',
    'a {\nb = """\n x  =1  \n\n\n}\n  """\nc = "=  {"\n}\n',
    'a {\n  b = """\n x  =1  \n\n\n}\n  """\n  c = "=  {"\n}\n',
  ],
  ['keeps blanks inside includes', 'include   required(  file( "a"  ) )\n'],
  ['keeps no-break spaces and the byte order mark', '\ufeffa\u00a0=\u00a01\u00a0\n\u00a0b = 2\n'],
  ['indents a separator on the line after its key', 'a\n= 1\nb = 2\n', 'a\n  = 1\nb = 2\n'],
  ['keeps the column of a first line that is indented', '  a   = 1\nbbb = 2\n', 'a   = 1\nbbb = 2\n'],
  ['keeps columns of values behind different separators', 'a =  1\nbbb: 2\n'],
  ['spaces where half of the file does', 'a = 1\nb=2\nc {}\nd{}\n', 'a = 1\nb = 2\nc {}\nd {}\n'],
  ['spaces only behind colons where half of the file does', 'a : 1\nb:2\n', 'a: 1\nb: 2\n'],
  ['spaces nothing in a file without blanks', 'a=1\nb:2\nc{}\n'],
  ['keeps CRLF', 'a {\r\nb=1  \r\n\r\n\r\n}\r\nc = 1', 'a {\r\n  b = 1\r\n\r\n}\r\nc = 1\r\n'],
  ['leaves a line with a fault as it is', 'a {\nb =  =  2\nc   = 1\n}\n', 'a {\nb =  =  2\n  c = 1\n}\n'],
  ['leaves a half-typed key as it is', 'a {\nb = 1\n      cry   \n}\n', 'a {\n  b = 1\n      cry   \n}\n'],
  ['leaves a text with a brace too few as it is', 'a {\nb   = 1\n'],
  ['leaves a text with a brace too many as it is', 'a {\nb   = 1\n}}\n'],
  ['leaves a text with a wrong bracket as it is', 'a = [{\nb   = 1\n]}\n'],
  ['leaves a text with an open long string as it is', 'a   = """x\n   b = 1\n'],
  ['leaves a text with an open substitution as it is', 'a   = ${b\nc   = 1\n}\n'],
  [
    'leaves a text as it is where a substitution takes the brace of another',
    'a {\nx   = ${\nb {\nc   = 1\n}\n}\nd   = 1\n',
  ],
];

describe('formatting', () => {
  for (const [about, before, after = before] of CASES) {
    it(about, () => {
      const newline = before.includes('\r\n') ? '\r\n' : '\n';
      assert.equal(formatted(before, 'a.conf', { ...OPTIONS, newline }), after);
      assert.equal(formatted(after, 'a.conf', { ...OPTIONS, newline }), after, 'the second time');
    });
  }

  it('leaves a text with a hundred faults alone', () => {
    const faults = (count: number) => 'b = = 1\n'.repeat(count);
    assert.equal(formatted(`a   = 1\n${faults(99)}`), `a = 1\n${faults(99)}`);
    assert.equal(formatted(`a   = 1\n${faults(100)}`), `a   = 1\n${faults(100)}`);
  });

  it('indents as the editor does', () => {
    const text = 'a {\n  b {\n  }\n}\n';
    assert.equal(formatted(text, 'a.conf', { ...OPTIONS, indentSize: 4 }), 'a {\n    b {\n    }\n}\n');
    assert.equal(formatted(text, 'a.conf', { ...OPTIONS, insertSpaces: false }), 'a {\n\tb {\n\t}\n}\n');
  });

  it('formats JSON', () => {
    const before = '{\n"a" : 1,\n  "b": {"c":[1, 2,3]}, "d":  null\n}';
    assert.equal(formatted(before, 'a.json'), '{\n  "a": 1,\n  "b": {"c": [1, 2, 3]}, "d": null\n}\n');
  });

  it('leaves properties alone', () => {
    assert.equal(formatted('a=1\n  b  =  2  \n\n\n', 'a.properties'), 'a=1\n  b  =  2  \n\n\n');
  });

  it('changes no line that is right already', () => {
    const text = 'a {\n  b = 1\n c = 2\n  d = 3\n}\n';
    const edits = format(parse('file:///a.conf', text), OPTIONS);
    assert.deepEqual(edits, [{ range: { start: 12, end: 13 }, newText: '  ' }]);
  });

  it('changes the lines of a range only, with the depth and style of the whole file', () => {
    const text = 'a {\nb=1\n\n\nc=2\nd   = 3\ne=1\n}';
    const tree = parse('file:///a.conf', text);
    const inLines = (from: number, to: number) => {
      const starts = text.split('\n').map((_, i, lines) => lines.slice(0, i).join('\n').length + (i > 0 ? 1 : 0));
      return [{ start: starts[from] as number, end: starts[to] as number }];
    };
    assert.equal(applyEdits(text, format(tree, OPTIONS, inLines(4, 5))), text.replace('c=2', '  c=2'));
    assert.equal(applyEdits(text, format(tree, OPTIONS, inLines(5, 6))), text.replace('d   = 3', '  d=3'));
    assert.equal(applyEdits(text, format(tree, OPTIONS, inLines(3, 4))), text.replace('\n\n\n', '\n\n'));
    assert.equal(applyEdits(text, format(tree, OPTIONS, [{ start: text.length, end: text.length }])), `${text}\n`);
  });

  it('takes ten thousand nested braces', () => {
    const depth = 10_000;
    const text = `${'a {\n'.repeat(depth)}${'}\n'.repeat(depth)}`;
    const after = formatted(text);
    assert.equal(after.replace(/ /g, ''), text.replace(/ /g, ''));
    assert.ok(after.length < text.length * 100, 'indentation does not grow with the square of the depth');
  });
});
