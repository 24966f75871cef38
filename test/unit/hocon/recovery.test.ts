import assert from 'node:assert/strict';
import { toJson } from '../../../server/src/hocon';
import { codes, launch } from './launch';

interface Broken {
  readonly name: string;
  readonly text: string;
  /** The codes of the problems, each with the text that is underlined. */
  readonly says: readonly (readonly [code: string, underlined: string])[];
  /** What can be had nevertheless; null stands for what the fault made unknown. */
  readonly gives: unknown;
}

const BROKEN: readonly Broken[] = [
  {
    name: 'a missing closing brace',
    text: 'before = 1\nstorage {\n  type = memory\n  port = 5\nafter = 2\n',
    says: [['hocon/unclosed', '{']],
    gives: { before: 1, storage: { type: 'memory', port: 5 }, after: 2 },
  },
  {
    name: 'a missing closing brace inside another object',
    text: 'a {\n  b {\n    c = 1\n  d = 2\n}\nafter = 3\n',
    says: [['hocon/unclosed', '{']],
    gives: { a: { b: { c: 1 }, d: 2 }, after: 3 },
  },
  {
    name: 'a missing brace at the end of the text',
    text: 'before = 1\na {\n  b = 1\n',
    says: [['hocon/unclosed', '{']],
    gives: { before: 1, a: { b: 1 } },
  },
  {
    name: 'a brace too many',
    text: 'before = 1\na { b = 1 } }\nafter = 2\n',
    says: [['hocon/unbalanced', '}']],
    gives: { before: 1, a: { b: 1 }, after: 2 },
  },
  {
    name: 'a missing closing quote',
    text: 'before = 1\nname = "half\nafter = 2\n',
    says: [['hocon/bad-string', '"half']],
    gives: { before: 1, name: null, after: 2 },
  },
  {
    name: 'a missing closing triple quote',
    text: 'before = 1\nname = """half\nafter = 2\n',
    says: [['hocon/bad-string', '"""half']],
    gives: { before: 1, name: null, after: 2 },
  },
  {
    name: 'an escape that does not exist',
    text: 'before = 1\npath = "C:\\conf"\nafter = 2\n',
    says: [['hocon/bad-string', '"C:\\conf"']],
    gives: { before: 1, path: null, after: 2 },
  },
  {
    name: 'a missing closing bracket',
    text: 'before = 1\nlist = [1, 2\nafter = 2\n',
    says: [['hocon/unclosed', '[']],
    gives: { before: 1, list: null, after: 2 },
  },
  {
    name: 'a missing closing bracket of a list over several lines',
    text: 'o {\n  list = [\n    1\n    2\n  after = 2\n}\nz = 1\n',
    says: [['hocon/unclosed', '[']],
    gives: { o: { list: null, after: 2 }, z: 1 },
  },
  {
    name: 'a missing value',
    text: 'before = 1\nport =\nafter = 2\n',
    says: [['hocon/no-value', 'port =']],
    gives: { before: 1, port: null, after: 2 },
  },
  {
    name: 'a missing value before a brace',
    text: 'o { port = }\nafter = 2\n',
    says: [['hocon/no-value', 'port =']],
    gives: { o: { port: null }, after: 2 },
  },
  {
    name: 'a missing value at the end of the text',
    text: 'before = 1\nport =',
    says: [['hocon/no-value', 'port =']],
    gives: { before: 1, port: null },
  },
  {
    name: 'a missing separator before a list',
    text: 'before = 1\nlist [1]\nafter = 2\n',
    says: [['hocon/no-separator', 'list']],
    gives: { before: 1, list: null, after: 2 },
  },
  {
    name: 'a missing separator before a substitution',
    text: 'before = 1\nport ${before}\nafter = 2\n',
    says: [['hocon/no-separator', 'port']],
    gives: { before: 1, port: null, after: 2 },
  },
  {
    name: 'a key half typed',
    text: 'before = 1\no {\n  sto\n}\nafter = 2\n',
    says: [['hocon/no-value', 'sto']],
    gives: { before: 1, o: { sto: null }, after: 2 },
  },
  {
    name: 'a substitution without its brace',
    text: 'before = 1\nx = ${before\nafter = 2\n',
    says: [['hocon/unclosed-substitution', '${before']],
    gives: { before: 1, x: null, after: 2 },
  },
  {
    name: 'a character that needs quotes',
    text: 'before = 1\nmail = a@b\nafter = 2\n',
    says: [['hocon/syntax', 'a@b']],
    gives: { before: 1, mail: null, after: 2 },
  },
  {
    name: 'two separators',
    text: 'a: b: 1\nafter = 2\n',
    says: [['hocon/syntax', 'b: 1']],
    gives: { a: null, after: 2 },
  },
  {
    name: 'a comma that separates nothing',
    text: 'a = 1,, b = 2\nafter = 3\n',
    says: [['hocon/syntax', ',']],
    gives: { a: 1, b: 2, after: 3 },
  },
  {
    name: 'an include without quotes',
    text: 'before = 1\ninclude shared.conf\nafter = 2\n',
    says: [['hocon/bad-include', 'include ']],
    gives: { before: 1, after: 2 },
  },
  {
    name: 'conflict markers, of which the later side wins',
    text: 'before = 1\n<<<<<<< HEAD\nport = 1\n=======\nport = 2\n>>>>>>> branch\nafter = 2\n',
    says: [
      ['hocon/conflict-marker', '<<<<<<< HEAD'],
      ['hocon/conflict-marker', '======='],
      ['hocon/conflict-marker', '>>>>>>> branch'],
    ],
    gives: { before: 1, port: 2, after: 2 },
  },
  {
    name: 'conflict markers with the common ancestor, inside an object',
    text: 'o {\n<<<<<<< HEAD\n  p = 1\n||||||| base\n  p = 0\n=======\n  p = 2\n>>>>>>> branch\n}\nafter = 2\n',
    says: [
      ['hocon/conflict-marker', '<<<<<<< HEAD'],
      ['hocon/conflict-marker', '||||||| base'],
      ['hocon/conflict-marker', '======='],
      ['hocon/conflict-marker', '>>>>>>> branch'],
    ],
    gives: { o: { p: 2 }, after: 2 },
  },
  {
    name: 'two slips far from each other',
    text: 'a {\n  b =\n}\nok = 1\nc = "open\nafter = 2\n',
    says: [
      ['hocon/no-value', 'b ='],
      ['hocon/bad-string', '"open'],
    ],
    gives: { a: { b: null }, ok: 1, c: null, after: 2 },
  },
];

describe('a slip in a text', () => {
  for (const { name, text, says, gives } of BROKEN) {
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

  it('is told with the same line breaks, CRLF', async () => {
    for (const { name, text, says, gives } of BROKEN) {
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

  it('is in the file that has it, where files are included', async () => {
    const { problems, root } = await launch({ 'a.conf': 'include "b.conf"\nx = 1\n', 'b.conf': 'y =\nz = 2\n' });
    assert.deepEqual(
      problems.map(({ code, uri }) => [code, uri]),
      [['hocon/no-value', 'file:///conf/b.conf']],
    );
    assert.deepEqual(toJson(root), { y: null, z: 2, x: 1 });
  });
});
