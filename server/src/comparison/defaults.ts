import type { Field, FieldModel, ObjectModel } from '../../../schemas/model';
import type { Bound, BoundFields, BoundValue } from '../model/binding/bound';
import { numberText } from '../model/binding/pureconfig';

/** A key that is not set, and for which two versions read different values. */
export interface ChangedDefault {
  /** The full path, which begins with `canton`. */
  readonly path: readonly string[];
  /** The values in written form; `none` if the version has no default. */
  readonly before: string;
  readonly after: string;
  /** The Canton file and version with the newer default. */
  readonly source: string;
}

/**
 * The defaults that a configuration relies on and that differ between two readings of it. Absent sections are compared
 * if their own default is a section; computed defaults are unknown.
 * @param before the object at `canton` as one version reads it, with the model of that version
 */
export function changedDefaults(
  before: { readonly root: Bound; readonly model: ObjectModel },
  after: { readonly root: Bound; readonly model: ObjectModel },
): readonly ChangedDefault[] {
  const found: ChangedDefault[] = [];
  compare(before.root, before.model, after.root, after.model);
  return found;

  function compare(old: Bound, oldModel: FieldModel, fresh: Bound, freshModel: FieldModel): void {
    if (old.value.kind === 'object' && fresh.value.kind === 'object') {
      const own = fieldsOf(oldModel, old.value.fields);
      const other = fieldsOf(freshModel, fresh.value.fields);
      for (const [name, model] of own) {
        const [a, b, otherModel] = [old.value.fields.get(name), fresh.value.fields.get(name), other.get(name)];
        if (a !== undefined && b !== undefined && otherModel !== undefined) compare(a, model, b, otherModel);
      }
      return;
    }
    if (old.entry !== undefined || fresh.entry !== undefined) return;
    const [a, b] = [shownDefault(old), shownDefault(fresh)];
    if (a === undefined || b === undefined || a === b) return;
    found.push({ path: fresh.path, before: a, after: b, source: fresh.field?.meta.source ?? '' });
  }
}

/** The keys of a section with their models: for a map, the keys that are set; for a union, those of the chosen type. */
function fieldsOf(model: FieldModel, fields: BoundFields): ReadonlyMap<string, FieldModel> {
  if (model.kind === 'map') return new Map([...fields.written.keys()].map((name) => [name, model.value]));
  const object = model.kind === 'union' ? chosen(model.options, model.otherwise, fields) : model;
  const own: ReadonlyMap<string, Field> = object?.kind === 'object' ? object.fields : new Map();
  return new Map([...own].map(([name, field]) => [name, field.model]));
}

function chosen(
  options: ReadonlyMap<string, ObjectModel>,
  otherwise: ObjectModel | undefined,
  fields: BoundFields,
): ObjectModel | undefined {
  const type = fields.get('type')?.value;
  return type?.kind === 'text' ? (options.get(type.text) ?? otherwise) : undefined;
}

/** A default as text, equal if Canton reads the same value; undefined if it is unknown. */
function shownDefault({ value, field }: Bound): string | undefined {
  if (value.kind === 'none') return field?.meta.default === undefined ? 'none' : undefined;
  if (value.kind === 'object') return value.fields.written.size === 0 ? '{}' : undefined;
  return valueText(value);
}

/**
 * The value that Canton reads, as text: equal texts are equal values of one type. Undefined for unknown values and for
 * objects.
 */
export function valueText(value: BoundValue): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'none';
    case 'text':
      return value.text;
    case 'boolean':
    case 'integer':
      return String(value.value);
    case 'duration':
      return value.duration.kind === 'finite' ? durationText(value.duration.nanos) : value.duration.kind;
    case 'list': {
      const elements = value.elements.map((element) => valueText(element.value));
      return elements.some((text) => text === undefined) ? undefined : `[${elements.join(', ')}]`;
    }
    case 'raw':
      if (value.value.kind === 'number') return numberText(value.value);
      return value.value.kind === 'string' || value.value.kind === 'boolean' ? String(value.value.value) : undefined;
    default:
      return undefined;
  }
}

const UNITS = [
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
] as const;

/** In the largest unit that yields a whole number. */
function durationText(nanos: bigint): string {
  const [unit, size] = UNITS.find(([, size]) => nanos !== 0n && nanos % size === 0n) ?? ['ns', 1n];
  return nanos === 0n ? '0s' : `${nanos / size}${unit}`;
}
