import { includeTarget, type PathOptions } from '../../hocon/evaluation/include-files';
import { entriesOf, type IncludeNode, pathOf, type SyntaxTree } from '../../hocon/syntax/syntax';
import type { KeyPath } from '../../hocon/values/config-value';

/** An include, and the file that it is in. */
interface IncludeSite {
  readonly uri: string;
  readonly node: IncludeNode;
}

interface IncludeSitesInput {
  readonly paths: PathOptions;
  readonly files: readonly string[];
  readonly tree: (uri: string) => SyntaxTree | undefined;
  /** The paths that a file is included at, as {@link includePrefixes} finds them. */
  readonly prefixesOf: (uri: string) => readonly KeyPath[];
}

/** Finds the include that makes a file part of a section. */
export class IncludeSites {
  private byTarget: ReadonlyMap<string, readonly (IncludeSite & { readonly at: KeyPath })[]> | undefined;

  constructor(private readonly input: IncludeSitesInput) {}

  /** The include that makes the file part of a full path; undefined for a file that Canton is started with. */
  siteOf(file: string, path: KeyPath): IncludeSite | undefined {
    this.byTarget ??= this.sites();
    const sites = this.byTarget.get(file) ?? [];
    const { prefixesOf } = this.input;
    const isOnTheWay = (prefix: KeyPath) => prefix.every((name, i) => name === path[i]);
    return sites.find(({ uri, at }) => prefixesOf(uri).some((prefix) => isOnTheWay([...prefix, ...at]))) ?? sites[0];
  }

  private sites() {
    const byTarget = new Map<string, (IncludeSite & { readonly at: KeyPath })[]>();
    for (const uri of this.input.files) {
      for (const { uri: target, at, node } of includesIn(this.input.tree(uri), this.input.paths)) {
        const sites = byTarget.get(target) ?? [];
        sites.push({ uri, at, node });
        byTarget.set(target, sites);
      }
    }
    return byTarget;
  }
}

/** Files that include each other twice would multiply without limit. */
const MAX_PREFIXES = 2000;

/**
 * The paths that each file is included at, below which its substitutions are looked up first. Those of the roots are
 * empty.
 * @param roots the files that Canton is started with
 */
export function includePrefixes(
  roots: readonly string[],
  tree: (uri: string) => SyntaxTree | undefined,
  paths: PathOptions,
): ReadonlyMap<string, readonly KeyPath[]> {
  const prefixes = new Map<string, KeyPath[]>();
  const seen = new Set<string>();
  const queue: { readonly uri: string; readonly prefix: KeyPath }[] = [];
  const enter = (uri: string, prefix: KeyPath) => {
    const key = JSON.stringify([uri, prefix]);
    if (seen.has(key) || seen.size >= MAX_PREFIXES) return;
    seen.add(key);
    prefixes.set(uri, [...(prefixes.get(uri) ?? []), prefix]);
    queue.push({ uri, prefix });
  };
  const includes = new Map<string, readonly { readonly uri: string; readonly at: KeyPath }[]>();
  for (const uri of roots) enter(uri, []);
  for (const { uri, prefix } of queue) {
    const found = includes.get(uri) ?? includesIn(tree(uri), paths);
    includes.set(uri, found);
    for (const { uri: included, at } of found) enter(included, [...prefix, ...at]);
  }
  return prefixes;
}

export interface IncludedFile {
  readonly uri: string;
  /** The path of the object that the include is in. */
  readonly at: KeyPath;
  readonly node: IncludeNode;
}

/** The files that a tree includes, whether they exist or not. */
function includesIn(tree: SyntaxTree | undefined, paths: PathOptions): IncludedFile[] {
  if (!tree?.text.includes('include')) return [];
  return [...entriesOf(tree)].flatMap((entry) => {
    const at = entry.kind === 'include' ? pathOf(entry) : undefined;
    if (entry.kind !== 'include' || at === undefined) return [];
    const { files } = includeTarget(entry, { uri: tree.uri, bareName: false }, paths);
    return files.map(({ uri }) => ({ uri, at, node: entry }));
  });
}
