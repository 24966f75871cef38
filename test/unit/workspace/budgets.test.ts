import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLanguageService } from '../../../server/src/service';
import { Budgeted } from '../../../server/src/workspace/budget';
import { Documents, MAX_TOTAL_LENGTH } from '../../../server/src/workspace/documents';
import { FreshCache, Freshness } from '../../../server/src/workspace/freshness';
import { uriOf } from '../../kit/fixture';

const NODE = 'canton.participants.p1.crypto { provider = kms, kms { type = aws, region = us-east-1, regoin = x } }\n';
const files = (texts: ReadonlyMap<string, string>) => ({ read: async (uri: string) => texts.get(uri) });

/** A Canton text that takes more than a third of the budget. */
const LARGE = `${NODE}# ${'x'.repeat(MAX_TOTAL_LENGTH * 0.4)}`;

describe('what is remembered', () => {
  it('has a size, beyond which the oldest goes and the newest stays', () => {
    const budgeted = new Budgeted<string>(10);
    budgeted.set('a', 'A', 6);
    budgeted.set('b', 'B', 4);
    assert.equal(budgeted.get('a'), 'A');
    budgeted.set('c', 'C', 1);
    assert.equal(budgeted.get('a'), undefined);
    budgeted.set('d', 'D', 100);
    assert.deepEqual([budgeted.get('b'), budgeted.get('c'), budgeted.get('d')], [undefined, undefined, 'D']);
    budgeted.delete('d');
    budgeted.set('e', 'E', 10);
    assert.equal(budgeted.get('e'), 'E');
  });

  it('is stale for good once a file has changed, also one that was forgotten meanwhile', () => {
    const documents = new Documents(files(new Map()));
    const cache = new FreshCache<string>();
    const remember = () => {
      const freshness = new Freshness(documents);
      freshness.note('file:///a.conf');
      cache.set('a', freshness, 'value');
    };
    remember();
    documents.changedOnDisk(['file:///b.conf'], true);
    assert.equal(cache.get('a')?.value, 'value');
    documents.changedOnDisk(['file:///a.conf'], true);
    assert.equal(cache.get('a'), undefined);
    remember();
    // More files are requested than fit in the budget.
    for (let i = 0; i < 60_000; i++) documents.note(`file:///${i}.conf`);
    documents.changedOnDisk(['file:///a.conf'], true);
    assert.equal(cache.get('a'), undefined);
  });
});

describe('trees of the HOCON inside a document', () => {
  const uri = uriOf('values.yaml');
  const text =
    'env:\n  - name: ADDITIONAL_CONFIG_KMS\n    value: |\n      canton.participants.p1.crypto.kms.type = aws\n';

  async function treeIn(documents: Documents, languageId: string): Promise<WeakRef<object>> {
    documents.update(uri, text, languageId);
    const [region] = await documents.regions(uri);
    const tree = region && (await documents.tree(region.uri));
    assert.ok(tree !== undefined);
    return new WeakRef(tree);
  }

  it('go with the document when it is closed, and when it is in another language', async () => {
    const documents = new Documents(files(new Map()));
    const first = await treeIn(documents, 'yaml');
    const second = await treeIn(documents, 'helm');
    documents.close(uri);
    await collectGarbage();
    assert.deepEqual([first.deref(), second.deref()], [undefined, undefined]);
    // It is still in use, so its own end is not the reason why they were released.
    assert.deepEqual(await documents.regions(uri), []);
  });
});

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  await new Promise((resolve) => setTimeout(resolve));
  runInNewContext('gc')();
}

describe('results of documents that are closed', () => {
  it('are let go, though nobody asks for them', async () => {
    const documents = new Documents(files(new Map()));
    const cache = new FreshCache<object>(5000);
    const closed: WeakRef<object>[] = [];
    for (let i = 0; i < 1000; i++) {
      const uri = uriOf(`${i}.conf`);
      documents.update(uri, 'a = 1');
      const freshness = new Freshness(documents);
      freshness.note(uri);
      const value = { uri };
      closed.push(new WeakRef(value));
      cache.set(uri, freshness, value);
      documents.close(uri);
    }
    await collectGarbage();
    const held = closed.filter((one) => one.deref() !== undefined).length;
    assert.ok(held <= 200, `${held} are held`);
  });
});

describe('open documents', () => {
  it('beyond the room for all are not read, say so, and are read when others are closed', async () => {
    const service = createLanguageService({ files: files(new Map()), list: async () => [] });
    const [first, second, third] = ['a.conf', 'b.conf', 'c.conf'].map(uriOf) as [string, string, string];
    for (const uri of [first, second, third]) service.update(uri, LARGE);
    const codes = async (uri: string) => (await service.diagnostics(uri)).map(({ code }) => code);
    assert.ok((await codes(first)).includes('read/unknown-key'));
    const [unread] = await service.diagnostics(third);
    assert.deepEqual([unread?.code, unread?.severity], ['hocon/file-not-read', 'warning']);
    assert.equal(
      unread?.message,
      'This is not checked, because it is beyond the 32 MB that all open documents together may have.',
    );
    service.close(first);
    assert.ok((await codes(third)).includes('read/unknown-key'));
  });

  it('that include one which is not read have no errors from it', async () => {
    const service = createLanguageService({ files: files(new Map()), list: async () => [] });
    service.update(uriOf('a.conf'), LARGE);
    service.update(uriOf('b.conf'), LARGE);
    service.update(uriOf('c.conf'), LARGE);
    service.update(
      uriOf('d.conf'),
      `include required("c.conf")\n${NODE.replace('us-east-1, regoin = x', '${region}')}`,
    );
    const found = await service.diagnostics(uriOf('d.conf'));
    assert.deepEqual(
      found.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code),
      ['hocon/include-not-read'],
    );
  });
});

describe('the files of a launch', () => {
  it('beyond the room for all are not read, and said', async () => {
    const texts = new Map(['a.conf', 'b.conf', 'c.conf'].map((name) => [uriOf(name), LARGE]));
    const service = createLanguageService({ files: files(texts), list: async () => [] });
    const found = (await service.check([...texts.keys()], true)).files;
    const [unread] = found.get(uriOf('c.conf'))?.diagnostics ?? [];
    assert.equal(
      unread?.message,
      'This is not checked, because it is beyond the 32 MB that the files of a launch may have together.',
    );
  });
});
