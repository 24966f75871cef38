import assert from 'node:assert/strict';
import { checkText } from '../../../rules/check-text';
import { accept, itemFor, labels } from './complete';

const snippets = { snippets: true };
const node = (text: string) => `canton.participants.p1 {\n  crypto {\n    ${text}\n  }\n}\n`;

describe('completion of whole sections', () => {
  it('offers the KMS of each provider with all keys that Canton requires', async () => {
    assert.ok(
      (await accept(node('‸'), 'kms (aws)', snippets)).includes('kms {\n\ttype = aws\n\tregion = ${1:us-east-1}\n}$0'),
    );
    assert.ok(
      (await accept(node('‸'), 'kms (gcp)', snippets)).includes(
        'kms {\n\ttype = gcp\n\tlocation-id = ${1:us-east1}\n\tproject-id = ${2:my-project}\n\tkey-ring-id = ${3:canton-keys}\n}$0',
      ),
    );
    assert.ok(
      (await accept(node('‸'), 'kms (driver)', snippets)).includes(
        'kms {\n\ttype = driver\n\tname = ${1:aws-kms}\n\tconfig {\n\t\t$2\n\t}\n}$0',
      ),
    );
  });

  it('offers a node with storage, ports and a place for its crypto section where nodes stand', async () => {
    const text = await accept('canton.participants {\n  ‸\n}\n', 'new participant', snippets);
    assert.ok(text.includes('${1:participant1} {\n\tstorage {\n\t\ttype = postgres\n\t\tconfig {\n'), text);
    assert.ok(text.includes('\t\t\t\tpassword = \\${${6:POSTGRES_PASSWORD}\\}\n'), text);
    assert.ok(text.includes('\tledger-api {\n\t\tport = ${8:5011}\n\t}\n\tcrypto {\n\t\t$0\n\t}\n}'), text);
    const second = await accept('canton { sequencers { sequencer1 { }, seq‸ } }', 'new sequencer');
    assert.ok(second.includes('sequencer2 {'), second);
    // An editor without tab stops would insert ports that nobody has chosen.
    assert.ok(!second.includes('port'), second);
    assert.deepEqual(
      checkText(second).filter(({ code }) => /^(?:read|hocon)\//.test(code)),
      [],
      second,
    );
    const found = await labels('canton { ‸ }\n', snippets);
    assert.ok(!found.some((label) => label.startsWith('new ')), found.join());
  });

  it('offers a node of every kind at the root of a file that has no keys yet', async () => {
    for (const empty of ['‸', '# A comment.\n‸\n', 'par‸']) {
      const text = await accept(empty, 'new participant', snippets);
      assert.ok(text.includes('canton.participants.${1:participant1} {\n\tstorage {'), text);
    }
    const { filterText } = await itemFor('can‸', 'new participant');
    assert.ok(filterText?.startsWith('canton.participants'), filterText);
    const plain = await accept('‸', 'new sequencer');
    assert.deepEqual(
      checkText(plain).filter(({ code }) => /^(?:read|hocon)\//.test(code)),
      [],
      plain,
    );
    const kinds = (found: string[]) => found.filter((label) => label.startsWith('new '));
    assert.deepEqual(kinds(await labels('‸')), ['new participant', 'new sequencer', 'new mediator']);
    assert.deepEqual(kinds(await labels('canton.participants.p1 {}\n‸')), []);
  });

  it('offers the storage of PostgreSQL with its connection', async () => {
    const text = await accept('canton.participants.p1 {\n  ‸\n}\n', 'storage (postgres)', snippets);
    const connection = [
      'dataSourceClass = "org.postgresql.ds.PGSimpleDataSource"',
      'properties {',
      '\tserverName = ${1:localhost}',
      '\tportNumber = ${2:5432}',
      '\tdatabaseName = ${3:canton}',
      '\tuser = \\${${4:POSTGRES_USER}\\}',
      '\tpassword = \\${${5:POSTGRES_PASSWORD}\\}',
      '}',
    ];
    const config = connection.map((line) => `\t\t${line}\n`).join('');
    assert.ok(text.includes(`storage {\n\ttype = postgres\n\tconfig {\n${config}\t}\n}$0`), text);
  });

  it('offers the crypto section of each mode in a node that has none, and never inside one', async () => {
    const text = await accept('canton.participants.p1 {\n  ‸\n}\n', 'crypto (aws, external keys)', snippets);
    assert.ok(
      text.includes('crypto {\n\tprovider = kms\n\tkms {\n\t\ttype = aws\n\t\tregion = ${1:us-east-1}\n\t}\n}$0'),
      text,
    );
    for (const type of ['aws', 'gcp', 'driver']) {
      const plain = await accept('canton.participants.p1 {\n  ‸\n}\n', `crypto (${type}, envelope encryption)`);
      assert.deepEqual(
        checkText(plain).filter(({ code }) => /^(?:read|hocon)\//.test(code)),
        [],
        plain,
      );
    }
    for (const other of [node('‸'), 'canton.participants.p1 { crypto { }, ‸ }', 'canton.participants.p1.‸']) {
      const found = await labels(other, snippets);
      assert.ok(!found.some((label) => label.startsWith('crypto (')), found.join());
    }
  });

  it('previews a section as it will be inserted, with its indentation', async () => {
    const { documentation } = await itemFor(node('‸'), 'kms (aws)', snippets);
    const shown = typeof documentation === 'string' ? '' : (documentation?.value ?? '');
    assert.ok(shown.includes('\nkms {\n  type = aws\n  region = us-east-1\n}\n'), shown);
  });

  it('lets the type be chosen where the section is asked for as such', async () => {
    assert.ok((await accept(node('km‸'), 'kms', snippets)).includes('kms {\n\ttype = ${1|aws,gcp,driver|}\n}$0'));
  });

  it('offers envelope encryption from the crypto section and from the key store', async () => {
    const text = 'private-key-store.encryption {\n\ttype = kms\n}$0';
    assert.ok((await accept(node('priv‸'), 'private-key-store.encryption (kms)', snippets)).includes(text));
    assert.ok(
      (await accept(node('private-key-store { ‸ }'), 'encryption', snippets)).includes(
        'encryption {\n\ttype = kms\n}$0',
      ),
    );
    assert.ok(
      (await accept(node('private-key-store.‸'), 'encryption (kms)', snippets)).includes('store.encryption {\n'),
    );
  });

  it('does not offer a section that is there', async () => {
    const found = await labels(node('kms { type = aws, region = us-east-1 }\n    ‸'), snippets);
    assert.ok(!found.some((label) => label.startsWith('kms')), found.join());
    assert.ok(found.includes('private-key-store.encryption (kms)'));
  });

  it('offers everything required that a section lacks', async () => {
    const gcp = await accept(
      node('kms {\n      type = gcp\n      project-id = p\n      ‸\n    }'),
      'location-id, key-ring-id',
    );
    assert.ok(gcp.includes('      location-id = us-east1\n      key-ring-id = canton-keys\n'), gcp);
    const aws = await accept(node('kms { ‸ }'), 'type = aws, region');
    assert.ok(aws.includes('kms { type = aws, region = us-east-1 }'), aws);
    const failures = await accept(
      node('kms.retries.failures {\n‸\n}'),
      'initial-delay, max-delay, max-retries',
      snippets,
    );
    assert.ok(failures.includes('initial-delay = ${1:500ms}\nmax-delay = ${2:10s}\nmax-retries = ${3:20}'), failures);
  });

  it('fills a section that has required keys as soon as it is opened', async () => {
    const text = await accept(node('session‸'), 'session-signing-keys', snippets);
    assert.ok(text.includes('session-signing-keys {\n\tenabled = ${1|true,false|}\n}$0'), text);
  });

  it('indents by itself for editors without tab stops, as the file does', async () => {
    const text = await accept(node('‸'), 'kms (aws)');
    assert.ok(text.includes('\n    kms {\n      type = aws\n      region = us-east-1\n    }\n'), text);
  });

  it('writes JSON where the file is JSON', async () => {
    const text = await accept(
      '-- a.json --\n{ "canton": { "participants": { "p1": { "crypto": { ‸ } } } } }',
      'kms (aws)',
    );
    assert.match(text, /"kms": \{\s+"type": "aws",\s+"region": "us-east-1"\s+\}/);
  });

  it('shows the text before it is accepted', async () => {
    const { documentation } = await itemFor(node('‸'), 'kms (aws)', snippets);
    assert.match(
      typeof documentation === 'string' ? '' : (documentation?.value ?? ''),
      /type = aws\n.*region = us-east-1\n/s,
    );
  });

  it('gives what Canton loads', async () => {
    for (const label of ['kms (aws)', 'kms (gcp)', 'kms (driver)', 'session-signing-keys', 'kms.retries.failures']) {
      const asKey = label.startsWith('kms.')
        ? node('kms { type = aws, region = us-east-1, retries { fail‸ } }')
        : node('‸');
      const text = await accept(asKey, label.split('.').at(-1) as string);
      const errors = checkText(text).filter(({ code }) => code.startsWith('read/') || code.startsWith('hocon/'));
      assert.deepEqual(errors, [], text);
    }
  });
});
