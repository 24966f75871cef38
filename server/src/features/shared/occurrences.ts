import type { PathOptions } from '../../hocon/evaluation/include-files';
import {
  type EntryNode,
  nodeAt,
  type ObjectNode,
  type PathElement,
  type PathNode,
  type SyntaxNode,
  type SyntaxTree,
  substitutionsIn,
} from '../../hocon/syntax/syntax';
import { type ConfigEntry, type ConfigObject, entryAt, type KeyPath } from '../../hocon/values/config-value';
import { lineEnd, lineStart } from '../../text/lines';
import type { TextRange } from '../../text/location';
import { contains } from '../../text/positions';
import { entriesIn, WrittenEntries } from './config-index';
import { includePrefixes } from './includes';

/** A range that names a key: a definition, or an element of a substitution's path. */
export interface Occurrence {
  readonly uri: string;
  readonly range: TextRange;
  readonly kind: 'definition' | 'reference';
}

/** A key of the effective configuration; without an entry, it is a name that only the environment may define. */
export interface NamedKey {
  readonly path: KeyPath;
  readonly entry: ConfigEntry | undefined;
}

export interface OccurrenceInput {
  readonly config: ConfigObject;
  readonly roots: readonly string[];
  readonly files: readonly string[];
  readonly paths: PathOptions;
  readonly tree: (uri: string) => SyntaxTree | undefined;
}

/**
 * Relates the text of a launch set to the keys of its configuration. One occurrence may name several keys if several
 * nodes include a fragment; one key may have several definitions that override each other.
 */
export class Occurrences {
  private readonly config: ConfigObject;
  private readonly keys = new Map<ConfigEntry | string, NamedKey>();
  /** The keys that substitutions name, by file and offset. */
  private readonly byOffset = new Map<string, Map<number, NamedKey[]>>();
  private readonly references = new Map<NamedKey, Occurrence[]>();
  private readonly written: WrittenEntries;

  constructor({ config, roots, files, paths, tree }: OccurrenceInput) {
    this.config = config;
    this.written = new WrittenEntries(config);
    const prefixes = includePrefixes(roots, tree, paths);
    for (const uri of files) {
      const own = tree(uri);
      for (const node of own === undefined ? [] : substitutionsIn(own)) {
        for (const prefix of prefixes.get(uri) ?? [[]]) this.addReference(uri, node.path, prefix);
      }
    }
  }

  /** The keys that the path element at this offset names; none if it is not in effect. */
  at(uri: string, start: number): readonly NamedKey[] {
    const referred = this.byOffset.get(uri)?.get(start);
    if (referred !== undefined) return referred;
    return [...new Set(this.written.at(uri, start).map((indexed) => this.keys.get(indexed.entry) ?? indexed))];
  }

  /** Every occurrence of the keys, definitions first. */
  of(keys: readonly NamedKey[]): Occurrence[] {
    const definitions = keys.flatMap(({ entry }) =>
      (entry?.definitions ?? []).map(({ uri, key }): Occurrence => ({ uri, range: key, kind: 'definition' })),
    );
    return distinct([...definitions, ...keys.flatMap((key) => this.references.get(key) ?? [])]);
  }

  private addReference(uri: string, { elements }: PathNode, prefix: readonly string[]): void {
    const names = elements.map(({ name }) => name);
    // The path that the file is included at comes first, as in the evaluation.
    const whole = entryAt(this.config, [...prefix, ...names]) === undefined ? names : [...prefix, ...names];
    const outer = whole.length - names.length;
    for (const [i, { start, end }] of elements.entries()) {
      const key = this.keyAt(whole.slice(0, outer + i + 1), elements.length);
      if (key === undefined || start === end) continue;
      const places = this.byOffset.get(uri) ?? new Map<number, NamedKey[]>();
      this.byOffset.set(uri, places);
      const keys = places.get(start) ?? [];
      if (keys.includes(key)) continue;
      places.set(start, [...keys, key]);
      const list = this.references.get(key) ?? [];
      list.push({ uri, range: { start, end }, kind: 'reference' });
      this.references.set(key, list);
    }
  }

  /** The single object for a key, shared by all references to it. */
  private keyAt(path: KeyPath, length: number): NamedKey | undefined {
    const entry = entryAt(this.config, path);
    const variable = length === 1 && path.length === 1 ? path[0] : undefined;
    const id = entry ?? variable;
    if (id === undefined) return undefined;
    const key = this.keys.get(id) ?? new ReferredKey(this.config, path, entry);
    this.keys.set(id, key);
    return key;
  }
}

/** A key that substitutions refer to. */
class ReferredKey implements NamedKey {
  constructor(
    private readonly config: ConfigObject,
    private readonly named: KeyPath,
    readonly entry: ConfigEntry | undefined,
  ) {}

  /** The path that Canton reads, if there are several. */
  get path(): KeyPath {
    const { entry } = this;
    return (entry && entriesIn(this.config).find((one) => one.entry === entry)?.path) ?? this.named;
  }
}

/** The element of a key or of a substitution's path at the offset. */
export function elementAt(tree: SyntaxTree, offset: number): PathElement | undefined {
  const node = nodeAt(tree, offset);
  if (node.kind !== 'path') return undefined;
  return node.elements.find((element) => element.start < element.end && contains(element, offset));
}

/**
 * All occurrences of the keys that the given ones name, and of the keys that those name in turn. If nodes share a
 * definition, or a substitution copies a section, the result is the same from each occurrence.
 */
export function connected(
  sets: readonly { readonly occurrences: Occurrences }[],
  places: readonly Occurrence[],
): Occurrence[] {
  const found = [...places];
  const seen = new Set(found.map(({ uri, range }) => `${range.start} ${uri}`));
  const done = new Set<NamedKey>();
  for (const { uri, range } of found) {
    for (const { occurrences } of sets) {
      const keys = occurrences.at(uri, range.start).filter((key) => !done.has(key));
      for (const key of keys) done.add(key);
      for (const one of occurrences.of(keys)) {
        const id = `${one.range.start} ${one.uri}`;
        if (seen.has(id)) continue;
        seen.add(id);
        found.push(one);
      }
    }
  }
  return distinct(found);
}

/** Each range once. */
export function distinct(occurrences: readonly Occurrence[]): Occurrence[] {
  const seen = new Map<string, Occurrence>();
  for (const one of occurrences) {
    const id = `${one.range.start} ${one.uri}`;
    if (!seen.has(id)) seen.set(id, one);
  }
  return [...seen.values()];
}

/** The key that a cursor refers to: the path element around it, or else the last element of the entry around it. */
export function keyAt(tree: SyntaxTree, offset: number): PathElement | undefined {
  const element = elementAt(tree, offset);
  if (element !== undefined) return element;
  let node: SyntaxNode | undefined = entryAtCursor(tree, offset);
  while (node !== undefined && node.kind !== 'field') node = node.parent;
  return node?.path.elements.findLast(({ start, end }) => start < end);
}

/**
 * The innermost entry around an offset. The blanks before an entry and the comment after it count as part of it: to a
 * reader, the whole line belongs to it.
 */
export function entryAtCursor(tree: SyntaxTree, offset: number): EntryNode | undefined {
  let node: SyntaxNode | undefined = nodeAt(tree, offset);
  const onLine = node.kind === 'object' ? entryOnLine(tree.text, node, offset) : undefined;
  if (onLine !== undefined) return onLine;
  while (node !== undefined && node.kind !== 'field' && node.kind !== 'include') node = node.parent;
  return node;
}

/** The last entry that begins before the offset and is on its line, otherwise the first one after it on the line. */
function entryOnLine(text: string, { entries }: ObjectNode, offset: number): EntryNode | undefined {
  const [start, end] = [lineStart(text, offset), lineEnd(text, offset)];
  const next = entries.findIndex((entry) => entry.start > offset);
  const before = entries[(next < 0 ? entries.length : next) - 1];
  if (before !== undefined && before.end >= start) return before;
  const after = next < 0 ? undefined : entries[next];
  return after !== undefined && after.start <= end ? after : undefined;
}
