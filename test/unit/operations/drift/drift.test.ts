import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type DriftOptions, driftFor } from '../../../../server/src/operations/drift/drift';
import { recording } from '../../../kit/recorded';
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
      ...[
        '{}',
        'null',
        '5',
        '"x"',
        'x',
        '{"node":5,"keys":[]}',
        '{"node":"p","keys":{}}',
        '{"node":"p","keys":[null]}',
        '{"node":"p","keys":[{"id":""}]}',
        '{"node":"p","keys":[{"id":"a"},{"id":5}]}',
      ].map((inventory) => [{ listing, inventory }, /inventory/] as const),
      [{ listing, history: 'x 1220ab12...' }, /history/],
      [{ listing, history: `(2026-01-01T00:00:00Z,soon,Vector(${fp(3)}))` }, /history/],
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

describe('the comparison of a node with its keys', () => {
  const answers = recording(join(__dirname, 'recorded/drift.txt'), '\n\n');
  const other = (crypto: string) => `canton.participants.p2.crypto { ${crypto} }`;
  const crypto: Readonly<Record<string, string>> = {
    none: '',
    external: EXTERNAL,
    'envelope a': envelope('a'),
    'envelope without an ID': `${AWS}, private-key-store.encryption.type = kms`,
  };
  const listings: Readonly<Record<string, string>> = {
    'two keys of the KMS': `${row(2, 'signing')}\n${row(3, 'encryption')}`,
    'two wrapped keys': `${wrapped(2, 'a')}\n${wrapped(3, arn('a'))}`,
    'keys of two wrappers': `${wrapped(2, 'a')}\n${wrapped(3, 'b')}\n${wrapped(4, 'c')}`,
    'keys in plaintext': `(Some(x),${fp(2)},None,None,signing)\n(None,${fp(3)},None,None,namespace)`,
    'a listing of 2.10': `(Some(x),${fp(2)},Some(a),signing)\n(Some(y),${fp(3)},None,encryption)`,
    'a listing with a purpose': `(Some(x),${fp(2)},Some(key-2),Signing,namespace)\n(Some(y),${fp(3)},Some(key-3),encryption,None)`,
    'names with quotes': `(Some(it"s),${fp(2)},None,Some(key-2),signing)\n(Some("a\\"),b"),${fp(3)},None,Some(key-3),encryption)`,
    'a table with empty cells': `\t\t\t${fp(2)}\nsigning\t\tx\t${fp(3).toUpperCase()}\nsigning\tkey-4\tx\t${fp(4)}0`,
  };
  const inventories: Readonly<Record<string, string>> = {
    'the same keys': inventoryOf([
      { id: 'key-2', fingerprint: fp(2), role: 'signing' },
      { id: 'key-3', fingerprint: fp(3).toUpperCase(), state: 'ENABLED' },
      { id: 'alias/a', arn: arn('a'), role: 'wrapper', fingerprint: fp(9) },
    ]),
    'keys in other states': inventoryOf([
      { id: 'key-2', fingerprint: fp(9), state: '' },
      { id: 'key-3', state: 'Disabled' },
      { id: 'a', state: 'missing', role: 'wrapper' },
    ]),
    'other keys': inventoryOf([
      { id: 'x', fingerprint: fp(3) },
      { id: 'y', fingerprint: fp(8), role: 'namespace' },
      { id: 'z' },
      { id: 'b', role: 'wrapper', fingerprint: fp(7) },
    ]),
  };
  const pasts: Readonly<Record<string, Partial<DriftOptions>>> = {
    'announced until now': { history: mapping('2026-01-01', undefined, 2, 3), backups: [] },
    'announced before': {
      history: `${mapping('2026-01-01', '2026-03-01', 2)}\n${mapping('2026-01-01', '2026-05-30', 3, 8)}\n${mapping('2026-01-01', undefined, 5)}`,
      backups: [
        { at: '2026-03-02', listing: wrapped(1, 'b') },
        { at: '2026-03-03T00:00Z', listing: 'none' },
      ],
    },
    'a day ago': { history: `${mapping('2026-01-01', '2026-05-31', 2)}\n${mapping('2026-05-29', '2026-05-30', 3)}` },
  };
  const neighbors: Readonly<Record<string, readonly [config: string, others: DriftOptions['others']]>> = {
    'has keys of its own': [other(envelope('c')), [{ name: 'p2', listing: row(6, 'signing') }]],
    'has the same keys': [
      other(envelope(arn('a'))),
      [{ name: 'p2', listing: `${row(7, 'signing', 'key-2')}\n(Some(x),${fp(3)},Some(b),None,signing)` }],
    ],
  };

  /** Nothing else is known; and all at once. */
  const TOGETHER = [
    ['no inventory', 'nothing of the past', 'has keys of its own'],
    ['the same keys', 'announced before', 'has the same keys'],
    ['keys in other states', 'a day ago', 'has the same keys'],
    ['other keys', 'announced until now', 'has the same keys'],
  ] as const;
  /** Each varies alone as well. */
  const ALL = [
    ...TOGETHER,
    ...TOGETHER.slice(1).flatMap(
      ([seen, name, neighbor]) =>
        [
          [seen, 'nothing of the past', 'has keys of its own'],
          ['no inventory', name, 'has keys of its own'],
          ['no inventory', 'nothing of the past', neighbor],
        ] as const,
    ),
  ];

  for (const [mode, section] of Object.entries(crypto)) {
    for (const [listed, listing] of Object.entries(listings)) {
      it(`finds what is recorded for ${listed} (${mode})`, async () => {
        for (const [seen, name, neighbor] of mode in { none: 0, 'envelope without an ID': 0 } ? TOGETHER : ALL) {
          const [config, others] = neighbors[neighbor] ?? ['', []];
          const inventory = inventories[seen];
          const given = { listing, ...(inventory && { inventory }), ...pasts[name], others };
          const result = await ask(section, given, config);
          const lines = result.kind === 'none' ? [result.reason] : shown(result);
          answers.compare([[`${mode}, ${listed}, ${seen}, ${name}, p2 ${neighbor}`, ...lines].join('\n  ')]);
        }
      });
    }
  }

  it('has nothing else recorded', () => answers.finish());

  function shown({ findings, keys }: Extract<Awaited<ReturnType<typeof ask>>, { kind: 'drift' }>): string[] {
    return [
      ...findings.map(({ kind, key, message }) => `${kind} ${short(key)}: ${short(message)}`),
      ...keys.map(({ id, fingerprint, usage, mayBeDisabled, needs }) => {
        const reasons = needs.map(
          ({ by, reason, until }) =>
            `${by}${until === undefined ? '' : ` until ${new Date(until).toISOString()}`}: ${reason}`,
        );
        return `${short(id)} ${short(fingerprint ?? '-')} ${usage ?? '-'} ${mayBeDisabled ? 'may be disabled' : reasons.join(' ')}`;
      }),
    ];
  }

  /** Fingerprints by their number. */
  function short(text: string): string {
    return text.replace(/1220((\d\d)\2{31})/g, '#$2');
  }
});

describe('drift with the inventory of another node', () => {
  it('is refused, because every key would be judged for the wrong node', async () => {
    const inventory = JSON.stringify({ node: 'participants.p2', keys: [{ id: 'key-1' }] });
    assert.deepEqual(await ask(EXTERNAL, { listing: row(1, 'signing'), inventory }), {
      kind: 'none',
      reason: 'The inventory is of participants.p2, not of participants.p1.',
    });
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
      reason: "This configuration has no node 'participants.p9'; it has none.",
    });
    assert.deepEqual(
      await reasonIn('canton { participants.p1.storage.type = memory, mediators.m1.storage.type = memory }'),
      {
        kind: 'none',
        reason: "This configuration has no node 'participants.p9'; it has participants.p1, mediators.m1.",
      },
    );
  });
});
