import assert from 'node:assert/strict';
import { accept, complete, itemFor, keys, labels } from './complete';

const inKms = (text: string) => `canton.participants.p1.crypto {\n  provider = kms\n  kms {\n${text}\n  }\n}\n`;

describe('completion of keys', () => {
  it('begins with canton and knows the node sections of the version', async () => {
    assert.deepEqual(await labels('‸'), ['new participant', 'new sequencer', 'new mediator', 'canton', 'include']);
    const sections = await keys('canton { ‸ }');
    assert.ok(sections.includes('participants') && sections.includes('sequencers'));
    assert.ok(!sections.includes('domains'));
    assert.ok((await keys('canton { ‸ }', { force: { version: '2.10' } })).includes('domains'));
  });

  it('offers the keys of the chosen provider, required ones first, written ones left out', async () => {
    const found = await keys(inKms('    type = gcp\n    project-id = p\n    ‸'));
    assert.deepEqual(found.slice(0, 2), ['key-ring-id', 'location-id']);
    assert.ok(found.includes('audit-logging'));
    for (const absent of ['project-id', 'type', 'region', 'multi-region-key'])
      assert.ok(!found.includes(absent), absent);
    assert.equal((await itemFor(inKms('    type = gcp\n    ‸'), 'location-id')).detail, 'required');
    assert.equal((await itemFor(inKms('    type = gcp\n    ‸'), 'audit-logging')).detail, 'false');
  });

  it('offers type first and the keys of every provider, with its name, until type is written', async () => {
    const found = await keys(inKms('    ‸'));
    assert.equal(found[0], 'type');
    for (const key of ['region', 'project-id', 'name']) assert.ok(found.includes(key), key);
    assert.equal((await itemFor(inKms('    ‸'), 'region')).detail, 'aws');
    assert.equal((await itemFor(inKms('    ‸'), 'endpoint-override')).detail, 'aws, gcp');
  });

  it('works the same in dotted paths, also right after the dot', async () => {
    const dotted = await keys('canton.participants.p1.crypto.kms.type = aws\ncanton.participants.p1.crypto.kms.‸');
    assert.equal(dotted[0], 'region');
    assert.ok(!dotted.includes('type'));
    const nested = await keys('canton.participants.p1 { crypto.kms.type = aws, crypto.kms.re‸ }');
    assert.equal(nested[0], 'region');
  });

  it('differs by version', async () => {
    const of = (version: '3.4' | '3.5') => keys('canton.participants.p1.crypto { ‸ }', { force: { version } });
    assert.ok((await of('3.5')).includes('session-signing-keys'));
    assert.ok(!(await of('3.4')).includes('session-signing-keys'));
  });

  it('puts deprecated keys last, marked as such', async () => {
    const items = await complete(inKms('    type = aws\n    ‸'), { force: { version: '3.5' } });
    const deprecated = items.filter(({ tags }) => tags?.includes(1)).map(({ label }) => label);
    assert.deepEqual(deprecated, ['session-signing-keys']);
    const shown = items.filter(({ label }) => label !== 'include');
    assert.equal(shown.at(-1)?.label, 'session-signing-keys');
  });

  it('offers nothing where Canton reads nothing', async () => {
    assert.deepEqual(await labels('canton.x = [ { ‸ } ]'), []);
    assert.deepEqual(await labels('other { ‸ }'), []);
    assert.deepEqual(await labels('canton { # ‸ }'), []);
  });

  it('keeps quiet where a blank or a brace was typed between keys', async () => {
    for (const trigger of [' ', '{']) assert.deepEqual(await labels('canton { ‸ }', { trigger }), []);
    assert.ok((await labels('canton.participants.p1.crypto.‸', { trigger: '.' })).includes('kms'));
  });

  it('knows the nodes that other places have, and does not take a half-typed name for one', async () => {
    const base = '\n-- base.conf --\ncanton.participants { p1 { }, "p 2" { } }\n';
    assert.deepEqual(await keys(`include "base.conf"\ncanton.participants.‸${base}`), ['p 2', 'p1']);
    assert.match(await accept(`include "base.conf"\ncanton.participants.‸${base}`, 'p 2'), /participants\."p 2"\n/);
    assert.deepEqual(await keys('canton.participants { p1 { }, other‸ }'), []);
  });
});

describe('completion of keys in shared configuration', () => {
  it('knows where an included fragment ends up', async () => {
    const found = await keys(
      'type = aws\n‸\n-- root.conf --\ncanton.participants.p1.crypto.kms { include "main.conf" }\n',
    );
    assert.equal(found[0], 'region');
  });

  it('knows it of a fragment with nothing in it yet', async () => {
    const found = await keys('‸\n-- root.conf --\ncanton.participants.p1.crypto { include required("main.conf") }\n');
    assert.ok(found.includes('private-key-store'), found.join());
    const dotted = await keys(
      'kms.type = gcp\nkms.‸\n-- root.conf --\ncanton.sequencers.s1.crypto { include "main" }\n',
    );
    assert.equal(dotted[0], 'key-ring-id');
  });

  it('knows where a shared object ends up, also an empty one, in a path or through another', async () => {
    const use = 'canton.participants.p1.crypto.kms = ${_kms}\n';
    assert.equal((await keys(`_kms { type = aws\n ‸ }\n${use}`))[0], 'region');
    assert.equal((await keys(`_kms { ‸ }\n${use}`))[0], 'type');
    assert.equal((await keys(`_kms.type = aws\n_kms.‸\n${use}`))[0], 'region');
    assert.equal((await keys(`_base { ‸ }\n_kms = \${_base} { type = aws }\n${use}`))[0], 'region');
    const deep = '_shared { crypto { kms { type = gcp, ‸ } } }\ncanton.participants.p1 = ${_shared}\n';
    assert.equal((await keys(deep))[0], 'key-ring-id');
  });

  it('knows it across files, below the place that the file is included at', async () => {
    const found = await keys(`canton.participants.p1.crypto { include "crypto.conf" }
-- crypto.conf --
_aws { type = aws, ‸ }
kms = \${_aws}
`);
    assert.equal(found[0], 'region');
  });

  it('offers the keys of every place that a shared object is used at', async () => {
    const found = await keys('_x { ‸ }\ncanton.participants.p1.crypto.kms = ${_x}\ncanton.parameters = ${_x}\n');
    assert.ok(found.includes('region') && found.includes('non-standard-config'), found.join());
  });

  it('is not led astray by objects that copy each other', async () => {
    assert.deepEqual(await keys('a { ‸ }\nb = ${a}\na = ${b}\n'), []);
  });
});

describe('completion of keys that are there', () => {
  const use = 'canton.participants.p1.crypto { kms.type = aws }\n';

  it('leaves out what another part of the same object has', async () => {
    const twice = await keys(`${use}canton.participants.p1 { crypto.kms { ‸ } }`);
    assert.ok(twice.includes('region') && !twice.includes('type'), twice.join());
    const below = await keys('canton.participants.p1.crypto.kms { ‸ }\ncanton.participants.p1.crypto.kms.type = aws');
    assert.ok(!below.includes('type'));
  });

  it('says of a key that it would override another', async () => {
    const text = `_kms { type = aws, region = us-east-1 }\ncanton.participants.p1.crypto.kms = \${_kms} { ‸ }\n`;
    const found = await keys(text);
    assert.ok(found.indexOf('region') > found.indexOf('audit-logging'), found.join());
    assert.equal((await itemFor(text, 'region')).detail, 'set elsewhere');
  });

  it('offers a section in braces only once, but in paths again', async () => {
    assert.ok(!(await keys('canton.participants.p1.crypto { kms { }\n ‸ }')).includes('kms'));
    assert.ok((await keys('canton.participants.p1.crypto { kms.type = aws\n ‸ }')).includes('kms'));
    assert.ok(
      (await keys('canton.participants.p1.crypto { kms { } }\ncanton.participants.p1.crypto.‸')).includes('kms'),
    );
  });

  it('never offers a key twice', async () => {
    const texts = ['canton { ‸ }', inKms('‸'), inKms('type = aws\n‸'), 'canton.participants.p1 { ‸ }'];
    for (const text of texts) {
      const found = await labels(text, { snippets: true });
      assert.equal(new Set(found).size, found.length, found.join());
    }
  });
});

describe('accepting a key', () => {
  it('writes the separator of its neighbors', async () => {
    assert.match(await accept(inKms('    type = aws\n    reg‸'), 'region'), /\n {4}region = \n/);
    assert.match(await accept(inKms('    type: aws\n    reg‸'), 'region'), /\n {4}region: \n/);
    assert.match(await accept(inKms('    type=aws\n    ‸'), 'region'), /\n {4}region=\n/);
  });

  it('keeps what follows the name already', async () => {
    assert.match(await accept(inKms('    type = aws\n    reg‸ = x'), 'region'), /\n {4}region = x\n/);
    assert.match(await accept(inKms('    type = aws\n    re‸tri { }'), 'retries'), /\n {4}retries \{ }\n/);
  });

  it('replaces a word in quotes, the quotes included', async () => {
    assert.match(await accept(inKms('    type = aws\n    "reg‸"'), 'region'), /\n {4}"region" = \n/);
    assert.match(await accept(inKms('    type = aws\n    "reg‸'), 'region'), /\n {4}"region" = \n/);
    assert.match(await accept(inKms('    type = aws\n    "r‸eg" = x'), 'region'), /\n {4}"region" = x\n/);
    assert.equal((await itemFor(inKms('    type = aws\n    "reg‸"'), 'region')).filterText, '"region"');
  });

  it('opens a section, or only names it within a path', async () => {
    assert.match(await accept('canton.participants.p1.crypto { k‸ }', 'kms'), /crypto \{ kms \{ }/);
    assert.match(await accept('canton.participants.p1.crypto.k‸\n', 'kms'), /crypto\.kms\n/);
  });
});

describe('completion of keys in shared configuration that nothing refers to yet', () => {
  it('goes by the name of the section', async () => {
    assert.equal((await keys('_kms { type = aws, ‸ }'))[0], 'region');
    assert.equal((await keys('_shared { crypto { kms { type = gcp, ‸ } } }'))[0], 'key-ring-id');
    assert.ok((await keys('_shared.crypto { ‸ }')).includes('private-key-store'));
    assert.equal((await keys('aws-kms.‸'))[0], 'type');
  });

  it('goes by what is in it, as in a file that will be included', async () => {
    assert.equal((await keys('type = gcp\nproject-id = p\n‸'))[0], 'key-ring-id');
    assert.ok((await keys('kms { type = aws }\n‸')).includes('provider'));
    assert.equal((await keys('_x { y { type = driver, ‸ } }'))[0], 'config');
  });
});
