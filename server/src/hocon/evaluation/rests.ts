import { isUnmergeable, MergeStack, type Value } from './deferred-value';
import { type Fold, mergeTop } from './merge';
import type { Layers } from './merge-stack';

/** What the `count` oldest layers of a merge amount to; undefined where that is none. */
export function restOf(merge: MergeStack, count: number, fold: Fold): Value | undefined {
  if (count === 0) return undefined;
  let layers = merge.shared;
  while (layers.below !== undefined && count <= layers.belowCount) layers = layers.below;
  let rest = layers.rests.get(count);
  if (rest === undefined) {
    rest = makeRest(layers, count, fold);
    layers.rests.set(count, rest);
  }
  return rest;
}

function makeRest(layers: Layers, count: number, fold: Fold): Value {
  // Below the first value that has to wait, nothing is merged.
  if (count > 1 && isUnmergeable(layers.at(count - 1))) return new MergeStack(layers, count, false);
  const { value, below } = mergeTop(layers, count, fold);
  if (value.kind !== 'merge' || below === 0) return value;
  const top = value.layers();
  const isAsWritten = top.length === count - below && top.every((layer, i) => layer === layers.at(below + i));
  const shared = isAsWritten ? layers : layers.topped(below, top);
  return new MergeStack(shared, below + top.length, value.isObject);
}
