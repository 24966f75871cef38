import assert from 'node:assert/strict';
import { lex } from '../../../server/src/hocon/syntax/lexer';
import { parse } from '../../../server/src/hocon/syntax/parse';
import {
  childrenOf,
  entriesOf,
  type FieldNode,
  nodeAt,
  objectsIn,
  pathOf,
  type SyntaxNode,
} from '../../../server/src/hocon/syntax/syntax';
import { TokenKind, tokensOf } from '../../../server/src/hocon/syntax/token';
import { commentsOf } from '../../kit/comments';

const URI = 'file:///a.conf';

/** All code units for which `ConfigImplUtil.isWhitespace` of Lightbend config 1.4.3 is true, run on Java 17; the newline is one as well. */
const BLANKS =
  '9 b c d 1c 1d 1e 1f 20 a0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 2028 2029 202f 205f 3000 feff';

/** Node kinds with the text that they represent, nested as in the tree. */
function shape(text: string, node: SyntaxNode): unknown[] {
  const children = childrenOf(node).map((child) => shape(text, child));
  const own = [node.kind, text.slice(node.start, node.end)];
  return children.length === 0 ? own : [...own, children];
}

function shapeOf(text: string): unknown[] {
  return shape(text, parse(URI, text).root);
}

function fieldOf(text: string): FieldNode {
  const { root, problems } = parse(URI, text);
  assert.deepEqual(problems, []);
  const [field] = root.value.kind === 'object' ? root.value.entries : [];
  assert.equal(field?.kind, 'field');
  return field as FieldNode;
}

function valueIn(text: string): FieldNode['value'] {
  return fieldOf(`k = ${text}`).value;
}

describe('the tree of a text', () => {
  it('has a node for each entry, path and value, with its own text', () => {
    assert.deepEqual(shapeOf('a.b = [1, "x"] # note\n'), [
      'document',
      'a.b = [1, "x"] # note\n',
      [
        [
          'object',
          'a.b = [1, "x"] # note\n',
          [
            [
              'field',
              'a.b = [1, "x"]',
              [
                ['path', 'a.b'],
                [
                  'array',
                  '[1, "x"]',
                  [
                    ['scalar', '1'],
                    ['scalar', '"x"'],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
    ]);
  });

  it('knows the braces of an object, and that a root has none', () => {
    const inner = fieldOf('a { b = 1 }').value;
    assert.equal(inner?.kind, 'object');
    assert.deepEqual(inner?.kind === 'object' && inner.openBrace, { start: 2, end: 3 });
    assert.deepEqual(inner?.kind === 'object' && inner.closeBrace, { start: 10, end: 11 });
    const root = parse(URI, 'a = 1').root.value;
    assert.equal(root.kind === 'object' && root.openBrace, undefined);
    const braced = parse(URI, '{ a = 1 }').root.value;
    assert.deepEqual(braced.kind === 'object' && braced.closeBrace, { start: 8, end: 9 });
  });

  it('keeps the separator as written', () => {
    for (const separator of ['=', ':', '+='] as const) {
      const text = `key ${separator} 1`;
      const field = fieldOf(text);
      assert.equal(field.separator, separator);
      assert.equal(field.separatorRange && text.slice(field.separatorRange.start, field.separatorRange.end), separator);
    }
    assert.equal(fieldOf('key { }').separator, undefined);
  });

  it('splits a path at its dots, but not at those in quotes', () => {
    const text = 'a."b.c".d = 1';
    const { elements } = fieldOf(text).path;
    assert.deepEqual(
      elements.map(({ name, quoted, start, end }) => [name, quoted, text.slice(start, end)]),
      [
        ['a', false, 'a'],
        ['b.c', true, '"b.c"'],
        ['d', false, 'd'],
      ],
    );
  });

  it('says what an unquoted text means', () => {
    const types = ['5s', '12', '-1.5e3', 'true', 'null', '"12"'].map((text) => {
      const value = valueIn(text);
      return value?.kind === 'scalar' ? value.type : value?.kind;
    });
    assert.deepEqual(types, ['string', 'number', 'number', 'boolean', 'null', 'string']);
  });

  it('decodes quoted and triple-quoted strings', () => {
    const quoted = valueIn('"a\\tb\\u0041\\"\\\\"');
    assert.equal(quoted?.kind === 'scalar' && quoted.value, 'a\tbA"\\');
    assert.equal(quoted?.kind === 'scalar' && quoted.style, 'quoted');
    const triple = valueIn('"""a\\t\n"b""""');
    assert.equal(triple?.kind === 'scalar' && triple.value, 'a\\t\n"b"');
    assert.equal(triple?.kind === 'scalar' && triple.style, 'triple-quoted');
  });

  it('has substitutions with their paths, and concatenations with their parts', () => {
    assert.deepEqual(shapeOf('k = ${a.b} x ${?c}').at(-1), [
      [
        'object',
        'k = ${a.b} x ${?c}',
        [
          [
            'field',
            'k = ${a.b} x ${?c}',
            [
              ['path', 'k'],
              [
                'concatenation',
                '${a.b} x ${?c}',
                [
                  ['substitution', '${a.b}', [['path', 'a.b']]],
                  ['scalar', 'x'],
                  ['substitution', '${?c}', [['path', 'c']]],
                ],
              ],
            ],
          ],
        ],
      ],
    ]);
    const optional = valueIn('${?c}');
    assert.equal(optional?.kind === 'substitution' && optional.optional, true);
  });

  it('reads every form of include', () => {
    const text = [
      'include "a.conf"',
      'include file("b.conf")',
      'include classpath("c.conf")',
      'include url("http://d/d.conf")',
      'include required("e.conf")',
      'include required(file("f.conf"))',
    ].join('\n');
    const tree = parse(URI, text);
    assert.deepEqual(tree.problems, []);
    const includes = [...entriesOf(tree)].map(
      (entry) =>
        entry.kind === 'include' && [
          entry.method,
          entry.target,
          entry.required,
          entry.targetRange && text.slice(entry.targetRange.start, entry.targetRange.end),
        ],
    );
    assert.deepEqual(includes, [
      ['heuristic', 'a.conf', false, '"a.conf"'],
      ['file', 'b.conf', false, '"b.conf"'],
      ['classpath', 'c.conf', false, '"c.conf"'],
      ['url', 'http://d/d.conf', false, '"http://d/d.conf"'],
      ['heuristic', 'e.conf', true, '"e.conf"'],
      ['file', 'f.conf', true, '"f.conf"'],
    ]);
  });

  it('takes include for a key only as part of a longer one, or in quotes', () => {
    for (const text of ['include.a = 1', '"include" = 1', 'includes = 1', 'a.include = 1']) {
      assert.equal(fieldOf(text).kind, 'field', text);
    }
    for (const text of ['include = 1', 'include { a = 1 }']) {
      assert.deepEqual(
        parse(URI, text).problems.map(({ code }) => code),
        ['hocon/bad-include'],
        text,
      );
    }
  });

  it('finds the innermost node at an offset, and the path to it', () => {
    const text = 'a { b.c = [ { d = 1 } ], e = x }';
    const tree = parse(URI, text);
    const inList = nodeAt(tree, text.indexOf('1'));
    assert.equal(inList.kind, 'scalar');
    assert.equal(pathOf(inList), undefined);
    const e = nodeAt(tree, text.indexOf('x'));
    assert.equal(text.slice(e.start, e.end), 'x');
    assert.deepEqual(pathOf(e), ['a', 'e']);
  });

  it('lists comments in order, those in strings not', () => {
    const text = '# one\na = "# no" // two\n"// no" = 1 # three';
    assert.deepEqual(commentsOf(parse(URI, text)), ['# one', '// two', '# three']);
  });

  it('loses no character: its tokens touch and make the text', () => {
    const text = '\ufeff# c\r\na . b = "x\\n" ${?y.z}\t[1,\n2] \n"""\nm\n""" : {}\n<<<<<<< \0 "open\n}]';
    let joined = '';
    let end = 0;
    for (const token of tokensOf(parse(URI, text))) {
      assert.equal(token.start, end);
      joined += text.slice(token.start, token.end);
      end = token.end;
    }
    assert.equal(joined, text);
  });

  it('has the blanks of the reference between words, and no other character', () => {
    const text = Array.from({ length: 0x10000 }, (_, code) => `${String.fromCharCode(code)}\n`).join('');
    const { kinds, starts, count } = lex(text, true);
    const blanks = [...starts.subarray(0, count)].filter((_, token) => kinds[token] === TokenKind.Blank);
    assert.equal(blanks.map((start) => (start / 2).toString(16)).join(' '), BLANKS);
  });
});

describe('the objects that a value writes', () => {
  it('are the value itself, or parts of it', () => {
    const text = 'a = ${b} { c = 1 } { d = 2 }\ne { f = 1 }\ng = 1\nh = x ${y}\ni = [{ }]';
    const { root } = parse('file:///a.conf', text);
    const entries = root.value.kind === 'object' ? root.value.entries : [];
    const written = entries.map((entry) =>
      objectsIn(entry.kind === 'field' ? entry.value : undefined).map(({ start, end }) => text.slice(start, end)),
    );
    assert.deepEqual(written, [['{ c = 1 }', '{ d = 2 }'], ['{ f = 1 }'], [], [], []]);
    assert.deepEqual(objectsIn(undefined), []);
  });
});
