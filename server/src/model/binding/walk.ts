import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';

/** Every entry below an object, lists included, with its path; without recursion, for hostile nesting. */
export function* entriesBelow(
  root: ConfigObject,
  path: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly entry: ConfigEntry }> {
  const open: { readonly object: ConfigObject; readonly path: readonly string[] }[] = [{ object: root, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [name, entry] of next.object.entries) {
      const inner = [...next.path, name];
      yield { path: inner, entry };
      if (entry.value.kind === 'object') open.push({ object: entry.value, path: inner });
      if (entry.value.kind !== 'list') continue;
      entry.value.elements.forEach((element, index) => {
        if (element.kind === 'object') open.push({ object: element, path: [...inner, String(index)] });
      });
    }
  }
}
