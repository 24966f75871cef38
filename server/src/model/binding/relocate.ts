import type { ObjectModel } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';

/** A key in an old place: it still counts as the key in the new place, or it is accepted but ignored. */
export interface OldKey {
  /** The path, beginning with `canton`. */
  readonly path: readonly string[];
  readonly entry: ConfigEntry;
  /** The object that both places are in. */
  readonly within: readonly string[];
  /** The new places, relative to that object; empty if the key no longer has an effect. */
  readonly instead: readonly string[];
}

/**
 * An object after Canton has applied its deprecations: each value in an old place becomes a fallback for the new places
 * and is removed from the old one (`DeprecatedConfigUtils.scala`, all lines). `note` is called with each of them.
 */
export function relocated(
  object: ConfigObject,
  { moved, dropped }: ObjectModel,
  note: (path: readonly string[], entry: ConfigEntry, instead: readonly string[]) => void,
): ConfigObject {
  let result = object;
  for (const [from, instead] of moved ?? []) {
    const path = from.split('.');
    const entry = entryBelow(result, path);
    if (entry === undefined) continue;
    note(path, entry, instead);
    result = without(result, path);
    for (const to of instead) result = withEntry(result, to.split('.'), entry);
  }
  for (const from of dropped?.keys() ?? []) {
    const path = from.split('.');
    const entry = entryBelow(result, path);
    if (entry === undefined) continue;
    note(path, entry, []);
    result = without(result, path);
  }
  return result;
}

function entryBelow(object: ConfigObject, [name = '', ...rest]: readonly string[]): ConfigEntry | undefined {
  const entry = object.entries.get(name);
  if (rest.length === 0 || entry === undefined) return entry;
  return entry.value.kind === 'object' ? entryBelow(entry.value, rest) : undefined;
}

function without(object: ConfigObject, [name = '', ...rest]: readonly string[]): ConfigObject {
  const entry = object.entries.get(name);
  const entries = new Map(object.entries);
  if (rest.length === 0) entries.delete(name);
  else if (entry?.value.kind === 'object')
    entries.set(name, { definitions: entry.definitions, value: without(entry.value, rest) });
  return { ...object, entries };
}

function withEntry(object: ConfigObject, [name = '', ...rest]: readonly string[], moved: ConfigEntry): ConfigObject {
  const entries = new Map(object.entries);
  const entry = entries.get(name);
  if (rest.length === 0) entries.set(name, withFallback(entry, moved));
  else {
    const inner: ConfigObject =
      entry?.value.kind === 'object'
        ? entry.value
        : { kind: 'object', entries: new Map(), unknowns: [], origin: moved.value.origin };
    // A value that is not an object hides the keys inside it.
    if (entry === undefined || entry.value.kind === 'object')
      entries.set(name, {
        definitions: entry?.definitions ?? moved.definitions,
        value: withEntry(inner, rest, moved),
      });
  }
  return { ...object, entries };
}

/** Merges a value over an older one, as in HOCON. */
export function withFallback(entry: ConfigEntry | undefined, fallback: ConfigEntry): ConfigEntry {
  if (entry === undefined) return fallback;
  if (entry.value.kind !== 'object' || fallback.value.kind !== 'object') return entry;
  const entries = new Map(fallback.value.entries);
  for (const [name, inner] of entry.value.entries) {
    const older = entries.get(name);
    entries.set(name, older === undefined ? inner : withFallback(inner, older));
  }
  const unknowns = [...fallback.value.unknowns, ...entry.value.unknowns];
  return {
    value: { ...entry.value, entries, unknowns },
    definitions: [...fallback.definitions, ...entry.definitions],
  };
}
