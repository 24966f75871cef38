import assert from 'node:assert/strict';
import type { ConfigObject, ConfigValue } from '../../../server/src/hocon/values/config-value';
import { Documents } from '../../../server/src/workspace/documents';
import { Freshness } from '../../../server/src/workspace/freshness';
import { type MixinUse, MixinUses, withMixins } from '../../../server/src/workspace/mixin-uses';
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

  it('are placed at one of the nodes of a kind that use the same, and at those that the file has itself', () => {
    const parts = object({
      _storage: object({}),
      _kms: object({}),
      canton: object({ participants: object({ own: object({}) }) }),
    });
    const use = (from: string, ...to: readonly string[]): MixinUse => ({ from: [from], to: ['canton', ...to] });
    const uses = [
      use('_storage', 'participants', 'p1', 'storage'),
      use('_storage', 'participants', 'p2', 'storage'),
      use('_storage', 'participants', 'p3', 'storage'),
      use('_kms', 'participants', 'p3', 'crypto', 'kms'),
      use('_storage', 'participants', 'own', 'storage'),
      use('_storage', 'mediators', 'm1', 'storage'),
    ];
    const root = withMixins(parts, uses);
    assert.deepEqual(namesIn(root, 'canton', 'participants'), ['own', 'p1', 'p3']);
    assert.deepEqual(namesIn(root, 'canton', 'participants', 'p3'), ['storage', 'crypto']);
    assert.deepEqual(namesIn(root, 'canton', 'mediators'), ['m1']);
  });
});

function object(values: Readonly<Record<string, ConfigObject>>): ConfigObject {
  const entries = Object.entries(values).map(([name, value]) => [name, { value, definitions: [] }] as const);
  return {
    kind: 'object',
    entries: new Map(entries),
    unknowns: [],
    origin: { uri: PARTS, range: { start: 0, end: 0 } },
  };
}

function namesIn(root: ConfigValue | undefined, ...path: readonly string[]): readonly string[] {
  const at = path.reduce<ConfigValue | undefined>(
    (value, name) => (value?.kind === 'object' ? value.entries.get(name)?.value : undefined),
    root,
  );
  return at?.kind === 'object' ? [...at.entries.keys()] : [];
}
