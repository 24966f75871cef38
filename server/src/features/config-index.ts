import type { ObjectNode, SyntaxNode, SyntaxTree } from '../hocon/syntax';
import type { ConfigEntry, ConfigObject } from '../hocon/value';
import { pathElements } from './syntax-walk';

/** An entry of the effective configuration and the path that leads to it. */
export interface IndexedEntry {
  readonly path: readonly string[];
  readonly entry: ConfigEntry;
}

/** Substitutions can multiply a small file without bound; what lies beyond is found by its written path alone. */
const MAX_ENTRIES = 100_000;

/** If none of these is in effect, the others are not, either. */
const MAX_SIBLINGS = 20;

/**
 * Finds the effective path of what is written somewhere: a key in an included fragment, or in an object that a
 * substitution copies, stands at another path than the one that its file shows.
 */
export class ConfigIndex {
  private readonly byPlace = new Map<string, Map<number, IndexedEntry>>();

  constructor(readonly config: ConfigObject) {
    for (const indexed of entriesIn(config)) this.add(indexed);
  }

  private add(indexed: IndexedEntry): void {
    for (const { uri, key } of indexed.entry.definitions) {
      const places = this.byPlace.get(uri) ?? new Map<number, IndexedEntry>();
      this.byPlace.set(uri, places);
      if (!places.has(key.start)) places.set(key.start, indexed);
    }
  }

  /** The entry that the path element at this offset writes. */
  at(uri: string, keyStart: number): IndexedEntry | undefined {
    return this.byPlace.get(uri)?.get(keyStart);
  }

  /**
   * The effective path of an object or value. In a fragment or a shared object it is found by what stands in it or around
   * it; otherwise it is the path as written. Undefined inside a list.
   */
  pathOf(tree: SyntaxTree, node: SyntaxNode): readonly string[] | undefined {
    const written = pathElements(node)?.map(({ name }) => name);
    if (written === undefined) return undefined;
    let inner: readonly string[] = [];
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
      const known = at.kind === 'object' ? this.pathByEntries(tree, at) : undefined;
      if (known !== undefined) return [...known, ...inner];
      if (at.kind !== 'field') continue;
      const { elements } = at.path;
      for (let i = elements.length - 1; i >= 0; i--) {
        const path = this.cantonPath(tree.uri, elements[i]?.start);
        if (path !== undefined) return [...path, ...elements.slice(i + 1).map(({ name }) => name), ...inner];
      }
      inner = [...elements.map(({ name }) => name), ...inner];
    }
    return written;
  }

  private pathByEntries(tree: SyntaxTree, { entries }: ObjectNode): readonly string[] | undefined {
    for (const entry of entries.slice(0, MAX_SIBLINGS)) {
      const first = entry.kind === 'field' ? entry.path.elements[0] : undefined;
      const path = this.cantonPath(tree.uri, first?.start);
      if (path !== undefined) return path.slice(0, -1);
    }
    return undefined;
  }

  private cantonPath(uri: string, keyStart: number | undefined): readonly string[] | undefined {
    const path = keyStart === undefined ? undefined : this.at(uri, keyStart)?.path;
    return path?.[0] === 'canton' ? path : undefined;
  }
}

/**
 * Every entry, breadth first, `canton` before all else: a shared object is met at the shortest path that Canton reads,
 * and only there.
 */
export function* entriesIn(config: ConfigObject): Generator<IndexedEntry> {
  const seen = new Set<ConfigObject>();
  let left = MAX_ENTRIES;
  const canton = config.entries.get('canton');
  const first: [string, ConfigEntry][] = canton === undefined ? [] : [['canton', canton]];
  const others = [...config.entries].filter(([name]) => name !== 'canton');
  for (const roots of [first, others]) {
    const queue = roots.map(([name, entry]): IndexedEntry => ({ path: [name], entry }));
    for (let i = 0; i < queue.length && left > 0; i++, left--) {
      const indexed = queue[i] as IndexedEntry;
      yield indexed;
      const { value } = indexed.entry;
      if (value.kind !== 'object' || seen.has(value)) continue;
      seen.add(value);
      for (const [name, entry] of value.entries) queue.push({ path: [...indexed.path, name], entry });
    }
  }
}

/** The entry at a path. */
export function entryAt(config: ConfigObject, path: readonly string[]): ConfigEntry | undefined {
  let object: ConfigObject | undefined = config;
  let entry: ConfigEntry | undefined;
  for (const name of path) {
    entry = object?.entries.get(name);
    object = entry?.value.kind === 'object' ? entry.value : undefined;
  }
  return entry;
}
