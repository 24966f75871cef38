import { distance } from 'fastest-levenshtein';

/**
 * The name that was probably meant: the one with the fewest changes, if these are few for its length. Case and word
 * separators do not count, so `multiRegionKey` equals `multi-region-key`. Undefined if no name is similar.
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  if (written.length > 100) return undefined;
  const given = plain(written);
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const meant = plain(name);
    // There are at least as many changes as the lengths differ by.
    if (Math.abs(meant.length - given.length) >= fewest) continue;
    const changes = changesBetween(given, meant);
    if (changes < fewest) {
      fewest = changes;
      best = name;
    }
  }
  if (best === undefined) return undefined;
  const { length } = plain(best);
  // A name of two letters cannot be recognized after a change.
  return fewest <= (length < 3 ? 0 : Math.max(1, Math.floor(length / 3))) ? best : undefined;
}

/** True for a name that differs from one of these only by case, separators, or a letter or two. */
export function isMisspelled(written: string, names: Iterable<string>): boolean {
  if (written.length > 100) return false;
  const given = plain(written);
  for (const name of names) {
    const meant = plain(name);
    const tolerance = meant.length > 4 ? 2 : 1;
    if (Math.abs(meant.length - given.length) <= tolerance && changesBetween(given, meant) <= tolerance) return true;
  }
  return false;
}

/** Two swapped letters are one typing mistake, which Levenshtein counts as two changes. */
function changesBetween(given: string, meant: string): number {
  return isSwapped(given, meant) ? 1 : distance(given, meant);
}

function isSwapped(given: string, meant: string): boolean {
  if (given.length !== meant.length) return false;
  let at = 0;
  while (at < given.length && given[at] === meant[at]) at++;
  const swapped = `${meant[at + 1] ?? ''}${meant[at] ?? ''}`;
  return at + 1 < given.length && given.slice(at, at + 2) === swapped && given.slice(at + 2) === meant.slice(at + 2);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s.]/g, '');
}
