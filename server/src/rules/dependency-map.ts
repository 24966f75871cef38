import type { ConfigValue, Definition, Dependency } from '../hocon/values/config-value';

/** Finds what the values of definitions depend on, besides what is written there. */
export class DependencyMap {
  private readonly byUri = new Map<string, Dependency[]>();

  /** @param dependencies all of the configuration; undefined where they are not known */
  constructor(private readonly dependencies: readonly Dependency[] | undefined) {
    for (const dependency of dependencies ?? []) {
      const { uri } = dependency.location;
      const known = this.byUri.get(uri);
      if (known === undefined) this.byUri.set(uri, [dependency]);
      else known.push(dependency);
    }
    for (const list of this.byUri.values()) list.sort((a, b) => startOf(a) - startOf(b));
  }

  /** In the order of the texts; undefined where these and the texts do not tell all. */
  valuesIn(definitions: readonly Definition[]): readonly ConfigValue[] | undefined {
    if (this.dependencies === undefined) return undefined;
    const values: ConfigValue[] = [];
    for (const { uri, key, value } of definitions) {
      const list = this.byUri.get(uri) ?? [];
      for (let i = firstFrom(list, key.start); i < list.length; i++) {
        const dependency = list[i] as Dependency;
        if (startOf(dependency) >= value.end) break;
        if (dependency.value === undefined) return undefined;
        values.push(dependency.value);
      }
    }
    return values;
  }
}

function startOf({ location }: Dependency): number {
  return location.range.start;
}

function firstFrom(list: readonly Dependency[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(list[middle] as Dependency) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
