import { LazyField } from './lazy-field';
import { LEAF_TYPES, type LeafType, leafType } from './leaf-types';
import {
  defaultText,
  type EnumValue,
  type Field,
  type FieldMeta,
  type FieldModel,
  type ListModel,
  type MapModel,
  type ObjectModel,
  type PlainValue,
  unionModel,
} from './model';
import { existsIn, type Release } from './version';

/**
 * A model of fields as data, for every version at once: the content of Canton's case classes. It loads into the same field model into which the zod schemas compile, and the same binder binds values to it.
 */
export interface ModelData {
  /** Classes by name; they may refer to each other, and to themselves. */
  readonly types: Pick<ReadonlyMap<string, ObjectData | UnionData>, 'get'>;
  readonly root: ObjectData;
}

export type TypeData = LeafType | TypeReference | ObjectData | UnionData | MapData | ListData | EnumData;

/** A name in `types`. */
export interface TypeReference {
  readonly kind: 'ref';
  readonly type: string;
}

export interface ObjectData {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, FieldData>>;
  /** True if the rules of its reader are unknown, so that an unknown key is not an error. */
  readonly open?: true;
  /** The name in the field model. */
  readonly ignoresUnknown?: true;
  readonly moved?: Readonly<Record<string, readonly string[]>>;
  readonly dropped?: Readonly<Record<string, string>>;
}

/** An object whose `type` key chooses among the options. */
export interface UnionData {
  readonly kind: 'union';
  readonly options: Readonly<Record<string, ObjectData>>;
  /** The choice for any other word. */
  readonly otherwise?: ObjectData;
  readonly source: string;
}

export interface MapData {
  readonly kind: 'map';
  readonly value: TypeData;
  readonly nonEmpty?: true;
}

export interface ListData {
  readonly kind: 'list';
  readonly element: TypeData;
  readonly nonEmpty?: true;
}

export interface EnumData {
  readonly kind: 'enum';
  readonly values: Readonly<Record<string, EnumValue>>;
}

/** A key. It is required unless it is `optional`, or has a `defaultValue` or a `computed` default. */
export interface FieldData extends FieldMeta {
  readonly type: TypeData;
  readonly optional?: true;
  readonly defaultValue?: PlainValue;
  /** Canton computes the default (`default` says how), so that an absent key is neither missing nor known. */
  readonly computed?: true;
}

/** The model of one version and edition. */
export function loadModel({ types, root }: ModelData, release: Release): ObjectModel {
  const loaded = new Map<string, FieldModel>();
  return objectOf(root, new Map());

  function modelOf(data: TypeData): FieldModel {
    if (typeof data === 'string') return leafType(data, release.version);
    switch (data.kind) {
      case 'ref':
        return named(data.type);
      case 'object':
        return objectOf(data, new Map());
      case 'union':
        return unionOf(data);
      case 'map':
        return {
          kind: 'map',
          value: modelOf(data.value),
          checkKey: () => undefined,
          ...(data.nonEmpty && { nonEmpty: data.nonEmpty }),
        } satisfies MapModel;
      case 'list':
        return { kind: 'list', element: modelOf(data.element), nonEmpty: data.nonEmpty ?? false } satisfies ListModel;
      case 'enum':
        return enumOf(data);
    }
  }

  function named(name: string): FieldModel {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const data = types.get(name);
    // An undescribed type is open, never an error.
    if (data === undefined) return LEAF_TYPES.raw;
    if (data.kind === 'union') return unionOf(data, name);
    const fields = new Map<string, Field>();
    return objectOf(data, fields, name);
  }

  /** @param name registered before the fields are loaded, because a class may contain itself */
  function objectOf(data: ObjectData, fields: Map<string, Field>, name?: string): ObjectModel {
    const foreign = new Map<string, FieldMeta>();
    const model: ObjectModel = {
      kind: 'object',
      fields,
      foreign,
      open: data.open ?? false,
      ...(data.ignoresUnknown && { ignoresUnknown: data.ignoresUnknown }),
      ...(data.moved && { moved: new Map(Object.entries(data.moved)) }),
      ...(data.dropped && { dropped: new Map(Object.entries(data.dropped)) }),
    };
    if (name !== undefined) loaded.set(name, model);
    for (const [key, field] of Object.entries(data.fields)) {
      if (existsIn(field, release)) fields.set(key, fieldOf(key, field));
      else foreign.set(key, metaOf(field));
    }
    return model;
  }

  function unionOf({ options, otherwise, source }: UnionData, name?: string): FieldModel {
    const values = Object.keys(options).map((type) => [type, { doc: '', displayName: type }] as const);
    const models = new Map<string, ObjectModel>();
    // A class that contains itself through one of its options is left open there.
    if (name !== undefined) loaded.set(name, LEAF_TYPES.raw);
    for (const [type, option] of Object.entries(options)) models.set(type, objectOf(option, new Map()));
    const other = otherwise && objectOf(otherwise, new Map());
    const model = unionModel(models, new Map(values), { doc: '', source }, other);
    if (name !== undefined) loaded.set(name, model);
    return model;
  }

  function enumOf({ values }: EnumData): FieldModel {
    const entries = Object.entries(values);
    return {
      kind: 'enum',
      values: new Map(entries.filter(([, value]) => existsIn(value, release))),
      foreign: new Map(entries.filter(([, value]) => !existsIn(value, release))),
    };
  }

  function fieldOf(name: string, data: FieldData): Field {
    const { type, optional = false, computed = false, defaultValue } = data;
    const meta = computed ? { ...metaOf(data), defaultIsCode: true as const } : metaOf(data);
    const field =
      defaultValue === undefined
        ? { name, optional, required: !optional && !computed, meta }
        : { name, optional, required: false, defaultValue, meta: { ...meta, default: defaultText(defaultValue) } };
    return new LazyField(field, () => modelOf(type));
  }
}

function metaOf({ type, optional, computed, defaultValue, ...meta }: FieldData): FieldMeta {
  return meta;
}
