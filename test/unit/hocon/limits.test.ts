import assert from 'node:assert/strict';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import { parse } from '../../../server/src/hocon/syntax/parse';
import { codes, FOLDER, type Launch, launch, open } from './launch';

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

async function reported(
  text: string | Readonly<Record<string, string>>,
): Promise<readonly (readonly [string, string])[]> {
  const files = typeof text === 'string' ? { 'a.conf': text } : text;
  const { problems } = await launch(files);
  return problems.map(({ code, uri, range }) => [
    code,
    (files[uri.slice(FOLDER.length)] ?? '').slice(range.start, range.end),
  ]);
}

function textOf({ at }: Launch, path: string): string | undefined {
  const value = at(path);
  return value.kind === 'string' ? value.value : undefined;
}

describe('the depth of nesting', () => {
  /** What is one level too deep, and what is underlined then. */
  const DEEP: Readonly<Record<string, readonly [deep: (depth: number) => string, underlined: string]>> = {
    objects: [(depth) => `${'a {'.repeat(depth - 1)} b = 1 ${'}'.repeat(depth - 1)}`, '1'],
    paths: [(depth) => `${'a.'.repeat(depth - 1)}b = 1`, 'a'],
    'paths inside of each other': [(depth) => `x.y { ${'a.'.repeat(depth - 3)}b = 1 }`, 'a'],
    lists: [(depth) => `a = ${'['.repeat(depth - 1)}1${']'.repeat(depth - 1)}`, '['],
    'lists behind a path': [(depth) => `a.b.c = ${'['.repeat(depth - 3)}1${']'.repeat(depth - 3)}`, '['],
    'objects in lists': [(depth) => `a = [[{ ${'b.'.repeat(depth - 4)}c = 1 }], [[1]]]\nd = [[2]]`, 'b'],
  };

  for (const [what, [deep, underlined]] of Object.entries(DEEP)) {
    it(`may be a thousand for ${what}, and no more`, async () => {
      assert.deepEqual(await reported(deep(1000)), []);
      assert.deepEqual(await reported(deep(1001)), [['hocon/too-deep', underlined]]);
      const { root } = await launch({ 'a.conf': deep(1001) });
      assert.ok(root.entries.size > 0, 'the key is known');
    });
  }

  it('counts on in an included file, and starts again behind it', async () => {
    const files = (inside: number) => ({
      'a.conf': `x.y.z { include "b" }\n${'a.'.repeat(999)}b = 1`,
      'b.conf': `${'a.'.repeat(inside)}b = 1`,
    });
    assert.deepEqual(await reported(files(996)), []);
    assert.deepEqual(await reported(files(997)), [['hocon/too-deep', 'a']]);
  });
});

describe('the number of includes', () => {
  it('inside of each other may be fifty', async () => {
    const chain = (count: number) => {
      const files: Record<string, string> = {};
      for (let i = 0; i < count; i++) files[`f${i}.conf`] = `include "f${i + 1}.conf"`;
      files[`f${count}.conf`] = 'end = 1';
      return files;
    };
    assert.deepEqual(await reported(chain(50)), []);
    assert.deepEqual(await reported(chain(51)), [['hocon/include-depth', 'include "f51.conf"']]);
  });

  it('of files that are not there is kept for an object up to a hundred', async () => {
    const text = `a { ${lines(105, (i) => `include "m${i}.conf"`)} }`;
    const a = (await launch({ 'a.conf': text }, { environment: open() })).at('a');
    assert.deepEqual(a.kind === 'object' && a.unknowns.map(({ subject }) => subject).slice(98), [
      'm98.conf',
      'm99.conf',
    ]);
  });
});

describe('the number of appends', () => {
  it('may be below two hundred', async () => {
    assert.deepEqual(await reported(lines(199, () => 'a += 1')), []);
    assert.deepEqual(await reported(lines(200, () => 'a += 1')), [['hocon/many-appends', 'a']]);
  });
});

describe('the definitions of a key', () => {
  it('are the first and the last two hundred, where it is merged with a value that is made from others', async () => {
    const text = `x {\n${lines(250, (i) => `k = ${i}`)}\n}\ny = \${x} { k = last }\ny = \${y} { k = again }`;
    const { entry, text: textAt } = await launch({ 'a.conf': text });
    const values = (path: string) => entry(path).definitions.map(({ value }) => textAt(value));
    assert.deepEqual(values('x.k').length, 250);
    for (const [path, last] of [['y.k', 'again']] as const) {
      const found = values(path);
      assert.deepEqual([found.length, found[0], found[1], found.at(-2), found.at(-1)], [200, '0', '53', 'last', last]);
    }
  });

  it('are each there once, where a value is made from itself', async () => {
    const text = 'b { k = 0 }\na = ${b}\na = ${a} { k = 1 }\na = ${a} ${b} { k = 2 }\na = ${b} ${a}\n';
    const { entry, text: textAt } = await launch({ 'a.conf': text });
    assert.deepEqual(
      entry('a.k').definitions.map(({ value }) => textAt(value)),
      ['0', '1', '2'],
    );
  });
});

describe('an include that may be relative to a folder above', () => {
  it('is looked for up to six folders above', async () => {
    const warnings = async (folders: number) => {
      const name = `${lines(folders, (i) => `${i}`).replaceAll('\n', '/')}/a.conf`;
      const files = { [name]: 'include required(file("b.conf"))', 'b.conf': '' };
      return codes((await launch(files, { environment: open() })).problems);
    };
    assert.deepEqual(await warnings(6), []);
    assert.deepEqual(await warnings(7), ['hocon/include-not-found']);
  });
});

describe('the files of a launch', () => {
  it('may have 32 MB together', async () => {
    const half = 16 * 1024 * 1024;
    const load = (more: number) => {
      const texts = new Map([
        ['file:///a.conf', 'x'.repeat(half)],
        ['file:///b.conf', 'x'.repeat(half + more)],
      ]);
      const files = { read: async (uri: string) => texts.get(uri) };
      const roots = [...texts.keys()].map((uri) => ({ uri }));
      return loadSources(roots, files, { parse: (uri, text) => ({ ...parse(uri, ''), text }) });
    };
    assert.equal((await load(0)).refusal?.('file:///b.conf'), undefined);
    const sources = await load(1);
    assert.notEqual(sources.get('file:///a.conf'), undefined);
    assert.equal(sources.get('file:///b.conf'), undefined);
    assert.equal(
      sources.refusal?.('file:///b.conf'),
      'is beyond the 32 MB that the files of a launch may have together',
    );
  });
});

describe('values that are made from each other', () => {
  /** Each is twice the one before. */
  const doubled = (first: string, count: number) =>
    `a0 = ${first}\n${lines(count, (i) => `a${i + 1} = \${a${i}}\${a${i}}`)}\n`;

  it('may be texts of 16 million characters', async () => {
    const text = doubled('x', 25);
    const found = await launch({ 'a.conf': text });
    assert.deepEqual(
      found.problems.map(({ code, range }) => [code, found.text(range)]),
      [['hocon/too-large', '${a24}${a24}']],
    );
    assert.equal(textOf(found, 'a24')?.length, 2 ** 24);
    assert.equal(found.at('a25').kind, 'unknown');
  });

  it('are left out where they are too large, the small ones first kept', async () => {
    const text = `${doubled('[1]', 23)}o { x = 1, a = \${a20}, b = \${a20}, c = \${a19} }\nb = \${a23}`;
    const found = await launch({ 'a.conf': text });
    assert.deepEqual(
      found.problems.map(({ code, range }) => [code, found.text(range)]),
      [['hocon/too-large', '${a23}']],
    );
    const kinds = (paths: string) => paths.split(' ').map((path) => found.at(path).kind);
    assert.deepEqual(kinds('a0 a20 a21 o.c o.x'), ['list', 'list', 'list', 'list', 'number']);
    assert.deepEqual(kinds('a22 a23 b o.a o.b'), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
  });

  it('may be as many as a text is long', async () => {
    const found = await launch({ 'a.conf': `x { y = 1 }\n${lines(30_000, (i) => `key-number-${i} = \${x}`)}` });
    assert.deepEqual(found.problems, []);
  });

  it('may be made from themselves as often as a text is long', async () => {
    const found = await launch({ 'a.conf': `${lines(1500, (i) => `a${i} = \${?a${i}}`)}\nx = 1\ny = \${x}` });
    assert.deepEqual(found.problems, []);
    assert.equal(found.at('y').kind, 'number');
  });

  it('may look back in one file after the other', async () => {
    const texts = (key: string) => lines(60, () => `a = \${?a}${key}\no = \${?o} { ${key} = \${a} }`);
    const files = { 'a.conf': texts('p'), 'b.conf': texts('q'), 'c.conf': texts('r') };
    const found = await launch(files, { roots: Object.keys(files) });
    assert.deepEqual(found.problems, []);
    const whole = 'p'.repeat(60) + 'q'.repeat(60) + 'r'.repeat(60);
    for (const path of ['a', 'o.p', 'o.q', 'o.r']) assert.equal(textOf(found, path), whole, path);
  });

  it('are too large as objects as well', async () => {
    const text = `a0 { x = 1 }\n${lines(22, (i) => `a${i + 1} { l = \${a${i}}, r = \${a${i}} }`)}`;
    const found = await launch({ 'a.conf': `${text}\nb = \${a22}` });
    assert.deepEqual(codes(found.problems), ['hocon/too-large']);
    assert.equal(found.at('a20').kind, 'object');
  });

  it('are kept up to a size of exactly five million', async () => {
    const list = (count: number, item: string) => `[${Array.from({ length: count }, () => item).join()}]`;
    // With the lists themselves 999, 999,001, 3,996,005 and 3,994 values, and the root.
    const parts = [list(998, '1'), list(1000, '${a}'), list(4, '${b}'), list(3993, '1')];
    const kept = parts.map((part, i) => `${'abcd'[i]} = ${part}\n`).join('');
    assert.deepEqual((await launch({ 'a.conf': kept })).problems, []);
    const found = await launch({ 'a.conf': `${kept}e = [\${c}, \${c}]` });
    assert.deepEqual(codes(found.problems), ['hocon/too-large']);
    const kinds = (launched: Launch) => ['a', 'b', 'c', 'd', 'e'].map((key) => launched.at(key).kind).join(' ');
    assert.equal(kinds(found), 'list list list list unknown');
    const more = await launch({ 'a.conf': `${kept}e = [\${c}, \${c}]\nf = 1` });
    assert.equal(kinds(more), 'list list unknown list unknown');
  });

  for (const count of [50, 51, 99, 100, 101, 151, 300]) {
    it(`may look back ${count} times`, async () => {
      const text = `p = x\nl = [0]\no { k0 = 0 }\n${lines(count, (i) => `p = \${p}y\nl = \${l} [${i}]\no = \${o} { k${i} = ${i} }\no.n = ${i}`)}`;
      const found = await launch({ 'a.conf': text });
      assert.deepEqual(found.problems, []);
      assert.equal(textOf(found, 'p'), `x${'y'.repeat(count)}`);
      const [l, o] = [found.at('l'), found.at('o')];
      assert.equal(l.kind === 'list' && l.elements.length, count + 1);
      assert.equal(o.kind === 'object' && o.entries.size, count + 1);
    });
  }
});
