import type {
  Field,
  FieldModel,
  ListModel,
  MapModel,
  ObjectModel,
  ScalarModel,
  UnionModel,
} from '../../../../schemas/model';
import { parseScalaDuration } from '../../../../schemas/scala-duration';
import type { ConfigEntry, ConfigObject, Unknown } from '../../hocon/values/config-value';
import type { Location } from '../../text/location';
import { isMisspelled } from '../../text/nearest';
import { type Bound, type BoundFields, type BoundValue, Fields, LazyBound } from './bound';
import type { CoverageLog } from './coverage';
import {
  type Cursor,
  configOf,
  cursorOf,
  innerCursor,
  isOverridable,
  isReplaceable,
  isWritten,
  mayHoldKeys,
  sourceOfMoreKeys,
  unknownsOf,
} from './cursor';
import type { DoubtfulValue, Failure, MissingKey, UnknownKey, WrongValue } from './failure';
import { locationOfKey } from './locations';
import {
  asBoolean,
  asDouble,
  asElements,
  asInteger,
  asParsedInteger,
  asText,
  type Converted,
  keyNotFound,
  rendered,
  withIndexes,
  wrongType,
} from './pureconfig';
import { type OldKey, relocated } from './relocate';
import {
  belongsOutside,
  hasRequiredKey,
  isNearlyKnown,
  isScalar,
  isSectionOfNode,
  isSuspect,
  strayIn,
  typesInside,
} from './suspects';

/**
 * A placeholder for a name, which will be replaced: `{{ .Values.name }}`, `<participant>`, `[participant]`, `{participant}`,
 * `participant_$index`, `…`.
 */
// Written as an escape, because a single such character makes V8 store the whole bundle with two bytes per character.
const TEMPLATE = /\{\{.*\}\}|<[^<>]+>|\$[({]?\w|^(?:\u2026|\.{3}|\*|\[.*\]|\{.*\}|\|.*\|)$/;

const UNREAD: BoundValue = { kind: 'unknown' };
const NONE: BoundValue = { kind: 'none' };

/**
 * Reads a configuration as PureConfig 0.14.0 does with the readers that Canton derives: all failures are collected, an
 * object chosen by `type` is not read before its type is known, and absent keys get their defaults.
 */
export class Reader {
  readonly failures: Failure[] = [];
  /** Unknown keys that Canton ignores. */
  readonly ignored: UnknownKey[] = [];
  /** Unknown keys of sections that may have undescribed keys, but where another name or level was certainly meant. */
  readonly suspects: UnknownKey[] = [];
  readonly oldKeys: OldKey[] = [];
  /** Other unknown keys of such sections; the section around them may show that they were meant for it. */
  readonly #accepted: UnknownKey[] = [];
  /** Values that Canton refuses unless something that is not known replaces or allows them. */
  readonly doubtful: DoubtfulValue[] = [];

  /**
   * @param isClean true for a path whose value is known to have no failures, so that it is read only on demand
   * @param coverage records the values that were read
   */
  constructor(
    private readonly isClean: (path: readonly string[]) => boolean = () => false,
    private readonly coverage?: CoverageLog,
  ) {}

  /** The object at `canton`. */
  root(model: ObjectModel, canton: ConfigEntry, outer: readonly Unknown[]): Bound {
    return this.#bind(undefined, model, cursorOf(['canton'], canton, outer));
  }

  /** The value of a section that is absent. */
  default({ model, defaultValue = {} }: Field, path: readonly string[], location: Location): BoundValue {
    return this.#value(model, {
      path,
      value: configOf(defaultValue, location),
      entry: undefined,
      location,
      unknowns: [],
    });
  }

  #bind(field: Field | undefined, model: FieldModel, cursor: Cursor): Bound {
    const { path, entry } = cursor;
    if (this.isClean(path)) return new LazyBound(path, field, entry, () => new Reader(() => true).#read(model, cursor));
    return { path, field, entry, value: this.#read(model, cursor) };
  }

  #read(model: FieldModel, cursor: Cursor): BoundValue {
    if (!isOverridable(cursor) || cursor.value.kind === 'object') return this.#value(model, cursor);
    this.coverage?.noteUnknown(cursor.value, cursor.unknowns);
    const [because] = cursor.unknowns.filter(({ cause }) => cause !== 'problem');
    if (because !== undefined) {
      const alone = new Reader();
      alone.#value(model, { ...cursor, unknowns: [] });
      for (const failure of alone.failures) {
        if (failure.kind === 'wrong-type' || failure.kind === 'invalid-value') this.doubtful.push({ failure, because });
      }
    }
    return UNREAD;
  }

  #value(model: FieldModel, cursor: Cursor): BoundValue {
    if (cursor.value.kind === 'unknown') return UNREAD;
    if (isOverridable(cursor)) this.coverage?.noteUnknown(cursor.value, cursor.unknowns);
    else this.coverage?.noteChecked(cursor.value, model);
    switch (model.kind) {
      case 'object':
        return this.#object(model, cursor);
      case 'union':
        return this.#union(model, cursor);
      case 'map':
        return this.#map(model, cursor);
      case 'list':
        return this.#list(model, cursor);
      case 'enum': {
        const text = asText(cursor.value);
        if (!text.ok) return this.#refuse(cursor, model, text);
        if (model.values.has(text.value)) return { kind: 'text', text: text.value };
        const words = `No valid coproduct option found for '${rendered(cursor.value)}'.`;
        return this.#fail(cursor, { kind: 'invalid-value', model, choice: model, text: words });
      }
      default:
        return this.#scalar(model, cursor);
    }
  }

  #object(model: ObjectModel, cursor: Cursor): BoundValue {
    if (cursor.value.kind !== 'object') return this.#refuse(cursor, model, wrongType('OBJECT', cursor.value));
    const object = this.#relocated(model, cursor.value, cursor.path);
    const unknowns = unknownsOf(object, cursor);
    // A placeholder may be any key, also one that is missing.
    const hasPlaceholder = [...object.entries.keys()].some((name) => TEMPLATE.test(name));
    const more = hasPlaceholder ? 'anywhere' : sourceOfMoreKeys(unknowns, cursor);
    const isWhole = more === 'none';
    const lacks = isWhole || more === 'paths' || (more === 'rest' && hasRequiredKey(model, object));
    const written = new Map<string, Bound>();
    const accepted = this.#accepted.length;
    for (const [name, field] of model.fields) {
      const entry = object.entries.get(name);
      if (entry === undefined) {
        if (lacks && field.required && !field.optional && (more !== 'rest' || isScalar(field.model)))
          this.#missing(field, [...cursor.path, name], model, cursor, object, isWhole ? undefined : 'path');
        continue;
      }
      const path = [...cursor.path, name];
      if (field.optional && entry.value.kind === 'null') {
        this.coverage?.noteChecked(entry.value, field.model);
        written.set(name, { path, field, entry, value: NONE });
      } else written.set(name, this.#bind(field, field.model, innerCursor(path, entry, unknowns, cursor)));
    }
    const { path, location } = cursor;
    const inside = this.#accepted.splice(accepted);
    for (const key of inside) {
      if (belongsOutside(key, path, model, object)) this.suspects.push(key);
      else if (key.path.length === path.length + 2) this.#accepted.push(key);
    }
    this.#unknownKeys(model, object, cursor);
    return {
      kind: 'object',
      fields: new Fields(written, model.fields, (field) => absent(field, path, location, isWhole)),
    };
  }

  #relocated(model: ObjectModel, object: ConfigObject, outer: readonly string[]): ConfigObject {
    if (model.moved === undefined && model.dropped === undefined) return object;
    return relocated(object, model, (path, entry, instead) =>
      this.oldKeys.push({ path: [...outer, ...path], entry, within: outer, instead }),
    );
  }

  #unknownKeys(model: ObjectModel, object: ConfigObject, cursor: Cursor): void {
    for (const [name, entry] of object.entries) {
      if (model.fields.has(name) || TEMPLATE.test(name) || isHalfTyped(entry)) continue;
      const isAccepted = isAcceptedUnread(model, name);
      if (isAccepted && model.undescribed !== undefined) continue;
      if (!isAccepted && !model.ignoresUnknown) this.coverage?.noteRefused(entry.value);
      const refused = model.ignoresUnknown ? this.ignored : this.failures;
      const accepted = () => (isSuspect(model, name, entry, object) ? this.suspects : this.#accepted);
      (isAccepted ? accepted() : refused).push({
        kind: 'unknown-key',
        path: [...cursor.path, name],
        text: 'Unknown key.',
        location: locationOfKey(entry, cursor.location),
        parent: model,
        siblings: object,
        entry,
        foreign: model.foreign.get(name),
      });
    }
  }

  #missing(
    field: Field,
    path: readonly string[],
    parent: ObjectModel | UnionModel,
    cursor: Cursor,
    siblings: ConfigObject,
    unless: MissingKey['unless'],
  ): void {
    const present = [...siblings.entries.keys()];
    this.failures.push({
      kind: 'missing-key',
      path,
      text: keyNotFound(field.name, present),
      location: cursor.location,
      field,
      parent,
      siblings,
      unless,
    });
  }

  #union(model: UnionModel, cursor: Cursor): BoundValue {
    if (cursor.value.kind !== 'object') return this.#refuse(cursor, model, wrongType('OBJECT', cursor.value));
    const object = cursor.value;
    const unknowns = unknownsOf(object, cursor);
    const path = [...cursor.path, 'type'];
    const entry = object.entries.get('type');
    if (entry === undefined) {
      this.suspects.push(...typesInside(model, object, cursor.path));
      // Without a type, Canton reads nothing else of the object.
      const more = sourceOfMoreKeys(unknowns, cursor);
      const isWhole = more === 'none';
      if (isWhole || more === 'paths')
        this.#missing(model.discriminator, path, model, cursor, object, isWhole ? undefined : 'path');
      if (!isWhole) {
        this.#unknownKeys(ofAnyType(model), object, cursor);
        this.#asAnyType(model, object, cursor, unknowns);
      }
      return UNREAD;
    }
    const type = innerCursor(path, entry, unknowns, cursor);
    if (type.value.kind === 'unknown' || isReplaceable(type)) {
      this.#doubtWord(model, type);
      this.#unknownKeys(ofAnyType(model), object, cursor);
      this.#asAnyType(model, object, cursor, type.value.kind === 'unknown' ? [type.value.reason] : unknowns);
      return UNREAD;
    }
    this.coverage?.noteChecked(type.value, model.discriminator.model);
    const text = asText(type.value);
    if (!text.ok) return this.#refuse(type, model.discriminator.model, text);
    const option = model.options.get(text.value);
    if (option !== undefined) return this.#object(option, cursor);
    if (model.otherwise !== undefined) {
      this.#doubtWord(model, type);
      return this.#object(model.otherwise, cursor);
    }
    const choice = model.discriminator.model.kind === 'enum' ? { choice: model.discriminator.model } : {};
    const words = `Unexpected value ${rendered(type.value)} found.`;
    return this.#fail(type, { kind: 'invalid-value', model: model.discriminator.model, ...choice, text: words });
  }

  /** A word that chooses nothing which is known, where another one may take its place or it may be known elsewhere. */
  #doubtWord(
    { options, otherwise, discriminator: { model } }: UnionModel,
    { path, value, location, unknowns }: Cursor,
  ): void {
    if (model.kind !== 'enum' || value.kind !== 'string' || options.has(value.value)) return;
    if (otherwise !== undefined && !isMisspelled(value.value, options.keys())) return;
    const text = `Unexpected value ${rendered(value)} found.`;
    const failure = { kind: 'invalid-value', model, choice: model, path, value, location, text } as const;
    const because = otherwise === undefined ? unknowns.find(({ cause }) => cause !== 'problem') : undefined;
    if (otherwise !== undefined || because !== undefined) this.doubtful.push({ failure, because });
  }

  /** Problems for every type: values that no type with their key accepts. */
  #asAnyType(model: UnionModel, object: ConfigObject, cursor: Cursor, because: readonly Unknown[]): void {
    for (const [name, entry] of object.entries) {
      if (name === 'type' || entry.value.kind === 'null') continue;
      const models = new Set([...model.options.values()].flatMap(({ fields }) => fields.get(name)?.model ?? []));
      const inner = innerCursor([...cursor.path, name], entry, unknownsOf(object, cursor), cursor);
      const readers = [...models].map((one) => {
        const isTheOnly = models.size === 1 && model.otherwise === undefined;
        const reader = new Reader(this.isClean, isTheOnly ? this.coverage : undefined);
        reader.#bind(undefined, one, inner);
        return reader;
      });
      if (readers.every(({ suspects }) => suspects.length > 0)) this.suspects.push(...(readers[0]?.suspects ?? []));
      // An unknown type may accept anything, but a name is misspelled if it is nearly one that is known.
      if (model.otherwise !== undefined) {
        const near = readers.map(({ failures }) => failures.filter(isNearlyKnown));
        if (near.every(({ length }) => length > 0)) this.suspects.push(...(near[0] ?? []));
        continue;
      }
      if (readers.every(({ failures }) => failures.length > 0)) this.failures.push(...(readers[0]?.failures ?? []));
    }
    this.coverage?.noteUnknown(object, because);
  }

  #map(model: MapModel, cursor: Cursor): BoundValue {
    if (cursor.value.kind !== 'object') return this.#refuse(cursor, model, wrongType('OBJECT', cursor.value));
    const unknowns = unknownsOf(cursor.value, cursor);
    if (model.nonEmpty && cursor.value.entries.size === 0 && !mayHoldKeys(unknowns)) {
      const text = 'Empty collection found when trying to convert to NonEmpty[scala.collection.immutable.Map].';
      return this.#fail(cursor, { kind: 'invalid-value', model, text });
    }
    const fields = new Map<string, Bound>();
    for (const [name, entry] of cursor.value.entries) {
      const inner = innerCursor([...cursor.path, name], entry, unknowns, cursor);
      const fault = TEMPLATE.test(name) ? undefined : model.checkKey(name);
      if (fault !== undefined) {
        this.failures.push({
          kind: 'node-name',
          path: inner.path,
          text: fault,
          location: locationOfKey(entry, cursor.location),
          name,
        });
      }
      if (model.value.kind === 'object' && model.value.open && isSectionOfNode(model, name, entry))
        this.suspects.push(strayIn(model, cursor.value, name, entry, inner));
      fields.set(name, this.#bind(undefined, model.value, inner));
    }
    return { kind: 'object', fields: new Fields(fields) };
  }

  #list(model: ListModel, cursor: Cursor): BoundValue {
    const elements = asElements(cursor.value) ?? withIndexes(cursor.value, TEMPLATE);
    if (elements === undefined) return this.#refuse(cursor, model, wrongType('LIST', cursor.value));
    if (elements.length === 0 && model.nonEmpty) {
      const text = 'Empty collection found when trying to convert to NonEmpty[scala.collection.immutable.Set].';
      return this.#fail(cursor, { kind: 'invalid-value', model, text });
    }
    const bound = elements.map(({ value }, index) => {
      const written = isWritten(value.origin, cursor);
      const location = written ? value.origin : cursor.location;
      const origin = written ? cursor.origin : value.origin;
      const element = {
        path: [...cursor.path, String(index)],
        value,
        entry: undefined,
        location,
        origin,
        unknowns: [],
      };
      return this.#bind(undefined, model.element, element);
    });
    return { kind: 'list', elements: bound };
  }

  #scalar(model: ScalarModel, cursor: Cursor): BoundValue {
    switch (model.kind) {
      case 'raw':
        return this.#checked(model, cursor, '') ?? { kind: 'raw', value: cursor.value };
      case 'number': {
        const number = asDouble(cursor.value);
        if (!number.ok) return this.#refuse(cursor, model, number);
        return this.#checked(model, cursor, number.value) ?? { kind: 'raw', value: cursor.value };
      }
      case 'boolean': {
        const flag = asBoolean(cursor.value);
        return flag.ok ? { kind: 'boolean', value: flag.value } : this.#refuse(cursor, model, flag);
      }
      case 'int': {
        const number = (model.viaText ? asParsedInteger : asInteger)(cursor.value, model.bits ?? 32);
        if (!number.ok) return this.#refuse(cursor, model, number);
        return this.#checked(model, cursor, number.value) ?? { kind: 'integer', value: number.value };
      }
      default: {
        const text = asText(cursor.value);
        if (!text.ok) return this.#refuse(cursor, model, text);
        const fault = this.#checked(model, cursor, text.value);
        if (fault !== undefined) return fault;
        if (model.kind === 'string') return { kind: 'text', text: text.value };
        const parsed = parseScalaDuration(text.value);
        return parsed.ok ? { kind: 'duration', duration: parsed.duration } : UNREAD;
      }
    }
  }

  #checked(model: ScalarModel, cursor: Cursor, value: string | number | bigint): BoundValue | undefined {
    const fault = model.check(value);
    if (fault === undefined) return undefined;
    return this.#fail(cursor, { kind: fault.crash ? 'crash' : 'invalid-value', model, text: fault.text });
  }

  #refuse(cursor: Cursor, model: FieldModel, { text, wrongType }: Converted<unknown> & { ok: false }): BoundValue {
    return this.#fail(cursor, { kind: wrongType ? 'wrong-type' : 'invalid-value', model, text });
  }

  #fail(cursor: Cursor, fault: Pick<WrongValue, 'kind' | 'model' | 'choice' | 'text'>): BoundValue {
    const { path, value, location, origin } = cursor;
    if (!isOverridable(cursor)) this.failures.push({ ...fault, path, value, location, ...(origin && { origin }) });
    return UNREAD;
  }
}

/** A key that is not set in the object at `outer`. */
function absent(field: Field, outer: readonly string[], location: Location, isWhole: boolean): Bound {
  const path = [...outer, field.name];
  const value = isWhole ? valueOfAbsent(field, path, location) : UNREAD;
  return { path, field, entry: undefined, value };
}

function valueOfAbsent(field: Field, path: readonly string[], location: Location): BoundValue {
  if (field.optional) return NONE;
  return field.required ? UNREAD : defaultOf(field, path, location);
}

const scalarDefaults = new WeakMap<Field, BoundValue>();

/** Every node has dozens of defaults, of which rules request a few: scalars are read once, sections on demand. */
function defaultOf(field: Field, path: readonly string[], location: Location): BoundValue {
  const { kind } = field.model;
  if (kind === 'object' || kind === 'union' || kind === 'map') return new DefaultSection(field, path, location);
  const known = scalarDefaults.get(field) ?? new Reader().default(field, path, location);
  if (kind !== 'list') scalarDefaults.set(field, known);
  return known;
}

class DefaultSection {
  readonly kind = 'object';
  #fields: BoundFields | undefined;

  constructor(
    private readonly field: Field,
    private readonly path: readonly string[],
    private readonly location: Location,
  ) {}

  get fields(): BoundFields {
    if (this.#fields === undefined) {
      const value = new Reader().default(this.field, this.path, this.location);
      this.#fields = value.kind === 'object' ? value.fields : new Fields(new Map());
    }
    return this.#fields;
  }
}

/** An undescribed key of a section that is known to have such keys. */
function isAcceptedUnread({ open, fields, foreign, undescribed }: ObjectModel, name: string): boolean {
  if (!open || foreign.has(name)) return false;
  return undescribed === undefined || undescribed.has(name) || !isMisspelled(name, [...fields.keys(), ...undescribed]);
}

/** A key whose value is broken text has been reported already, and may be a key that is being typed. */
function isHalfTyped({ value }: ConfigEntry): boolean {
  return value.kind === 'unknown' && value.reason.cause === 'problem';
}

/** The keys that an object may have if its type is unknown. */
function ofAnyType({ options }: UnionModel): ObjectModel {
  const models = [...options.values()];
  const fields = new Map(models.flatMap((option) => [...option.fields]));
  return { kind: 'object', fields, foreign: new Map(), open: models.some(({ open }) => open) };
}
