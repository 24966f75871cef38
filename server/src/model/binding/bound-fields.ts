import type { Field } from '../../../../schemas/model';
import type { ConfigEntry } from '../../hocon/values/config-value';
import type { Bound, BoundFields, BoundValue } from './bound';

const NO_MODEL: ReadonlyMap<string, Field> = new Map();

/**
 * The keys of an object. Every node has dozens of absent keys, of which rules request a few, so these are read on
 * demand.
 */
export class Fields implements BoundFields {
  private readonly absent = new Map<string, Bound>();

  constructor(
    readonly written: ReadonlyMap<string, Bound>,
    private readonly model = NO_MODEL,
    private readonly readAbsent?: (field: Field) => Bound,
  ) {}

  get(key: string): Bound | undefined {
    return this.written.get(key) ?? this.absent.get(key) ?? this.read(key);
  }

  private read(key: string): Bound | undefined {
    const field = this.model.get(key);
    const bound = field && this.readAbsent?.(field);
    if (bound !== undefined) this.absent.set(key, bound);
    return bound;
  }
}

/** A key that is read on demand. */
export class LazyBound implements Bound {
  #value: BoundValue | undefined;

  constructor(
    readonly path: readonly string[],
    readonly field: Field | undefined,
    readonly entry: ConfigEntry | undefined,
    private readonly read: () => BoundValue,
  ) {}

  get value(): BoundValue {
    this.#value ??= this.read();
    return this.#value;
  }
}
