import type { Field, FieldModel, MapModel, ObjectModel, UnionModel } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject, KeyPath } from '../../hocon/values/config-value';
import { isMisspelled } from '../../text/nearest';
import type { Failure, UnknownKey } from './failure';
import { locationOfKey } from './locations';

/**
 * True for a key of a section that may have undescribed keys, but where another name or level was certainly meant: a name similar
 * to that of a key; that of a key in exactly one section below, or which a section below lacks; a section that contains
 * only keys of its parent section, or only those that it has one level below; a number.
 */
export function isSuspect(
  { fields }: ObjectModel,
  name: string,
  { value }: ConfigEntry,
  siblings: ConfigObject,
): boolean {
  // The index of a list: no key is a number.
  if (/^\d+$/.test(name)) return true;
  if (isMisspelled(name, fields.keys())) return true;
  if (isOfOneSection(fields, name)) return true;
  const holders = [...fields.values()].filter(({ model }) => hasKey(model, name));
  const [holder] = holders;
  if (holders.length === 1 && holder?.required === true && !siblings.entries.has(holder.name)) return true;
  const lacking = lackingSections(fields, name, siblings);
  if (lacking.some(({ model }) => model.kind === 'object' && model.fields.get(name)?.required === true)) return true;
  if (value.kind !== 'object')
    return (lacking.length > 0 ? lacking : lackingBelow(fields, name, siblings)).length === 1;
  const keys = [...value.entries.keys()];
  const isMeant = (model: FieldModel | undefined) => model !== undefined && keys.every((key) => hasKey(model, key));
  return (
    keys.length > 0 &&
    (keys.every((key) => fields.has(key)) || holders.some((one) => isMeant(keyOf(one.model, name)?.model)))
  );
}

/**
 * True for a value that the section around its own one reads under this name, and which is absent there; for a section of several
 * keys that this section has, or the one around that. Of the crypto section all keys are documented, so there one key is enough,
 * and it is also true for a key that exactly one other section has.
 */
export function belongsOutside(
  { path, entry: { value } }: UnknownKey,
  outer: readonly string[],
  { fields }: ObjectModel,
  { entries }: ConfigObject,
): boolean {
  const name = path.at(-1) as string;
  const levels = path.length - outer.length - 1;
  const isDocumented = outer.at(-1) === 'crypto' && levels === 1;
  const model = fields.get(name)?.model;
  if (model === undefined) return isDocumented && value.kind !== 'object' && isOfOneSection(fields, name);
  if (entries.has(name)) return false;
  if (value.kind !== 'object') return levels === 1;
  const keys = [...value.entries.keys()];
  return keys.length >= (isDocumented ? 1 : 2) && keys.every((key) => hasKey(model, key));
}

/** True for an entry beside the nodes of a section that is a section of a node, with keys that only this has. */
export function isSectionOfNode({ value: node }: MapModel, name: string, { value }: ConfigEntry): boolean {
  if (node.kind !== 'object' || value.kind !== 'object') return false;
  const section = node.fields.get(name)?.model;
  const keys = [...value.entries.keys()];
  return section !== undefined && keys.length > 0 && keys.every((key) => hasKey(section, key) && !node.fields.has(key));
}

/** A section of a node that is one level too high, where it is read as a node. */
export function strayIn(
  { value: model }: MapModel,
  siblings: ConfigObject,
  name: string,
  entry: ConfigEntry,
  { path, location }: Pick<UnknownKey, 'path' | 'location'>,
): UnknownKey {
  const nodes = [...siblings.entries.keys()].filter((other) => other !== name);
  const fields = new Map(nodes.map((node) => [node, { name: node, model, required: false, optional: true } as Field]));
  const parent: ObjectModel = { kind: 'object', fields, foreign: new Map(), open: true };
  return { kind: 'unknown-key', path, text: 'Unknown key.', location, parent, siblings, entry, foreign: undefined };
}

export function isScalar({ kind }: FieldModel): boolean {
  return kind === 'string' || kind === 'int' || kind === 'enum' || kind === 'boolean' || kind === 'duration';
}

/** True for an object that sets a value which its section requires. Whoever writes one writes the others beside it. */
export function hasRequiredKey({ fields }: ObjectModel, { entries }: ConfigObject): boolean {
  const isOne = ({ name, required, optional, model }: Field) =>
    required && !optional && name !== 'type' && isScalar(model) && entries.has(name);
  return [...fields.values()].some(isOne);
}

/** Short names mean something else in every section. */
function isOfOneSection(fields: ReadonlyMap<string, Field>, name: string): boolean {
  const count = (model: FieldModel, isNear: boolean): number => {
    const below = model.kind === 'object' && isNear ? [...model.fields.values()] : [];
    return below.reduce((sum, field) => sum + count(field.model, false), hasKey(model, name) ? 1 : 0);
  };
  return name.includes('-') && [...fields.values()].reduce((sum, { model }) => sum + count(model, true), 0) === 1;
}

/** The types that are written one level too low, in a section that knows no such key: `storage.config.type = postgres`. */
export function typesInside({ options }: UnionModel, object: ConfigObject, path: KeyPath): readonly UnknownKey[] {
  return [...object.entries].flatMap(([name, { value: siblings }]) => {
    const entry = siblings.kind === 'object' ? siblings.entries.get('type') : undefined;
    if (siblings.kind !== 'object' || entry?.value.kind !== 'string' || !options.has(entry.value.value)) return [];
    const models = [...options.values()].flatMap(({ fields }) => fields.get(name)?.model ?? []);
    if (models.length === 0 || models.some((model) => hasKey(model, 'type'))) return [];
    const parent: ObjectModel = { kind: 'object', fields: new Map(), foreign: new Map(), open: true };
    const location = locationOfKey(entry, siblings.origin);
    const at = { path: [...path, name, 'type'], text: 'Unknown key.', location, parent, siblings, entry };
    return [{ kind: 'unknown-key', foreign: undefined, ...at }];
  });
}

export function isNearlyKnown(failure: Failure): failure is UnknownKey {
  return failure.kind === 'unknown-key' && isMisspelled(failure.path.at(-1) as string, failure.parent.fields.keys());
}

/** The written sections that know a key and lack it: those that are whole, or else those that may have it elsewhere. */
export function lackingSections(
  fields: ReadonlyMap<string, Field>,
  name: string,
  { entries }: ConfigObject,
): readonly Field[] {
  const isLacking = ({ name: section, model }: Field, mayBePart: boolean) => {
    const written = entries.get(section)?.value;
    if (written?.kind !== 'object' || (!mayBePart && written.unknowns.length > 0)) return false;
    return hasKey(model, name) && !written.entries.has(name);
  };
  const whole = [...fields.values()].filter((field) => isLacking(field, false));
  return whole.length > 0 ? whole : [...fields.values()].filter((field) => isLacking(field, true));
}

/** The paths of the written sections two or three levels below that know a key and lack it. */
export function lackingBelow(
  fields: ReadonlyMap<string, Field>,
  name: string,
  { entries }: ConfigObject,
  isNear = true,
): readonly KeyPath[] {
  return [...fields.values()].flatMap(({ name: section, model }) => {
    const written = entries.get(section)?.value;
    if (model.kind !== 'object' || written?.kind !== 'object') return [];
    const below = lackingSections(model.fields, name, written).map((one) => [section, one.name]);
    const deeper = isNear ? lackingBelow(model.fields, name, written, false) : [];
    return [...below, ...deeper.map((path) => [section, ...path])];
  });
}

export function hasKey(model: FieldModel, name: string): boolean {
  return keyOf(model, name) !== undefined;
}

function keyOf(model: FieldModel, name: string): Field | undefined {
  const options = model.kind === 'object' ? [model] : model.kind === 'union' ? [...model.options.values()] : [];
  return options.map(({ fields }) => fields.get(name)).find((field) => field !== undefined);
}
