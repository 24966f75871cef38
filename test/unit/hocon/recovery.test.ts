import assert from 'node:assert/strict';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { childrenOf, type SyntaxNode } from '../../../server/src/hocon/syntax/syntax';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { codes, launch } from './launch';
import { TYPING_MISTAKES, type TypingMistake } from './typing-mistakes';

/** The same for JSON, where a line that has lost its comma must not harm the next one. */
const BROKEN_JSON: readonly (readonly [
  mistake: string,
  intact: string,
  broken: string,
  says: TypingMistake['says'],
  c: unknown,
])[] = [
  ['a missing comma', '"x",', '"x"', [['hocon/no-comma', '"']], 'x'],
  ['a missing closing quote', '"x"', '"x', [['hocon/bad-string', '"x,']], null],
  ['a missing value', ' "x"', '', [['hocon/no-value', '"c":']], null],
  ['a missing opening brace', '{\n    "b"', '\n    "b"', [['hocon/unopened', '"a":']], 'x'],
  ['a missing closing brace', '  },', '', [['hocon/unclosed', '{']], 'x'],
  ['a brace that closes an object too early', '1,', '1 }', [['hocon/unbalanced', '}']], 'x'],
  ['text without quotes', '"x"', 'x', [['hocon/syntax', 'x']], null],
];
const JSON_TEXT = '{\n  "a": {\n    "b": 1,\n    "c": "x",\n    "d": [1, 2]\n  },\n  "e": 2,\n  "f": 3\n}\n';

describe('a mistake in a text', () => {
  for (const { name, text, says, gives } of TYPING_MISTAKES) {
    it(`harms only its entry: ${name}`, async () => {
      const { root, problems, text: textOf } = await launch({ 'a.conf': text });
      assert.deepEqual(
        problems.map(({ code, range }) => [code, textOf(range)]),
        says,
      );
      assert.ok(problems.every(({ severity }) => severity === 'error'));
      assert.deepEqual(toJson(root), gives);
    });
  }

  for (const [mistake, intact, broken, says, c] of BROKEN_JSON) {
    it(`harms only its entry of a JSON file: ${mistake}`, async () => {
      const { root, problems, text } = await launch({ 'a.json': JSON_TEXT.replace(intact, broken) });
      assert.deepEqual(
        problems.map(({ code, range }) => [code, text(range)]),
        says,
      );
      assert.deepEqual(toJson(root), { a: { b: 1, c, d: [1, 2] }, e: 2, f: 3 });
    });
  }

  it('is told with the same line breaks, CRLF', async () => {
    for (const { name, text, says, gives } of TYPING_MISTAKES) {
      const { root, problems } = await launch({ 'a.conf': text.replaceAll('\n', '\r\n') });
      assert.deepEqual(
        codes(problems),
        says.map(([code]) => code),
        name,
      );
      assert.deepEqual(toJson(root), gives, name);
    }
  });

  it('leaves the value unknown, not absent', async () => {
    const { at, root } = await launch({ 'a.conf': 'name = "half\nok = 1\n' });
    const name = at('name');
    assert.equal(name.kind, 'unknown');
    assert.equal(name.kind === 'unknown' && name.reason.cause, 'problem');
    assert.equal(name.kind === 'unknown' && name.reason.subject, 'hocon/bad-string');
    assert.deepEqual(root.unknowns, []);
  });

  it('marks the object that a half typed key leaves incomplete, and only that', async () => {
    const { at, root } = await launch({ 'a.conf': 'a {\n  sto\n}\nb { c = 1 }\n' });
    const [a, b] = [at('a'), at('b')];
    assert.deepEqual(a.kind === 'object' && a.unknowns.map(({ subject }) => subject), ['hocon/no-value']);
    assert.deepEqual(b.kind === 'object' && b.unknowns, []);
    assert.deepEqual(root.unknowns, []);
  });

  it('leaves open what a half typed include or path would add', async () => {
    for (const text of ['a {\n  include\n}\n', 'a {\n  kms.\n  b = 1\n}\n', 'a {\n  kms.region\n}\n']) {
      const a = (await launch({ 'a.conf': text })).at('a');
      assert.equal(a.kind === 'object' && a.unknowns.length, 1, text);
      assert.equal(a.kind === 'object' && a.entries.has('kms'), false, text);
    }
  });

  it('is told on the line that the reference names, where a missing value takes an object for its own', async () => {
    const { problems } = await launch({ 'a.conf': 'x = 1\na =\nb {\n  c = 1\n}\n' });
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [['hocon/no-value', 3]],
    );
    // The reference does not count the newlines before the text that it reads as a value.
    const inside = await launch({ 'a.conf': 'a =\n\nb {\n  c = [{ d += 1 }]\n}\n' });
    assert.deepEqual(
      inside.problems.map(({ code, line }) => [code, line]),
      [
        ['hocon/append-in-list', 2],
        ['hocon/no-value', undefined],
      ],
    );
  });

  it('does not make a key of JSON of what has a bracket or a comma in it', () => {
    for (const text of ['b}b:', '2],y:']) {
      const fields = childrenOf(childrenOf(parse('file:///a.json', text, 'json').root)[0] as SyntaxNode);
      const ends = fields.map(({ end }) => end);
      assert.ok(
        fields.every(({ start }, i) => start >= (ends[i - 1] ?? 0)),
        text,
      );
    }
  });

  it('behind an include is none of the value before it', async () => {
    const text = 'before =\n  x, include "b.conf" : 1\nafter = 2\n';
    const { problems, root } = await launch({ 'a.conf': text, 'b.conf': 'inner = 3\n' });
    assert.deepEqual(
      problems.map(({ range }) => text.slice(range.start, range.end)),
      [':'],
    );
    assert.deepEqual(toJson(root), { before: 'x', inner: 3, after: 2 });
  });

  it('is in the file that has it, where files are included', async () => {
    const { problems, root } = await launch({ 'a.conf': 'include "b.conf"\nx = 1\n', 'b.conf': 'y =\nz = 2\n' });
    assert.deepEqual(
      problems.map(({ code, uri }) => [code, uri]),
      [['hocon/no-value', 'file:///conf/b.conf']],
    );
    assert.deepEqual(toJson(root), { y: null, z: 2, x: 1 });
  });
});
