import { deepEqual } from 'node:assert/strict';
import { needsOfExternalKey, needsOfWrapperKey, type Past } from '../../../../server/src/operations/drift/needs';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = 1000 * DAY;

/** What needs the key, and until when, in milliseconds after now. */
function needs(usage: string | undefined, past: Partial<Past>): string[] {
  const all = needsOfExternalKey('1220ab', usage, { history: [], backups: [], now: NOW, ...past });
  return all.map(({ by, until }) => (until === undefined ? by : `${by} ${until - NOW}`));
}

const until = (...times: readonly number[]): Partial<Past> => ({
  history: times.map((time) => ({ fingerprints: ['1220ab', '1220cd'], from: 0, until: NOW + time })) as never,
});

describe('the needs of a key', () => {
  it('of an unknown use or history are not known, and those of a namespace key never end', () => {
    deepEqual(needs(undefined, until(-9 * DAY)), ['unknown']);
    deepEqual(needs('Namespace only', until(-9 * DAY)), ['node']);
    deepEqual(needs('signing', { history: undefined }), ['unknown']);
    deepEqual(needs('signing', {}), ['unknown']);
    deepEqual(needs('signing', { ...until(-9 * DAY), backups: undefined }), ['unknown']);
  });

  it('end a day after the last mapping that announced it', () => {
    deepEqual(needs('signing', until(Number.POSITIVE_INFINITY)), ['mapping']);
    deepEqual(needs('signing', until(-9 * DAY, Number.POSITIVE_INFINITY)), ['mapping']);
    deepEqual(needs('signing', until(-DAY)), ['node 0']);
    deepEqual(needs('signing', until(-HOUR, -9 * DAY)), [`node ${23 * HOUR}`]);
    deepEqual(needs('signing', until(-DAY - 1)), []);
    const other = { history: [{ fingerprints: ['1220cd'], from: 0, until: NOW }] as never };
    deepEqual(needs('signing', other), ['unknown']);
  });

  it('of backups end with those that were made up to a day later', () => {
    const backups = (...times: readonly number[]) => ({ backups: times.map((time) => ({ at: NOW + time })) as never });
    deepEqual(needs('signing', { ...until(-9 * DAY), ...backups(-8 * DAY) }), [`backup ${-8 * DAY}`]);
    deepEqual(needs('signing', { ...until(-9 * DAY), ...backups(-8 * DAY + 1) }), []);
    deepEqual(needs('signing', { ...until(-9 * DAY), ...backups(-20 * DAY, -10 * DAY, -DAY) }), [
      `backup ${-10 * DAY}`,
    ]);
  });

  it('of a wrapper key are the backups with rows that it encrypts, or may', () => {
    const past = (...ids: readonly (readonly string[] | undefined)[]): Past => ({
      history: undefined,
      backups: ids.map((one, i) => ({ at: i, wrapperKeyIds: one && new Set(one) })) as never,
      now: NOW,
    });
    const found = (given: Past) =>
      needsOfWrapperKey((ids) => ids.has('old'), given).map(({ by, until: end }) => `${by} ${end}`);
    deepEqual(found(past(['old'], ['new'], ['old', 'new'])), ['backup 2']);
    deepEqual(found(past(undefined, ['new'])), ['backup 0']);
    deepEqual(found(past(['new'])), []);
    deepEqual(found({ history: [], backups: undefined, now: NOW }), ['unknown undefined']);
  });
});
