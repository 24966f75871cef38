import type { Field, FieldMeta, FieldModel, ObjectModel } from '../../../../schemas/model';
import type { ConfigObject, ConfigValue } from '../../hocon/values/config-value';

/**
 * The key at `path` below the object that `model` describes (`['participants', 'p1', 'crypto', 'kms', 'region']` for
 * the model of `canton`). `section` is the written object at the same place: its `type` keys decide between
 * alternatives; if they do not, the first alternative with the key is used. Undefined for keys that Canton does not
 * know and inside sections that are not described.
 */
export function fieldAt(model: ObjectModel, path: readonly string[], section?: ConfigObject): Field | undefined {
  const name = path[path.length - 1];
  if (name === undefined) return undefined;
  for (const { model: parent } of placesAt(model, path.slice(0, -1), section)) {
    const field = parent.kind === 'object' ? parent.fields.get(name) : undefined;
    if (field !== undefined) return field;
    if (parent.kind === 'map') return mapEntry(name, parent.value);
    if (parent.kind === 'list' && INDEX.test(name)) return mapEntry(name, parent.element);
  }
  return undefined;
}

/** The metadata of a key at `path` that only other versions or editions have. */
export function foreignAt(model: ObjectModel, path: readonly string[], section?: ConfigObject): FieldMeta | undefined {
  const name = path.at(-1) as string;
  for (const { model: parent } of placesAt(model, path.slice(0, -1), section)) {
    const meta = parent.kind === 'object' ? parent.foreign.get(name) : undefined;
    if (meta !== undefined) return meta;
  }
  return undefined;
}

/** The keys that may be inside the value at `path`; those of all alternatives if `type` does not decide. */
export function fieldsAt(model: ObjectModel, path: readonly string[], section?: ConfigObject): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const { model: parent } of placesAt(model, path, section)) {
    if (parent.kind !== 'object') continue;
    for (const [name, field] of parent.fields) if (!fields.has(name)) fields.set(name, field);
  }
  return [...fields.values()];
}

interface Place {
  readonly model: FieldModel;
  readonly value: ConfigValue | undefined;
}

/** Every model that can describe the value at `path`, with each alternative separately. */
function placesAt(model: ObjectModel, path: readonly string[], section: ConfigObject | undefined): readonly Place[] {
  let places: readonly Place[] = [{ model, value: section }];
  for (const name of path) {
    places = places.flatMap((place) => {
      const inner = innerModel(place.model, name);
      if (inner === undefined) return [];
      const value = innerValue(place.value, name);
      return alternatives(inner, value);
    });
  }
  return places;
}

function innerModel(model: FieldModel, name: string): FieldModel | undefined {
  if (model.kind === 'object') return (model.fields.get(name) ?? model.apps?.fields.get(name))?.model;
  if (model.kind === 'list') return INDEX.test(name) ? model.element : undefined;
  return model.kind === 'map' ? model.value : undefined;
}

function innerValue(value: ConfigValue | undefined, name: string): ConfigValue | undefined {
  if (value?.kind === 'list') return value.elements[Number(name)];
  return value?.kind === 'object' ? value.entries.get(name)?.value : undefined;
}

/** The elements of a list have their numbers as names. */
const INDEX = /^\d+$/;

function alternatives(model: FieldModel, value: ConfigValue | undefined): readonly Place[] {
  if (model.kind !== 'union') return [{ model, value }];
  const type = value?.kind === 'object' ? value.entries.get('type')?.value : undefined;
  const chosen = type?.kind === 'string' ? model.options.get(type.value) : undefined;
  const options = chosen === undefined ? [...model.options.values()] : [chosen];
  return options.map((option) => ({ model: option, value }));
}

/** Free names (nodes, tags) and numbers of elements have no metadata of their own. */
function mapEntry(name: string, model: FieldModel): Field {
  return { name, model, required: false, optional: false, meta: { doc: '', source: '' } };
}
