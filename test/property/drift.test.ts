import assert from 'node:assert/strict';
import fc from 'fast-check';
import { driftFor } from '../../server/src/operations/drift/drift';
import { launch } from '../unit/operations/kit';

const HOUR = 60 * 60 * 1000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const instant = (hours: number) => new Date(BEGIN + hours * HOUR).toISOString();
const fingerprint = (key: number) => `1220${key.toString(16).padStart(64, '0')}`;

/** What happens to a node, in order; each comes some hours after the previous one. */
const step = fc.record({
  after: fc.integer({ min: 0, max: 60 }),
  /** For a rotation, the time during which both keys are announced; for a backup, the lag of the node. */
  span: fc.integer({ min: 0, max: 23 }),
  what: fc.constantFrom('rotate', 'back up', 'restore', 'drop'),
  which: fc.nat(),
});

interface Life {
  readonly now: number;
  /** Index: the key; the end is Infinity for the one that is announced. */
  readonly announced: readonly { readonly from: number; readonly until: number }[];
  readonly backups: readonly { readonly at: number; readonly position: number; readonly key: number }[];
  /** Keys that the vault has. */
  readonly vault: ReadonlySet<number>;
}

function lived(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Life {
  let now = 0;
  const announced = [{ from: 0, until: Number.POSITIVE_INFINITY }];
  let backups: { at: number; position: number; key: number; vault: ReadonlySet<number> }[] = [];
  let vault: ReadonlySet<number> = new Set([0]);
  for (const { after, span, what, which } of steps) {
    now += after;
    const key = announced.length - 1;
    if (what === 'rotate') {
      announced.push({ from: now, until: Number.POSITIVE_INFINITY });
      now += span;
      announced[key] = { from: announced[key]?.from ?? 0, until: now };
      vault = new Set([...vault, key + 1]);
    } else if (what === 'back up') backups.push({ at: now, position: now - span, key, vault });
    else if (what === 'drop') backups = backups.filter((_, i) => i !== which % Math.max(1, backups.length));
    else vault = backups[which % Math.max(1, backups.length)]?.vault ?? vault;
  }
  return { now, announced, backups, vault };
}

/** A node that is restored from a backup processes everything after its position again. */
function isNeededByRestore({ announced, backups }: Life, key: number): boolean {
  const until = announced[key]?.until ?? Number.POSITIVE_INFINITY;
  return until === Number.POSITIVE_INFINITY || backups.some(({ position }) => until >= position);
}

describe('drift over random lives of a node', () => {
  it('never frees an external key that a restore would need, and frees the others in the end', async () => {
    const { config } = await launch('canton.participants.p1.crypto { provider = kms, kms { type = aws, region = r } }');
    let freed = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const life = lived(steps);
        const keys = life.announced.map((_, key) => key);
        const listing = [...life.vault].map((key) => `(Some(k),${fingerprint(key)},None,Some(key-${key}),encryption)`);
        const history = life.announced.map(
          ({ from, until }, key) =>
            `(${instant(from)},${until === Number.POSITIVE_INFINITY ? 'None' : `Some(${instant(until)})`},Vector(${fingerprint(key)}))`,
        );
        const inventory = keys.map((key) => ({
          role: 'encryption',
          id: `key-${key}`,
          fingerprint: fingerprint(key),
          state: 'Enabled',
        }));
        const result = driftFor({
          config,
          node: 'participants.p1',
          version: '3.5',
          edition: 'enterprise',
          listing: listing.join('\n'),
          inventory: JSON.stringify({ node: 'participants.p1', keys: inventory }),
          history: history.join('\n'),
          backups: life.backups.map(({ at }) => ({ at: instant(at) })),
          others: [],
          now: BEGIN + life.now * HOUR,
        });
        if (result.kind === 'none') assert.fail(result.reason);
        assert.equal(result.keys.length, keys.length);
        for (const { id, mayBeDisabled } of result.keys) {
          if (!mayBeDisabled) continue;
          freed++;
          assert.ok(!isNeededByRestore(life, Number(id.slice('key-'.length))), id);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(freed > 100, `${freed} keys were free`);
  });

  it('never frees a wrapper key that a backup is encrypted with', async () => {
    const { config } = await launch(
      'canton.participants.p1.crypto { kms { type = aws, region = r }, private-key-store.encryption.type = kms }',
    );
    let freed = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.boolean(), (steps, hasListings) => {
        const life = lived(steps);
        const row = (key: number) => `(Some(k),${fingerprint(0)},Some(wrapper-${key}),None,encryption)`;
        const keys = life.announced.map((_, key) => ({ role: 'wrapper', id: `wrapper-${key}`, state: 'Enabled' }));
        const result = driftFor({
          config,
          node: 'participants.p1',
          version: '3.5',
          edition: 'enterprise',
          listing: row(life.announced.length - 1),
          inventory: JSON.stringify({ node: 'participants.p1', keys }),
          backups: life.backups.map(({ at, key }) => ({
            at: instant(at),
            listing: hasListings ? row(key) : undefined,
          })),
          others: [],
          now: BEGIN + life.now * HOUR,
        });
        if (result.kind === 'none') assert.fail(result.reason);
        for (const { id, mayBeDisabled } of result.keys) {
          if (!mayBeDisabled) continue;
          freed++;
          const key = Number(id.slice('wrapper-'.length));
          assert.ok(key < life.announced.length - 1 && !life.backups.some((backup) => backup.key === key), id);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(freed > 100, `${freed} keys were free`);
  });
});
