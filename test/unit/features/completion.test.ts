import assert from 'node:assert/strict';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { VersionWish } from '../../../server/src/canton';
import { workbench } from '../../kit/service';

async function complete(marked: string, force: VersionWish = {}): Promise<CompletionItem[]> {
  const { service, cursor } = workbench(marked, { force });
  const items = await service.completion(cursor.uri, cursor.position, { snippets: false });
  return [...items].sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
}

async function labels(marked: string, force: VersionWish = {}): Promise<string[]> {
  return (await complete(marked, force)).map(({ label }) => label);
}

/** The text after accepting the completion. */
async function accept(marked: string, label: string): Promise<string> {
  const { fixture } = workbench(marked);
  const item = (await complete(marked)).find((one) => one.label === label);
  assert.ok(item !== undefined, `${label} is not offered`);
  const document = TextDocument.create(fixture.main.uri, '', 1, fixture.main.text);
  return TextDocument.applyEdits(document, [item.textEdit as TextEdit]);
}

const inKms = (text: string) => `canton.participants.p1.crypto {\n  provider = kms\n  kms {\n${text}\n  }\n}\n`;

describe('completion of keys', () => {
  it('begins with canton and knows the node sections of the version', async () => {
    assert.deepEqual(await labels('‸'), ['canton']);
    const sections = await labels('canton { ‸ }');
    assert.ok(sections.includes('participants') && sections.includes('sequencers'));
    assert.ok(!sections.includes('domains'));
    assert.ok((await labels('canton { ‸ }', { version: '2.10' })).includes('domains'));
  });

  it('offers the keys of the chosen provider, required ones first, written ones left out', async () => {
    const found = await labels(inKms('    type = gcp\n    project-id = p\n    ‸'));
    assert.deepEqual(found.slice(0, 2), ['key-ring-id', 'location-id']);
    assert.ok(found.includes('audit-logging'));
    for (const absent of ['project-id', 'type', 'region', 'multi-region-key'])
      assert.ok(!found.includes(absent), absent);
  });

  it('offers type and the keys of every provider until type is written', async () => {
    const found = await labels(inKms('    ‸'));
    assert.equal(found[0], 'config');
    for (const key of ['type', 'region', 'project-id', 'name']) assert.ok(found.includes(key), key);
  });

  it('works the same in dotted paths, also right after the dot', async () => {
    const dotted = await labels('canton.participants.p1.crypto.kms.type = aws\ncanton.participants.p1.crypto.kms.‸');
    assert.equal(dotted[0], 'region');
    assert.ok(!dotted.includes('type'));
    const nested = await labels('canton.participants.p1 { crypto.kms.type = aws, crypto.kms.re‸ }');
    assert.equal(nested[0], 'region');
  });

  it('differs by version', async () => {
    const keys = (version: '3.4' | '3.5') => labels('canton.participants.p1.crypto { ‸ }', { version });
    assert.ok((await keys('3.5')).includes('session-signing-keys'));
    assert.ok(!(await keys('3.4')).includes('session-signing-keys'));
  });

  it('knows where an included fragment ends up', async () => {
    const found = await labels(
      'type = aws\n‸\n-- root.conf --\ncanton.participants.p1.crypto.kms { include "main.conf" }\n',
    );
    assert.equal(found[0], 'region');
  });

  it('knows where a shared object ends up', async () => {
    const found = await labels('_kms { type = aws\n ‸ }\ncanton.participants.p1.crypto.kms = ${_kms}\n');
    assert.equal(found[0], 'region');
  });

  it('offers nothing where Canton reads nothing', async () => {
    assert.deepEqual(await labels('canton.x = [ { ‸ } ]'), []);
    assert.deepEqual(await labels('other { ‸ }'), []);
    assert.deepEqual(await labels('canton { # ‸ }'), []);
  });

  it('offers a section in braces only once, but one written in paths again', async () => {
    assert.ok(!(await labels('canton.participants.p1.crypto { kms { }\n ‸ }')).includes('kms'));
    assert.ok((await labels('canton.participants.p1.crypto { kms.type = aws\n ‸ }')).includes('kms'));
  });
});

describe('accepting a key', () => {
  it('writes the separator of its neighbours', async () => {
    assert.match(await accept(inKms('    type = aws\n    reg‸'), 'region'), /\n {4}region = \n/);
    assert.match(await accept(inKms('    type: aws\n    reg‸'), 'region'), /\n {4}region: \n/);
    assert.match(await accept(inKms('    type=aws\n    ‸'), 'region'), /\n {4}region=\n/);
  });

  it('keeps what follows the name already', async () => {
    assert.match(await accept(inKms('    type = aws\n    reg‸ = x'), 'region'), /\n {4}region = x\n/);
    assert.match(await accept(inKms('    type = aws\n    re‸tri { }'), 'retries'), /\n {4}retries \{ }\n/);
  });

  it('opens a section, or only names it within a path', async () => {
    assert.match(await accept('canton.participants.p1.crypto { k‸ }', 'kms'), /crypto \{ kms \{ }/);
    assert.match(await accept('canton.participants.p1.crypto.k‸\n', 'kms'), /crypto\.kms\n/);
  });
});

describe('completion of values', () => {
  const value = (text: string) => `canton.participants.p1.crypto { ${text} }`;

  it('offers the spellings of an enumeration', async () => {
    assert.deepEqual(await labels(value('provider = ‸')), ['jce', 'kms']);
    assert.deepEqual(await labels(value('kms { type = ‸ }')), ['aws', 'gcp', 'driver']);
    assert.deepEqual(await labels(value('private-key-store.encryption.type = ‸')), ['kms']);
  });

  it('offers true and false', async () => {
    assert.deepEqual(await labels(value('kms { type = aws, multi-region-key = ‸ }')), ['true', 'false']);
  });

  it('offers what a list does not have yet', async () => {
    const found = await labels(value('signing.algorithms.allowed = [ed-25519, ‸]'));
    assert.ok(found.includes('ec-dsa-sha-256'));
    assert.ok(!found.includes('ed-25519'));
  });

  it('replaces the half-typed word, also inside quotes, and sets the blank that is missing', async () => {
    assert.match(await accept(value('kms { type = g‸ }'), 'gcp'), /type = gcp }/);
    assert.match(await accept(value('kms { type = "g‸" }'), 'gcp'), /type = "gcp" }/);
    assert.match(await accept(value('kms { type =‸ }'), 'gcp'), /type = gcp }/);
  });
});
