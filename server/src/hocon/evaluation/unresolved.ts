import type { Problem } from '../problem';
import type { RootFile, Sources } from '../source';
import { Builder } from './build';
import { ObjectValue, type Value } from './deferred-value';
import type { EvaluateOptions } from './evaluate';
import { Faults } from './faults';
import { mergeOwned } from './merge';

/**
 * The root files merged, with every substitution left as it is written, as plain JSON data: `"${a.b}"`. Where values
 * for one key cannot be merged before they are resolved, the winning one stands.
 */
export function mergeUnresolved(
  roots: readonly RootFile[],
  sources: Sources,
  options: EvaluateOptions = {},
): { readonly json: unknown; readonly problems: readonly Problem[] } {
  const faults = new Faults(sources);
  const builder = new Builder(sources, faults, { ...options, closed: true });
  let merged = new ObjectValue({ uri: roots[0]?.uri ?? '', range: { start: 0, end: 0 } }, new Map());
  for (const root of roots) merged = mergeOwned(builder.root(root), merged) as ObjectValue;
  return { json: written(merged), problems: faults.problems };
}

function written(value: Value): unknown {
  switch (value.kind) {
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const [key, entry] of value.open) {
        // An ordinary assignment would set the prototype for `__proto__`.
        Object.defineProperty(object, key, { value: written(entry.value), enumerable: true });
      }
      return object;
    }
    case 'list':
      return value.items.map(written);
    case 'reference': {
      const path = value.path.map((name) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name))).join('.');
      return `\${${value.optional ? '?' : ''}${path}}`;
    }
    case 'concatenation':
      return value.pieces.map((piece) => textOf(written(piece))).join('');
    case 'merge':
      return written(value.layer(value.layerCount - 1));
    case 'unknown':
    case 'null':
      return null;
    default:
      return value.value;
  }
}

function textOf(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
