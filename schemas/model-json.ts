import { LEAF_TYPES } from './leaf-types';
import type { ObjectModel } from './model';
import { checkAnyName, checkNodeName } from './node-name';

/**
 * A field model as JSON for the bundles: the zod schemas are compiled when the product is built, and the result is read
 * at the start. Equal parts are written once and read as one object.
 */
export interface ModelJson {
  /** Each refers to earlier ones only, as `{ ref: index }`; the last is the root. */
  readonly nodes: readonly unknown[];
}

const FUNCTIONS = { checkAnyName, checkNodeName };

/** Throws if the model contains a function without a name here, or an unknown kind of object. */
export function writeModel(model: ObjectModel): ModelJson {
  const functions = new Map<unknown, string>(Object.entries(FUNCTIONS).map(([name, check]) => [check, name]));
  const nodes: unknown[] = [];
  const known = new Map<string, number>();
  const node = (written: object) => {
    const text = JSON.stringify(written);
    const ref = known.get(text) ?? nodes.push(written) - 1;
    known.set(text, ref);
    return { ref };
  };
  const write = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const name = functions.get(value);
      if (name === undefined) throw new Error('the field model has a function without a name');
      return { function: name };
    }
    if (typeof value !== 'object' || value === null) return value;
    const leaf = leafOf(value);
    if (leaf !== undefined) return { leaf };
    if (value instanceof Map) return node({ map: [...value].map(([key, inner]) => [key, write(inner)]) });
    if (value instanceof Set) return node({ set: [...value] });
    if (Array.isArray(value)) return node({ list: value.map(write) });
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return node({ object: Object.fromEntries(entries.map(([key, inner]) => [key, write(inner)])) });
  };
  write(model);
  return { nodes };
}

/** Compared by content, because a zod registry returns copies. */
function leafOf(value: object): string | undefined {
  if (!('check' in value)) return undefined;
  return Object.entries(LEAF_TYPES).find(([, leaf]) => {
    const same = Object.entries(leaf).filter(([key, inner]) => (value as Record<string, unknown>)[key] === inner);
    return same.length === Object.keys(value).length;
  })?.[0];
}

type Written =
  | { readonly ref: number }
  | { readonly leaf: keyof typeof LEAF_TYPES }
  | { readonly function: keyof typeof FUNCTIONS };

type WrittenNode =
  | { readonly map: readonly (readonly [string, unknown])[] }
  | { readonly set: readonly string[] }
  | { readonly list: readonly unknown[] }
  | { readonly object: Readonly<Record<string, unknown>> };

export function readModel({ nodes }: ModelJson): ObjectModel {
  const made: unknown[] = [];
  const read = (written: unknown): unknown => {
    if (typeof written !== 'object' || written === null) return written;
    const reference = written as Written;
    if ('ref' in reference) return made[reference.ref];
    return 'leaf' in reference ? LEAF_TYPES[reference.leaf] : FUNCTIONS[reference.function];
  };
  for (const node of nodes as readonly WrittenNode[]) {
    if ('map' in node) made.push(new Map(node.map.map(([key, inner]) => [key, read(inner)])));
    else if ('set' in node) made.push(new Set(node.set));
    else if ('list' in node) made.push(node.list.map(read));
    else {
      const object: Record<string, unknown> = {};
      for (const [key, inner] of Object.entries(node.object)) object[key] = read(inner);
      made.push(object);
    }
  }
  return made[made.length - 1] as ObjectModel;
}
