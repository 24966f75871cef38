import type { Field } from '../../../../schemas/model';
import type { Bound, BoundFields } from './bound';

const NO_MODEL: ReadonlyMap<string, Field> = new Map();

/** The keys of an object. Every node has dozens that are absent, and rules ask for a few: these are read when asked for. */
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
