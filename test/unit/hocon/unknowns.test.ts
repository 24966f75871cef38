import assert from 'node:assert/strict';
import { type ConfigValue, toJson } from '../../../server/src/hocon/values/config-value';
import { closed, codes, errors, launch, open } from './launch';

/** Cause and subject of what makes a value unknown or an object incomplete. */
function unknownsOf(value: ConfigValue): [string, string][] {
  const unknowns = value.kind === 'unknown' ? [value.reason] : value.kind === 'object' ? value.unknowns : [];
  return unknowns.map(({ cause, subject }) => [cause, subject]);
}

describe('what cannot be known here', () => {
  const environment = open({ SET: 'here' });

  it('is an unset variable, required or optional', async () => {
    const { at, problems, text } = await launch(
      { 'a.conf': 'a = ${UNSET}\nb = ${?UNSET_TOO}\nc = ${SET}' },
      { environment },
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(at('a')), [['environment', 'UNSET']]);
    assert.deepEqual(unknownsOf(at('b')), [['environment', 'UNSET_TOO']]);
    assert.equal(text(at('a').origin.range), '${UNSET}');
    assert.equal(toJson(at('c')), 'here');
  });

  it('is the whole text that such a variable is part of', async () => {
    const { at, problems } = await launch({ 'a.conf': 'url = "http://"${HOST}":80"' }, { environment });
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(at('url')), [['environment', 'HOST']]);
  });

  it('may replace a default, so the default is not certain', async () => {
    const { at, problems } = await launch({ 'a.conf': 'port = 1\nport = ${?PORT}' }, { environment });
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(at('port')), [['environment', 'PORT']]);
  });

  it('no longer matters where a later definition replaces it', async () => {
    const { at } = await launch({ 'a.conf': 'port = ${?PORT}\nport = 1' }, { environment });
    assert.equal(toJson(at('port')), 1);
  });

  it('is not what a dotted path would name: no variable has such a name', async () => {
    const { problems, at } = await launch({ 'a.conf': 'a = ${x.y}\nb = ${?x.y}\nok = 1' }, { environment });
    assert.deepEqual(codes(problems), ['hocon/unresolved']);
    assert.equal(toJson(at('ok')), 1);
  });

  it('is what a missing file would add, for the object around and those inside', async () => {
    const { at, root, problems } = await launch(
      { 'a.conf': 'node {\n  crypto { a = 1 }\n  include "missing.conf"\n}\nother { b = 2 }' },
      { environment },
    );
    assert.deepEqual(errors(problems), []);
    assert.deepEqual(unknownsOf(at('node')), [['include', 'missing.conf']]);
    assert.deepEqual(unknownsOf(at('node.crypto')), [['include', 'missing.conf']]);
    assert.deepEqual(unknownsOf(at('other')), []);
    assert.deepEqual(root.unknowns, []);
  });

  it('is what a URL would add', async () => {
    const { root, at, problems } = await launch(
      { 'a.conf': 'include url("https://example.com/a.conf")\nb = 1' },
      { environment },
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(root), [['url', 'https://example.com/a.conf']]);
    assert.equal(toJson(at('b')), 1);
  });

  it('is what the class path has', async () => {
    const { root, problems } = await launch({ 'a.conf': 'include classpath("reference.conf")' }, { environment });
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(root), [['include', 'reference.conf']]);
  });

  it('is what such a file would add at any depth, for those who refer to it', async () => {
    const { at, problems } = await launch(
      { 'a.conf': 'include url("https:a")\nnode { b = 1 }\nc = ${node.crypto.key}\nd = ${node.b}' },
      { environment },
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(unknownsOf(at('c')), [['url', 'https:a']]);
    assert.equal(toJson(at('d')), 1);
  });

  it('is not a required file: Canton would not start without it', async () => {
    const { problems } = await launch({ 'a.conf': 'include required("missing.conf")' }, { environment });
    assert.deepEqual(codes(errors(problems)), ['hocon/include-not-found']);
  });
});

describe('files that another file of the launch may complete', () => {
  const options = { environment: open(), mayLackFiles: true };

  it('a key that is set nowhere is a warning, and what it stands for is unknown', async () => {
    const { at, problems } = await launch(
      { 'a.conf': 'a = ${_shared.storage}\na.type = x\nb = ${?_shared.b}\nc = 1' },
      options,
    );
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/unresolved', 'warning']],
    );
    assert.match(problems[0]?.message ?? '', /another file of the launch set \(-c\)/);
    assert.deepEqual(unknownsOf(at('a')), [['elsewhere', '_shared.storage']]);
    assert.equal(at('b').kind, 'unknown');
    assert.equal(toJson(at('c')), 1);
  });

  it('a variable beside an object is a key', async () => {
    const { at, problems } = await launch(
      { 'a.conf': 'a = ${_mixin} { b { c = 1 } }\nd = ${MIXIN}\nd { e = 1 }\nf = ${X}' },
      options,
    );
    assert.deepEqual(problems, []);
    for (const path of ['a', 'a.b']) assert.deepEqual(unknownsOf(at(path)), [['elsewhere', '_mixin']]);
    assert.deepEqual(unknownsOf(at('d')), [['elsewhere', 'MIXIN']]);
    assert.equal(toJson(at('a.b.c')), 1);
  });

  it('a value that builds upon itself may have a beginning', async () => {
    const { problems } = await launch({ 'a.conf': '_c = ${_c} { user = alice }\nd = ${e}\ne = ${d}' }, options);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ['hocon/unresolved', 'warning'],
        ['hocon/cycle', 'error'],
      ],
    );
  });

  it('but not where all variables are given', async () => {
    const { problems } = await launch({ 'a.conf': 'a = ${b.c}' }, { mayLackFiles: true });
    assert.deepEqual(codes(errors(problems)), ['hocon/unresolved']);
  });
});

describe('files where Canton runs', () => {
  const environment = open();
  const warnings = async (files: Record<string, string>) =>
    (await launch(files, { environment })).problems.map(({ severity, message }) => `${severity} ${message}`);

  it('of a container are not known', async () => {
    const files = { 'a.conf': 'include file("/app/a.conf")\ninclude required(file("/app/b.conf"))\ninclude "/app/c"' };
    assert.deepEqual(await warnings(files), []);
    assert.equal((await warnings({ 'a.conf': 'include "/conf/b.conf"' })).length, 1);
  });

  it('are looked for in the folder and above it, where they are required', async () => {
    const files = { 'sub/a.conf': 'include required(file("b.conf"))\ninclude file("d.conf")', 'b.conf': '' };
    assert.deepEqual(await warnings(files), []);
    const missing = await warnings({ 'sub/a.conf': 'include required(file("c.conf"))' });
    assert.equal(missing.length, 1);
    assert.match(missing[0] ?? '', /^warning "c\.conf" was not found in this folder or above it\. Canton looks/);
  });

  it('have no variables in their names', async () => {
    const files = { 'a.conf': 'include required(file("${DIR}/a.conf"))\ninclude file("/app/${X}.conf")' };
    const found = await warnings(files);
    assert.equal(found.length, 2);
    for (const each of found) assert.match(each, /^warning HOCON does not resolve substitutions inside quotes/);
  });
});

describe('the rest of a launch of which only a part is here', () => {
  const options = {
    environment: open(),
    roots: ['a.conf', 'b.conf'],
    isPart: true,
    isWhole: (key: string) => key === 'kms',
  };

  it('may hold what is referred to or included, and add to every object that is not whole', async () => {
    const { root, at, problems } = await launch(
      { 'a.conf': 'include required("c.conf")\nnode { kms { a = 1, b { } } }', 'b.conf': 'node { c = ${node.d} }' },
      options,
    );
    assert.deepEqual(problems, []);
    for (const object of [root, at('node')]) assert.ok(unknownsOf(object).some(([cause]) => cause === 'rest'));
    assert.deepEqual(unknownsOf(at('node.c')), [['rest', '']]);
    assert.deepEqual(unknownsOf(at('node.kms')), [['include', 'c.conf']]);
    assert.deepEqual(unknownsOf(at('node.kms.b')), [['include', 'c.conf']]);
  });

  it('is overridden by the part', async () => {
    const { at } = await launch({ 'a.conf': 'a = 1', 'b.conf': 'a = 2' }, options);
    assert.equal(toJson(at('a')), 2);
  });
});

describe('where everything is known', () => {
  it('an unset variable is an error, an optional one is dropped', async () => {
    const { root, problems, text } = await launch({ 'a.conf': 'a = ${UNSET}\nb = ${?UNSET}\nc = 1\nc = ${?UNSET}' });
    assert.deepEqual(
      problems.map(({ code, severity, range }) => [code, severity, text(range)]),
      [['hocon/unresolved', 'error', '${UNSET}']],
    );
    assert.deepEqual(toJson(root), { a: null, c: 1 });
  });

  it('a missing file adds nothing, and is told', async () => {
    const { root, problems } = await launch({ 'a.conf': 'include "missing.conf"\na = 1' });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/include-not-found', 'warning']],
    );
    assert.deepEqual(root.unknowns, []);
    assert.deepEqual(toJson(root), { a: 1 });
  });

  it('a URL is an error, since it is not fetched', async () => {
    const { problems } = await launch({ 'a.conf': 'include url("https://example.com/a.conf")' });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['hocon/url', 'error']],
    );
  });

  it('variables given are all there are', async () => {
    const { root, problems } = await launch(
      { 'a.conf': 'a = ${GIVEN}\nb = ${?OTHER}' },
      { environment: closed({ GIVEN: 'x' }) },
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(toJson(root), { a: 'x' });
  });
});
