import assert from 'node:assert/strict';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { codes, launch } from './launch';

async function problemsIn(name: string, text: string): Promise<[string, string][]> {
  const { problems, text: textOf } = await launch({ [name]: text });
  return problems.map(({ code, range }) => [code, textOf(range)]);
}

describe('a JSON file', () => {
  it('is read as JSON', async () => {
    const { root, problems } = await launch({
      'a.json': '{ "a": { "b": [1, "x", null, true, {}] }, "c.d": -1.5e3, "e": "\\u00e9\\n" }',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { a: { b: [1, 'x', null, true, {}] }, 'c.d': -1500, e: 'é\n' });
  });

  it('may have nothing that only HOCON has', async () => {
    const texts = {
      'a = 1': 'no braces',
      '{ "a" = 1 }': 'an equals sign',
      '{ a: 1 }': 'a key without quotes',
      '{ "a": b }': 'a text without quotes',
      '{ "a": 1, }': 'a comma at the end',
      '{ "a": 1 "b": 2 }': 'no comma',
      '{ "a": "x" "y" }': 'values side by side',
      '{ "a": ${b} }': 'a substitution',
      '{ include "b" }': 'an include',
      '{ "a": 1, "a": 2 }': 'a key twice',
      '# c\n{ "a": 1 }': 'a comment',
    };
    for (const [text, what] of Object.entries(texts)) {
      assert.notEqual((await launch({ 'a.json': text })).problems.length, 0, what);
    }
  });

  it('says what JSON does not allow, there', async () => {
    assert.deepEqual(await problemsIn('a.json', '{ "a": 1, }'), [['hocon/syntax', '}']]);
    assert.deepEqual(await problemsIn('a.json', '{ "a": 1, "a": 2 }'), [['hocon/duplicate-key', '"a"']]);
  });

  it('takes a key in quotes as one name, dots and all', async () => {
    const { root } = await launch({ 'a.json': '{ "a.b": 1 }' });
    assert.deepEqual([...root.entries.keys()], ['a.b']);
  });

  it('keeps what stands around a missing brace', async () => {
    const { root, problems } = await launch({ 'a.json': '{\n  "o": { "x": 1,\n  "b": 2,\n  "c": 3\n}\n' });
    assert.deepEqual(codes(problems), ['hocon/unclosed']);
    assert.deepEqual(toJson(root), { o: { x: 1 }, b: 2, c: 3 });
  });

  it('overrides and is overridden like any other', async () => {
    const files = { 'a.conf': 'a = 1, b = ${c}', 'b.json': '{ "a": 2, "c": 3 }' };
    const { root } = await launch(files, { roots: ['a.conf', 'b.json'] });
    assert.deepEqual(toJson(root), { a: 2, b: 3, c: 3 });
  });
});

describe('a properties file', () => {
  it('has dots as paths and all values as text', async () => {
    const { root, problems } = await launch({
      'a.properties': '# c\n! c\na.b=1\na.c: two \nd true\n  e   =   x y\nf\ng = "q" # no comment\n',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), {
      a: { b: '1', c: 'two ' },
      d: 'true',
      e: 'x y',
      f: '',
      g: '"q" # no comment',
    });
  });

  it('decodes escapes and joins continued lines', async () => {
    const { root } = await launch({ 'a.properties': 'a=\\u0041\\tb\\\n   c\nkey\\ x=1\nb\\=c=2\n' });
    assert.deepEqual(toJson(root), { a: 'A\tbc', 'key x': '1', 'b=c': '2' });
  });

  it('takes ${x} as text', async () => {
    assert.deepEqual(toJson((await launch({ 'a.properties': 'a=${b}\nb=1' })).root), { a: '${b}', b: '1' });
  });

  it('prefers what is below a key to the value of the key itself', async () => {
    for (const text of ['a=1\na.b=2', 'a.b=2\na=1']) {
      assert.deepEqual(toJson((await launch({ 'a.properties': text })).root), { a: { b: '2' } }, text);
    }
  });

  it('ends lines as Java does: LF, CRLF, CR', async () => {
    for (const newline of ['\n', '\r\n', '\r']) {
      const { root } = await launch({ 'a.properties': `a=1${newline}b=2${newline}${newline}# c${newline}d=3` });
      assert.deepEqual(toJson(root), { a: '1', b: '2', d: '3' }, JSON.stringify(newline));
    }
  });

  it('says where an escape is wrong, and leaves it out', async () => {
    for (const [text, wrong, value] of [
      ['\\uZZZZ', '\\u', 'ZZZZ'],
      ['x\\u12', '\\u12', 'x'],
      ['x\\u00zzb', '\\u00', 'xzzb'],
    ] as const) {
      const { root, problems, text: textAt } = await launch({ 'a.properties': `a=1\nb=${text}\nc=3` });
      assert.deepEqual(
        problems.map(({ code, range }) => [code, textAt(range)]),
        [['hocon/bad-escape', wrong]],
      );
      assert.deepEqual(toJson(root), { a: '1', b: value, c: '3' });
    }
  });

  it('may end with a comment', async () => {
    for (const end of ['#', '# x', '!', '!x\n']) {
      const { root, problems } = await launch({ 'a.properties': `a=1\n${end}` });
      assert.deepEqual([toJson(root), problems], [{ a: '1' }, []], end);
    }
  });

  it('has a definition for each key', async () => {
    const { entry, text } = await launch({ 'a.properties': 'a.b=1\n' });
    const [definition] = entry('a.b').definitions;
    assert.ok(definition);
    assert.deepEqual([text(definition.key), text(definition.value)], ['b', '1']);
  });

  it('is read as one where an include without extension finds it, as HOCON where it is named', async () => {
    const text = 'a.b=1\nc="x"';
    const found = await launch({ 'a.conf': 'include "p"', 'p.properties': text });
    assert.deepEqual(toJson(found.root), { a: { b: '1' }, c: '"x"' });
    const named = await launch({ 'a.conf': 'include "p.properties"', 'p.properties': text });
    assert.deepEqual(toJson(named.root), { a: { b: 1 }, c: 'x' });
  });
});

describe('the grammar of a file', () => {
  it('goes by its extension, and HOCON is what is left', () => {
    const read = (name: string) => parse(`file:///${name}`, '').syntax;
    assert.deepEqual(['a.conf', 'a.json', 'a.properties', 'a.txt', 'a'].map(read), [
      'conf',
      'json',
      'properties',
      'conf',
      'conf',
    ]);
  });
});

describe('the end of a .properties file', () => {
  it('may be a backslash, which Java reads as an entry without key and value, or a line that goes on', async () => {
    const read = async (text: string) => toJson((await launch({ 'a.properties': text })).root);
    const keys = async (text: string) => Object.keys((await read(text)) as object);
    assert.deepEqual(await read('a = 1\n'), { a: '1' });
    assert.deepEqual(await keys('a = 1\n\\\n'), ['a', '']);
    assert.deepEqual(await keys('a = 1\n\\\n\n'), ['a']);
    assert.deepEqual(await read('a = 1\\\n  2\nb = 3\\\r\n  4\n'), { a: '12', b: '34' });
  });
});
