import type { ConfigEntry } from '../../hocon/values/config-value';
import type { Location } from '../../text/location';

/**
 * The location of a value: the last definition's value for scalars and lists, its key for objects (a fault of a whole
 * section is not underlined from brace to brace). `origin` is the location from which a substitution took the value.
 */
export function locationOfEntry(entry: ConfigEntry): { readonly location: Location; readonly origin?: Location } {
  const last = entry.definitions[entry.definitions.length - 1];
  if (last === undefined) return { location: entry.value.origin };
  const isObject = entry.value.kind === 'object';
  const location = { uri: last.uri, range: isObject ? last.key : last.value };
  const { origin } = entry.value;
  const inside =
    origin.uri === last.uri && origin.range.start >= last.value.start && origin.range.end <= last.value.end;
  return isObject || inside ? { location } : { location, origin };
}

/** The location of the key in its last definition. */
export function locationOfKey(entry: ConfigEntry, otherwise: Location): Location {
  const last = entry.definitions[entry.definitions.length - 1];
  return last === undefined ? otherwise : { uri: last.uri, range: last.key };
}
