import { includeTarget } from '../../hocon/evaluation/include-files';
import { entriesOf } from '../../hocon/syntax/nodes';
import type { IncludeNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { pathElements } from './syntax-walk';

/** Files that include each other twice multiply without bound. */
const MAX_PLACES = 2000;

type Path = readonly string[];

/**
 * The paths that each file is included at, none for the roots: what a substitution in it is first looked up below.
 * @param roots the files that nobody has to include
 */
export function includePrefixes(
  roots: readonly string[],
  tree: (uri: string) => SyntaxTree | undefined,
): ReadonlyMap<string, readonly Path[]> {
  const prefixes = new Map<string, Path[]>();
  const seen = new Set<string>();
  const queue: { readonly uri: string; readonly prefix: Path }[] = [];
  const enter = (uri: string, prefix: Path) => {
    const key = JSON.stringify([uri, prefix]);
    if (seen.has(key) || seen.size >= MAX_PLACES) return;
    seen.add(key);
    prefixes.set(uri, [...(prefixes.get(uri) ?? []), prefix]);
    queue.push({ uri, prefix });
  };
  const includes = new Map<string, readonly { readonly uri: string; readonly at: Path }[]>();
  for (const uri of roots) enter(uri, []);
  for (const { uri, prefix } of queue) {
    const found = includes.get(uri) ?? includesIn(tree(uri));
    includes.set(uri, found);
    for (const { uri: included, at } of found) enter(included, [...prefix, ...at]);
  }
  return prefixes;
}

export interface IncludedFile {
  readonly uri: string;
  /** The path of the object that the include stands in. */
  readonly at: Path;
  readonly node: IncludeNode;
}

/** The files that a tree includes, those that may not exist among them. */
export function includesIn(tree: SyntaxTree | undefined): IncludedFile[] {
  if (!tree?.text.includes('include')) return [];
  return [...entriesOf(tree)].flatMap((entry) => {
    const at = entry.kind === 'include' ? pathElements(entry)?.map(({ name }) => name) : undefined;
    if (entry.kind !== 'include' || at === undefined) return [];
    const { files } = includeTarget(entry, { uri: tree.uri, bareName: false }, undefined);
    return files.map(({ uri }) => ({ uri, at, node: entry }));
  });
}
