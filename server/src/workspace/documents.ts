import { URI } from 'vscode-uri';
import type { FileAccess } from '../hocon/source';
import { parse, syntaxOf } from '../hocon/syntax/parse';
import type { Syntax, SyntaxTree } from '../hocon/syntax/syntax';
import { LineIndex } from '../text/line-index';
import type { Lines } from '../text/positions';
import { Budgeted, REMEMBERED_LENGTH } from './budget';
import { enclosingOf, type Region, Regions, regionOf } from './regions';

const lineIndexes = new WeakMap<SyntaxTree, Lines>();

/** The lines of a tree's text, computed once; for HOCON inside another document, those of that document. */
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

/** The normal form of a URI, because editors and file systems escape differently. */
export function normalize(uri: string): string {
  return isNormal(uri) ? uri : (parsedUri(uri)?.toString() ?? uri);
}

/** True for the URIs of most files, which need no escapes; parsing takes longer than all else that is done to most files. */
function isNormal(uri: string): boolean {
  return /^file:\/\/\/(?!\/)[\w.~/-]*$/.test(uri);
}

/** Undefined for an invalid URI, such as a text with half of a surrogate pair, or with a slash in the host name. */
export function parsedUri(uri: string): URI | undefined {
  try {
    const parsed = URI.parse(uri);
    parsed.toString();
    // Unescaped, the slash would end the host name, and the URI would be another one.
    return parsed.authority.includes('/') ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** The limit for all open documents together, in characters; further documents are not read. */
export const MAX_TOTAL_LENGTH = 32 * 1024 * 1024;

const TOO_MUCH_OPEN = `is beyond the ${MAX_TOTAL_LENGTH / 1024 / 1024} MB that all open documents together may have`;

/** Beyond this limit, all entries are checked again. */
const MAX_STAMPS = 50_000;

/** The key of a stamp that changes when files are created or deleted, because there may then be other files to read. */
export const ALL_FILES = 'canton-kms:all-files';

/**
 * The texts that everything starts from: open documents over files, and the HOCON inside either. Each URI has a stamp
 * that changes whenever its text may have changed, so that a result can store the stamps of the texts that it used, and
 * detect when it is stale.
 */
export class Documents implements FileAccess {
  private readonly open = new Map<string, string>();
  private openLength = 0;
  /** Open, but not read. */
  private readonly refused = new Set<string>();
  private readonly onDisk = new Budgeted<Promise<string | undefined>>(REMEMBERED_LENGTH);
  private readonly trees = new Budgeted<SyntaxTree>(REMEMBERED_LENGTH);
  /** The stamps that have been requested; no other stamp can have been stored. */
  private readonly stamps = new Map<string, number>();
  /** For the URI of a file, the links through which it was read. */
  private readonly links = new Map<string, Set<string>>();
  private readonly embedded = new Regions();
  private readonly regionOfTree = new WeakMap<SyntaxTree, Region>();
  /** The stamp of everything without its own stamp. */
  private oldest = 0;
  private latest = 0;

  constructor(private readonly files: FileAccess) {}

  /** @param languageId the editor's language ID; if absent, the file name decides */
  update(uri: string, text: string, languageId?: string): void {
    const before = this.open.get(uri);
    if (before === undefined) this.touch(ALL_FILES);
    this.open.set(uri, text);
    this.openLength += text.length - (before?.length ?? 0);
    // This must happen while its regions are still known; otherwise, their trees would stay.
    this.touch(uri);
    this.embedded.open(uri, languageId);
    this.admit();
  }

  close(uri: string): void {
    this.openLength -= this.open.get(uri)?.length ?? 0;
    this.open.delete(uri);
    this.touch(uri);
    this.embedded.close(uri);
    this.touch(ALL_FILES);
    this.admit();
  }

  /** Decides which open documents are read: the first ones that fit the limit. */
  private admit(): void {
    if (this.openLength <= MAX_TOTAL_LENGTH && this.refused.size === 0) return;
    let length = 0;
    for (const [uri, text] of this.open) {
      const hasRoom = length + text.length <= MAX_TOTAL_LENGTH;
      if (hasRoom) length += text.length;
      if (hasRoom !== this.refused.has(uri)) continue;
      if (hasRoom) this.refused.delete(uri);
      else this.refused.add(uri);
      this.touch(uri);
    }
    for (const uri of this.refused) if (!this.open.has(uri)) this.refused.delete(uri);
  }

  /**
   * Files were created, changed or deleted; all of them where it is not known which.
   * @param isListSame whether there are the same files as before
   */
  changedOnDisk(uris?: readonly string[], isListSame = false): void {
    if (uris === undefined) {
      this.forgetStamps();
      return;
    }
    for (const uri of uris) {
      for (const each of [uri, ...(this.links.get(uri) ?? [])]) if (!this.open.has(each)) this.touch(each);
      this.links.delete(uri);
    }
    if (!isListSame) this.touch(ALL_FILES);
  }

  /** Everything that was stored about files is stale. */
  private forgetStamps(): void {
    this.oldest = ++this.latest;
    for (const uri of [...this.stamps.keys()]) {
      if (this.open.has(uri)) continue;
      this.stamps.delete(uri);
      this.forget(uri);
    }
    this.onDisk.clear();
    this.links.clear();
  }

  isOpen(uri: string): boolean {
    return this.open.has(enclosingOf(uri));
  }

  /** Whether a stored result may depend on the file. */
  wasLookedFor(uri: string): boolean {
    return this.open.has(uri) || this.stamps.has(uri) || this.links.has(uri);
  }

  /** True if the document contains HOCON but is not HOCON itself. */
  mayEnclose(uri: string): boolean {
    return this.embedded.mayEnclose(uri);
  }

  /** The HOCON inside a document, in the order of its text. */
  async regions(uri: string): Promise<readonly Region[]> {
    const text = this.mayEnclose(uri) ? await this.read(uri) : undefined;
    return text === undefined ? [] : this.embedded.of(uri, text);
  }

  /** Changes with every stamp. */
  get revision(): number {
    return this.latest;
  }

  openUris(): readonly string[] {
    return [...this.open.keys()];
  }

  stamp(uri: string): number {
    return this.stamps.get(enclosingOf(uri)) ?? this.oldest;
  }

  /** The stamp for storage in a result: from now on, it changes with the file. */
  note(uri: string): number {
    const key = enclosingOf(uri);
    const known = this.stamps.get(key);
    if (known !== undefined) return known;
    if (this.stamps.size >= MAX_STAMPS) this.forgetStamps();
    this.stamps.set(key, this.oldest);
    return this.oldest;
  }

  async read(uri: string): Promise<string | undefined> {
    const part = regionOf(uri);
    if (part !== undefined) return (await this.regions(part.enclosing))[part.index]?.text;
    const open = this.open.get(uri);
    if (open !== undefined) return this.refused.has(uri) ? undefined : open;
    const known = this.onDisk.get(uri);
    if (known !== undefined) return known;
    const reading = this.readFile(uri);
    this.onDisk.set(uri, reading, 0);
    const text = await reading;
    if (this.onDisk.get(uri) === reading) this.onDisk.set(uri, reading, text?.length ?? 0);
    return text;
  }

  private async readFile(uri: string): Promise<string | undefined> {
    const text = await this.files.read(uri).catch(() => undefined);
    const target = await this.files.target?.(uri).catch(() => undefined);
    if (target !== undefined) {
      const links = this.links.get(target) ?? new Set();
      this.links.set(target, links.add(uri));
    }
    return text;
  }

  /** The reason why an existing file has no text. */
  async refusal(uri: string): Promise<string | undefined> {
    const key = enclosingOf(uri);
    if (this.open.has(key)) return this.refused.has(key) ? TOO_MUCH_OPEN : undefined;
    return this.files.refusal?.(key).catch(() => undefined);
  }

  /** The tree of a text; parsed once for each version. */
  readonly parse = (uri: string, text: string, syntax: Syntax = syntaxOf(uri)): SyntaxTree => {
    const region = this.regionAt(uri, text);
    const known = this.trees.get(uri);
    const isSame = known?.text === text && known.syntax === syntax && this.regionOfTree.get(known) === region;
    if (isSame) return known;
    const tree = parse(uri, text, syntax);
    this.trees.set(uri, tree, text.length);
    if (region !== undefined) {
      this.regionOfTree.set(tree, region);
      setLines(tree, region.lines);
    }
    return tree;
  };

  /** The region as it was when its text was read; another text around it moves its lines, though its own may be the same. */
  private regionAt(uri: string, text: string): Region | undefined {
    const part = regionOf(uri);
    const region = part && this.embedded.known(part.enclosing)[part.index];
    return region?.text === text ? region : undefined;
  }

  /** Undefined for an enclosing document, which is in another language. */
  async tree(uri: string): Promise<SyntaxTree | undefined> {
    const text = this.mayEnclose(uri) ? undefined : await this.read(uri);
    return text === undefined ? undefined : this.parse(uri, text);
  }

  private touch(uri: string): void {
    this.latest++;
    if (this.open.has(uri) || this.stamps.has(uri)) this.stamps.set(uri, this.latest);
    this.forget(uri);
  }

  /** Removes everything that was derived from a document. */
  private forget(uri: string): void {
    this.onDisk.delete(uri);
    this.trees.delete(uri);
    for (const region of this.embedded.known(uri)) this.trees.delete(region.uri);
    if (!this.open.has(uri)) this.embedded.forget(uri);
  }
}
