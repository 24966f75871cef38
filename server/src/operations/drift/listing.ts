/** A key as a node has it in its vault. */
export interface ListedKey {
  /** The complete fingerprint: `1220` and 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** The key that encrypts this key in the database. */
  readonly wrapperKeyId: string | undefined;
  /** The KMS key that holds it. */
  readonly kmsKeyId: string | undefined;
  /** `namespace`, `signing+proof-of-ownership`, `encryption`; undefined if the listing has none, as in 2.10. */
  readonly usage: string | undefined;
}

/** When a mapping of the topology announced keys, in milliseconds since 1970. */
export interface Announcement {
  readonly from: number;
  /** Infinity if it is still announced. */
  readonly until: number;
  readonly fingerprints: readonly string[];
}

const FINGERPRINT = /\b1220[0-9a-f]{64}\b/gi;

/**
 * The keys of a pasted listing: the table that `register-keys` and others keep (usage, KMS id, name and fingerprint,
 * separated by tabs), or tuples as the console prints `keys.secret.list()` in the plans: (name, fingerprint, wrapper
 * key, KMS key, usage), where 2.10 has its purpose in place of the last two. Other console output is ignored. Each key
 * is returned once; the last row counts.
 */
export function readListing(text: string): readonly ListedKey[] {
  const keys = new Map<string, ListedKey>();
  const rows = [...text.split(/\r?\n/).map(ofTable), ...tuplesOf(text).map(ofTuple)];
  for (const key of rows) if (key !== undefined) keys.set(key.fingerprint, key);
  return [...keys.values()];
}

/** True if a row has a shortened fingerprint, which does not identify a key: `1220ab12cd34...`. */
export function hasShortenedRow(text: string): boolean {
  return tuplesOf(text).some(([, second = '']) => /^1220[0-9a-f]{4,62}\.\.\.$/i.test(plain(second) ?? ''));
}

function ofTable(line: string): ListedKey | undefined {
  const [usage, kmsKeyId, , fingerprint] = line.split('\t').map((cell) => cell.trim());
  if (fingerprint === undefined || !isFingerprint(fingerprint)) return undefined;
  return {
    fingerprint: fingerprint.toLowerCase(),
    wrapperKeyId: undefined,
    kmsKeyId: kmsKeyId || undefined,
    usage: usage || undefined,
  };
}

function isFingerprint(text: string): boolean {
  return /^1220[0-9a-f]{64}$/i.test(text);
}

function ofTuple(cells: readonly string[]): ListedKey | undefined {
  const [, fingerprint, third, fourth, fifth] = cells.map(plain);
  if (fingerprint === undefined || !isFingerprint(fingerprint)) return undefined;
  const key = { fingerprint: fingerprint.toLowerCase() };
  // (name, fingerprint, KMS key, purpose, usage), and (name, fingerprint, wrapper key, purpose) of 2.10.
  if (fourth !== undefined && /^(?:signing|encryption)$/i.test(fourth)) {
    if (cells.length < 5) return { ...key, wrapperKeyId: third, kmsKeyId: undefined, usage: undefined };
    return { ...key, wrapperKeyId: undefined, kmsKeyId: third, usage: fifth ?? 'encryption' };
  }
  return { ...key, wrapperKeyId: third, kmsKeyId: fourth, usage: fifth };
}

/**
 * A value without the text that the console prints around it: `Some(value = "x")`, `KmsKeyId(x)`; undefined for `None`.
 */
function plain(cell: string): string | undefined {
  let text = cell.trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(/^\w+ = /, '')
      .replace(/^[A-Za-z]\w*\((.*)\)$/s, '$1')
      .replace(/^"(.*)"$/s, '$1')
      .trim();
  }
  return text === '' || text === 'None' ? undefined : text;
}

/** The cells of every innermost tuple that has a complete fingerprint in a separate cell. */
function tuplesOf(text: string): string[][] {
  const tuples: string[][] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === '(') open.push(at);
    else if (text[at] === ')') {
      const start = open.pop();
      // A tuple has nothing before its parenthesis; `Some(` and `Vector(` have a name.
      if (start === undefined || /\w/.test(text.charAt(start - 1))) continue;
      tuples.push(cellsOf(text.slice(start + 1, at)));
    }
  }
  return tuples;
}

const STRING = /"(?:\\.|[^"\\\n])*"/y;

/** A quote that is not closed on its line is one of a name. */
function endOfString(text: string, start: number): number {
  STRING.lastIndex = start;
  return STRING.test(text) ? STRING.lastIndex - 1 : start;
}

function cellsOf(text: string): string[] {
  const cells: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      cells.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...cells, text.slice(start)];
}

/**
 * The keys that mappings announced, and when. The input is pasted tuples (valid from, valid until, fingerprints) of all
 * mappings that the stores of the node ever had. Undefined if a row cannot be read, because an overlooked mapping would
 * make a key look unused.
 */
export function readHistory(text: string): readonly Announcement[] | undefined {
  const rows = tuplesOf(text).map(announcementOf);
  if (/\b1220[0-9a-f]{4,62}\.\.\./i.test(text) || !rows.every((row) => row !== undefined)) return undefined;
  const known = new Set(rows.flatMap((row) => row.fingerprints));
  return fingerprintsIn(text).every((one) => known.has(one)) ? rows : undefined;
}

function announcementOf(cells: readonly string[]): Announcement | undefined {
  const [from = '', until = '', ...rest] = cells;
  const start = timeOf(plain(from) ?? '');
  const end = plain(until);
  const last = end === undefined ? Number.POSITIVE_INFINITY : timeOf(end);
  if (start === undefined || last === undefined) return undefined;
  return { from: start, until: last, fingerprints: fingerprintsIn(rest.join()) };
}

function fingerprintsIn(text: string): readonly string[] {
  return [...text.matchAll(FINGERPRINT)].map(([one]) => one.toLowerCase());
}

/** Parses a day or an instant in UTC; undefined for any other text. */
export function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
