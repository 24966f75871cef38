import type { ConfigEntry, ConfigObject } from '../values/config-value';

/** The entry at a path; undefined where there is none, or something on the way is no object. */
export function entryAt(config: ConfigObject, path: readonly string[]): ConfigEntry | undefined {
  let object: ConfigObject | undefined = config;
  let entry: ConfigEntry | undefined;
  for (const name of path) {
    entry = object?.entries.get(name);
    object = entry?.value.kind === 'object' ? entry.value : undefined;
  }
  return entry;
}
