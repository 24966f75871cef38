import type { Merging } from './entry';
import type { Location } from './text';
import { isResolved, isUnmergeable, MergeStack, type ObjectValue, type Value } from './values';

/** True where nothing below the value in a merge can have an effect. */
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

/** `value` merged with what it overrides; neither is changed. */
export function withFallback(value: Value, fallback: Value): Value {
  if (ignoresFallbacks(value)) return value;
  const delayed = delayedMerge(value, fallback);
  if (delayed !== undefined) return delayed;
  const object = value as ObjectValue;
  if (fallback.kind === 'object') {
    const merged = fallback.copy();
    const kept = mergeInto(merged, object, SHARED);
    // The resolver goes by identity, so an open object that the merge adds nothing to has to stay the same one.
    const isSame = object.unresolved > 0 && kept === merged.open.size && !merged.ignoresFallbacks;
    return isSame && fallback.unknowns.length === 0 ? object : merged;
  }
  const whole = object.copy();
  cutFallbacks(whole, fallback);
  return whole;
}

/** {@link withFallback} for values that nobody else holds: objects are merged in place. */
export function mergeOwned(value: Value, fallback: Value): Value {
  if (ignoresFallbacks(value)) return value;
  if (fallback.kind === 'merge' && value.kind !== 'merge') {
    fallback.push(value);
    fallback.isObject = isObject(value);
    return fallback;
  }
  const delayed = delayedMerge(value, fallback);
  if (delayed !== undefined) return delayed;
  const object = value as ObjectValue;
  if (fallback.kind === 'object') {
    mergeInto(fallback, object, OWNED);
    return fallback;
  }
  cutFallbacks(object, fallback);
  return object;
}

/** Merging of values that others hold, too. */
export const SHARED: Merging = { owned: false, merge: withFallback };

/** Merging of values that nobody else holds. */
export const OWNED: Merging = { owned: true, merge: mergeOwned };

/** The merge as a stack where it has to wait for substitutions; otherwise `value` is an object. */
function delayedMerge(value: Value, fallback: Value): MergeStack | undefined {
  const mayMerge = value.kind === 'object' && (fallback.kind === 'object' || isResolved(value));
  if (mayMerge && !isUnmergeable(fallback)) return undefined;
  return MergeStack.of([...layersOf(fallback), ...layersOf(value)], isObject(value));
}

function layersOf(value: Value): readonly Value[] {
  return value.kind === 'merge' ? value.layers() : [value];
}

function isObject(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'merge' && value.isObject);
}

/**
 * Puts the entries of `over` on top of those of `base`.
 * @returns how many values of `over` are the merged ones as they are
 */
export function mergeInto(base: ObjectValue, over: ObjectValue, merging: Merging): number {
  if (covers(over, base) || startsBefore(over.earliest, base.earliest)) base.earliest = over.earliest;
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
  if (fallback.kind === 'unknown') object.addUnknowns([fallback.reason]);
}

/** True where nothing of `base` is left. */
function covers(over: ObjectValue, base: ObjectValue): boolean {
  if (base.open.size > over.open.size) return false;
  for (const [key, { value }] of base.open) {
    const above = over.entry(key)?.value;
    if (above === undefined) return false;
    const isCovered =
      above.kind === 'object' && value.kind === 'object' ? covers(above, value) : ignoresFallbacks(above);
    if (!isCovered) return false;
  }
  return true;
}

function startsBefore(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.range.start < b.range.start;
}
