import type { ConfigValue } from '../../hocon/values/config-value';

/** Stands for what is unknown in plain data; no schema accepts it, and complaints about it are dropped. */
export const UNKNOWN_VALUE = Symbol('unknown');

/** A configuration value as the data that JSON would hold. */
export function plainValue(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plainValue(entry.value)]));
    case 'list':
      return value.elements.map(plainValue);
    case 'string':
      return value.value;
    case 'null':
      return null;
    case 'unknown':
      return UNKNOWN_VALUE;
    default:
      return value.value;
  }
}
