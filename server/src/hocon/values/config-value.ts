import type { Location, TextRange } from '../../text/location';

/**
 * Effective configuration values: the result of merging and resolving in Lightbend config 1.4.x, with the locations
 * that each value comes from. `unknown` represents a value that cannot be known here (an unset variable that the node's
 * environment may have, a file that was not found, `include url(...)`): no rule may conclude an error from it.
 */
export type ConfigValue =
  | ConfigObject
  | ConfigList
  | ConfigString
  | ConfigNumber
  | ConfigBoolean
  | ConfigNull
  | ConfigUnknown;

interface ConfigBase {
  /** The location of the literal; for merged objects that of the last definition. */
  readonly origin: Location;
}

export interface ConfigObject extends ConfigBase {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, ConfigEntry>;
  /** If not empty, the object may have keys beyond `entries`, and `entries` may have other values. */
  readonly unknowns: readonly Unknown[];
}

export interface ConfigEntry {
  readonly value: ConfigValue;
  /** Every location that sets this key, oldest first. The last one wins; objects are merged with the earlier ones. */
  readonly definitions: readonly Definition[];
}

/** One location that sets a key. */
export interface Definition {
  readonly uri: string;
  /** The last element of the written path: `port` in `a.b.port = 1`. */
  readonly key: TextRange;
  /** The written value, `${x}` unresolved; for an element that is only part of a path (`b`), the rest of the field. */
  readonly value: TextRange;
}

export interface ConfigList extends ConfigBase {
  readonly kind: 'list';
  readonly elements: readonly ConfigValue[];
}

export interface ConfigString extends ConfigBase {
  readonly kind: 'string';
  readonly value: string;
}

/** `text` is the number as Lightbend renders it to a string (by value where it does so), `value` the double. */
export interface ConfigNumber extends ConfigBase {
  readonly kind: 'number';
  readonly value: number;
  readonly text: string;
}

export interface ConfigBoolean extends ConfigBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface ConfigNull extends ConfigBase {
  readonly kind: 'null';
}

export interface ConfigUnknown extends ConfigBase {
  readonly kind: 'unknown';
  readonly reason: Unknown;
}

/** A place whose value is not visible in the text: a substitution or an include. */
export interface Dependency {
  readonly location: Location;
  /** The value of the substitution; undefined for includes, and if it is unresolved or unknown. */
  readonly value: ConfigValue | undefined;
}

/** The reason why something is unknown. */
export interface Unknown {
  /** `elsewhere`: a key that another file of the launch may set. */
  readonly cause: 'environment' | 'include' | 'url' | 'problem' | 'rest' | 'elsewhere';
  /**
   * The name of the variable, the target of the include, the code of the problem, or the key; empty for the other files
   * of the launch.
   */
  readonly subject: string;
  readonly location: Location;
  /**
   * A variable whose name may also be a key that another file of the launch sets. Next to an object, it is such a key.
   */
  readonly mayBeKey?: true;
}

/** The keys that lead from the root of a configuration to a value. */
export type KeyPath = readonly string[];

/**
 * The entry at a path; undefined if there is none, or something on the way has no keys. The elements of a list have their
 * numbers as names, and no definitions.
 */
export function entryAt(config: ConfigObject, path: KeyPath): ConfigEntry | undefined {
  let value: ConfigValue | undefined = config;
  let entry: ConfigEntry | undefined;
  for (const name of path) {
    if (value?.kind === 'list') {
      const element: ConfigValue | undefined = value.elements[Number(name)];
      entry = element && { value: element, definitions: [] };
    } else entry = value?.kind === 'object' ? value.entries.get(name) : undefined;
    value = entry?.value;
  }
  return entry;
}

/**
 * A resolved value as plain JSON data: numbers by value, objects without the keys of a prototype. Unknown values, which
 * a closed evaluation without errors does not have, become null.
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
