import type { Location } from '../../text/location';
import type { FieldTree } from '../syntax/tree';
import type {
  ConfigBoolean,
  ConfigEntry,
  ConfigNull,
  ConfigNumber,
  ConfigString,
  ConfigUnknown,
  ConfigValue,
  Definition,
  KeyPath,
  Unknown,
} from '../values/config-value';
import type { MergeStack } from './merge-stack';

/*
 * Values while they are evaluated: the kinds of the contract, and three more for values that are not resolved yet. An
 * object or list that holds such a value anywhere is not resolved either; once it is, it is a `ConfigValue`.
 */

export type Value = ResolvedScalar | ObjectValue | ListValue | Reference | Concatenation | MergeStack;
type ResolvedScalar = TextValue | ConfigNumber | ConfigBoolean | ConfigNull | ConfigUnknown;

/** Values that cannot be merged before substitutions are resolved. */
type Unmergeable = Reference | Concatenation | MergeStack;

/** Values that hold other values. */
export type Container = ObjectValue | ListValue | MergeStack;

export interface TextValue extends ConfigString {
  /** Set for a single unquoted text. As in the reference, it disappears when it is joined to a list or an object. */
  readonly droppable?: boolean;
}

/**
 * A value that is not resolved yet, with everything that the resolver knows about it. This stays valid for the whole
 * evaluation.
 */
export interface Resolvable {
  /** The resolved value. */
  resolved: Value | undefined;
  /** Cached results of resolving only the values along a path. */
  partial: Map<string, Value> | undefined;
}

export class ObjectValue implements Resolvable {
  readonly kind = 'object';
  resolved: Value | undefined = undefined;
  partial: Map<string, Value> | undefined = undefined;
  unknowns: readonly Unknown[] = NOTHING;
  /** True if earlier values for the key no longer have an effect. */
  ignoresFallbacks = false;
  /** The number of entries that are not resolved. */
  unresolved = 0;
  /** The number of values in it, itself included; 0 before it was counted. */
  size = 0;
  /** The lowest number of an entry, and the highest number plus one. */
  firstOrder = 0;
  nextOrder = 0;
  /** The first of the places that it was merged from. */
  earliest: Location;
  /** Set if this object differs from another one in a single entry, and nothing has requested all entries yet. */
  private patch: Patch | undefined = undefined;

  /** If `unresolved` is 0, it holds only resolved values. */
  entries: ReadonlyMap<string, ConfigEntry>;

  constructor(
    public origin: Location,
    map: Map<string, OpenEntry>,
  ) {
    this.entries = map as ReadonlyMap<string, ConfigEntry>;
    this.earliest = origin;
  }

  /** `entries`, which may not be resolved yet. */
  get open(): Map<string, OpenEntry> {
    this.settle();
    return this.entries as Map<string, OpenEntry>;
  }

  /** Records parts that are not known. Beyond a limit, more of them add no information. */
  addUnknowns(more: readonly Unknown[]): void {
    if (more.length === 0 || this.unknowns.length >= MAX_UNKNOWNS) return;
    this.unknowns = [...new Set([...this.unknowns, ...more])];
  }

  /** Applies the changes made through `with`, so that `entries` is complete. */
  settle(): void {
    const { patch } = this;
    if (patch === undefined) return;
    const map = new Map(patch.base.open);
    if (patch.entry === undefined) map.delete(patch.key);
    else map.set(patch.key, patch.entry);
    this.entries = map as ReadonlyMap<string, ConfigEntry>;
    this.patch = undefined;
  }

  entry(key: string): OpenEntry | undefined {
    let object: ObjectValue = this;
    while (object.patch !== undefined) {
      if (object.patch.key === key) return object.patch.entry;
      object = object.patch.base;
    }
    return object.open.get(key);
  }

  /**
   * Merges an entry over the current value of the key.
   * @returns the merged value
   */
  add(key: string, entry: OpenEntry, merging: Merging, order?: number): Value {
    const map = this.open;
    const below = map.get(key);
    const number = order ?? below?.order ?? this.nextOrder++;
    let added = entry;
    if (below !== undefined) {
      if (!isResolved(below.value)) this.unresolved--;
      added = entryOver(entry, below, number, merging);
    } else if (entry.order !== number) {
      added = { value: entry.value, definitions: entry.definitions, order: number };
    }
    if (!isResolved(added.value)) this.unresolved++;
    map.set(key, added);
    return added.value;
  }

  /** A copy with another value for a key that it has, or without it. The cost does not depend on the size of the object. */
  with(key: string, value: Value | undefined): ObjectValue {
    const copy = this.like(NO_ENTRIES);
    const old = this.entry(key) as OpenEntry;
    const entry = value && { value, definitions: old.definitions, order: old.order };
    const base = this.patch?.key === key ? this.patch.base : this;
    copy.patch = { base, key, entry };
    if (!isResolved(old.value)) copy.unresolved--;
    if (value !== undefined && !isResolved(value)) copy.unresolved++;
    return copy;
  }

  copy(): ObjectValue {
    return this.like(new Map(this.open));
  }

  /** The same object with all its values resolved. */
  resolvedTo(entries: Map<string, OpenEntry>): ObjectValue {
    const copy = this.like(entries);
    copy.unresolved = 0;
    return copy;
  }

  /** An object with the unknowns and origins of this one, and other entries. */
  private like(map: Map<string, OpenEntry>): ObjectValue {
    const copy = new ObjectValue(this.origin, map);
    copy.earliest = this.earliest;
    copy.unknowns = this.unknowns;
    copy.ignoresFallbacks = this.ignoresFallbacks;
    copy.unresolved = this.unresolved;
    copy.firstOrder = this.firstOrder;
    copy.nextOrder = this.nextOrder;
    return copy;
  }
}

interface Patch {
  readonly base: ObjectValue;
  readonly key: string;
  readonly entry: OpenEntry | undefined;
}

/** `${path}`. */
export class Reference implements Resolvable {
  readonly kind = 'reference';
  resolved: Value | undefined = undefined;
  partial: Map<string, Value> | undefined = undefined;
  /** True while it is being resolved. Reaching it again in that time is a cycle. */
  active = false;
  constructor(
    readonly origin: Location,
    /** Absolute: in an included file it begins with the path that the file is included at. */
    readonly path: KeyPath,
    /** The number of elements of `path` that come from the including files. */
    readonly prefixLength: number,
    readonly optional: boolean,
  ) {}

  /** The reference, with its path as `Path.render` of Lightbend config 1.4.3 writes it. */
  text(path: KeyPath): string {
    const names = path.map((name) => (/^[\p{L}\p{Nd}_-]+$/u.test(name) ? name : JSON.stringify(name)));
    return `\${${this.optional ? '?' : ''}${names.join('.')}}`;
  }

  /** The reference as the author wrote it, without the path at which the file is included. */
  get written(): string {
    return this.text(this.path.slice(this.prefixLength));
  }
}

/** Adjacent values, at least one of which is not resolved. */
export class Concatenation implements Resolvable {
  readonly kind = 'concatenation';
  resolved: Value | undefined = undefined;
  partial: Map<string, Value> | undefined = undefined;
  constructor(
    readonly origin: Location,
    readonly pieces: readonly Value[],
  ) {}
}

const NOTHING: readonly never[] = [];
const MAX_UNKNOWNS = 100;
const NO_ENTRIES = new Map<string, OpenEntry>();

export function isUnmergeable(value: Value): value is Unmergeable {
  return value.kind === 'reference' || value.kind === 'concatenation' || value.kind === 'merge';
}

export function isResolved(value: Value): boolean {
  if (value.kind === 'object') return value.unresolved === 0;
  if (value.kind === 'list') return !value.unresolved;
  return !isUnmergeable(value);
}

/** Objects, and merges that will become objects. */
export function isObjectLike(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'merge' && value.isObject);
}

export function isContainer(value: Value): value is Container {
  return value.kind === 'object' || value.kind === 'list' || value.kind === 'merge';
}

export function unknownValue(reason: Unknown): ConfigUnknown {
  return { kind: 'unknown', origin: reason.location, reason };
}

/** An entry of an object whose value may not be resolved yet. */
export interface OpenEntry {
  readonly value: Value;
  readonly definitions: readonly Definition[];
  /** Entries are numbered in the order in which the reference put them into its map; see `javaOrder`. */
  readonly order: number;
}

/** The definition of a key by one element of a field's path. */
export function definitionOf(uri: string, { path, value, end }: FieldTree, element: number): Definition {
  const key = path.elements[element] ?? path;
  const next = path.elements[element + 1];
  const rest = next === undefined ? (value ?? { start: end, end }) : { start: next.start, end };
  return { uri, key: { start: key.start, end: key.end }, value: { start: rest.start, end: rest.end } };
}

/** {@link definitionOf} for a field whose path is one name; most are, so nothing unnecessary is allocated. */
export function definitionOfPlain(uri: string, { path, value, end }: FieldTree, { origin }: Value): Definition {
  const { start: from, end: to } = value ?? { start: end, end };
  const isOrigin = origin.uri === uri && origin.range.start === from && origin.range.end === to;
  const range = isOrigin ? origin.range : { start: from, end: to };
  return { uri, key: { start: path.start, end: path.end }, value: range };
}

/** Merges values over others. */
export interface Merging {
  /** True if the values have no other owner: they are changed in place. */
  readonly owned: boolean;
  merge(value: Value, fallback: Value): Value;
  /** Receives the number of entries that were visited. */
  spend?(entries: number): void;
}

/** The result of placing an entry over one that it overrides or is merged with. */
function entryOver(entry: OpenEntry, below: OpenEntry, order: number, merging: Merging): OpenEntry {
  const value = merging.merge(entry.value, below.value);
  if (!merging.owned) {
    const definitions = union(below.definitions, entry.definitions);
    merging.spend?.(definitions.length >> 3);
    return { value, definitions, order };
  }
  // A key may be written as often as a file has lines.
  const definitions = below.definitions as Definition[];
  for (const definition of entry.definitions) definitions.push(definition);
  return { value, definitions, order };
}

/** The number of definitions kept for a key that refers to itself; those in the middle are dropped. */
const MAX_DEFINITIONS = 200;

/** A value built from the one below, as in `a = ${a} { b = 1 }`, already has the locations. */
function union(below: readonly Definition[], above: readonly Definition[]): readonly Definition[] {
  const first = below[0];
  if (first === undefined || (above[0] === first && above.length >= below.length)) return above;
  const older = mostOf(below);
  const newer = mostOf(above);
  return mostOf(older.includes(newer[0] as Definition) ? [...new Set([...older, ...newer])] : [...older, ...newer]);
}

function mostOf(places: readonly Definition[]): readonly Definition[] {
  if (places.length <= MAX_DEFINITIONS) return places;
  const most = [places[0] as Definition];
  for (let i = places.length - MAX_DEFINITIONS + 1; i < places.length; i++) most.push(places[i] as Definition);
  return most;
}

/** Lists shorter than this are copied when they are joined. */
const SHORT = 16;

export class ListValue implements Resolvable {
  readonly kind = 'list';
  resolved: Value | undefined = undefined;
  partial: Map<string, Value> | undefined = undefined;
  /** The number of items that are not resolved. */
  readonly openCount: number;
  readonly length: number;
  /** The number of values in it, itself included; 0 before it was counted. */
  size = 0;
  /** If `unresolved` is false, it holds only resolved values. */
  readonly elements!: readonly ConfigValue[];
  /** Undefined if this list is a concatenation and nothing has requested its items yet. */
  private flat: readonly Value[] | undefined;

  constructor(
    readonly origin: Location,
    items: readonly Value[],
    private readonly parts?: Halves | Change,
  ) {
    if (parts === undefined) {
      this.flat = items;
      this.elements = items as readonly ConfigValue[];
      this.length = items.length;
      this.openCount = items.reduce((count, item) => count + openIn(item), 0);
    } else {
      const { length, openCount } = parts;
      this.length = length;
      this.openCount = openCount;
      Object.defineProperty(this, 'elements', { enumerable: true, get: () => this.items });
    }
  }

  /** The concatenation of two lists. Repeated `a += 1` creates ever longer lists; only the last one is written out. */
  static joined(origin: Location, first: ListValue, second: ListValue): ListValue {
    if (first.isShort && second.isShort) return new ListValue(origin, [...first.items, ...second.items]);
    const length = first.length + second.length;
    const openCount = first.openCount + second.openCount;
    return new ListValue(origin, [], { kind: 'halves', first, second, length, openCount });
  }

  get unresolved(): boolean {
    return this.openCount > 0;
  }

  get isShort(): boolean {
    return this.flat !== undefined && this.flat.length <= SHORT;
  }

  get items(): readonly Value[] {
    this.flat ??= this.flatten();
    return this.flat;
  }

  /** The same list with one item replaced or removed. The cost does not depend on the length of the list. */
  with(index: number, value: Value | undefined): ListValue {
    const length = value === undefined ? this.length - 1 : this.length;
    const openCount = this.openCount - openIn(this.items[index] as Value) + openIn(value);
    return new ListValue(this.origin, [], { kind: 'change', base: this, index, value, length, openCount });
  }

  private flatten(): readonly Value[] {
    if (this.parts?.kind === 'change') {
      const { base, index, value } = this.parts;
      const changed = [...base.items];
      changed.splice(index, 1, ...(value === undefined ? [] : [value]));
      return changed;
    }
    const items: Value[] = [];
    for (const list of this.made(() => false)) for (const item of list.items) items.push(item);
    return items;
  }

  /** The sum over its items, computed without writing them out. */
  sum(count: (value: Value) => number): number {
    const isCounted = (list: ListValue): boolean => list.size > 0;
    let sum = 1;
    for (const list of this.made(isCounted)) {
      if (isCounted(list)) sum += list.size - 1;
      else for (const item of list.items) sum += count(item);
    }
    return sum;
  }

  /** The lists that it consists of, in order. Lists for which `enough` is true are not split further. */
  private made(enough: (list: ListValue) => boolean): ListValue[] {
    const made: ListValue[] = [];
    const open: ListValue[] = [this];
    for (let list = open.pop(); list !== undefined; list = open.pop()) {
      const { flat, parts } = list;
      if (flat === undefined && parts?.kind === 'halves' && !enough(list)) open.push(parts.second, parts.first);
      else made.push(list);
    }
    return made;
  }
}

interface Halves {
  readonly kind: 'halves';
  readonly first: ListValue;
  readonly second: ListValue;
  readonly length: number;
  readonly openCount: number;
}

interface Change {
  readonly kind: 'change';
  readonly base: ListValue;
  readonly index: number;
  readonly value: Value | undefined;
  readonly length: number;
  readonly openCount: number;
}

function openIn(value: Value | undefined): number {
  return value === undefined || isResolved(value) ? 0 : 1;
}
