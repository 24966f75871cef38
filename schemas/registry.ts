import * as z from 'zod';
import type { KmsType } from './kms-types';
import type { ManualPage } from './manual';
import type { EnumValue, FieldMeta, ScalarModel } from './model';

/** The metadata of a key where it is declared. Its default is in the zod schema and nowhere else. */
export type KeyMeta = Omit<FieldMeta, 'default' | 'link'> & {
  /** The page of the manual that explains the key and everything below it. */
  readonly manual?: ManualPage;
};

/** Facts about schema parts for which zod has no place. Only `compile.ts` reads them. */
export const keyMetas = z.registry<KeyMeta>();
export const scalars = z.registry<ScalarModel>();
export const choices = z.registry<{ readonly values: Readonly<Record<string, EnumValue>> }>();
export const alternatives = z.registry<{ readonly oneOf: true }>();
export const nameChecks = z.registry<{ readonly checkKey: (key: string) => string | undefined }>();

/** Declares a key with its zod schema and its metadata. */
export function key<S extends z.ZodType>(schema: S, meta: KeyMeta): S {
  const own = schema.clone();
  keyMetas.add(own, meta);
  return own;
}

/**
 * A key that this place does not have, declared because people write it here: a key of other versions (with `since` or
 * `until`), or of another place. It is reported even in open sections.
 */
export function absent(meta: KeyMeta): z.ZodOptional<z.ZodNever> {
  return key(z.never().optional(), { editions: [], ...meta });
}

/** Keys that an open object has in addition to the described ones. */
export const undescribedKeys = z.registry<{ readonly names: readonly string[] }>();

/** Lists the other keys of an open object, so that a misspelled key can be distinguished from an undescribed one. */
export function withOthers<S extends z.ZodObject>(schema: S, names: readonly string[]): S {
  const own = schema.clone();
  undescribedKeys.add(own, { names });
  return own;
}

/** A key that changed its shape between versions: the first alternative whose metadata matches the version applies. */
export function oneOf<S extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(...options: S): z.ZodUnion<S> {
  const union = z.union(options);
  alternatives.add(union, { oneOf: true });
  return union;
}

/** The `kms` section of each type; undefined if Canton does not have the type. */
export function sectionsByType(sections: Readonly<Record<KmsType, z.ZodObject | undefined>>) {
  const [first, ...others] = Object.values(sections).filter((section) => section !== undefined);
  if (first === undefined) throw new Error('a section without any type');
  return z.discriminatedUnion('type', [first, ...others]);
}

/** An enumeration with facts on each spelling. */
export function choice(values: Readonly<Record<string, EnumValue>>): z.ZodEnum<Record<string, string>> {
  const schema = z.enum(Object.fromEntries(Object.keys(values).map((name) => [name, name])));
  choices.add(schema, { values });
  return schema;
}

/** A scalar with Canton's own reader behind it. */
export function scalar<S extends z.ZodType>(schema: S, model: ScalarModel): S {
  const own = schema.clone();
  scalars.add(own, model);
  return own;
}
