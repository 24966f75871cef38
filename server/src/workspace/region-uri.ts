/**
 * HOCON inside another document is a document of its own to everything in here. Its URI is that of its host with a mark
 * that no file name can have, and its number; relative includes start where the host is. Nothing outside may see such URIs.
 */
const MARK = '%00';
const REGION_URI = /^(.*)%00(\d+)$/;

export function regionUri(host: string, index: number): string {
  return `${host}${MARK}${index}`;
}

/** The host and the number of a region's URI; undefined for all other documents. */
export function splitRegionUri(uri: string): { readonly host: string; readonly index: number } | undefined {
  // A cheap look: every URI is asked about.
  if (!uri.includes(MARK)) return undefined;
  const [, host, index] = REGION_URI.exec(uri) ?? [];
  return host === undefined ? undefined : { host, index: Number(index) };
}

/** The document of an editor that the text is in. */
export function hostOf(uri: string): string {
  return splitRegionUri(uri)?.host ?? uri;
}

/** The mark as URIs and as file names have it. */
const ANYWHERE = /(?:%00|\0)\d+/g;

/** An answer with hosts in place of their regions, wherever it names any; plain data in, plain data out. */
export function withHosts<T>(answer: T): T {
  return namesRegion(answer) ? (replaced(answer) as T) : answer;
}

/** Most answers name none, and need not be made anew. */
function namesRegion(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(MARK) || value.includes('\0');
  // Numbers of tokens are many.
  if (Array.isArray(value)) return typeof value[0] !== 'number' && value.some(namesRegion);
  if (!isPlain(value)) return false;
  for (const key in value) if (namesRegion(key) || namesRegion(value[key])) return true;
  return false;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ANYWHERE, '');
  if (Array.isArray(value)) return value.map(replaced);
  if (!isPlain(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const own = key.replace(ANYWHERE, '');
    const known = result[own];
    const fresh = replaced(inner);
    // Edits of two regions are edits of one document.
    result[own] = Array.isArray(known) && Array.isArray(fresh) ? [...known, ...fresh] : fresh;
  }
  return result;
}

/** Errors and the like stay what they are. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
