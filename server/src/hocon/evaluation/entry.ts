import type { FieldTree } from '../syntax/tree';
import type { Definition } from '../values/config-value';
import type { Value } from './deferred-value';

/** An entry of an object whose value may not be resolved yet. */
export interface OpenEntry {
  readonly value: Value;
  readonly definitions: readonly Definition[];
  /** Entries are numbered in the order in which the reference put them into its map; see `javaOrder`. */
  readonly order: number;
}

/** What one element of a field's path is to the key that it names. */
export function definitionOf(uri: string, { path, value, end }: FieldTree, element: number): Definition {
  const key = path.elements[element] ?? path;
  const next = path.elements[element + 1];
  const rest = next === undefined ? (value ?? { start: end, end }) : { start: next.start, end };
  return { uri, key: { start: key.start, end: key.end }, value: { start: rest.start, end: rest.end } };
}

/** {@link definitionOf} for a field whose path is one name; most are, so no more is made than has to be. */
export function definitionOfPlain(uri: string, { path, value, end }: FieldTree, { origin }: Value): Definition {
  const { start: from, end: to } = value ?? { start: end, end };
  const isOrigin = origin.uri === uri && origin.range.start === from && origin.range.end === to;
  const range = isOrigin ? origin.range : { start: from, end: to };
  return { uri, key: { start: path.start, end: path.end }, value: range };
}

/** How values are put on top of others. */
export interface Merging {
  /** True where nobody else holds the values: they are changed in place. */
  readonly owned: boolean;
  merge(value: Value, fallback: Value): Value;
  /** Told how many entries were gone over. */
  spend?(entries: number): void;
}

/** The entry on top of one that it overrides or is merged with. */
export function entryOver(entry: OpenEntry, below: OpenEntry, order: number, merging: Merging): OpenEntry {
  const value = merging.merge(entry.value, below.value);
  if (!merging.owned) {
    const definitions = union(below.definitions, entry.definitions);
    merging.spend?.(definitions.length >> 3);
    return { value, definitions, order };
  }
  // A key may be written as often as a file has lines.
  const definitions = below.definitions as Definition[];
  definitions.push(...entry.definitions);
  return { value, definitions, order };
}

/** Of a key that is looked back at again and again, places in the middle are left out. */
const MAX_PLACES = 200;

/** A value that was made of the one below, as in `a = ${a} { b = 1 }`, has its places already. */
function union(below: readonly Definition[], above: readonly Definition[]): readonly Definition[] {
  const first = below[0];
  if (first === undefined || (above[0] === first && above.length >= below.length)) return above;
  const older = mostOf(below);
  const newer = mostOf(above);
  return mostOf(older.includes(newer[0] as Definition) ? [...new Set([...older, ...newer])] : [...older, ...newer]);
}

function mostOf(places: readonly Definition[]): readonly Definition[] {
  if (places.length <= MAX_PLACES) return places;
  const most = [places[0] as Definition];
  for (let i = places.length - MAX_PLACES + 1; i < places.length; i++) most.push(places[i] as Definition);
  return most;
}
