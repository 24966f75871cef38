import type { Availability, CantonVersion } from './version';

/**
 * The fields of a configuration for one Canton version and edition. The zod schemas of the crypto sections compile into
 * it (`compile.ts`) and model data loads into it (`model-data.ts`); nothing here needs zod. Binding, completion,
 * hover, documentation and the JSON Schema all start from here.
 */
export type FieldModel = ObjectModel | UnionModel | MapModel | ListModel | EnumModel | ScalarModel;

export interface ScalarModel {
  readonly kind: 'string' | 'boolean' | 'int' | 'number' | 'duration' | 'raw';
  /** The values that may be written, as a noun phrase: "a duration above zero, such as `10s`". */
  readonly accepts: string;
  /** Integers: the width of the target Java type. */
  readonly bits?: 16 | 32 | 64;
  /** Integers: Canton takes the value as a text and parses that, so `"5.0"` and `"1e3"` are not integers. */
  readonly viaText?: true;
  readonly check: ScalarCheck;
}

/** Canton's own constraint on a value already coerced to text or number; undefined if the value is accepted. */
export type ScalarCheck = (value: string | number | bigint | boolean) => ScalarFailure | undefined;

export interface ScalarFailure {
  /** Canton's failure text, or the text of the exception; empty if it is not known. */
  readonly text: string;
  /** The reader throws instead of failing: Canton ends with a stack trace. */
  readonly crash?: true;
}

/** An object with exactly these keys; others are unknown keys. */
export interface ObjectModel {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, Field>;
  /** True if this product does not know all keys of the section: only the keys of `foreign` are unknown there. */
  readonly open: boolean;
  /** For open objects, other keys that are known to exist there. A key with a similar name is a misspelling. */
  readonly undescribed?: ReadonlySet<string>;
  /** Keys that Canton has in this place in other versions or editions, but not in this one. */
  readonly foreign: ReadonlyMap<string, FieldMeta>;
  /** True if Canton ignores unknown keys here; they are a warning, never an error. */
  readonly ignoresUnknown?: true;
  /** Old places of keys, relative to this object, with the new ones that get their values if they have none. */
  readonly moved?: ReadonlyMap<string, readonly string[]>;
  /** Old keys, relative to this object, which are accepted with any value, but ignored. */
  readonly dropped?: ReadonlyMap<string, string>;
  /** For the object at `canton`: the sections that the applications of Splice read there. */
  readonly apps?: ObjectModel;
}

/** An object chosen by its `type` key, which is required and a field of every option. */
export interface UnionModel {
  readonly kind: 'union';
  readonly discriminator: Field;
  readonly options: ReadonlyMap<string, ObjectModel>;
  /** The option for any other `type`; without it, Canton refuses other types. */
  readonly otherwise?: ObjectModel;
}

/** Free keys, one model for all values (`participants`, `custom-tags`). */
export interface MapModel {
  readonly kind: 'map';
  readonly value: FieldModel;
  readonly nonEmpty?: true;
  /** Canton's failure text for a bad key, or undefined. */
  readonly checkKey: (key: string) => string | undefined;
}

export interface ListModel {
  readonly kind: 'list';
  readonly element: FieldModel;
  readonly nonEmpty: boolean;
}

export interface EnumModel {
  readonly kind: 'enum';
  /** The spellings of this version, in Canton's order. */
  readonly values: ReadonlyMap<string, EnumValue>;
  /** Spellings of other versions or editions. */
  readonly foreign: ReadonlyMap<string, EnumValue>;
}

export interface EnumValue extends Availability {
  /** Markdown, for hover and completion. */
  readonly doc: string;
  /** The name that Canton's error messages print. */
  readonly displayName: string;
  /** The spelling to use instead of one that was removed. */
  readonly instead?: string;
}

export type PlainValue = string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** One key of an object. */
export interface Field {
  readonly name: string;
  readonly model: FieldModel;
  readonly required: boolean;
  /** Accepts `null` as "none". */
  readonly optional: boolean;
  /** The value that Canton reads if the key is absent; undefined if it is required, or optional and then none. */
  readonly defaultValue?: PlainValue;
  readonly meta: FieldMeta;
}

/** Everything that hovers, completion and the reference show about a key. */
export interface FieldMeta extends Availability {
  /** Markdown, one to three sentences. */
  readonly doc: string;
  /** The default in HOCON syntax; undefined if there is none. */
  readonly default?: string;
  /** Canton computes the default, and `default` has the text of its source. */
  readonly defaultIsCode?: true;
  /** Its value must not be shown in hovers, reports and logs. */
  readonly secret?: boolean;
  readonly example?: string;
  /** Values that are known to exist, with their names; there may be others. */
  readonly known?: Readonly<Record<string, string>>;
  /** The page of the manual of this version. */
  readonly link?: string;
  readonly deprecated?: { readonly since: CantonVersion; readonly instead: string };
  /** Canton file and version that the fact was read in. */
  readonly source: string;
}

/** A union with its `type` key, which it also adds to the fields of every option. */
export function unionModel(
  options: ReadonlyMap<string, ObjectModel>,
  values: ReadonlyMap<string, EnumValue>,
  meta: FieldMeta,
  otherwise?: ObjectModel,
): UnionModel {
  const names = [...values.keys()].map((name) => `\`${name}\``).join(', ');
  const discriminator: Field = {
    name: 'type',
    model: { kind: 'enum', values, foreign: new Map() },
    required: true,
    optional: false,
    meta: { ...meta, doc: `Determines the other keys of the section: ${names}.` },
  };
  const anyWord: Field = { ...discriminator, model: { kind: 'raw', accepts: 'a word', check: () => undefined } };
  const withType = (option: ObjectModel): ObjectModel => ({
    ...option,
    fields: new Map([['type', discriminator], ...option.fields]),
  });
  const entries = [...options].map(([name, option]) => [name, withType(option)] as const);
  return {
    kind: 'union',
    discriminator,
    options: new Map(entries),
    ...(otherwise && { otherwise: { ...otherwise, fields: new Map([['type', anyWord], ...otherwise.fields]) } }),
  };
}

/** A default in readable form. */
export function defaultText(value: PlainValue): string {
  if (Array.isArray(value)) return `[${value.map(defaultText).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([name, inner]) => `${name} = ${defaultText(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
