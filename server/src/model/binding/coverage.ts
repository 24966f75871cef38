import type { FieldModel } from '../../../../schemas/model';
import type { ConfigValue, Unknown } from '../../hocon/values/config-value';

/** How far the set values of a configuration were looked at. The three numbers add up to all of them. */
export interface Coverage {
  /** Canton's reader of that value was applied, and would have refused another type. */
  readonly checked: number;
  /** The value is not available, or another one may take its place. */
  readonly unknown: number;
  /** Values that no model describes: other root keys, settings of drivers, values that are read unchanged. */
  readonly notLookedAt: number;
  /** The variables and files that would tell what is unknown, in the order of the configuration. */
  readonly tellers: readonly string[];
}

/** Remembers what a reader did with each value; values are known automatically, since a reader may move them. */
export class CoverageLog {
  private readonly checked = new Set<ConfigValue>();
  private readonly unknown = new Map<ConfigValue, readonly Unknown[]>();

  noteChecked(value: ConfigValue, model: FieldModel): void {
    // A value of any type was not checked; a list is checked as far as its elements are.
    if (model.kind === 'raw' || (model.kind === 'list' && model.element.kind === 'raw')) return;
    this.checked.add(value);
  }

  /** The key itself is wrong, whatever its value is. */
  noteRefused(value: ConfigValue): void {
    for (const leaf of leavesOf(value)) this.checked.add(leaf);
  }

  noteUnknown(value: ConfigValue, because: readonly Unknown[]): void {
    for (const leaf of leavesOf(value)) if (!this.checked.has(leaf)) this.unknown.set(leaf, because);
  }

  /** Whether a value was checked. */
  has(value: ConfigValue): boolean {
    return this.checked.has(value);
  }

  /** @param root of the whole configuration */
  of(root: ConfigValue): Coverage {
    const counts = { checked: 0, unknown: 0, notLookedAt: 0 };
    const tellers = new Set<string>();
    for (const leaf of leavesOf(root)) {
      const because = leaf.kind === 'unknown' ? [leaf.reason] : this.unknown.get(leaf);
      if (this.checked.has(leaf)) counts.checked++;
      else if (because === undefined) counts.notLookedAt++;
      else counts.unknown++;
      if (!this.checked.has(leaf))
        for (const one of because ?? []) if (TELLS.has(one.cause)) tellers.add(tellerOf(one));
    }
    return { ...counts, tellers: [...tellers] };
  }
}

const TELLS: ReadonlySet<Unknown['cause']> = new Set(['environment', 'include', 'url', 'elsewhere']);

/** An expression of a template is in an address of its own, see `withUnknowns`. */
function tellerOf({ subject }: Unknown): string {
  return subject.replace(/^https:(?!\/\/)/, '');
}

/** The set values: scalars, lists, and objects without a key. Walks without recursion: hostile nesting must not overflow. */
function* leavesOf(value: ConfigValue): Generator<ConfigValue> {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind !== 'object' || next.entries.size === 0) yield next;
    else open.push(...[...next.entries.values()].map((entry) => entry.value).reverse());
  }
}
