import assert from 'node:assert/strict';
import { entryAt, toJson } from '../../../server/src/hocon/values/config-value';
import { closed, codes, FOLDER, launch } from './launch';

async function jsonOf(text: string): Promise<unknown> {
  const { root, problems } = await launch({ 'a.conf': text });
  assert.deepEqual(problems, []);
  return toJson(root);
}

describe('effective values', () => {
  it('take the last definition', async () => {
    assert.deepEqual(await jsonOf('a = 1\na = two\n"a" = [3]'), { a: [3] });
  });

  it('merge objects, whether by path or by braces', async () => {
    assert.deepEqual(await jsonOf('a { b = 1, c { d = 2 } }\na.c.e = 3\na { b = 4 }'), {
      a: { b: 4, c: { d: 2, e: 3 } },
    });
  });

  it('do not merge an object with what a scalar has replaced', async () => {
    assert.deepEqual(await jsonOf('a { b = 1 }\na = 5\na { c = 2 }'), { a: { c: 2 } });
    assert.deepEqual(await jsonOf('a { b = 1 }\na = null\na { c = 2 }'), { a: { c: 2 } });
  });

  it('replace lists as a whole, and append where asked to', async () => {
    assert.deepEqual(await jsonOf('a = [1]\na = [2]\nb = [1]\nb += 2\nc += 3'), { a: [2], b: [1, 2], c: [3] });
  });

  it('join values side by side', async () => {
    assert.deepEqual(
      await jsonOf('h = host\nurl = "http://"${h}":"80\nl = [1] [2]\no = { a = 1 } { b = 2 }\ns = a  b'),
      {
        h: 'host',
        url: 'http://host:80',
        l: [1, 2],
        o: { a: 1, b: 2 },
        s: 'a  b',
      },
    );
  });

  it('resolve substitutions at the end, so that later overrides count', async () => {
    assert.deepEqual(await jsonOf('base { port = 1 }\nnode = ${base} { name = n }\nbase.port = 2'), {
      base: { port: 2 },
      node: { port: 2, name: 'n' },
    });
  });

  it('let a key look back at its own former value', async () => {
    assert.deepEqual(await jsonOf('path = a\npath = ${path}":b"\nlist = [1]\nlist = ${list} [2]'), {
      path: 'a:b',
      list: [1, 2],
    });
  });

  it('drop what an optional substitution does not find', async () => {
    assert.deepEqual(await jsonOf('a = ${?NO}\nb = 1\nb = ${?NO}\nc = [${?NO}, 2]\nd = x${?NO}y'), {
      b: 1,
      c: [2],
      d: 'xy',
    });
  });

  it('keep keys of objects apart that JavaScript has of its own', async () => {
    const json = await jsonOf('__proto__ { a = 1 }\nconstructor = 2\ntoString = 3');
    assert.deepEqual(Object.entries(json as object), [
      ['__proto__', { a: 1 }],
      ['constructor', 2],
      ['toString', 3],
    ]);
    assert.equal(Object.getPrototypeOf(json), Object.prototype);
  });

  it('find what another file of the launch defines, before or after', async () => {
    const files = {
      'a.conf': 'host = ${name}.local\nport = 1',
      'b.conf': 'name = n\nport = ${base}',
      'c.conf': 'base = 7',
    };
    const { root, problems } = await launch(files, { roots: ['a.conf', 'b.conf', 'c.conf'] });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { host: 'n.local', port: 7, name: 'n', base: 7 });
  });

  it('prefer a key to an environment variable, and take the variable as text', async () => {
    const { root } = await launch(
      { 'a.conf': 'HOME = here\na = ${HOME}\nport = ${PORT}' },
      { environment: closed({ HOME: 'there', PORT: '80' }) },
    );
    assert.deepEqual(toJson(root), { HOME: 'here', a: 'here', port: '80' });
  });

  it('look below the including object first, then at the root', async () => {
    const files = {
      'a.conf': 'host = outer\nnode { include "n.conf" }\n',
      'n.conf': 'name = inner\nid = ${name}\naddress = ${host}\n',
    };
    const { at, problems } = await launch(files);
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(at('node')), { name: 'inner', id: 'inner', address: 'outer' });
  });

  it('let the including file override what its included file refers to', async () => {
    const files = { 'a.conf': 'node { include "n.conf", name = mine }\n', 'n.conf': 'name = default\nid = ${name}\n' };
    assert.deepEqual(toJson((await launch(files)).at('node')), { name: 'mine', id: 'mine' });
  });

  it('give errors where substitutions go in circles, and the rest', async () => {
    const { root, problems } = await launch({ 'a.conf': 'a = ${b}\nb = ${a}\nc = 1\n' });
    assert.ok(codes(problems).includes('hocon/cycle'));
    assert.deepEqual(toJson(root), { a: null, b: null, c: 1 });
  });

  it('give an error where an object stands beside text', async () => {
    const { problems, text, at } = await launch({ 'a.conf': 'x = { a = 1 } "tail"\nok = 1\n' });
    assert.deepEqual(
      problems.map(({ code, range }) => [code, text(range)]),
      [['hocon/concatenation', '{ a = 1 } "tail"']],
    );
    assert.equal(at('x').kind, 'unknown');
    assert.deepEqual(toJson(at('ok')), 1);
  });
});

describe('the places that values come from', () => {
  it('are all definitions of a key, oldest first', async () => {
    const { entry, text } = await launch({ 'a.conf': 'a = 1\na = ${?X}\n"a" : three\n' });
    assert.deepEqual(
      entry('a').definitions.map(({ key, value }) => [text(key), text(value)]),
      [
        ['a', '1'],
        ['a', '${?X}'],
        ['"a"', 'three'],
      ],
    );
  });

  it('name the file of each definition', async () => {
    const files = { 'a.conf': 'include "i.conf"\nk { a = 1 }', 'b.conf': 'k.b = 2', 'i.conf': 'k { c = 3 }' };
    const { entry } = await launch(files, { roots: ['a.conf', 'b.conf'] });
    const filesOf = (path: string) => entry(path).definitions.map(({ uri }) => uri.replace(FOLDER, ''));
    assert.deepEqual(filesOf('k'), ['i.conf', 'a.conf', 'b.conf']);
    assert.deepEqual(filesOf('k.a'), ['a.conf']);
    assert.deepEqual(filesOf('k.b'), ['b.conf']);
    assert.deepEqual(filesOf('k.c'), ['i.conf']);
  });

  it('split a path: each element is a key, the rest of the field its value', async () => {
    const { entry, text } = await launch({ 'a.conf': 'a.b."c" = x\n' });
    const shown = (path: string) => entry(path).definitions.map(({ key, value }) => [text(key), text(value)]);
    assert.deepEqual(shown('a.b.c'), [['"c"', 'x']]);
    assert.deepEqual(shown('a.b'), [['b', 'b."c" = x'.slice(2)]]);
  });

  it('stay those of the literal that a substitution led to', async () => {
    const files = { 'a.conf': 'port = ${base}', 'b.conf': 'base = 7' };
    const { at, entry, text } = await launch(files, { roots: ['a.conf', 'b.conf'] });
    const { origin } = at('port');
    assert.equal(origin.uri, `${FOLDER}b.conf`);
    assert.equal(text(origin.range, 'b.conf'), '7');
    assert.deepEqual(
      entry('port').definitions.map(({ uri, value }) => [uri, text(value)]),
      [[`${FOLDER}a.conf`, '${base}']],
    );
  });

  it('of a merged object are those of the definition that came last', async () => {
    const { at, text } = await launch({ 'a.conf': 'a { b = 1 }\na { c = 2 }\n' });
    assert.equal(text(at('a').origin.range), '{ c = 2 }');
    assert.equal(text(at('a.b').origin.range), '1');
  });
});

describe('the line of what cannot stand side by side', () => {
  const lineOf = async (text: string) => {
    const [problem] = (await launch({ 'a.conf': text }, { environment: closed() })).problems;
    return problem?.line ?? text.slice(0, problem?.range.start).split('\n').length;
  };

  it('is that of the first list of those on its left, empty or not', async () => {
    assert.equal(await lineOf('x = 1\nv = [] ${o} { q = 1 }\ny = 2\no { 0 = a }'), 2);
    assert.equal(await lineOf('b=1\nl = []\n\nc = ${l} { "0"=1 } ${?x} { d=2 }'), 2);
  });

  it('is that of the object that has something in it', async () => {
    assert.equal(await lineOf('a { }\ne.d = 1\ne = ${?e} ${a}""'), 2);
    assert.equal(await lineOf('d = ${c} { }\nc.k = 1\nd += 3.5'), 2);
  });
});

describe('the entry at a path', () => {
  it('is that of keys and of the numbers of elements', async () => {
    const { root } = await launch({ 'a.conf': 'a { b = 1, l = [2, { c = 3 }] }' });
    const found = (path: string) => {
      const entry = entryAt(root, path === '' ? [] : path.split('.'));
      return entry && [toJson(entry.value), entry.definitions.length];
    };
    for (const [path, expected] of [
      ['', undefined],
      ['a.b', [1, 1]],
      ['a.l', [[2, { c: 3 }], 1]],
      ['a.l.0', [2, 0]],
      ['a.l.1.c', [3, 1]],
      ['a.l.2', undefined],
      ['a.l.x', undefined],
      ['a.b.c', undefined],
      ['a.x', undefined],
      ['x.a.b', undefined],
      ['a.l.2.c', undefined],
    ] as const) {
      assert.deepEqual(found(path), expected, path);
    }
  });
});
