import type { ConfigEntry, ConfigObject, ConfigValue } from '../../hocon/values/config-value';

/**
 * Whether a value is what it was at another time, come from the same files: all the same but for the places in them. What
 * is not known may stand for anything, so it is never the same.
 */
export function isSameValue(a: ConfigValue, b: ConfigValue): boolean {
  if (a.origin.uri !== b.origin.uri) return false;
  switch (a.kind) {
    case 'object':
      return b.kind === 'object' && isSameObject(a, b);
    case 'list':
      if (b.kind !== 'list' || a.elements.length !== b.elements.length) return false;
      return a.elements.every((element, i) => isSameValue(element, b.elements[i] as ConfigValue));
    case 'number':
      return b.kind === 'number' && a.text === b.text && a.value === b.value;
    case 'string':
    case 'boolean':
      return b.kind === a.kind && a.value === b.value;
    case 'null':
      return b.kind === 'null';
    case 'unknown':
      return false;
  }
}

/** The order of the keys counts, too. */
function isSameObject(a: ConfigObject, b: ConfigObject): boolean {
  if (a.entries.size !== b.entries.size || a.unknowns.length > 0 || b.unknowns.length > 0) return false;
  const others = b.entries.keys();
  for (const key of a.entries.keys()) {
    if (others.next().value !== key) return false;
    if (!isSameEntry(a.entries.get(key) as ConfigEntry, b.entries.get(key) as ConfigEntry)) return false;
  }
  return true;
}

function isSameEntry(a: ConfigEntry, b: ConfigEntry): boolean {
  if (a.definitions.length !== b.definitions.length || !isSameValue(a.value, b.value)) return false;
  return a.definitions.every(({ uri }, i) => uri === b.definitions[i]?.uri);
}
