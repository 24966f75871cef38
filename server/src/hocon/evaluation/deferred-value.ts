import type { Location } from '../../text/location';
import type {
  ConfigBoolean,
  ConfigEntry,
  ConfigNull,
  ConfigNumber,
  ConfigString,
  ConfigUnknown,
  Unknown,
} from '../values/config-value';
import { entryOver, type Merging, type OpenEntry } from './entry';
import { ListValue } from './list-value';
import { Memo } from './memo';
import { MergeStack } from './merge-stack';

/*
 * Values while they are evaluated: those of the contract, and three kinds that stand for what is not resolved yet. An
 * object or list that holds such a value anywhere is not resolved either; once it is, it is a `ConfigValue`.
 */

export type Value = ResolvedScalar | ObjectValue | ListValue | Reference | Concatenation | MergeStack;
export type ResolvedScalar = TextValue | ConfigNumber | ConfigBoolean | ConfigNull | ConfigUnknown;

/** What is not known before substitutions are resolved. */
export type Unmergeable = Reference | Concatenation | MergeStack;

/** What can hold other values and be searched for them. */
export type Container = ObjectValue | ListValue | MergeStack;

export interface TextValue extends ConfigString {
  /** Set for a lone unquoted text: it vanishes where it is joined to a list or an object, as in the reference. */
  readonly droppable?: boolean;
}

export class ObjectValue extends Memo {
  readonly kind = 'object';
  unknowns: readonly Unknown[] = NOTHING;
  /** Nothing that comes before it can shine through any more. */
  ignoresFallbacks = false;
  /** How many entries are not resolved. */
  unresolved = 0;
  /** How many values there are in it, itself included; 0 before it was counted. */
  size = 0;
  /** The lowest number of an entry, and the one after the highest. */
  firstOrder = 0;
  nextOrder = 0;
  /** The first of the places that it was merged from. */
  earliest: Location;
  /** Set where this object is another one but for one entry, and nobody has asked for all entries yet. */
  private patch: Patch | undefined = undefined;

  /** Holds nothing but resolved values where `unresolved` is 0. */
  entries: ReadonlyMap<string, ConfigEntry>;

  constructor(
    public origin: Location,
    map: Map<string, OpenEntry>,
  ) {
    super();
    this.entries = map as ReadonlyMap<string, ConfigEntry>;
    this.earliest = origin;
  }

  /** `entries` while they may not be resolved. */
  get open(): Map<string, OpenEntry> {
    this.settle();
    return this.entries as Map<string, OpenEntry>;
  }

  /** Takes note of parts that are not known; very many tell no more than some. */
  addUnknowns(more: readonly Unknown[]): void {
    if (more.length === 0 || this.unknowns.length >= MAX_UNKNOWNS) return;
    this.unknowns = [...new Set([...this.unknowns, ...more])];
  }

  /** Works in what `with` changed, so that `entries` is complete. */
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
   * Puts an entry on top of what the key holds.
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

  /** A copy with another value for one key, or without it. It costs the same for large objects and small ones. */
  with(key: string, value: Value | undefined): ObjectValue {
    const copy = this.like(NO_ENTRIES);
    const old = this.entry(key);
    const entry =
      value === undefined ? undefined : { value, definitions: old?.definitions ?? NOTHING, order: old?.order ?? 0 };
    const base = this.patch?.key === key ? this.patch.base : this;
    copy.patch = { base, key, entry };
    if (old !== undefined && !isResolved(old.value)) copy.unresolved--;
    if (value !== undefined && !isResolved(value)) copy.unresolved++;
    return copy;
  }

  copy(): ObjectValue {
    return this.like(new Map(this.open));
  }

  /** The same object with all of its values resolved. */
  resolvedTo(entries: Map<string, OpenEntry>): ObjectValue {
    const copy = this.like(entries);
    copy.unresolved = 0;
    return copy;
  }

  /** An object with the marks of this one over another map. */
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
export class Reference extends Memo {
  readonly kind = 'reference';
  /** True while it is being resolved: to meet it again is a cycle. */
  active = false;
  constructor(
    readonly origin: Location,
    /** Absolute: in an included file it begins with the path that the file is included at. */
    readonly path: readonly string[],
    /** How many elements of `path` come from the including files. */
    readonly prefixLength: number,
    readonly optional: boolean,
  ) {
    super();
  }
}

/** Values side by side of which at least one is not resolved. */
export class Concatenation extends Memo {
  readonly kind = 'concatenation';
  constructor(
    readonly origin: Location,
    readonly pieces: readonly Value[],
  ) {
    super();
  }
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

/** Objects, and merges that will be objects. */
export function isObjectLike(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'merge' && value.isObject);
}

export function isContainer(value: Value): value is Container {
  return value.kind === 'object' || value.kind === 'list' || value.kind === 'merge';
}

export { ListValue, MergeStack };

export function unknownValue(reason: Unknown): ConfigUnknown {
  return { kind: 'unknown', origin: reason.location, reason };
}
