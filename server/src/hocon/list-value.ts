import { Memo } from './memo';
import type { Location } from './text';
import type { ConfigValue } from './value';
import { isResolved, type Value } from './values';

/** Shorter lists are copied when they are joined. */
const SHORT = 16;

export class ListValue extends Memo {
  readonly kind = 'list';
  readonly unresolved: boolean;
  /** How many values there are in it, itself included; 0 before it was counted. */
  size = 0;
  /** Holds nothing but resolved values where `unresolved` is false. */
  readonly elements!: readonly ConfigValue[];
  /** Undefined where this list is two others in a row and nobody has asked for its items yet. */
  private flat: readonly Value[] | undefined;

  constructor(
    readonly origin: Location,
    items: readonly Value[],
    private readonly halves?: readonly [ListValue, ListValue],
  ) {
    super();
    if (halves === undefined) {
      this.flat = items;
      this.elements = items as readonly ConfigValue[];
      this.unresolved = !items.every(isResolved);
    } else {
      this.unresolved = halves[0].unresolved || halves[1].unresolved;
      Object.defineProperty(this, 'elements', { enumerable: true, get: () => this.items });
    }
  }

  /** Two lists in a row. `a += 1` again and again makes long lists of longer ones; none but the last is written out. */
  static joined(origin: Location, first: ListValue, second: ListValue): ListValue {
    if (first.isShort && second.isShort) return new ListValue(origin, [...first.items, ...second.items]);
    return new ListValue(origin, [], [first, second]);
  }

  private get isShort(): boolean {
    return this.flat !== undefined && this.flat.length <= SHORT;
  }

  get isEmpty(): boolean {
    return this.flat?.length === 0;
  }

  get items(): readonly Value[] {
    this.flat ??= this.flatten();
    return this.flat;
  }

  private flatten(): readonly Value[] {
    const items: Value[] = [];
    const open: ListValue[] = [this];
    for (let list = open.pop(); list !== undefined; list = open.pop()) {
      if (list.flat === undefined && list.halves !== undefined) open.push(list.halves[1], list.halves[0]);
      else for (const item of list.flat ?? []) items.push(item);
    }
    return items;
  }

  /** The sum over its items, without writing them out. */
  sum(count: (value: Value) => number): number {
    if (this.flat !== undefined || this.halves === undefined)
      return this.items.reduce((sum, item) => sum + count(item), 1);
    return count(this.halves[0]) + count(this.halves[1]) - 1;
  }
}
