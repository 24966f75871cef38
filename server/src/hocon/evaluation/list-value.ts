import type { Location } from '../../text/location';
import type { ConfigValue } from '../values/config-value';
import { isResolved, type Value } from './deferred-value';
import { Memo } from './memo';

/** Shorter lists are copied when they are joined. */
const SHORT = 16;

export class ListValue extends Memo {
  readonly kind = 'list';
  /** How many items are not resolved. */
  readonly openCount: number;
  readonly length: number;
  /** How many values there are in it, itself included; 0 before it was counted. */
  size = 0;
  /** Holds nothing but resolved values where `unresolved` is false. */
  readonly elements!: readonly ConfigValue[];
  /** Undefined where this list is made of others and nobody has asked for its items yet. */
  private flat: readonly Value[] | undefined;

  constructor(
    readonly origin: Location,
    items: readonly Value[],
    private readonly parts?: Halves | Change,
  ) {
    super();
    if (parts === undefined) {
      this.flat = items;
      this.elements = items as readonly ConfigValue[];
      this.length = items.length;
      this.openCount = items.reduce((count, item) => count + openIn(item), 0);
    } else {
      const { length, openCount } = parts;
      this.length = length;
      this.openCount = openCount;
      Object.defineProperty(this, 'elements', { enumerable: true, get: () => this.items });
    }
  }

  /** Two lists in a row. `a += 1` again and again makes long lists of longer ones; none but the last is written out. */
  static joined(origin: Location, first: ListValue, second: ListValue): ListValue {
    if (first.isShort && second.isShort) return new ListValue(origin, [...first.items, ...second.items]);
    const length = first.length + second.length;
    const openCount = first.openCount + second.openCount;
    return new ListValue(origin, [], { kind: 'halves', first, second, length, openCount });
  }

  get unresolved(): boolean {
    return this.openCount > 0;
  }

  get isShort(): boolean {
    return this.flat !== undefined && this.flat.length <= SHORT;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  get items(): readonly Value[] {
    this.flat ??= this.flatten();
    return this.flat;
  }

  /** The same list with another value at one place, or without it. It costs the same for long lists and short ones. */
  with(index: number, value: Value | undefined): ListValue {
    const length = value === undefined ? this.length - 1 : this.length;
    const openCount = this.openCount - openIn(this.items[index] as Value) + openIn(value);
    return new ListValue(this.origin, [], { kind: 'change', base: this, index, value, length, openCount });
  }

  private flatten(): readonly Value[] {
    if (this.parts?.kind === 'change') {
      const { base, index, value } = this.parts;
      const changed = [...base.items];
      changed.splice(index, 1, ...(value === undefined ? [] : [value]));
      return changed;
    }
    const items: Value[] = [];
    for (const list of this.made(() => false)) for (const item of list.items) items.push(item);
    return items;
  }

  /** The sum over its items, without writing them out. */
  sum(count: (value: Value) => number): number {
    const isCounted = (list: ListValue): boolean => list.size > 0;
    let sum = 1;
    for (const list of this.made(isCounted)) {
      if (isCounted(list)) sum += list.size - 1;
      else for (const item of list.items) sum += count(item);
    }
    return sum;
  }

  /** The lists that it is made of, in their order; what is `enough` is not taken apart. */
  private made(enough: (list: ListValue) => boolean): ListValue[] {
    const made: ListValue[] = [];
    const open: ListValue[] = [this];
    for (let list = open.pop(); list !== undefined; list = open.pop()) {
      const { flat, parts } = list;
      if (flat === undefined && parts?.kind === 'halves' && !enough(list)) open.push(parts.second, parts.first);
      else made.push(list);
    }
    return made;
  }
}

interface Halves {
  readonly kind: 'halves';
  readonly first: ListValue;
  readonly second: ListValue;
  readonly length: number;
  readonly openCount: number;
}

interface Change {
  readonly kind: 'change';
  readonly base: ListValue;
  readonly index: number;
  readonly value: Value | undefined;
  readonly length: number;
  readonly openCount: number;
}

function openIn(value: Value | undefined): number {
  return value === undefined || isResolved(value) ? 0 : 1;
}
