import type { FileAccess, RootFile, Sources } from '../source';
import { parse, syntaxOf } from '../syntax/parse';
import type { Syntax, SyntaxTree } from '../syntax/syntax';
import { entriesOf } from '../syntax/syntax';
import { includeTarget, nearbyKey, type PathOptions } from './include-files';

interface LoadOptions extends PathOptions {
  /** Parses a text, or returns the tree that the caller already has for it. */
  readonly parse?: (uri: string, text: string, syntax: Syntax) => SyntaxTree;
}

/** Reads and parses the root files and every file that they include, directly or indirectly. */
export async function loadSources(
  roots: readonly RootFile[],
  files: FileAccess,
  options: LoadOptions = {},
): Promise<Sources> {
  const loader = new Loader(files, options);
  await loader.load(
    roots.map((root) => ({ uri: root.uri, syntax: syntaxOf(root.uri), bareName: root.bareName ?? false })),
  );
  return loader;
}

/** All files of a launch together, in characters; further files are not read. */
const MAX_LAUNCH_LENGTH = 32 * 1024 * 1024;
const TOO_LONG = `is beyond the ${MAX_LAUNCH_LENGTH / 1024 / 1024} MB that the files of a launch may have together`;

const SYNTAXES: readonly Syntax[] = ['conf', 'json', 'properties'];

interface Wanted {
  readonly uri: string;
  readonly syntax: Syntax;
  readonly bareName: boolean;
}

class Loader implements Sources {
  readonly lookedFor = new Set<string>();
  readonly nearby = new Set<string>();
  private readonly trees = new Map<string, SyntaxTree>();
  private readonly refusals = new Map<string, string>();
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private length = 0;

  constructor(
    private readonly files: FileAccess,
    private readonly options: LoadOptions,
  ) {}

  get(uri: string, syntax?: Syntax): SyntaxTree | undefined {
    if (syntax !== undefined) return this.trees.get(key(uri, syntax));
    for (const each of [syntaxOf(uri), ...SYNTAXES]) {
      const tree = this.trees.get(key(uri, each));
      if (tree !== undefined) return tree;
    }
    return undefined;
  }

  refusal(uri: string): string | undefined {
    return this.refusals.get(uri);
  }

  /** Follows the includes level by level, so that chains of any length need no stack. */
  async load(roots: readonly Wanted[]): Promise<void> {
    const seen = new Set<string>();
    let wanted = roots;
    while (wanted.length > 0) {
      const fresh = wanted.filter((file) => {
        const id = `${key(file.uri, file.syntax)} ${file.bareName}`;
        if (seen.has(id)) return false;
        seen.add(id);
        return true;
      });
      const included = await Promise.all(fresh.map((file) => this.loadOne(file)));
      wanted = included.flat();
    }
  }

  private async loadOne(file: Wanted): Promise<Wanted[]> {
    const { uri, syntax } = file;
    this.lookedFor.add(uri);
    let text = this.texts.get(uri);
    if (text === undefined) {
      text = this.read(uri);
      this.texts.set(uri, text);
    }
    const content = await text;
    if (content === undefined) return [];
    let tree = this.trees.get(key(uri, syntax));
    if (tree === undefined) {
      tree = (this.options.parse ?? parse)(uri, content, syntax);
      this.trees.set(key(uri, syntax), tree);
    }
    return this.includedBy(tree, file);
  }

  private async read(uri: string): Promise<string | undefined> {
    const text = await this.files.read(uri);
    const fits = text !== undefined && this.length + text.length <= MAX_LAUNCH_LENGTH;
    const refusal = text === undefined ? await this.files.refusal?.(uri) : fits ? undefined : TOO_LONG;
    if (refusal !== undefined) this.refusals.set(uri, refusal);
    if (!fits) return undefined;
    this.length += text.length;
    return text;
  }

  private async includedBy(tree: SyntaxTree, file: Wanted): Promise<Wanted[]> {
    const wanted: Wanted[] = [];
    if (!tree.text.includes('include')) return wanted;
    for (const entry of entriesOf(tree)) {
      if (entry.kind !== 'include' || entry.targetRange === undefined) continue;
      const { files, nearby = [] } = includeTarget(entry, file, this.options);
      for (const each of files) wanted.push(each);
      if (entry.required) await this.lookNear(nearbyKey(tree.uri, entry.target), nearby);
    }
    return wanted;
  }

  private async lookNear(key: string, files: Iterable<Wanted>): Promise<void> {
    for (const { uri } of files) {
      if ((await this.files.read(uri)) === undefined) continue;
      this.nearby.add(key);
      return;
    }
  }
}

function key(uri: string, syntax: Syntax): string {
  return `${syntax} ${uri}`;
}
