import assert from 'node:assert/strict';
import { Documents } from '../../../server/src/workspace/documents';
import { Freshness } from '../../../server/src/workspace/freshness';
import { MixinUses } from '../../../server/src/workspace/mixin-uses';
import { uriOf } from '../../kit/fixture';

const NODES = uriOf('nodes.conf');
const PARTS = uriOf('parts.conf');
const LINKED = uriOf('linked/parts.conf');

/** The places of what `uri` sets, the number of texts that were looked at, and what is known about the result. */
function fixture() {
  const texts = new Map([
    [NODES, `canton.participants.p1.crypto.kms = $\{_kms}\ncanton.mediators.m1.storage = $\{_parts.storage}\n`],
    [PARTS, `_kms.region = $\{_places.near}\n_parts.storage.type = memory\n`],
  ]);
  let looks = 0;
  const documents = new Documents({ read: async (uri) => texts.get(uri) });
  const read = documents.read.bind(documents);
  documents.read = (uri) => {
    looks++;
    return read(uri);
  };
  const list = [NODES, PARTS];
  const uses = new MixinUses(documents, async () => list);
  return {
    texts,
    documents,
    async placesOf(uri: string, ...names: readonly string[]) {
      looks = 0;
      const freshness = new Freshness(documents);
      const found = await uses.of(uri, names, freshness);
      return { places: found.map(({ to }) => to.join('.')), looks, freshness };
    },
  };
}

describe('uses of mixins', () => {
  it('are found below canton, also through another mixin', async () => {
    const { placesOf } = fixture();
    assert.deepEqual((await placesOf(PARTS, '_kms')).places, ['canton.participants.p1.crypto.kms']);
    assert.deepEqual((await placesOf(PARTS, '_places')).places, ['canton.participants.p1.crypto.kms.region']);
    const both = ['canton.participants.p1.crypto.kms', 'canton.mediators.m1.storage'];
    assert.deepEqual((await placesOf(PARTS, '_parts', '_kms')).places, both);
    assert.deepEqual((await placesOf(PARTS, 'unused')).places, []);
  });

  it('are looked for once in the files of a list, also for a file that is not in it', async () => {
    const { placesOf } = fixture();
    assert.equal((await placesOf(PARTS, '_kms')).looks, 2);
    assert.equal((await placesOf(NODES, '_kms')).looks, 0);
    const { places, looks } = await placesOf(LINKED, '_kms');
    assert.deepEqual([places, looks], [['canton.participants.p1.crypto.kms'], 1]);
  });

  it('are looked for again when a file of the list changes', async () => {
    const { placesOf, documents, texts } = fixture();
    const { freshness } = await placesOf(PARTS, '_kms');
    texts.set(NODES, 'canton.sequencers.s1.crypto.kms = ${_kms}\n');
    documents.changedOnDisk([NODES], true);
    assert.equal(freshness.current, false);
    assert.deepEqual((await placesOf(PARTS, '_kms')).places, ['canton.sequencers.s1.crypto.kms']);
  });
});
