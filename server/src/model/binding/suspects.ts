import type { Field, FieldModel, ObjectModel } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject } from '../../hocon/values/config-value';
import { isMisspelled } from '../../text/nearest';
import type { UnknownKey } from './failure';

/**
 * True for a key of a section that may have undescribed keys, but where another name or level was certainly meant: a name
 * similar to that of a key; that of a key in exactly one section below, or which a section below lacks; and a section that
 * contains only keys of its parent section.
 */
export function isSuspect(
  { fields, undescribed }: ObjectModel,
  name: string,
  { value }: ConfigEntry,
  siblings: ConfigObject,
): boolean {
  if (undescribed !== undefined) return false;
  if (isMisspelled(name, fields.keys())) return true;
  if (isOfOneSection(fields, name)) return true;
  const lacking = lackingSections(fields, name, siblings);
  if (lacking.some(({ model }) => model.kind === 'object' && model.fields.get(name)?.required === true)) return true;
  if (value.kind !== 'object') return lacking.length === 1;
  return value.entries.size > 0 && [...value.entries.keys()].every((key) => fields.has(key));
}

/**
 * True for a value that the section around its own one reads under this name, and which is absent there. Of the crypto
 * section all keys are documented, so there it is also true for a section with only such keys, and for a key that exactly
 * one other section has.
 */
export function belongsOutside(
  { path, entry: { value } }: UnknownKey,
  outer: readonly string[],
  { fields }: ObjectModel,
  { entries }: ConfigObject,
): boolean {
  const name = path[outer.length + 1];
  if (path.length !== outer.length + 2 || name === undefined) return false;
  const isDocumented = outer.at(-1) === 'crypto';
  const model = fields.get(name)?.model;
  if (model === undefined) return isDocumented && value.kind !== 'object' && isOfOneSection(fields, name);
  if (entries.has(name)) return false;
  if (value.kind !== 'object') return true;
  return isDocumented && value.entries.size > 0 && [...value.entries.keys()].every((key) => hasKey(model, key));
}

/** Short names mean something else in every section. */
function isOfOneSection(fields: ReadonlyMap<string, Field>, name: string): boolean {
  const count = (model: FieldModel, depth: number): number => {
    const below = model.kind === 'object' && depth > 0 ? [...model.fields.values()] : [];
    return below.reduce((sum, field) => sum + count(field.model, depth - 1), hasKey(model, name) ? 1 : 0);
  };
  return name.includes('-') && [...fields.values()].reduce((sum, { model }) => sum + count(model, 1), 0) === 1;
}

/** The written sections that know a key and lack it. */
export function lackingSections(
  fields: ReadonlyMap<string, Field>,
  name: string,
  { entries }: ConfigObject,
): readonly Field[] {
  return [...fields.values()].filter(({ name: section, model }) => {
    const written = entries.get(section)?.value;
    if (written?.kind !== 'object' || written.unknowns.length > 0) return false;
    return hasKey(model, name) && !written.entries.has(name);
  });
}

export function hasKey(model: FieldModel, name: string): boolean {
  if (model.kind === 'object') return model.fields.has(name);
  return model.kind === 'union' && [...model.options.values()].some(({ fields }) => fields.has(name));
}
