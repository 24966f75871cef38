import type { Announcement } from './listing';

/** A backup that is kept, and the vault at that time if it is known. */
export interface Backup {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The wrapper keys of its rows; undefined if there is no listing of it. */
  readonly wrapperKeyIds: ReadonlySet<string> | undefined;
}

/** The reason why a key may not be disabled. */
export interface Need {
  readonly by: 'node' | 'mapping' | 'backup' | 'unknown';
  /** One sentence. */
  readonly reason: string;
  /**
   * In milliseconds since 1970: the time after which the key is no longer needed; for a backup, the time of the newest
   * backup that must be deleted first.
   */
  readonly until?: number;
}

/** The known history of a node. If a property is undefined, it is unknown, and no key counts as unused. */
export interface Past {
  readonly history: readonly Announcement[] | undefined;
  readonly backups: readonly Backup[] | undefined;
  /** The time of the comparison, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Messages that were encrypted for a key may still be in transit when the key is retired, and a node that lacks the key
 * for one of them stops permanently (3.5). A node may lag behind at the time of its backup, and then needs keys that
 * were retired shortly before. A monitored node never lags by a whole day.
 */
const LAG = 24 * 60 * 60 * 1000;

/**
 * The reasons why a key of the node, given by its fingerprint, is still needed. A restored node replays what happened
 * since its backup.
 */
export function needsOfExternalKey(
  fingerprint: string,
  usage: string | undefined,
  { history, backups, now }: Past,
): Need[] {
  if (usage === undefined) return [{ by: 'unknown', reason: 'What the key is used for is not known.' }];
  if (/\bnamespace\b/i.test(usage)) {
    return [
      {
        by: 'node',
        reason: 'A namespace key signs every change of the topology: no command shows that nothing needs it.',
      },
    ];
  }
  if (history === undefined) {
    return [
      { by: 'unknown', reason: 'Which mappings announced the key, and until when, is not known: give --history.' },
    ];
  }
  const own = history.filter(({ fingerprints }) => fingerprints.includes(fingerprint));
  if (own.length === 0) {
    return [
      { by: 'unknown', reason: 'No mapping has announced the key: it may be about to be, or be of another node.' },
    ];
  }
  const until = Math.max(...own.map((one) => one.until));
  if (until === Number.POSITIVE_INFINITY) {
    return [{ by: 'mapping', reason: 'A mapping announces the key: others encrypt for it or check its signatures.' }];
  }
  if (until >= now - LAG) {
    const reason = 'The key was taken out of use less than a day ago: messages that need it may be under way.';
    return [{ by: 'node', reason, until: until + LAG }];
  }
  return backupNeeds(
    backups,
    (backup) => until >= backup.at - LAG,
    'replays what was sent while the key was announced',
  );
}

/** The reasons why a wrapper key is still needed, although no row of the node uses it any more. */
export function needsOfWrapperKey(isNeededBy: (ids: ReadonlySet<string>) => boolean, { backups }: Past): Need[] {
  return backupNeeds(
    backups,
    ({ wrapperKeyIds }) => wrapperKeyIds === undefined || isNeededBy(wrapperKeyIds),
    'has rows that the key may encrypt',
  );
}

function backupNeeds(
  backups: readonly Backup[] | undefined,
  isNeeded: (backup: Backup) => boolean,
  what: string,
): Need[] {
  if (backups === undefined) {
    return [{ by: 'unknown', reason: 'Which backups are kept is not known: give --backup for each, or --no-backups.' }];
  }
  const kept = backups.filter(isNeeded).map(({ at }) => at);
  if (kept.length === 0) return [];
  const reason = `A node that is restored from a backup ${what}.`;
  return [{ by: 'backup', reason, until: Math.max(...kept) }];
}
