import type { Announcement } from './listing';

/** A backup that is kept, and the vault at its time where that is known. */
export interface Backup {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The wrapper keys of its rows; undefined where no listing of it is at hand. */
  readonly wrapperKeyIds: ReadonlySet<string> | undefined;
}

/** Why a key may not be disabled. */
export interface Need {
  readonly by: 'node' | 'mapping' | 'backup' | 'unknown';
  /** One sentence. */
  readonly reason: string;
  /** In milliseconds since 1970: the end of the need; of a backup, the time of the newest one that must be gone before. */
  readonly until?: number;
}

/** What is known of the past of a node; what is undefined is not known, and no key is free then. */
export interface Past {
  readonly history: readonly Announcement[] | undefined;
  readonly backups: readonly Backup[] | undefined;
  /** When the question is asked, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Messages that were encrypted for a key may be under way when it is taken out of use, and a node that does not find the key
 * for one of them ends for good (3.5). A node that is backed up may be behind by then: it decrypts with keys that were taken out of use shortly before. A day is
 * more than a node that is monitored is ever behind.
 */
const LAG = 24 * 60 * 60 * 1000;

/** Who still needs a key of the node, by its fingerprint. A restored node replays what happened since its backup. */
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

/** Who still needs a wrapper key that no row of the node has any more. */
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
