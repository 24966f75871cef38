import type { ConfigValue } from './config-value';

/**
 * A resolved value as plain JSON data: numbers by value, objects without a prototype's keys in the way.
 * Unknown values, which a closed evaluation without errors does not have, become null.
 */
export function toJson(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const [key, entry] of value.entries) {
        const json = toJson(entry.value);
        if (key === '__proto__') Object.defineProperty(object, key, { value: json, enumerable: true });
        else object[key] = json;
      }
      return object;
    }
    case 'list':
      return value.elements.map(toJson);
    case 'string':
    case 'boolean':
    case 'number':
      return value.value;
    default:
      return null;
  }
}
