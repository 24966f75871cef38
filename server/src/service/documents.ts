import { URI } from 'vscode-uri';
import { parse, syntaxOf } from '../hocon/parse';
import type { FileAccess } from '../hocon/source';
import type { Syntax, SyntaxTree } from '../hocon/syntax';

/** One spelling for each URI: editors and file systems escape differently. */
export function normalize(uri: string): string {
  return URI.parse(uri).toString();
}

/** Has a stamp like a document: changes when files appear or go, so that there may be others to look at. */
export const ALL_FILES = 'canton-kms:all-files';

/**
 * The texts that everything starts from: open documents over files. Each URI has a stamp that changes whenever its text
 * may have changed, so that whoever remembers the stamps of what was read knows when it is stale.
 */
export class Documents implements FileAccess {
  private readonly open = new Map<string, string>();
  private readonly onDisk = new Map<string, Promise<string | undefined>>();
  private readonly trees = new Map<string, SyntaxTree>();
  private readonly stamps = new Map<string, number>();
  /** Of what has no stamp of its own. */
  private oldest = 0;
  private latest = 0;

  constructor(private readonly files: FileAccess) {}

  update(uri: string, text: string): void {
    if (!this.open.has(uri)) this.touch(ALL_FILES);
    this.open.set(uri, text);
    this.touch(uri);
  }

  close(uri: string): void {
    this.open.delete(uri);
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
    return this.open.has(uri);
  }

  openUris(): readonly string[] {
    return [...this.open.keys()];
  }

  stamp(uri: string): number {
    return this.stamps.get(uri) ?? this.oldest;
  }

  async read(uri: string): Promise<string | undefined> {
    const open = this.open.get(uri);
    if (open !== undefined) return open;
    const known = this.onDisk.get(uri);
    if (known !== undefined) return known;
    const reading = this.files.read(uri).catch(() => undefined);
    this.onDisk.set(uri, reading);
    return reading;
  }

  /** The tree of a text; parsed once for each version. */
  readonly parse = (uri: string, text: string, syntax: Syntax = syntaxOf(uri)): SyntaxTree => {
    const known = this.trees.get(uri);
    if (known?.text === text && known.syntax === syntax) return known;
    const tree = parse(uri, text, syntax);
    this.trees.set(uri, tree);
    return tree;
  };

  async tree(uri: string): Promise<SyntaxTree | undefined> {
    const text = await this.read(uri);
    return text === undefined ? undefined : this.parse(uri, text);
  }

  private touch(uri: string): void {
    this.stamps.set(uri, ++this.latest);
    this.onDisk.delete(uri);
    this.trees.delete(uri);
  }
}
