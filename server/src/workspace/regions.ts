import type { TextEdit } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type EmbeddedRegion, languageOfFile, mayHoldRegions, mentionsCanton } from '../embedded';
import { parse } from '../hocon/syntax/parse';
import { isCantonText } from '../model/facts/classify';
import { LineIndex } from '../text/line-index';
import type { TextRange } from '../text/location';
import type { Lines, Position, Range } from '../text/positions';

/** A region of HOCON by the document around it and its number in the order of that document's text. */
export interface RegionId {
  readonly enclosing: string;
  readonly index: number;
}

/** HOCON inside another document. */
export interface Region extends EmbeddedRegion {
  /** The key that the engine knows the region's text by, see `regionKey`. */
  readonly uri: string;
  readonly lines: RegionLines;
}

/*
 * The engine knows texts by URIs, so a region needs one: that of its enclosing document with a NUL, which no file name can
 * have, and its number. Relative includes then start where the enclosing document is. Only the functions below know this
 * form, and `withoutRegions` takes it out of every answer before it leaves the service.
 */
const MARK = '%00';
const REGION_KEY = /^(.*)%00(\d+)$/;
/** The mark and the number, in the form of URIs and of file names. */
const MARK_ANYWHERE = /(?:%00|\0)\d+/g;

export function regionKey({ enclosing, index }: RegionId): string {
  return `${enclosing}${MARK}${index}`;
}

/** The region that a URI of the engine represents; undefined for all other documents. */
export function regionOf(uri: string): RegionId | undefined {
  // A cheap test comes first, because every URI is checked.
  if (!uri.includes(MARK)) return undefined;
  const [, enclosing, index] = REGION_KEY.exec(uri) ?? [];
  return enclosing === undefined ? undefined : { enclosing, index: Number(index) };
}

/** The document of an editor that the text is in. */
export function enclosingOf(uri: string): string {
  return regionOf(uri)?.enclosing ?? uri;
}

/** Replaces regions with their enclosing documents in an answer. The input and the output are plain data. */
export function withoutRegions<T>(answer: T): T {
  return namesRegion(answer) ? (replaced(answer) as T) : answer;
}

/** Most answers contain none and need not be copied. */
function namesRegion(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(MARK) || value.includes('\0');
  // Semantic tokens consist of thousands of numbers.
  if (Array.isArray(value)) return typeof value[0] !== 'number' && value.some(namesRegion);
  if (!isPlain(value)) return false;
  for (const key in value) if (namesRegion(key) || namesRegion(value[key])) return true;
  return false;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(MARK_ANYWHERE, '');
  if (Array.isArray(value)) return value.map(replaced);
  if (!isPlain(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const own = key.replace(MARK_ANYWHERE, '');
    const known = result[own];
    const fresh = replaced(inner);
    // Edits of two regions are edits of one document.
    result[own] = Array.isArray(known) && Array.isArray(fresh) ? [...known, ...fresh] : fresh;
  }
  return result;
}

/** Errors and other instances of classes stay as they are. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * The lines of a region counted as those of its enclosing document: offsets are of the HOCON text, positions of the
 * document around it. In this way, features return positions of the enclosing document without knowing about it.
 */
export class RegionLines implements Lines {
  constructor(
    readonly region: EmbeddedRegion,
    private readonly enclosing: Lines,
  ) {}

  positionAt(offset: number): Position {
    return this.enclosing.positionAt(this.region.map.toHost(offset));
  }

  /** Positions before or after the region count as its start or end. */
  offsetAt(position: Position): number {
    const { map } = this.region;
    const offset = this.enclosing.offsetAt(position);
    return map.toRegion(offset) ?? (offset < map.host.start ? 0 : map.length);
  }

  rangeOf(range: TextRange): Range {
    return this.outerRange(this.region.map.toHostRange(range));
  }

  editOf(range: TextRange, newText: string): TextEdit | undefined {
    const edit = this.region.toHostEdit(range, newText);
    return edit && { range: this.outerRange(edit.range), newText: edit.newText };
  }

  /** Whether a position of the enclosing document is in the region. */
  contains(position: Position): boolean {
    return this.region.map.toRegion(this.enclosing.offsetAt(position)) !== undefined;
  }

  /** The part of a range of the enclosing document that lies in the region. */
  within({ start, end }: Range): TextRange | undefined {
    const outer = { start: this.enclosing.offsetAt(start), end: this.enclosing.offsetAt(end) };
    return this.region.map.toRegionRange(outer);
  }

  private outerRange({ start, end }: TextRange): Range {
    return { start: this.enclosing.positionAt(start), end: this.enclosing.positionAt(end) };
  }
}

/** Only generated documents contain more regions than this. */
const MAX_REGIONS = 500;

/** Decides which documents may enclose HOCON and finds it in them, again when their text or language changes. */
export class Regions {
  /** The editor's language IDs of open documents. */
  private readonly languages = new Map<string, string>();
  private readonly found = new Map<string, { readonly text: string; readonly regions: readonly Region[] }>();

  /** @param languageId undefined if only the file name is known */
  open(uri: string, languageId: string | undefined): void {
    const language = languageId ?? languageOfFile(URI.parse(uri).path);
    if (language !== this.languages.get(uri)) this.found.delete(uri);
    if (language === undefined) this.languages.delete(uri);
    else this.languages.set(uri, language);
  }

  close(uri: string): void {
    this.languages.delete(uri);
    this.forget(uri);
  }

  forget(uri: string): void {
    this.found.delete(uri);
  }

  /** The regions at the time of the last search. */
  known(uri: string): readonly Region[] {
    return this.found.get(uri)?.regions ?? [];
  }

  /** Whether the document is in a language that HOCON may be embedded in, and so is not HOCON itself. */
  mayEnclose(uri: string): boolean {
    const language = this.languageOf(uri);
    return language !== undefined && mayHoldRegions(language);
  }

  async of(uri: string, text: string): Promise<readonly Region[]> {
    const language = this.languageOf(uri);
    const isNone = language === undefined || !mentionsCanton(text);
    // Most YAML and Markdown files are not about Canton, so the YAML parser is not needed for them.
    const finders = isNone ? undefined : await import('../embedded/find-regions');
    const known = this.found.get(uri);
    if (known?.text === text) return known.regions;
    const found = isNone ? [] : (finders?.findRegions(language, text, looksLikeCanton) ?? []);
    const lines = new LineIndex(text);
    const regions = found.slice(0, MAX_REGIONS).map((region, index) => ({
      ...region,
      uri: regionKey({ enclosing: uri, index }),
      lines: new RegionLines(region, lines),
    }));
    this.found.set(uri, { text, regions });
    return regions;
  }

  private languageOf(uri: string): string | undefined {
    return this.languages.get(uri) ?? languageOfFile(URI.parse(uri).path);
  }
}

function looksLikeCanton(text: string): boolean {
  return mentionsCanton(text) && isCantonText(parse('', text, 'conf'));
}
