import type { Location } from '../../text/location';
import type { Resolvable, Value } from './deferred-value';

/** Fewer layers than this are copied rather than shared. */
const FEW = 16;

/** The layers of one or more merges, oldest first. A merge and the merges below it share them. */
export class MergeLayers {
  /** The results of merging the oldest layers, by the number of layers. */
  readonly remainders = new Map<number, Value>();

  private constructor(
    private own: Value[] | (() => Value[]),
    /** The oldest layers are the first layers of another stack. */
    readonly below: MergeLayers | undefined,
    readonly belowCount: number,
  ) {}

  static of(own: Value[] | (() => Value[])): MergeLayers {
    return new MergeLayers(own, undefined, 0);
  }

  /** The `count` oldest layers with others on top. */
  topped(count: number, top: readonly Value[]): MergeLayers {
    if (count <= FEW) return MergeLayers.of([...this.first(count), ...top]);
    return new MergeLayers([...top], this, count);
  }

  at(i: number): Value {
    let layers: MergeLayers = this;
    while (layers.below !== undefined && i < layers.belowCount) layers = layers.below;
    return layers.values[i - layers.belowCount] as Value;
  }

  first(count: number): Value[] {
    if (this.below === undefined) return this.values.slice(0, count);
    return Array.from({ length: count }, (_, i) => this.at(i));
  }

  push(value: Value): void {
    this.values.push(value);
  }

  /** Written out when it is needed. */
  private get values(): Value[] {
    if (typeof this.own === 'function') this.own = this.own();
    return this.own;
  }
}

/** Values for one key, oldest first, that cannot be merged before they are resolved. */
export class MergeStack implements Resolvable {
  readonly kind = 'merge';
  resolved: Value | undefined = undefined;
  partial: Map<string, Value> | undefined = undefined;

  constructor(
    /** May contain newer layers that are not part of this merge. */
    readonly shared: MergeLayers,
    private count: number,
    /** True if the result is certainly an object. */
    public isObject: boolean,
  ) {}

  static of(layers: Value[], isObject: boolean): MergeStack {
    return new MergeStack(MergeLayers.of(layers), layers.length, isObject);
  }

  get origin(): Location {
    return this.layer(this.count - 1).origin;
  }

  get layerCount(): number {
    return this.count;
  }

  layer(i: number): Value {
    return this.shared.at(i);
  }

  layers(): Value[] {
    return this.shared.first(this.count);
  }

  /** Adds a value on top. Allowed only while the layers are not shared. */
  push(value: Value): void {
    this.shared.push(value);
    this.count++;
  }

  /** The same stack with one layer replaced or removed; undefined if none is left. */
  with(index: number, value: Value | undefined): MergeStack | undefined {
    const count = value === undefined ? this.count - 1 : this.count;
    if (count === 0) return undefined;
    const changed = (): Value[] => {
      const layers = this.layers();
      layers.splice(index, 1, ...(value === undefined ? [] : [value]));
      return layers;
    };
    return new MergeStack(MergeLayers.of(changed), count, this.isObject);
  }

  /** The result of merging the `count` oldest layers, if they are resolved and a reference has looked back at them. */
  knownRemainder(count: number): Value | undefined {
    let layers = this.shared;
    while (layers.below !== undefined && count <= layers.belowCount) layers = layers.below;
    const rest = layers.remainders.get(count);
    return rest !== undefined && 'resolved' in rest ? rest.resolved : undefined;
  }
}
