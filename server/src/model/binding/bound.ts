import type { Field } from '../../../../schemas/model';
import type { ScalaDuration } from '../../../../schemas/scala-duration';
import type { ConfigEntry, ConfigValue } from '../../hocon/values/config-value';

/** A key after Canton has read it. */
export interface Bound {
  /** The full path, which begins with `canton`. */
  readonly path: readonly string[];
  /** Undefined for free names and list elements. */
  readonly field: Field | undefined;
  /** The entry in the files; undefined if the default applies. */
  readonly entry: ConfigEntry | undefined;
  readonly value: BoundValue;
}

export type BoundValue =
  /** The value comes from outside, may be replaced from outside, or was refused, so it allows no conclusion. */
  | { readonly kind: 'unknown' }
  /** Optional, and absent or null. */
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'duration'; readonly duration: ScalaDuration }
  | { readonly kind: 'list'; readonly elements: readonly Bound[] }
  /** Objects and maps. */
  | { readonly kind: 'object'; readonly fields: BoundFields }
  | { readonly kind: 'raw'; readonly value: ConfigValue };

export interface BoundFields {
  /** Any key of the model, an absent one with its default. */
  get(key: string): Bound | undefined;
  /** The keys that are set. */
  readonly written: ReadonlyMap<string, Bound>;
}

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

/** An unknown value, about which rules report nothing. */
export const UNKNOWN = Symbol('unknown');
export type Unknown = typeof UNKNOWN;

/** The value below `bound`, undefined if there is none. */
export function valueAt(bound: Bound, ...keys: readonly string[]): BoundValue | undefined {
  let value: BoundValue | undefined = bound.value;
  for (const key of keys) {
    if (value?.kind === 'unknown') return value;
    if (value?.kind !== 'object') return undefined;
    value = value.fields.get(key)?.value;
  }
  return value?.kind === 'none' ? undefined : value;
}

/** The key below `bound`; undefined if a part of the path is absent or unknown. */
export function boundAt(bound: Bound, ...keys: readonly string[]): Bound | undefined {
  let at: Bound | undefined = bound;
  for (const key of keys) at = at?.value.kind === 'object' ? at.value.fields.get(key) : undefined;
  return at;
}

export function textAt(bound: Bound, ...keys: readonly string[]): string | undefined | Unknown {
  const value = valueAt(bound, ...keys);
  if (value?.kind === 'unknown') return UNKNOWN;
  return value?.kind === 'text' ? value.text : undefined;
}

export function booleanAt(bound: Bound, ...keys: readonly string[]): boolean | undefined | Unknown {
  const value = valueAt(bound, ...keys);
  if (value?.kind === 'unknown') return UNKNOWN;
  return value?.kind === 'boolean' ? value.value : undefined;
}

/** Nanoseconds of a finite duration. */
export function nanosAt(bound: Bound, ...keys: readonly string[]): bigint | undefined | Unknown {
  const value = valueAt(bound, ...keys);
  if (value?.kind === 'unknown') return UNKNOWN;
  return value?.kind === 'duration' && value.duration.kind === 'finite' ? value.duration.nanos : undefined;
}

/** The texts of a list of texts, each once, in written order; undefined if the list is absent. */
export function textsAt(bound: Bound, ...keys: readonly string[]): readonly string[] | undefined | Unknown {
  const value = valueAt(bound, ...keys);
  if (value?.kind === 'unknown') return UNKNOWN;
  if (value?.kind !== 'list') return undefined;
  const texts = new Set<string>();
  for (const element of value.elements) {
    if (element.value.kind !== 'text') return UNKNOWN;
    texts.add(element.value.text);
  }
  return [...texts];
}

/** True, false, or unknown: whether an optional section is present. */
export function isPresent(bound: Bound, ...keys: readonly string[]): boolean | Unknown {
  const value = valueAt(bound, ...keys);
  if (value?.kind === 'unknown') return UNKNOWN;
  return value !== undefined;
}
