import assert from 'node:assert/strict';
import { type DriftOptions, driftFor } from '../../../../server/src/operations/drift/drift';
import { launch } from '../kit';

const fp = (n: number) => `1220${n.toString(16).padStart(2, '0').repeat(32)}`;
const NOW = Date.parse('2026-06-01T00:00:00Z');
const AWS = 'kms { type = aws, region = r }';
const EXTERNAL = `provider = kms, ${AWS}`;
const envelope = (id: string) => `${AWS}, private-key-store.encryption { type = kms, wrapper-key-id = "${id}" }`;
const arn = (id: string) => `arn:aws:kms:r:111122223333:key/${id}`;

async function ask(crypto: string, options: Partial<DriftOptions>, others = '') {
  const { config } = await launch(
    `-- a.conf --\ncanton.participants.p1 { storage.type = postgres, crypto { ${crypto} } }\n${others}`,
  );
  return driftFor({
    config,
    node: 'participants.p1',
    version: '3.5',
    edition: 'enterprise',
    listing: '',
    now: NOW,
    others: [],
    ...options,
  });
}

async function driftOf(...args: Parameters<typeof ask>) {
  const result = await ask(...args);
  if (result.kind === 'none') assert.fail(result.reason);
  const verdicts = result.keys.map(
    ({ id, mayBeDisabled, needs }) => `${id} ${mayBeDisabled ? 'free' : needs.map(({ by }) => by).join('+')}`,
  );
  return { findings: result.findings.map(({ kind, key }) => `${kind} ${key}`), verdicts, keys: result.keys };
}

const row = (n: number, usage: string, kms = `key-${n}`) => `(Some(p1-${usage}),${fp(n)},None,Some(${kms}),${usage})`;
const wrapped = (n: number, wrapper: string) =>
  `(Some(p1-${n}), "${fp(n)}", Some(value = "${wrapper}"), None, "signing+proof-of-ownership")`;
const inventoryOf = (
  keys: readonly { id: string; role?: string; arn?: string; fingerprint?: string; state?: string }[],
) =>
  JSON.stringify({
    version: 1,
    node: 'participants.p1',
    keys: keys.map((key) => ({ role: '', arn: '', fingerprint: '', state: 'Enabled', ...key })),
  });
const mapping = (from: string, until: string | undefined, ...keys: number[]) =>
  `(${from}T00:00:00Z,${until === undefined ? 'None' : `Some(${until}T00:00:00Z)`},Vector(${keys.map(fp).join(', ')}))`;

describe('drift', () => {
  it('finds nothing where configuration, vault and KMS agree', async () => {
    const listing = [row(1, 'namespace'), row(2, 'signing+proof-of-ownership'), row(3, 'encryption')].join('\n');
    const inventory = inventoryOf([1, 2, 3].map((n) => ({ id: `key-${n}`, fingerprint: fp(n) })));
    const { findings, verdicts } = await driftOf(EXTERNAL, {
      listing,
      inventory,
      history: mapping('2026-01-01', undefined, 2, 3),
      backups: [],
    });
    assert.deepEqual([findings, verdicts], [[], ['key-1 node', 'key-2 mapping', 'key-3 mapping']]);
  });

  it('reads the table that the plans keep, and the words of the console', async () => {
    const table = `signing\tkey-2\tp1-signing\t${fp(2)}\nencryption\tkey-3\tp1-encryption\t${fp(3)}\n`;
    const printed = `res1: Seq[(Option[KeyName], String)] = Vector(\n  (Some(value = p1-signing), "${fp(2)}", None, Some(value = KmsKeyId(str = key-2)), "signing"),\n  (Some("it's (odd), really"), "${fp(3)}", None, Some("key-3"), "encryption")\n)`;
    const script = `PASS p1 is running\n  signingKey: ${fp(2)}\n${row(2, 'signing')}\n  namespace = 1220ab12cd34...,\n\tda::1220ab12cd34...::35-0 (\n  (Some(KeyName(p1-encryption)),${fp(3)},None,Some(key-3),encryption)\n`;
    for (const listing of [table, printed, script]) {
      const { keys } = await driftOf(EXTERNAL, { listing });
      assert.deepEqual(
        keys.map(({ id, usage }) => `${id} ${usage}`),
        ['key-2 signing', 'key-3 encryption'],
      );
    }
  });

  it('finds orphans, keys of other nodes, and keys that no mapping announced', async () => {
    const listing = [row(2, 'signing'), row(4, 'encryption')].join('\n');
    const inventory = inventoryOf([
      { id: 'key-2', fingerprint: fp(2) },
      { id: 'key-4' },
      { id: 'lost', fingerprint: fp(9) },
      { id: 'theirs', fingerprint: fp(8) },
    ]);
    const { findings, verdicts } = await driftOf(EXTERNAL, {
      listing,
      inventory,
      history: mapping('2026-01-01', undefined, 2),
      backups: [],
      others: [{ name: 'p2', listing: row(8, 'signing', 'theirs') }],
    });
    assert.deepEqual(findings, ['unannounced key-4', 'orphan lost', 'other-node theirs']);
    assert.deepEqual(verdicts, ['key-2 mapping', 'key-4 unknown', 'lost unknown', 'theirs unknown+node']);
  });

  it('finds keys that are announced and not there, or cannot be used', async () => {
    const inventory = inventoryOf([
      { id: 'key-2', state: 'PendingDeletion' },
      { id: 'key-3', state: 'missing' },
      { id: 'key-5', fingerprint: fp(6) },
    ]);
    const { findings } = await driftOf(EXTERNAL, {
      listing: [row(2, 'signing'), row(3, 'encryption'), row(5, 'sequencer-auth')].join('\n'),
      inventory,
      history: mapping('2026-01-01', undefined, 2, 3, 5, 7),
    });
    assert.deepEqual(findings, ['not-usable key-2', 'missing key-3', 'other-node key-5', `missing ${fp(7)}`]);
  });

  it('finds the wrong wrapper key, whichever form of its id is written', async () => {
    const listing = [wrapped(1, arn('a')), wrapped(2, arn('a'))].join('\n');
    assert.deepEqual((await driftOf(envelope('b'), { listing })).findings, [`wrapper-key ${arn('a')}`]);
    assert.deepEqual((await driftOf(envelope('a'), { listing })).findings, []);
    const inventory = inventoryOf([{ id: 'alias/p1', arn: arn('a'), role: 'wrapper' }]);
    assert.deepEqual((await driftOf(envelope('alias/p1'), { listing, inventory })).findings, []);
    const mixed = [wrapped(1, 'a'), wrapped(2, 'b')].join('\n');
    assert.deepEqual((await driftOf(envelope('b'), { listing: mixed })).findings, ['wrapper-key a', 'wrapper-key a']);
    const other = `canton.participants.p2.crypto { ${envelope('a')} }`;
    assert.deepEqual((await driftOf(envelope('a'), { listing }, other)).findings, [`other-node ${arn('a')}`]);
  });

  it('finds keys that are not kept as the configuration says', async () => {
    const clear = `(Some(x), ${fp(1)}, None, None, signing)`;
    assert.deepEqual((await driftOf(EXTERNAL, { listing: clear })).findings, [`mode ${fp(1)}`]);
    assert.deepEqual((await driftOf(envelope('a'), { listing: clear })).findings, [`mode ${fp(1)}`]);
    assert.deepEqual((await driftOf('', { listing: wrapped(1, 'a') })).findings, [`mode ${fp(1)}`]);
  });

  it('frees a key that was rotated out when no backup needs it any more', async () => {
    const listing = [row(2, 'signing'), row(4, 'signing')].join('\n');
    const history = [mapping('2026-01-01', '2026-03-01', 2), mapping('2026-02-01', undefined, 4)].join('\n');
    const verdict = async (backups: DriftOptions['backups']) =>
      (await driftOf(EXTERNAL, { listing, history, backups })).verdicts[0];
    assert.equal(await verdict(undefined), 'key-2 unknown');
    assert.equal(await verdict([]), 'key-2 free');
    assert.equal(await verdict([{ at: '2026-02-15' }]), 'key-2 backup');
    assert.equal(await verdict([{ at: '2026-03-01' }]), 'key-2 backup', 'it may have been behind');
    assert.equal(await verdict([{ at: '2026-03-15' }]), 'key-2 free');
    const { keys } = await driftOf(EXTERNAL, {
      listing,
      history,
      backups: [{ at: '2026-02-15' }, { at: '2026-02-20' }],
    });
    assert.equal(keys[0]?.needs[0]?.until, Date.parse('2026-02-20'));
  });

  it('frees no key that was rotated out a moment ago, since messages for it may be under way', async () => {
    const history = mapping('2026-01-01', '2026-05-31', 2);
    const { keys } = await driftOf(EXTERNAL, { listing: row(2, 'encryption'), history, backups: [] });
    assert.equal(keys[0]?.needs[0]?.until, NOW);
  });

  it('frees no key whose past is not known', async () => {
    const listing = [row(1, 'namespace'), row(2, 'signing'), `(Some(x),${fp(3)},None,Some(key-3))`].join('\n');
    const { verdicts } = await driftOf(EXTERNAL, { listing, backups: [] });
    assert.deepEqual(verdicts, ['key-1 node', 'key-2 unknown', 'key-3 unknown']);
  });

  it('frees an old wrapper key by what the backups that are kept are encrypted with', async () => {
    const listing = wrapped(1, 'new');
    const inventory = inventoryOf([{ id: 'old', role: 'wrapper', arn: arn('old') }]);
    const verdict = async (backups: DriftOptions['backups']) =>
      (await driftOf(envelope('new'), { listing, inventory, backups })).verdicts.at(-1);
    assert.equal(await verdict(undefined), 'old unknown');
    assert.equal(await verdict([{ at: '2026-01-01' }]), 'old backup');
    assert.equal(await verdict([{ at: '2026-01-01', listing: wrapped(1, arn('old')) }]), 'old backup');
    assert.equal(await verdict([{ at: '2026-01-01', listing: wrapped(1, 'new') }]), 'old free');
    assert.equal(await verdict([]), 'old free');
  });

  it('concludes nothing from a text that it cannot read as a whole', async () => {
    const listing = row(2, 'signing');
    for (const [options, reason] of [
      [{ listing: 'nothing' }, /listing has no key/],
      [{ listing: '(Some(p1),1220ab12cd34...,None,None,signing)' }, /shortened/],
      [{ listing, inventory: '{}' }, /inventory/],
      [{ listing, history: `${mapping('2026-01-01', undefined, 2)}\n(yesterday,None,Vector(${fp(3)}))` }, /history/],
      [{ listing, history: `${mapping('2026-01-01', undefined, 2)}\n${fp(4)}` }, /history/],
      [{ listing, backups: [{ at: 'last week' }] }, /'last week'/],
    ] as const) {
      const result = await ask(EXTERNAL, options);
      assert.match(result.kind === 'none' ? result.reason : 'read', reason);
    }
    assert.equal((await ask(EXTERNAL, { listing: row(1, 'signing') }, '')).kind, 'drift');
  });
});

describe('drift of a node that is not there', () => {
  it('names the nodes that are', async () => {
    const reasonIn = async (text: string) => {
      const { config } = await launch(`-- a.conf --\n${text}\n`);
      const request = { config, node: 'participants.p9', version: '3.5', edition: 'enterprise', listing: '', now: NOW };
      return driftFor(request as Parameters<typeof driftFor>[0]);
    };
    assert.deepEqual(await reasonIn('canton.parameters {}'), {
      kind: 'none',
      reason: "There is no node 'participants.p9' in this configuration; it has none.",
    });
    assert.deepEqual(
      await reasonIn('canton { participants.p1.storage.type = memory, mediators.m1.storage.type = memory }'),
      {
        kind: 'none',
        reason: "There is no node 'participants.p9' in this configuration; it has participants.p1, mediators.m1.",
      },
    );
  });
});
