import assert from 'node:assert/strict';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

const ROOT = 'include "kms.conf"\n-- kms.conf --\ncanton.participants.p1.crypto.kms { type = aws, region = x }\n';

describe('snapshots', () => {
  it('are the same object while nothing that they read changes', async () => {
    const { service, workspace, fixture } = workbench(ROOT);
    const first = await workspace.snapshot(fixture.main.uri);
    service.update(uriOf('unrelated.conf'), 'a = 1');
    assert.equal(await workspace.snapshot(fixture.main.uri), first);
    service.update(fixture.main.uri, fixture.main.text);
    assert.notEqual(await workspace.snapshot(fixture.main.uri), first);
  });

  it('follow an included file that is opened, edited and closed', async () => {
    const { service, fixture } = workbench(ROOT);
    const mode = async () => (await service.nodes(fixture.main.uri))[0]?.kmsType;
    assert.equal(await mode(), 'aws');
    service.update(uriOf('kms.conf'), 'canton.participants.p1.crypto.kms.type = gcp');
    assert.equal(await mode(), 'gcp');
    service.close(uriOf('kms.conf'));
    assert.equal(await mode(), 'aws');
  });

  it('follow a file on disk once it is told, be it new, changed or gone', async () => {
    const { service, workspace, fixture, disk } = workbench(
      'include "later"\ncanton.participants.p1.crypto.kms.type = aws\n',
    );
    const region = async () => (await workspace.snapshot(fixture.main.uri)).files.length;
    assert.equal(await region(), 1);
    disk.set(uriOf('later.conf'), 'a = 1');
    service.changedOnDisk([uriOf('later.conf')]);
    assert.equal(await region(), 2);
    disk.delete(uriOf('later.conf'));
    service.changedOnDisk();
    assert.equal(await region(), 1);
  });

  it('follow a file that begins to include the document', async () => {
    const { service, workspace, fixture, disk } = workbench('type = aws\n-- root.conf --\na = 1\n');
    assert.equal((await workspace.setsOf(fixture.main.uri))[0]?.name, 'main.conf');
    disk.set(uriOf('root.conf'), 'include "main"');
    service.changedOnDisk([uriOf('root.conf')]);
    assert.equal((await workspace.setsOf(fixture.main.uri))[0]?.name, 'root.conf');
    service.update(uriOf('root.conf'), 'a = 1');
    assert.equal((await workspace.setsOf(fixture.main.uri))[0]?.name, 'main.conf');
  });

  it('follow the project file, its env file and the settings', async () => {
    const { service, workspace, fixture, disk } =
      workbench(`canton.participants.p1.crypto.kms { type = aws, region = \${R} }
-- canton-kms.json --
{ "envFile": "prod.env" }
-- prod.env --
R = one
`);
    const region = async () => {
      const { nodes } = await workspace.snapshot(fixture.main.uri);
      const kms = nodes[0]?.crypto?.entries.get('kms')?.value;
      const value = kms?.kind === 'object' ? kms.entries.get('region')?.value : undefined;
      return value?.kind === 'string' ? value.value : value?.kind;
    };
    assert.equal(await region(), 'one');
    disk.set(uriOf('prod.env'), 'R = two');
    service.changedOnDisk([uriOf('prod.env')]);
    assert.equal(await region(), 'two');
    disk.set(uriOf('canton-kms.json'), '{ "environment": { "R": "three" } }');
    service.changedOnDisk([uriOf('canton-kms.json')]);
    assert.equal(await region(), 'three');
    disk.delete(uriOf('canton-kms.json'));
    service.changedOnDisk([uriOf('canton-kms.json')]);
    assert.equal(await region(), 'unknown');
    service.configure({ environment: { variables: new Map([['R', 'four']]), closed: true } });
    assert.equal(await region(), 'four');
  });

  it('say who depends on whom', async () => {
    const { service, fixture } = workbench(ROOT);
    assert.deepEqual(await service.dependents(uriOf('kms.conf')), [fixture.main.uri]);
    assert.deepEqual(await service.dependents(uriOf('other.conf')), []);
  });
});
