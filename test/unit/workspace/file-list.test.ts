import assert from 'node:assert/strict';
import { FileList } from '../../../server/src/workspace/file-list';
import { uriOf } from '../../kit/fixture';
import { workbench } from '../../kit/service';

describe('the files of a workspace', () => {
  function listOf(...names: readonly string[]) {
    const walks = { count: 0 };
    const list = new FileList(async () => {
      walks.count++;
      return names.map(uriOf);
    });
    return { list, walks };
  }

  it('follow events in folders that are known, without another walk', async () => {
    const { list, walks } = listOf('a.conf', 'sub/b.conf');
    await list.files();
    list.changed([
      { uri: uriOf('c.json'), type: 'created' },
      { uri: uriOf('sub/b.conf'), type: 'deleted' },
    ]);
    list.changed([{ uri: uriOf('c.json'), type: 'created' }]);
    assert.deepEqual(await list.files(), [uriOf('a.conf'), uriOf('c.json')]);
    assert.equal(walks.count, 1);
  });

  it('are looked for anew where a file came into another folder, which may be one that is left out', async () => {
    const { list, walks } = listOf('a.conf');
    await list.files();
    list.changed([{ uri: uriOf('node_modules/b.conf'), type: 'created' }]);
    assert.deepEqual(await list.files(), [uriOf('a.conf')]);
    assert.equal(walks.count, 2);
  });

  it('hold a document that was closed before its creation was reported', async () => {
    const { service, disk } = workbench('-- base.conf --\ncanton.participants.p1.crypto.kms.region = x\n', {}, [
      'base.conf',
    ]);
    const next = () => service.otherDefinition(uriOf('base.conf'), { line: 0, character: 40 }, 'next');
    assert.equal((await next())?.target, null);
    const text = 'include "base"\ncanton.participants.p1.crypto.kms.region = y\n';
    disk.set(uriOf('main.conf'), text);
    service.update(uriOf('main.conf'), text, 'canton-conf');
    assert.equal((await next())?.target?.uri, uriOf('main.conf'));
    service.close(uriOf('main.conf'));
    assert.equal((await next())?.target?.uri, uriOf('main.conf'));
  });

  it('that nobody looked for change no answer', async () => {
    const { service, fixture } = workbench('include "kms.conf"\n');
    await service.diagnostics(fixture.main.uri);
    const changes = (name: string, type: 'created' | 'changed' | 'deleted') =>
      service.filesChanged([{ uri: uriOf(name), type }]);
    assert.equal(changes('package.json', 'changed'), false);
    assert.equal(changes('other.json', 'created'), false);
    assert.equal(changes('kms.conf', 'created'), true);
    assert.equal(changes('canton-kms.json', 'created'), true);
    assert.equal(changes('new.conf', 'created'), true);
  });

  it('that links lead to change what was read through the links', async () => {
    const { service, fixture, disk } = workbench(
      'include "link.conf"\n-- link.conf --\ncanton.participants.p1.crypto.kms.type = aws\n',
      {},
      ['main.conf'],
      { target: async (uri) => (uri === uriOf('link.conf') ? uriOf('real.conf') : undefined) },
    );
    const kmsType = async () => (await service.nodes(fixture.main.uri))[0]?.kmsType;
    for (const type of ['gcp', 'aws', 'driver']) {
      await kmsType();
      disk.set(uriOf('link.conf'), `canton.participants.p1.crypto.kms.type = ${type}\n`);
      assert.equal(service.filesChanged([{ uri: uriOf('real.conf'), type: 'changed' }]), true);
      assert.equal(await kmsType(), type);
    }
  });
});
