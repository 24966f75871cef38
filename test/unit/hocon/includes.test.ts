import assert from 'node:assert/strict';
import { nearbyFolder } from '../../../server/src/hocon/evaluation/include-files';
import { loadSources } from '../../../server/src/hocon/evaluation/load';
import { toJson } from '../../../server/src/hocon/values/config-value';
import { closed, codes, errors, FOLDER, launch, open } from './launch';

describe('an include by name', () => {
  it('is relative to the file that it stands in', async () => {
    const { root, problems } = await launch({
      'a.conf': 'include "sub/b.conf"',
      'sub/b.conf': 'b = 1\ninclude "c.conf"\ninclude "../d.conf"',
      'sub/c.conf': 'c = 2',
      'd.conf': 'd = 3',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { b: 1, c: 2, d: 3 });
  });

  it('without extension means all three, .conf before .json before .properties', async () => {
    const { root, problems } = await launch({
      'a.conf': 'include "b"',
      'b.conf': 'x = conf, c = 1',
      'b.json': '{ "x": "json", "y": "json" }',
      'b.properties': 'x=properties\ny=properties\nz=properties',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { x: 'conf', y: 'json', z: 'properties', c: 1 });
  });

  it('without extension is content with any one of the three', async () => {
    for (const [name, text] of [
      ['b.conf', 'x = 1'],
      ['b.json', '{ "x": 1 }'],
    ] as const) {
      const { root, problems } = await launch({ 'a.conf': 'include required("b")', [name]: text });
      assert.deepEqual(problems, []);
      assert.deepEqual(toJson(root), { x: 1 });
    }
  });

  it('adds its keys where it stands: what follows wins', async () => {
    const files = { 'a.conf': 'x = 1\ny = 1\ninclude "b.conf"\ny = 3', 'b.conf': 'x = 2\ny = 2' };
    assert.deepEqual(toJson((await launch(files)).root), { x: 2, y: 3 });
  });

  it('may name a file by its whole path', async () => {
    const { root } = await launch({ 'a.conf': 'include "/conf/b.conf"', 'b.conf': 'b = 1' });
    assert.deepEqual(toJson(root), { b: 1 });
  });

  it('finds nothing where the launch names its file without a directory', async () => {
    const files = { 'a.conf': 'include "b.conf"\na = 1', 'b.conf': 'b = 1' };
    const { root, problems } = await launch(files, { roots: [{ uri: `${FOLDER}a.conf`, bareName: true }] });
    assert.deepEqual(toJson(root), { a: 1 });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/include-not-found', 'warning']],
    );
    assert.match(problems[0]?.message ?? '', /its directory is unknown/);
  });
});

describe('the other forms of include', () => {
  it('file() is relative to the working directory', async () => {
    const files = { 'sub/a.conf': 'include file("b.conf")', 'b.conf': 'b = here', 'sub/b.conf': 'b = beside' };
    const { root, problems } = await launch(files, { workingDirectory: FOLDER.slice(0, -1) });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { b: 'here' });
  });

  it('file() is unknown where the working directory is', async () => {
    const { root, problems } = await launch(
      { 'a.conf': 'include file("b.conf")', 'b.conf': 'b = 1' },
      { environment: open() },
    );
    assert.deepEqual(errors(problems), []);
    assert.deepEqual(
      root.unknowns.map(({ cause, subject }) => [cause, subject]),
      [['include', 'b.conf']],
    );
  });

  it('url() of a file is that file', async () => {
    const { root, problems } = await launch({
      'a.conf': 'include url("file:///conf/b.conf")',
      'b.conf': 'b = 1',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { b: 1 });
  });

  it('url() of what is no URL is an error', async () => {
    const { problems, text } = await launch({ 'a.conf': 'include url("not a url")' }, { environment: open() });
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, text(range)]),
      [['hocon/bad-url', 'error', 'include url("not a url")']],
    );
  });

  it('classpath() finds nothing outside of Canton, without a word', async () => {
    const { root, problems } = await launch({ 'a.conf': 'include classpath("b.conf")\na = 1', 'b.conf': 'b = 1' });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { a: 1 });
  });

  it('required() is an error where nothing is found', async () => {
    const { problems, text } = await launch({ 'a.conf': 'a = 1\ninclude required(file("/none/b.conf"))' });
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, text(range)]),
      [['hocon/include-not-found', 'error', 'include required(file("/none/b.conf"))']],
    );
  });
});

describe('an include that finds nothing', () => {
  it('says where it looked', async () => {
    const { problems, sources } = await launch({ 'a.conf': 'node { include "sub/keys" }' });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/include-not-found', 'warning']],
    );
    for (const name of ['sub/keys.conf', 'sub/keys.json', 'sub/keys.properties']) {
      assert.ok(problems[0]?.message.includes(`/conf/${name}`), name);
      assert.ok(sources.lookedFor.has(FOLDER + name), `${name} may appear later`);
    }
  });

  it('drops a whole file without extension for its required include, and says so', async () => {
    const { root, problems } = await launch({
      'a.conf': 'include "b"\na = 1',
      'b.conf': 'b = 1\ninclude required("none.conf")',
    });
    assert.ok(codes(problems).includes('hocon/include-dropped'));
    assert.deepEqual(errors(problems), []);
    assert.deepEqual(toJson(root), { a: 1 });
  });
});

describe('the folder that the name of a nearby file is relative to', () => {
  for (const [file, target, folder] of [
    ['file:///conf/b.conf', 'b.conf', 'file:///conf'],
    ['file:///conf/b.conf', 'b', 'file:///conf'],
    ['file:///conf/sub/b.json', 'sub/b', 'file:///conf'],
    ['file:///conf/b.properties', 'b', 'file:///conf'],
    ['file:///conf/ab.conf', 'b.conf', undefined],
    ['file:///conf/b.txt', 'b', undefined],
  ] as const) {
    it(`is ${folder ?? 'none'} for ${target} as ${file}`, () => {
      assert.equal(nearbyFolder(file, target), folder);
    });
  }
});

describe('includes in a circle', () => {
  it('are an error at the one that closes it, and everything else counts', async () => {
    const { root, problems } = await launch({
      'a.conf': 'a = 1\ninclude "b.conf"\nz = 3',
      'b.conf': 'b = 2\ninclude "a.conf"',
    });
    assert.deepEqual(
      problems.map(({ code, uri }) => [code, uri]),
      [['hocon/include-cycle', `${FOLDER}b.conf`]],
    );
    assert.deepEqual(toJson(root), { a: 1, b: 2, z: 3 });
  });

  it('may be of one file', async () => {
    const { root, problems } = await launch({ 'a.conf': 'include "a.conf"\na = 1' });
    assert.deepEqual(codes(problems), ['hocon/include-cycle']);
    assert.deepEqual(toJson(root), { a: 1 });
  });

  it('are none where one file is included twice side by side', async () => {
    const { root, problems } = await launch({
      'a.conf': 'x { include "b.conf" }\ny { include "b.conf" }',
      'b.conf': 'b = 1',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { x: { b: 1 }, y: { b: 1 } });
  });
});

describe('many includes', () => {
  it('nested deeper than Canton allows are an error', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 60; i++) files[`f${i}.conf`] = `k${i} = ${i}\ninclude "f${i + 1}.conf"`;
    files['f60.conf'] = 'end = 1';
    const { root, problems } = await launch(files);
    assert.deepEqual(codes(problems), ['hocon/include-depth']);
    assert.deepEqual(root.entries.get('k49')?.value.kind, 'number');
  });

  it('of which each includes two others end', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 40; i++) files[`f${i}.conf`] = `a { include "f${i + 1}.conf" }\nb { include "f${i + 1}.conf" }`;
    files['f40.conf'] = 'end = 1';
    const { problems } = await launch(files, { environment: closed() });
    assert.ok(codes(problems).includes('hocon/include-depth'));
  });

  it('of one file read it once', async () => {
    const reads: string[] = [];
    const files = {
      read: async (uri: string) => {
        reads.push(uri);
        return uri === `${FOLDER}a.conf` ? 'x { include "b.conf" }\n'.repeat(100) : 'b = 1';
      },
    };
    await loadSources([{ uri: `${FOLDER}a.conf` }], files);
    assert.deepEqual(reads, [`${FOLDER}a.conf`, `${FOLDER}b.conf`]);
  });
});

describe('a file included by its whole name', () => {
  it('is the tree that it was read as, without being asked for by its grammar', async () => {
    const { sources, problems } = await launch({
      'a.conf': 'include "kms.json"\ninclude "b.properties"',
      'kms.json': '{ "a": 1 }\nb = {\n',
      'b.properties': 'x = 1\ny = ${nope}\n',
    });
    assert.equal(sources.get(`${FOLDER}kms.json`)?.syntax, 'conf');
    assert.equal(sources.get(`${FOLDER}b.properties`)?.syntax, 'conf');
    assert.ok(errors(problems).some(({ uri }) => uri === `${FOLDER}kms.json`));
  });

  it('is the tree of its own grammar where it was read as that, too', async () => {
    const { sources } = await launch({ 'a.conf': 'include "b"\ninclude "b.json"', 'b.json': '{ "a": 1 }' });
    assert.equal(sources.get(`${FOLDER}b.json`)?.syntax, 'json');
    assert.equal(sources.get(`${FOLDER}b.json`, 'conf')?.syntax, 'conf');
  });
});

describe('an include of a name that no file can have', () => {
  it('finds nothing', async () => {
    for (const name of [
      '"\\ud83d.conf"',
      '"\\ud83d"',
      'file("\\ud83d.conf")',
      'url("file:/\\ud83d.conf")',
      '"a\\u0000b.conf"',
    ]) {
      const { root, problems } = await launch({ 'a.conf': `include ${name}\na = 1` }, { workingDirectory: FOLDER });
      assert.deepEqual(toJson(root), { a: 1 }, name);
      assert.deepEqual(errors(problems), [], name);
    }
  });

  it('is an error where it is required', async () => {
    const { problems } = await launch({ 'a.conf': 'include required("\\ud83d.conf")\na = 1' });
    assert.deepEqual(codes(errors(problems)), ['hocon/include-not-found']);
  });
});

describe('a URL in an include', () => {
  const withDirectory = (files: Record<string, string>) => launch(files, { workingDirectory: FOLDER });
  const json = async (files: Record<string, string>) => toJson((await withDirectory(files)).root);

  it('is trimmed and may be called one', async () => {
    for (const name of ['" file:b.conf"', '"file:b.conf "', '"URL:file:b.conf"', 'url(" file:b.conf")']) {
      assert.deepEqual(await json({ 'a.conf': `include ${name}`, 'b.conf': 'b = 1' }), { b: 1 }, name);
    }
  });

  it('that is relative is the path as it is written, without query and fragment', async () => {
    for (const name of ['file:b%20c.conf', 'file:b%20c.conf#part', 'file:b%20c.conf?x=1']) {
      const files = { 'a.conf': `include url("${name}")`, 'b%2520c.conf': 'b = 1', 'b%20c.conf': 'b = 2' };
      assert.deepEqual(await json(files), { b: 1 }, name);
    }
  });

  it('that is whole is decoded', async () => {
    assert.deepEqual(await json({ 'a.conf': 'include url("file:/conf/b%20c.conf")', 'b%20c.conf': 'b = 2' }), { b: 2 });
  });

  it('that is a bare name includes nothing by name itself', async () => {
    const files = { 'a.conf': 'include "file:b.conf"', 'b.conf': 'b = 1\ninclude "c.conf"', 'c.conf': 'c = 1' };
    assert.deepEqual(await json(files), { b: 1 });
  });

  it('that Java refuses is the name of a file, unless url() says otherwise', async () => {
    for (const name of ['http://h:x/b.conf', 'jar:x', 'file://h:x/b.conf']) {
      assert.deepEqual(errors((await withDirectory({ 'a.conf': `include "${name}"` })).problems), [], name);
      const { problems } = await withDirectory({ 'a.conf': `include url("${name}")` });
      assert.deepEqual(codes(errors(problems)), ['hocon/bad-url'], name);
    }
  });
});

describe('a list that is appended to very often', () => {
  const appends = (count: number, key = 'a') => `${key} += 1\n`.repeat(count);

  it('is a warning, once', async () => {
    const { problems } = await launch({ 'a.conf': appends(450) });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/many-appends', 'warning']],
    );
  });

  it('is none where the lists are different ones, or short', async () => {
    const { problems } = await launch({ 'a.conf': appends(150) + appends(150, 'b') });
    assert.deepEqual(problems, []);
  });

  it('counts over all files', async () => {
    const files = { 'a.conf': `include "b.conf"\n${appends(150)}`, 'b.conf': appends(150) };
    assert.deepEqual(codes((await launch(files)).problems), ['hocon/many-appends']);
  });
});

describe('very many definitions of one key', () => {
  it('are merged whatever their number', async () => {
    const { problems } = await launch(
      { 'a.conf': 'a = 1\n'.repeat(200_000), 'b.conf': 'a = 2\n'.repeat(200_000) },
      {
        roots: ['a.conf', 'b.conf'],
      },
    );
    assert.deepEqual(problems, []);
  });
});
