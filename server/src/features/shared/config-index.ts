import { namesOf, type ObjectNode, pathOf, type SyntaxNode, type SyntaxTree } from '../../hocon/syntax/syntax';
import type { ConfigEntry, ConfigObject, KeyPath } from '../../hocon/values/config-value';

/** An entry of the effective configuration and the path that leads to it. */
interface IndexedEntry {
  readonly path: KeyPath;
  readonly entry: ConfigEntry;
}

/**
 * Substitutions can multiply a small file without limit; entries beyond this number are found only by their written
 * path.
 */
const MAX_ENTRIES = 100_000;

const known = new WeakMap<ConfigObject, readonly IndexedEntry[]>();

/**
 * Every entry, breadth first and starting with `canton`, so that a shared object is visited only at the shortest path
 * that Canton reads.
 */
export function entriesIn(config: ConfigObject): readonly IndexedEntry[] {
  const entries = known.get(config) ?? collect(config);
  known.set(config, entries);
  return entries;
}

function collect(config: ConfigObject): readonly IndexedEntry[] {
  const found: LinkedEntry[] = [];
  const seen = new Set<ConfigObject>();
  const canton = config.entries.get('canton');
  const others = [...config.entries].filter(([name]) => name !== 'canton');
  for (const roots of [canton === undefined ? [] : [['canton', canton] as const], others]) {
    let next = found.length;
    for (const [name, entry] of roots) found.push(new LinkedEntry(undefined, name, entry));
    for (; next < found.length && next < MAX_ENTRIES; next++) {
      const around = found[next] as LinkedEntry;
      const { value } = around.entry;
      if (value.kind !== 'object' || seen.has(value)) continue;
      seen.add(value);
      for (const [name, entry] of value.entries) found.push(new LinkedEntry(around, name, entry));
    }
    if (found.length > MAX_ENTRIES) return found.slice(0, MAX_ENTRIES);
  }
  return found;
}

/** Builds its path on demand, because there is one of these for each entry of a launch set. */
class LinkedEntry implements IndexedEntry {
  constructor(
    private readonly around: LinkedEntry | undefined,
    private readonly name: string,
    readonly entry: ConfigEntry,
  ) {}

  get path(): KeyPath {
    const names: string[] = [];
    for (let at: LinkedEntry | undefined = this; at !== undefined; at = at.around) names.push(at.name);
    return names.reverse();
  }
}

/** The number of lookups up to which a linear search is cheaper than an index of all entries by offset. */
const FEW_LOOKUPS = 8;

/** Finds the entries that a key in a text defines. */
export class WrittenEntries {
  private lookups = 0;
  private byOffset: ReadonlyMap<string, ReadonlyMap<number, readonly IndexedEntry[]>> | undefined;

  constructor(private readonly config: ConfigObject) {}

  /** @param keyStart the offset of an element of a field's path */
  at(uri: string, keyStart: number): readonly IndexedEntry[] {
    if (this.byOffset === undefined && this.lookups++ < FEW_LOOKUPS) {
      return entriesIn(this.config).filter(({ entry }) => isWrittenAt(entry, uri, keyStart));
    }
    this.byOffset ??= byOffset(this.config);
    return this.byOffset.get(uri)?.get(keyStart) ?? [];
  }
}

function isWrittenAt({ definitions }: ConfigEntry, uri: string, keyStart: number): boolean {
  for (const { uri: own, key } of definitions) if (key.start === keyStart && own === uri) return true;
  return false;
}

function byOffset(config: ConfigObject): ReadonlyMap<string, ReadonlyMap<number, readonly IndexedEntry[]>> {
  const byFile = new Map<string, Map<number, IndexedEntry[]>>();
  for (const indexed of entriesIn(config)) {
    for (const { uri, key } of indexed.entry.definitions) {
      const ofFile = byFile.get(uri) ?? new Map<number, IndexedEntry[]>();
      byFile.set(uri, ofFile);
      const entries = ofFile.get(key.start);
      if (entries === undefined) ofFile.set(key.start, [indexed]);
      else entries.push(indexed);
    }
  }
  return byFile;
}

/** If none of these is in effect, the others are not either. */
const MAX_SIBLINGS = 20;

/**
 * Finds effective paths: a key in an included fragment, or in an object that a substitution copies, takes effect at
 * another path than the one in its file.
 */
export class ConfigIndex {
  private readonly written: WrittenEntries;

  constructor(readonly config: ConfigObject) {
    this.written = new WrittenEntries(config);
  }

  /** The entry that the path element at this offset defines. */
  at(uri: string, keyStart: number): IndexedEntry | undefined {
    return this.written.at(uri, keyStart)[0];
  }

  /**
   * The effective path of an object or value. In a fragment or a shared object it is found by the entries in or around
   * it; otherwise it is the path as written. Undefined inside a list.
   */
  pathOf(tree: SyntaxTree, node: SyntaxNode): KeyPath | undefined {
    const written = pathOf(node);
    if (written === undefined) return undefined;
    let inner: KeyPath = [];
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
      const known = at.kind === 'object' ? this.pathByEntries(tree, at) : undefined;
      if (known !== undefined) return [...known, ...inner];
      if (at.kind !== 'field') continue;
      const { elements } = at.path;
      for (let i = elements.length - 1; i >= 0; i--) {
        const path = this.cantonPath(tree.uri, elements[i]?.start);
        if (path !== undefined) return [...path, ...elements.slice(i + 1).map(({ name }) => name), ...inner];
      }
      inner = [...namesOf(at.path), ...inner];
    }
    return written;
  }

  private pathByEntries(tree: SyntaxTree, { entries }: ObjectNode): KeyPath | undefined {
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
