import assert from 'node:assert/strict';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const KMS = 'type = aws\nregoin = x\n';

async function setNames(marked: string, path = 'main.conf'): Promise<string[]> {
  const { workspace } = workbench(marked);
  return (await workspace.setsOf(uriOf(path))).map(({ name }) => name).sort();
}

describe('launch sets', () => {
  it('a file that nobody knows is a set of its own', async () => {
    assert.deepEqual(await setNames('a = 1\n-- other.conf --\nb = 1\n'), ['main.conf']);
  });

  it('an included file is checked through the outermost includer', async () => {
    const files = 'a = 1\n-- b.conf --\ninclude "main.conf"\n-- c.conf --\ninclude "b"\n';
    assert.deepEqual(await setNames(files), ['c.conf']);
  });

  it('two includers make two sets, a cycle makes one of each', async () => {
    assert.deepEqual(await setNames('a = 1\n-- b.conf --\ninclude "main"\n-- c.conf --\ninclude "main"\n'), [
      'b.conf',
      'c.conf',
    ]);
    assert.deepEqual(await setNames('a = 1\n-- b.conf --\ninclude "main"\ninclude "c"\n-- c.conf --\ninclude "b"\n'), [
      'b.conf',
      'c.conf',
    ]);
    assert.deepEqual(await setNames('include "main"\n'), ['main.conf']);
  });

  it('declared sets outrank inference, for their roots and for what these include', async () => {
    const project = '-- canton-kms.json --\n{ "launchSets": { "prod": ["sub/root.conf"] } }\n';
    const files = `a = 1\n-- sub/root.conf --\ninclude "../main"\n-- other.conf --\ninclude "main"\n${project}`;
    assert.deepEqual(await setNames(files), ['prod']);
    assert.deepEqual(await setNames(files, 'sub/root.conf'), ['prod']);
    assert.deepEqual(await setNames(files, 'other.conf'), ['other.conf']);
  });

  it('of several sets the chosen one counts, the latest choice first', async () => {
    const { service, fixture } = workbench(`canton.participants.p1.crypto.kms { type = aws, region = \${region} }
-- a.conf --
region = here
-- b.conf --
region = there
-- canton-kms.json --
{ "launchSets": { "a": ["main.conf", "a.conf"], "b": ["main.conf", "b.conf"] } }
`);
    const { uri } = fixture.main;
    const shown = async () => [
      (await service.status(uri)).launchSet,
      /region = \w+/.exec((await service.effective(uri, 'participants.p1'))?.text ?? '')?.[0],
    ];
    assert.deepEqual(await shown(), ['a', 'region = here']);
    const { launchSets } = await service.status(uri);
    const [a, b] = launchSets.map(({ id }) => id) as [string, string];
    service.prefer([b, a]);
    assert.deepEqual(await shown(), ['b', 'region = there']);
    service.prefer(['gone', a, b]);
    assert.deepEqual(await shown(), ['a', 'region = here']);
  });

  it('the nearest project file above counts', async () => {
    const { service } = workbench(`a = 1
-- sub/x.conf --
canton.participants.p1 {}
-- canton-kms.json --
{ "cantonVersion": "3.3" }
-- sub/canton-kms.json --
{ "cantonVersion": "3.4" }
`);
    assert.equal((await service.status(uriOf('sub/x.conf'))).choice.version, '3.4');
    assert.equal((await service.status(uriOf('main.conf'))).choice.version, '3.3');
  });

  it('a directive in the file outranks project and setting', async () => {
    const { service, fixture } = workbench(
      '# canton-kms: version = 3.3\ncanton.participants.p1 {}\n-- canton-kms.json --\n{ "cantonVersion": "3.4", "edition": "community" }\n',
      { requestedVersion: () => ({ version: '2.10' }) },
    );
    const { choice } = await service.status(fixture.main.uri);
    assert.deepEqual([choice.version, choice.versionSource, choice.edition], ['3.3', 'directive', 'community']);
    service.configure({ force: { version: '3.6' } });
    assert.equal((await service.status(fixture.main.uri)).choice.version, '3.6');
  });
});

describe('problems in several launch sets', () => {
  const shared = `${KMS}
-- one.conf --
canton.participants.p1.crypto.kms { include "main.conf" }
-- two.conf --
canton.participants.p2.crypto.kms { include "main.conf" }
canton.participants.p2.crypto.kms.audit-lgging = true
`;

  it('are reported where they are written, once each, with the sets in which they hold', async () => {
    const { service, fixture } = workbench(shared);
    const found = (await service.diagnostics(fixture.main.uri)).filter(({ code }) => code === 'read/unknown-key');
    assert.deepEqual(
      found.map(({ range }) => range.start),
      found.map(() => ({ line: 1, character: 0 })),
    );
    assert.ok(found.length >= 1);
    for (const { message } of found) assert.match(message, /\(In launch sets? .*\.conf\.\)$/);
    const two = await service.diagnostics(uriOf('two.conf'));
    assert.ok(two.some(({ message }) => message.includes('audit-lgging') && !message.includes('launch set')));
  });
});

describe('classification', () => {
  const isOurs = async (marked: string, path = 'main.conf') => workbench(marked).service.classify(uriOf(path));

  it('knows Canton by its content', async () => {
    assert.equal(await isOurs('canton { participants { p1 {} } }'), true);
    assert.equal(await isOurs('server { listen 80; }'), false);
    assert.equal(await isOurs(''), false);
  });

  it('knows a file by the launch set that names it and by the Canton file that includes it', async () => {
    const project = '-- canton-kms.json --\n{ "launchSets": { "prod": ["main.conf"] } }\n';
    assert.equal(await isOurs(`storage { }\n${project}`), true);
    assert.equal(await isOurs('storage { }\n-- r.conf --\ncanton.participants.p1 { include "main" }\n'), true);
    assert.equal(await isOurs('storage { }\n-- r.conf --\nweb { include "main" }\n'), false);
  });

  it('asks about a text that is not open yet', async () => {
    const { service } = workbench('a = 1');
    assert.equal(await service.classify(uriOf('new.conf'), 'canton.participants.p1 {}'), true);
    assert.equal(await service.classify('untitled:Untitled-1', 'canton.participants.p1 {}'), true);
    assert.equal(await service.classify('untitled:Untitled-1', 'a = 1'), false);
  });
});
