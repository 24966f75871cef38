import type { ConfigObject, ConfigValue, Unknown } from '../hocon/values/config-value';

/** Compares values by what they are and not by where they stand; an object that was met before is not gone through again. */
export class Comparison {
  private readonly same = new Map<ConfigObject, Set<ConfigObject>>();

  private isSame(a: ConfigValue, b: ConfigValue): boolean {
    if (a === b) return true;
    if (a.kind === 'object') return b.kind === 'object' && this.isSameObject(a, b);
    if (a.kind === 'list') {
      if (b.kind !== 'list' || a.elements.length !== b.elements.length) return false;
      return a.elements.every((element, i) => this.isSame(element, b.elements[i] as ConfigValue));
    }
    if (a.kind === 'unknown') return b.kind === 'unknown' && reasonOf(a.reason) === reasonOf(b.reason);
    if (a.kind === 'number') return b.kind === 'number' && a.text === b.text;
    if (a.kind === 'null') return b.kind === 'null';
    return a.kind === b.kind && a.value === b.value;
  }

  isSameObject(a: ConfigObject, b: ConfigObject, ignored: ReadonlySet<string> = new Set()): boolean {
    const known = this.same.get(a) ?? new Set();
    if (known.has(b)) return true;
    this.same.set(a, known.add(b));
    for (const key of b.entries.keys()) if (!a.entries.has(key) && !ignored.has(key)) return false;
    for (const [key, { value }] of a.entries) {
      if (ignored.has(key)) continue;
      const other = b.entries.get(key)?.value;
      if (other === undefined || !this.isSame(value, other)) return false;
    }
    const reasons = (object: ConfigObject) => [...new Set(object.unknowns.map(reasonOf))].sort().join('\n');
    return reasons(a) === reasons(b);
  }
}

function reasonOf({ cause, subject }: Unknown): string {
  return `${cause} ${subject}`;
}

/** Numbers values so that two have the same number where they differ in nothing but the names of keys. */
export class Shapes {
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<ConfigObject, number>();

  of(value: ConfigValue): number {
    const known = value.kind === 'object' ? this.known.get(value) : undefined;
    if (known !== undefined) return known;
    const number = this.numberOf(this.contentOf(value));
    if (value.kind === 'object') this.known.set(value, number);
    return number;
  }

  private contentOf(value: ConfigValue): unknown[] {
    switch (value.kind) {
      case 'object': {
        const inner = [...value.entries.values()].map((entry) => this.of(entry.value));
        return [value.kind, inner.sort((a, b) => a - b), value.unknowns.map(reasonOf).sort()];
      }
      case 'list':
        return [value.kind, value.elements.map((element) => this.of(element))];
      case 'unknown':
        return [value.kind, reasonOf(value.reason)];
      case 'number':
        return [value.kind, value.text];
      case 'null':
        return [value.kind];
      default:
        return [value.kind, value.value];
    }
  }

  private numberOf(content: readonly unknown[]): number {
    const id = JSON.stringify(content);
    const number = this.numbers.get(id) ?? this.numbers.size;
    this.numbers.set(id, number);
    return number;
  }
}
