import type { ObjectValue, Value } from './deferred-value';

/**
 * How much a resolved value is: the values in it, itself included, and more for long texts. What it holds twice counts
 * twice.
 */
export function sizeOf(value: Value): number {
  if (value.kind === 'object') {
    if (value.size === 0) {
      let size = 1;
      for (const entry of value.open.values()) size += sizeOf(entry.value);
      value.size = size;
    }
    return value.size;
  }
  if (value.kind === 'list') {
    if (value.size === 0) value.size = value.sum(sizeOf);
    return value.size;
  }
  return value.kind === 'string' ? 1 + (value.value.length >> 6) : 1;
}

/** The resolved object with `instead` of its largest values, so that no more than `size` is left. */
export function cutTo(size: number, object: ObjectValue, instead: (value: Value) => Value): ObjectValue {
  const smallestFirst = [...object.open].sort(([, a], [, b]) => sizeOf(a.value) - sizeOf(b.value));
  const entries = new Map(object.open);
  let left = size - 1;
  for (const [key, { value, definitions, order }] of smallestFirst) {
    const needed = sizeOf(value);
    if (needed <= left) {
      left -= needed;
      continue;
    }
    const part = value.kind === 'object' && left > 1 ? cutTo(left, value, instead) : instead(value);
    entries.set(key, { value: part, definitions, order });
    left = 0;
  }
  return object.resolvedTo(entries);
}
