import { distance } from 'fastest-levenshtein';

/**
 * The name that was probably meant: the one with the fewest changes, where these are few for its length. Case and the
 * characters between words do not count, so `multiRegionKey` is `multi-region-key`. Undefined if nothing is near.
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  if (written.length > 100) return undefined;
  const given = plain(written);
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const changes = distance(given, plain(name));
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
    if (Math.abs(meant.length - given.length) <= tolerance && distance(given, meant) <= tolerance) return true;
  }
  return false;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s.]/g, '');
}
