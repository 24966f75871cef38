import type { Field } from '../../../../schemas/model';
import type { ConfigEntry } from '../../hocon/values/config-value';
import type { Bound, BoundValue } from './bound';

/** A key that is read when somebody asks for its value. */
export class Later implements Bound {
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
