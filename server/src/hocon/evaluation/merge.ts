import type { Location } from '../../text/location';
import type { Unknown } from '../values/config-value';
import { isResolved, isUnmergeable, type Merging, type ObjectValue, type Value } from './deferred-value';
import { type MergeLayers, MergeStack } from './merge-stack';

/**
 * Up to this many objects are merged from the newest down, as in Lightbend config 1.4.3; larger numbers are merged from
 * the oldest up.
 */
const FEW = 16;

/** The number of entries that are compared to find out whether an object covers another one. */
const MOST_COVERED = 100;

/** True if values below this one in a merge cannot have an effect. */
export function ignoresFallbacks(value: Value): boolean {
  switch (value.kind) {
    case 'object':
      return value.ignoresFallbacks;
    case 'list':
      return !value.unresolved;
    case 'reference':
    case 'concatenation':
      return false;
    case 'merge':
      return ignoresFallbacks(value.layer(0));
    default:
      return true;
  }
}

/**
 * Merges values that are shared with other owners. It reuses its own intermediate results, so that the cost per value
 * stays constant.
 */
export class Fold implements Merging {
  readonly owned = false;
  /** The number of entries that were visited. */
  cost = 0;
  private readonly made = new Set<Value>();

  /** Merges `value` over a value that it overrides. */
  merge(value: Value, fallback: Value): Value {
    if (ignoresFallbacks(value) || (value === fallback && isResolved(value))) return value;
    if (isDelayed(value, fallback)) return this.delayed(value, fallback);
    const object = value as ObjectValue;
    if (fallback.kind !== 'object') {
      const whole = this.own(object);
      cutFallbacks(whole, fallback);
      return whole;
    }
    const hadUnknowns = fallback.unknowns.length > 0;
    const merged = this.own(fallback);
    const kept = mergeInto(merged, object, this);
    // The resolver compares by identity, so an unresolved object to which the merge adds nothing must stay the same
    // object.
    const isSame = object.unresolved > 0 && kept === merged.open.size && !merged.ignoresFallbacks;
    return isSame && !hadUnknowns ? object : merged;
  }

  /** Merges two adjacent objects. */
  join(left: ObjectValue, right: ObjectValue): ObjectValue {
    if (right.ignoresFallbacks) return right;
    const merged = this.own(left);
    mergeInto(merged, right, this);
    return merged;
  }

  spend(entries: number): void {
    this.cost += entries;
  }

  private delayed(value: Value, fallback: Value): MergeStack {
    this.cost += value.kind === 'merge' ? value.layerCount : 1;
    if (fallback.kind === 'merge' && value.kind !== 'merge' && this.made.has(fallback)) {
      fallback.push(value);
      fallback.isObject = isObject(value);
      return fallback;
    }
    const top = layersOf(value);
    const stack =
      fallback.kind === 'merge'
        ? new MergeStack(fallback.shared.topped(fallback.layerCount, top), fallback.layerCount + top.length, false)
        : MergeStack.of([fallback, ...top], false);
    stack.isObject = isObject(value);
    this.made.add(stack);
    return stack;
  }

  private own(object: ObjectValue): ObjectValue {
    if (this.made.has(object)) return object;
    const copy = object.copy();
    this.cost += copy.open.size;
    this.made.add(copy);
    return copy;
  }
}

/** Merges `value` over a value that it overrides. Neither has another owner, so objects are merged in place. */
export function mergeOwned(value: Value, fallback: Value): Value {
  if (ignoresFallbacks(value)) return value;
  if (fallback.kind === 'merge') {
    for (const layer of layersOf(value)) pushOwned(layer, fallback);
    fallback.isObject = isObject(value);
    return fallback;
  }
  if (isDelayed(value, fallback)) return MergeStack.of([fallback, ...layersOf(value)], isObject(value));
  const object = value as ObjectValue;
  if (fallback.kind === 'object') {
    mergeInto(fallback, object, OWNED);
    return fallback;
  }
  cutFallbacks(object, fallback);
  return object;
}

/** Merges values that have no other owner. */
export const OWNED: Merging = { owned: true, merge: mergeOwned };

/** Objects that only add keys and wait for nothing become one layer: there may be a thousand of them. */
function pushOwned(layer: Value, stack: MergeStack): void {
  const top = stack.layer(stack.layerCount - 1);
  if (layer.kind === 'object' && top.kind === 'object' && isAddition(layer, top)) mergeInto(top, layer, OWNED);
  else stack.push(layer);
}

function isAddition(over: ObjectValue, base: ObjectValue): boolean {
  for (const object of [over, base]) {
    if (object.unresolved > 0 || object.ignoresFallbacks || object.unknowns.length > 0) return false;
  }
  for (const [key, { value }] of over.open) {
    const below = base.entry(key)?.value;
    if (below === undefined) continue;
    if (value.kind !== 'object' || below.kind !== 'object' || !isAddition(value, below)) return false;
  }
  return true;
}

/**
 * Merges the newest layer with those below, as far as no layer is deferred.
 * @returns the merged value and how many layers are below it
 */
function mergeTop(layers: Pick<MergeLayers, 'at'>, count: number, fold: Fold): { value: Value; below: number } {
  let below = count - 1;
  let value = layers.at(below);
  let first = count;
  while (first > 0 && isOpenBelow(layers.at(first - 1))) first--;
  if (count - first > FEW) {
    below = first;
    value = layers.at(first);
    for (let i = first + 1; i < count; i++) value = fold.merge(layers.at(i), value);
  }
  while (below > 0 && value.kind !== 'merge') {
    if (ignoresFallbacks(value)) return { value, below: 0 };
    value = fold.merge(value, layers.at(--below));
  }
  return { value, below };
}

/** Merges all given layers, oldest first. */
export function mergeAll(layers: readonly Value[], fold: Fold): Value | undefined {
  if (layers.length === 0) return undefined;
  const { value, below } = mergeTop({ at: (i) => layers[i] as Value }, layers.length, fold);
  if (below === 0 || ignoresFallbacks(value)) return value;
  // A deferred layer defers all layers below it, down to the first that hides the rest.
  const newestFirst = [...layersOf(value)].reverse();
  for (let i = below - 1; i >= 0 && !ignoresFallbacks(newestFirst[newestFirst.length - 1] as Value); i--) {
    for (const layer of [...layersOf(layers[i] as Value)].reverse()) newestFirst.push(layer);
  }
  fold.spend(newestFirst.length);
  return MergeStack.of(newestFirst.reverse(), isObject(value));
}

function isOpenBelow(value: Value): boolean {
  return value.kind === 'object' && !value.ignoresFallbacks;
}

/** True if the merge has to wait for substitutions; otherwise, `value` is an object. */
function isDelayed(value: Value, fallback: Value): boolean {
  const mayMerge = value.kind === 'object' && (fallback.kind === 'object' || isResolved(value));
  return !mayMerge || isUnmergeable(fallback);
}

function layersOf(value: Value): readonly Value[] {
  return value.kind === 'merge' ? value.layers() : [value];
}

function isObject(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'merge' && value.isObject);
}

/**
 * Merges the entries of `over` over those of `base`.
 * @returns how many values of `over` are unchanged in the result
 */
export function mergeInto(base: ObjectValue, over: ObjectValue, merging: Merging): number {
  const look = { left: MOST_COVERED };
  // Lightbend 1.4.3 (`AbstractConfigObject.mergeOrigins`) loses the origin of an empty object.
  const counts = over.open.size > 0 || base.open.size === 0;
  if (counts && (covers(over, base, look) || startsBefore(over.earliest, base.earliest))) base.earliest = over.earliest;
  merging.spend?.(over.open.size + MOST_COVERED - look.left);
  // The reference puts the keys of `over` first.
  const shift = base.firstOrder - over.nextOrder;
  let kept = 0;
  for (const [key, entry] of over.open) {
    if (base.add(key, entry, merging, entry.order + shift) === entry.value) kept++;
  }
  base.firstOrder = over.firstOrder + shift;
  base.origin = over.origin;
  base.addUnknowns(over.unknowns);
  return kept;
}

function cutFallbacks(object: ObjectValue, fallback: Value): void {
  object.ignoresFallbacks = true;
  if (fallback.kind === 'unknown') object.addUnknowns([besideObject(fallback.reason)]);
}

/** The unknowns that an object gets from an unknown value beside or below it. */
export function besideObject(reason: Unknown): Unknown {
  return reason.mayBeKey === true ? { ...reason, cause: 'elsewhere' } : reason;
}

/** True if nothing of `base` is left. It only decides which location to name; for large objects, that is the first. */
function covers(over: ObjectValue, base: ObjectValue, look: { left: number }): boolean {
  if (base.open.size > over.open.size) return false;
  for (const [key, { value }] of base.open) {
    const above = over.entry(key)?.value;
    if (above === undefined || look.left-- === 0) return false;
    const isCovered =
      above.kind === 'object' && value.kind === 'object' ? covers(above, value, look) : ignoresFallbacks(above);
    if (!isCovered) return false;
  }
  return true;
}

function startsBefore(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.range.start < b.range.start;
}

/** The result of merging the `count` oldest layers; undefined if `count` is 0. */
export function remainderOf(merge: MergeStack, count: number, fold: Fold): Value | undefined {
  if (count === 0) return undefined;
  let layers = merge.shared;
  while (layers.below !== undefined && count <= layers.belowCount) layers = layers.below;
  let rest = layers.remainders.get(count);
  if (rest === undefined) {
    rest = makeRemainder(layers, count, fold);
    layers.remainders.set(count, rest);
  }
  return rest;
}

function makeRemainder(layers: MergeLayers, count: number, fold: Fold): Value {
  // Nothing below the first deferred value is merged.
  if (count > 1 && isUnmergeable(layers.at(count - 1))) return new MergeStack(layers, count, false);
  const { value, below } = mergeTop(layers, count, fold);
  if (value.kind !== 'merge' || below === 0) return value;
  const top = value.layers();
  const isAsWritten = top.length === count - below && top.every((layer, i) => layer === layers.at(below + i));
  const shared = isAsWritten ? layers : layers.topped(below, top);
  return new MergeStack(shared, below + top.length, value.isObject);
}
