import { URI } from 'vscode-uri';
import { type EmbeddedRegion, findRegions, languageOfFile, mayHoldRegions, mentionsCanton } from '../embedded';
import { parse } from '../hocon/syntax/parse';
import { isCantonDocument } from '../model/facts/classify';
import { LineIndex } from '../text/line-index';
import { RegionLines } from './region-lines';
import { regionUri } from './region-uri';

/** A document has fewer, or is none of people's. */
const MAX_REGIONS = 500;

/** HOCON inside a document. */
export interface Region extends EmbeddedRegion {
  readonly uri: string;
  readonly lines: RegionLines;
}

/** Tells which documents are hosts of HOCON and finds it in them, anew when their text changes. */
export class Hosts {
  /** Of open documents, as their editor calls them. */
  private readonly languages = new Map<string, string>();
  private readonly results = new Map<string, { readonly text: string; readonly regions: readonly Region[] }>();

  /** @param languageId undefined where only the file's name can tell */
  open(uri: string, languageId: string | undefined): void {
    const language = languageId ?? languageOfFile(URI.parse(uri).path);
    if (language !== this.languages.get(uri)) this.results.delete(uri);
    if (language === undefined) this.languages.delete(uri);
    else this.languages.set(uri, language);
  }

  close(uri: string): void {
    this.languages.delete(uri);
    this.results.delete(uri);
  }

  /** Whether the document is in a language that HOCON may stand in, and so is no HOCON itself. */
  isHost(uri: string): boolean {
    const language = this.languageOf(uri);
    return language !== undefined && mayHoldRegions(language);
  }

  regions(uri: string, text: string): readonly Region[] {
    const known = this.results.get(uri);
    if (known?.text === text) return known.regions;
    const regions = this.find(uri, text);
    this.results.set(uri, { text, regions });
    return regions;
  }

  /** What was found last. */
  found(uri: string): readonly Region[] {
    return this.results.get(uri)?.regions ?? [];
  }

  private find(uri: string, text: string): readonly Region[] {
    const language = this.languageOf(uri);
    if (language === undefined || !mentionsCanton(text)) return [];
    const regions = findRegions(language, text, looksLikeCanton).slice(0, MAX_REGIONS);
    if (regions.length === 0) return [];
    const lines = new LineIndex(text);
    return regions.map((region, i) => ({ ...region, uri: regionUri(uri, i), lines: new RegionLines(region, lines) }));
  }

  private languageOf(uri: string): string | undefined {
    return this.languages.get(uri) ?? languageOfFile(URI.parse(uri).path);
  }
}

function looksLikeCanton(text: string): boolean {
  return mentionsCanton(text) && isCantonDocument(parse('', text, 'conf'));
}
