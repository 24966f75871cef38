import type { FieldModel } from '../../../../schemas/model';
import type { ConfigValue, Unknown } from '../../hocon/values/config-value';

/** The number of set values of a configuration that were checked. The three numbers add up to all values. */
export interface Coverage {
  /** Canton's reader of that value was applied, and would have refused another type. */
  readonly checked: number;
  /** The value is not available, or another value may replace it. */
  readonly unknown: number;
  /** Values that no model describes: other root keys, settings of drivers, values that are read unchanged. */
  readonly notLookedAt: number;
  /** The variables and files that are not available and would provide the unknown values, in the order of the configuration. */
  readonly missing: readonly string[];
}

/** Records how a reader treated each value. Values are identified by themselves, because a reader may move them. */
export class CoverageLog {
  private readonly checked = new Set<ConfigValue>();
  private readonly unknown = new Map<ConfigValue, readonly Unknown[]>();

  noteChecked(value: ConfigValue, model: FieldModel): void {
    // A value of any type counts as not checked; a list counts as its elements do.
    if (model.kind === 'raw' || (model.kind === 'list' && model.element.kind === 'raw')) return;
    this.checked.add(value);
  }

  /** The key itself is wrong, independent of its value. */
  noteRefused(value: ConfigValue): void {
    for (const leaf of leavesOf(value)) this.checked.add(leaf);
  }

  noteUnknown(value: ConfigValue, because: readonly Unknown[]): void {
    for (const leaf of leavesOf(value)) if (!this.checked.has(leaf)) this.unknown.set(leaf, because);
  }

  /** True if a value was checked. */
  has(value: ConfigValue): boolean {
    return this.checked.has(value);
  }

  /** @param root the root of the whole configuration */
  of(root: ConfigValue): Coverage {
    const counts = { checked: 0, unknown: 0, notLookedAt: 0 };
    const missing = new Set<string>();
    for (const leaf of leavesOf(root)) {
      const because = leaf.kind === 'unknown' ? [leaf.reason] : this.unknown.get(leaf);
      if (this.checked.has(leaf)) {
        counts.checked++;
      } else if (because === undefined) {
        counts.notLookedAt++;
      } else {
        counts.unknown++;
        for (const one of because) if (MISSING_CAUSES.has(one.cause)) missing.add(nameOfMissing(one));
      }
    }
    return { ...counts, missing: [...missing] };
  }
}

const MISSING_CAUSES: ReadonlySet<Unknown['cause']> = new Set(['environment', 'include', 'url', 'elsewhere']);

/** An expression of a template has its own address, see `withUnknowns`. */
function nameOfMissing({ subject }: Unknown): string {
  return subject.replace(/^https:(?!\/\/)/, '');
}

/**
 * The set values: scalars, lists, and objects without a key. Walks without recursion, so that hostile nesting cannot
 * overflow the stack.
 */
function* leavesOf(value: ConfigValue): Generator<ConfigValue> {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind !== 'object' || next.entries.size === 0) yield next;
    else open.push(...[...next.entries.values()].map((entry) => entry.value).reverse());
  }
}
