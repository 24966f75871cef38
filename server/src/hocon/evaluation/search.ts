import type { ConfigUnknown } from '../values/config-value';
import {
  type Container,
  isContainer,
  isUnmergeable,
  ListValue,
  MergeStack,
  ObjectValue,
  unknownValue,
  type Value,
} from './deferred-value';
import { ignoresFallbacks } from './merge';

/** The way from the root to the value that is being resolved; each step says which child comes next. */
export interface Step {
  readonly container: Container;
  readonly key: string | number;
  readonly outer: Step | undefined;
}

/** Where references are looked up. */
export interface Search {
  readonly root: ObjectValue;
  /** Undefined where the value at hand is not known to be under the root. */
  readonly step: Step | undefined;
}

/** The reference library gives up here with an internal error, and so does whoever starts with it. */
export class LibraryLimit {}

/** The search for the children of `container`, which itself is the next child of `search`. */
export function into(search: Search, container: Container, key: string | number): Search {
  if (search.step === undefined && container !== search.root) return search;
  return { root: search.root, step: { container, key, outer: search.step } };
}

/**
 * The search in a root that has `replacement` in the place of `old`. While the top of a merge is resolved, what looks it
 * up shall find only what lies below: that is how `path = ${path}":/bin"` works.
 */
export function replaced(search: Search, old: MergeStack, replacement: Value | undefined): Search {
  const { step, root } = search;
  if (step === undefined) throw new LibraryLimit();
  let newRoot: Value | undefined = replacement;
  let child: Value = old;
  for (let at: Step | undefined = step; at !== undefined; at = at.outer) {
    newRoot = withChild(at.container, at.key, child, newRoot);
    // What is no container any more is taken out of the one around it.
    if (newRoot !== undefined && !isContainer(newRoot)) newRoot = undefined;
    child = at.container;
  }
  if (newRoot?.kind === 'object') return { root: newRoot, step: undefined };
  return { root: new ObjectValue(root.origin, new Map()), step: undefined };
}

function withChild(
  container: Container,
  key: string | number,
  child: Value,
  value: Value | undefined,
): Value | undefined {
  if (container instanceof ObjectValue) {
    const name = container.entry(key as string)?.value === child ? (key as string) : keyOf(container, child);
    return container.with(name, value);
  }
  if (container instanceof ListValue) {
    const list = container.with(indexOf(container.items, child, key), value);
    return list.length === 0 ? undefined : list;
  }
  const isThere = typeof key === 'number' && container.layer(key) === child;
  return container.with(isThere ? key : indexOf(container.layers(), child, key), value);
}

function keyOf(object: ObjectValue, child: Value): string {
  for (const [key, { value }] of object.open) if (value === child) return key;
  throw new LibraryLimit();
}

function indexOf(items: readonly Value[], child: Value, expected: string | number): number {
  const index = items[expected as number] === child ? (expected as number) : items.indexOf(child);
  if (index < 0) throw new LibraryLimit();
  return index;
}

/** What may be anywhere in an object, also in the objects inside, because a file was not read. */
export function gapIn(object: ObjectValue | MergeStack): ConfigUnknown | undefined {
  const gap = object instanceof ObjectValue ? object.unknowns.find(({ cause }) => cause !== 'problem') : undefined;
  return gap && unknownValue(gap);
}

/**
 * The value of a key in an object that may not be resolved yet.
 * @returns undefined where it is known to be absent
 */
export function peek(object: ObjectValue | MergeStack, key: string): Value | undefined {
  if (object instanceof ObjectValue) {
    const [reason] = object.unknowns;
    const value = object.entry(key)?.value;
    return value === undefined && reason !== undefined ? unknownValue(reason) : value;
  }
  for (let i = object.layerCount - 1; i >= 0; i--) {
    const layer = object.layer(i);
    if (layer instanceof ObjectValue || (layer instanceof MergeStack && layer.isObject)) {
      const value = peek(layer, key);
      if (value !== undefined && ignoresFallbacks(value)) return value;
    } else if (isUnmergeable(layer)) {
      // It may hold the key, or hide what is below.
      throw new LibraryLimit();
    } else {
      return undefined;
    }
  }
  throw new LibraryLimit();
}
