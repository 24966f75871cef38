import { URI } from 'vscode-uri';
import type { FileAccess } from '../hocon/source';
import { parse, syntaxOf } from '../hocon/syntax/parse';
import type { Syntax, SyntaxTree } from '../hocon/syntax/syntax';
import { LineIndex } from '../text/line-index';
import type { Lines } from '../text/positions';
import { enclosingOf, type Region, Regions, regionOf } from './regions';

const lineIndexes = new WeakMap<SyntaxTree, Lines>();

/** The lines of a tree's text, counted once; for HOCON inside another document, those of that document. */
export function linesOf(tree: SyntaxTree): Lines {
  const known = lineIndexes.get(tree);
  if (known !== undefined) return known;
  const lines = new LineIndex(tree.text);
  lineIndexes.set(tree, lines);
  return lines;
}

function setLines(tree: SyntaxTree, lines: Lines): void {
  lineIndexes.set(tree, lines);
}

/** One spelling for each URI: editors and file systems escape differently. */
export function normalize(uri: string): string {
  return parsedUri(uri)?.toString() ?? uri;
}

/** Undefined for what is no URI, as texts with half a surrogate pair. */
export function parsedUri(uri: string): URI | undefined {
  try {
    const parsed = URI.parse(uri);
    parsed.toString();
    return parsed;
  } catch {
    return undefined;
  }
}

/** Has a stamp like a document: changes when files appear or go, so that there may be others to look at. */
export const ALL_FILES = 'canton-kms:all-files';

/**
 * The texts that everything starts from: open documents over files, and the HOCON inside of either. Each URI has a stamp that changes whenever its text
 * may have changed, so that whoever remembers the stamps of what was read knows when it is stale.
 */
export class Documents implements FileAccess {
  private readonly open = new Map<string, string>();
  private readonly onDisk = new Map<string, Promise<string | undefined>>();
  private readonly trees = new Map<string, SyntaxTree>();
  private readonly stamps = new Map<string, number>();
  private readonly embedded = new Regions();
  private readonly regionOfTree = new WeakMap<SyntaxTree, Region>();
  /** Of what has no stamp of its own. */
  private oldest = 0;
  private latest = 0;

  constructor(private readonly files: FileAccess) {}

  /** @param languageId as the editor calls it; without it the file's name tells */
  update(uri: string, text: string, languageId?: string): void {
    if (!this.open.has(uri)) this.touch(ALL_FILES);
    this.embedded.open(uri, languageId);
    this.open.set(uri, text);
    this.touch(uri);
  }

  close(uri: string): void {
    this.open.delete(uri);
    this.embedded.close(uri);
    this.touch(uri);
    this.touch(ALL_FILES);
  }

  /** A file was created, changed or deleted; all of them when it is not known which. */
  changedOnDisk(uris?: readonly string[]): void {
    if (uris !== undefined) {
      for (const uri of [...uris, ALL_FILES]) if (!this.open.has(uri)) this.touch(uri);
      return;
    }
    this.onDisk.clear();
    for (const uri of [...this.trees.keys()]) if (!this.open.has(uri)) this.trees.delete(uri);
    this.oldest = ++this.latest;
    for (const uri of [...this.stamps.keys()]) if (!this.open.has(uri)) this.stamps.delete(uri);
  }

  isOpen(uri: string): boolean {
    return this.open.has(enclosingOf(uri));
  }

  /** Whether its text is remembered, or that there is none. */
  wasRead(uri: string): boolean {
    return this.open.has(uri) || this.onDisk.has(uri);
  }

  /** Whether the document is one that HOCON stands in, and none itself. */
  mayEnclose(uri: string): boolean {
    return this.embedded.mayEnclose(uri);
  }

  /** The HOCON inside a document, in the order of its text. */
  async regions(uri: string): Promise<readonly Region[]> {
    const text = this.mayEnclose(uri) ? await this.read(uri) : undefined;
    return text === undefined ? [] : this.embedded.of(uri, text);
  }

  openUris(): readonly string[] {
    return [...this.open.keys()];
  }

  stamp(uri: string): number {
    return this.stamps.get(enclosingOf(uri)) ?? this.oldest;
  }

  async read(uri: string): Promise<string | undefined> {
    const part = regionOf(uri);
    if (part !== undefined) return (await this.regions(part.enclosing))[part.index]?.text;
    const open = this.open.get(uri);
    if (open !== undefined) return open;
    const known = this.onDisk.get(uri);
    if (known !== undefined) return known;
    const reading = this.files.read(uri).catch(() => undefined);
    this.onDisk.set(uri, reading);
    return reading;
  }

  /** Why there is no text where there may be a file. */
  async refusal(uri: string): Promise<string | undefined> {
    return this.isOpen(uri) ? undefined : this.files.refusal?.(enclosingOf(uri)).catch(() => undefined);
  }

  /** The tree of a text; parsed once for each version. */
  readonly parse = (uri: string, text: string, syntax: Syntax = syntaxOf(uri)): SyntaxTree => {
    const region = this.regionAt(uri, text);
    const known = this.trees.get(uri);
    const isSame = known?.text === text && known.syntax === syntax && this.regionOfTree.get(known) === region;
    if (isSame) return known;
    const tree = parse(uri, text, syntax);
    this.trees.set(uri, tree);
    if (region !== undefined) {
      this.regionOfTree.set(tree, region);
      setLines(tree, region.lines);
    }
    return tree;
  };

  /** The region as it was when its text was read; another text around it moves its lines, though its own may be the same. */
  private regionAt(uri: string, text: string): Region | undefined {
    const part = regionOf(uri);
    const region = part && this.embedded.last(part);
    return region?.text === text ? region : undefined;
  }

  /** Undefined for an enclosing document, which is in another language. */
  async tree(uri: string): Promise<SyntaxTree | undefined> {
    const text = this.mayEnclose(uri) ? undefined : await this.read(uri);
    return text === undefined ? undefined : this.parse(uri, text);
  }

  private touch(uri: string): void {
    this.stamps.set(uri, ++this.latest);
    this.onDisk.delete(uri);
    this.trees.delete(uri);
  }
}
