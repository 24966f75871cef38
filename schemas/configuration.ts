import { fieldModelOf } from './compile';
import type { ClassData, ConfigurationData } from './configuration-data';
import { FILES, KEY_VERSIONS, SPLICE } from './configuration-files';
import { type RepairedClasses, repair, repairSplice } from './data/configuration/repairs';
import { LazyField } from './lazy-field';
import type { Field, FieldMeta, FieldModel, ObjectModel, PlainValue, UnionModel } from './model';
import {
  type FieldData,
  loadModel,
  type ModelData,
  type ObjectData,
  type TypeData,
  type UnionData,
} from './model-data';
import { LEAVES } from './scala-leaves';
import {
  type Availability,
  CANTON_VERSIONS,
  type CantonVersion,
  compareVersions,
  type Edition,
  type Release,
} from './version';

/**
 * The whole configuration that one version and edition of Canton read: the crypto sections as in the zod schemas,
 * everything else as in Canton's classes. The data of a version is loaded on first use.
 *
 * @param hasApps with the sections that the applications of Splice read, which few files have
 */
export function configurationModel(version: CantonVersion, edition: Edition, hasApps = false): Promise<ObjectModel> {
  const id = `${version} ${edition} ${hasApps}`;
  const known = models.get(id) ?? (hasApps ? loadWithApps : loadConfiguration)(version, edition);
  models.set(id, known);
  return known;
}

const models = new Map<string, Promise<ObjectModel>>();

async function loadConfiguration(version: CantonVersion, edition: Edition): Promise<ObjectModel> {
  const written = await dataOf(version);
  if (written === undefined) return fieldModelOf(version, edition);
  const release = { version, edition };
  const keyVersions = ((await KEY_VERSIONS()).default ?? {}) as KeyVersions;
  const all = loadModel(modelData(repair(written, release), release, keyVersions), release);
  return merged(fieldModelOf(version, edition), all);
}

async function loadWithApps(version: CantonVersion, edition: Edition): Promise<ObjectModel> {
  const model = await configurationModel(version, edition);
  const written = compareVersions(version, '3.3') < 0 ? undefined : await dataOf(version);
  const apps = (await SPLICE()).default as ConfigurationData | undefined;
  if (written === undefined || apps === undefined) return model;
  const release = { version, edition };
  const classes = repairSplice(apps, repair(written, release));
  // The applications have releases of their own, so that a key which is not known here may be one of another release.
  return { ...model, apps: loadModel(modelData(classes, release, {}, true), release) };
}

/** One version is complete, the others are patches on it. A version without a file is equal to the one before it. */
const FULL: CantonVersion = '3.5';

/** The model from the classes of a version, before any repair. Throws if the data is not available. */
export async function configurationData(version: CantonVersion): Promise<ConfigurationData> {
  const data = await dataOf(version);
  if (data === undefined) throw new Error(`There is no data of Canton ${version}.`);
  return data;
}

/**
 * The versions that read a key, `3.4 3.5`, by class and key: of each class, the keys that not all versions of the class read.
 */
type KeyVersions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * As `npm run model` writes them.
 *
 * @param fresh data that has just been read from the sources of a version, in place of what its file had
 */
export async function keyVersions(fresh?: readonly [version: string, ConfigurationData]): Promise<KeyVersions> {
  const versions = CANTON_VERSIONS.filter((version) => version in FILES);
  const classes = new Map<CantonVersion, RepairedClasses['classes']>();
  for (const version of versions) {
    const data = version === fresh?.[0] ? fresh[1] : await configurationData(version);
    classes.set(version, repair(data, { version, edition: 'enterprise' }).classes);
  }
  const result: Record<string, Record<string, string>> = {};
  for (const name of [...new Set([...classes.values()].flatMap((one) => [...one.keys()]))].sort()) {
    const having = versions.filter((version) => classes.get(version)?.has(name));
    const keysOf = (version: CantonVersion) => Object.keys(classes.get(version)?.get(name)?.keys ?? {});
    for (const key of [...new Set(having.flatMap(keysOf))].sort()) {
      const reading = having.filter((version) => keysOf(version).includes(key));
      if (reading.length < having.length) result[name] = { ...result[name], [key]: reading.join(' ') };
    }
  }
  return result;
}

/** Of a key that a version does not read: since when a later one does, or else until when an earlier one did. */
function availabilityOf(versions: string, version: CantonVersion): Availability {
  const reading = CANTON_VERSIONS.filter((one) => versions.split(' ').includes(one));
  const since = reading.find((one) => compareVersions(one, version) > 0);
  const until = reading.at(-1);
  return since !== undefined ? { since } : until !== undefined ? { until } : {};
}

/** Undefined in a web worker whose client does not provide data. */
async function dataOf(version: CantonVersion): Promise<ConfigurationData | undefined> {
  const known = CANTON_VERSIONS.findLast((line) => line in FILES && compareVersions(line, version) <= 0) ?? FULL;
  const full = (await FILES[FULL]?.())?.default;
  const own = known === FULL ? full : (await FILES[known]?.())?.default;
  if (full === undefined || own === undefined) return undefined;
  return (known === FULL ? full : patched(full, own)) as ConfigurationData;
}

/** RFC 7396: a null removes a key. */
function patched(value: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [key, inner] of Object.entries(patch)) {
    if (inner === null) delete result[key];
    else result[key] = patched(result[key], inner);
  }
  return result;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The classes as model data.
 *
 * @param hasMore true if there may be more keys and options. The enterprise edition of 2.x is closed source, and has more than
 *   the community edition.
 */
function modelData(
  { root, classes, fileOf }: RepairedClasses,
  { version, edition }: Release,
  keyVersions: KeyVersions,
  hasMore = version === '2.10' && edition === 'enterprise',
): ModelData {
  const typeNamed = (name: string): ObjectData | UnionData | undefined => {
    const data = classes.get(name);
    if (data?.keys !== undefined) return objectOf(name, data);
    return data?.options === undefined ? undefined : unionOf(name, data);
  };
  const top = typeNamed(root);
  return { types: { get: typeNamed }, root: top?.kind === 'object' ? top : { kind: 'object', fields: {}, open: true } };

  function sourceOf(name: string): string {
    return `${fileOf.get(name) ?? ''} ${version}`;
  }

  function objectOf(name: string, { keys = {}, moved, dropped, ignoresUnknown, open }: ClassData): ObjectData {
    const source = sourceOf(name);
    const fields: Record<string, FieldData> = {};
    for (const [key, text] of Object.entries(keys)) fields[key] = fieldOf(text, source);
    const known = new Set([keys, moved ?? {}, dropped ?? {}].flatMap(Object.keys));
    for (const [key, versions] of Object.entries((!hasMore && keyVersions[name]) || {})) {
      if (known.has(key)) continue;
      fields[key] = { type: 'raw', doc: '', source, ...availabilityOf(versions, version) };
    }
    // With a condition (`3.5.0 if false`), Canton reads another value of the key, and refuses it if it has the wrong type.
    const gone = Object.entries(dropped ?? {}).filter(([path, since]) => !(path in fields && since.includes(' if ')));
    return {
      kind: 'object',
      fields,
      ...(moved && { moved }),
      ...(gone.length > 0 && { dropped: Object.fromEntries(gone) }),
      ...(ignoresUnknown && { ignoresUnknown }),
      ...((open || hasMore) && { open: true }),
    };
  }

  function unionOf(name: string, { options = {}, otherwise }: ClassData): UnionData {
    const optionOf = (option: string): ObjectData => {
      const data = classes.get(option);
      return data === undefined ? { kind: 'object', fields: {} } : objectOf(option, data);
    };
    const entries = Object.entries(options).map(([type, name]) => [type, optionOf(name)] as const);
    return {
      kind: 'union',
      options: Object.fromEntries(entries),
      source: sourceOf(name),
      ...(otherwise !== undefined && { otherwise: optionOf(otherwise) }),
      ...(hasMore && { otherwise: { kind: 'object', fields: {}, open: true } }),
    };
  }

  function fieldOf(text: string, source: string): FieldData {
    const cut = text.indexOf(' = ');
    const type = cut < 0 ? text : text.slice(0, cut);
    const [head, inner = ''] = applied(type);
    const isOptional = head === 'Option';
    const meta = { type: typeOf(isOptional ? inner : type), doc: '', source };
    if (cut < 0) return { ...meta, ...(isOptional && { optional: true }) };
    return { ...meta, ...(isOptional && { optional: true }), ...defaultOf(text.slice(cut + 3)) };
  }

  function typeOf(type: string): TypeData {
    const [head, inner = ''] = applied(type);
    switch (head) {
      case 'Option':
        return typeOf(inner);
      case 'Seq':
      case 'List':
      case 'Set':
        return { kind: 'list', element: typeOf(inner) };
      case 'NonEmpty': {
        const collection = typeOf(inner);
        const isCollection =
          typeof collection === 'object' && (collection.kind === 'list' || collection.kind === 'map');
        return isCollection ? { ...collection, nonEmpty: true } : collection;
      }
      case 'Map':
        return { kind: 'map', value: typeOf(inner.slice(inner.indexOf(',') + 1).trim()) };
    }
    const leaf = LEAVES[type] ?? LEAVES[type.slice(type.lastIndexOf('.') + 1)];
    if (leaf !== undefined) return leaf;
    const own = classes.get(type) ?? classes.get(head);
    if (own?.words !== undefined) return enumOf(own.words);
    if (own !== undefined) return { kind: 'ref', type: classes.has(type) ? type : head };
    return 'raw';
  }
}

function enumOf(words: readonly string[]): TypeData {
  const values = words.map((word) => [word, { doc: '', displayName: word }] as const);
  return { kind: 'enum', values: Object.fromEntries(values) };
}

/** `Map[String, Port]` as `Map` and `String, Port`. */
function applied(type: string): readonly [string, string?] {
  const open = type.indexOf('[');
  return open < 0 || !type.endsWith(']') ? [type] : [type.slice(0, open), type.slice(open + 1, -1)];
}

const UNITS: Readonly<Record<string, string>> = {
  ofMillis: 'ms',
  ofSeconds: 's',
  ofMinutes: 'm',
  ofHours: 'h',
  ofDays: 'd',
};

/** The units of Scala's `DurationInt`. */
const SCALA_UNITS: Readonly<Record<string, string>> = {
  millis: 'ms',
  milliseconds: 'ms',
  second: 's',
  seconds: 's',
  minute: 'm',
  minutes: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

/** The constants of Canton's numbers (`config/RequireTypes.scala`, all lines). */
const COUNTS: Readonly<Record<string, number>> = { zero: 0, one: 1, two: 2, three: 3, four: 4 };

/** A default as a value if the source has a literal, otherwise the text of the source. */
export function defaultOf(text: string): Pick<FieldData, 'defaultValue' | 'computed' | 'default'> {
  const value = literal(text);
  return value === undefined ? { computed: true, default: text } : { defaultValue: value };
}

function literal(text: string): PlainValue | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d[\d_]*(\.\d+)?L?$/.test(text)) return Number(text.replace(/[_L]/g, ''));
  if (/^[\d_]+( \* [\d_]+)+$/.test(text))
    return text.split('*').reduce((product, one) => product * Number(literal(one.trim())), 1);
  const [, amount, plainUnit = ''] = /^([\d_]+)\.(\w+)$/.exec(text) ?? [];
  if (amount !== undefined && plainUnit in SCALA_UNITS) return `${literal(amount)}${SCALA_UNITS[plainUnit]}`;
  const [, duration] = /^(?:\w+\.)*\w*Duration(?:\.tryFromDuration)?\((.*)\)$/.exec(text) ?? [];
  if (duration !== undefined && duration !== 'Duration.Inf') return literal(duration);
  if (/^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  if (/^(Seq|Set|List)(\.empty|\(\))$|^Nil$/.test(text)) return [];
  if (text === 'Map.empty' || text === 'Map()' || text === '()') return {};
  if (text.endsWith('(Duration.Inf)')) return 'Inf';
  const word = /^(?:Positive|NonNegative)\w+\.(\w+)$/.exec(text)?.[1];
  if (word !== undefined && word in COUNTS) return COUNTS[word];
  const [, inside] = /^Some\((.*)\)$/.exec(text) ?? [];
  if (inside !== undefined) return literal(inside);
  const [, method = '', argument] = /^(?:\w+\.)+(\w+)\(([\w."* ]+)\)$/.exec(text) ?? [];
  if (argument === undefined) return undefined;
  if (method === 'tryCreate') return literal(argument);
  const unit = UNITS[method];
  return unit === undefined || !/^\d+L?$/.test(argument) ? undefined : `${argument.replace('L', '')}${unit}`;
}

/**
 * A model with two descriptions: the first, our own, is preferred where it has information; the second has all keys.
 */
function merged(ours: ObjectModel, all: ObjectModel): ObjectModel {
  const fields = new Map(ours.open ? all.fields : []);
  for (const [name, field] of ours.fields) {
    const other = all.fields.get(name);
    if (other === undefined) fields.set(name, field);
    else fields.set(name, mergedField(field, other));
  }
  const foreign = new Map<string, FieldMeta>();
  for (const [name, meta] of [...all.foreign, ...ours.foreign]) if (!fields.has(name)) foreign.set(name, meta);
  const { undescribed: _, ...rest } = ours;
  const { moved, dropped, ignoresUnknown } = all;
  return {
    ...rest,
    fields,
    foreign,
    open: ours.open && all.open,
    ...(moved && { moved }),
    ...(dropped && { dropped }),
    ...(ignoresUnknown && { ignoresUnknown }),
  };
}

/** The model of a key is created on first use. */
function mergedField(ours: Field, all: Field): Field {
  const isOurs = ours.model.kind !== 'raw';
  return isOurs
    ? new LazyField(ours, () => mergedModel(ours.model, all.model))
    : new LazyField({ ...all, meta: { ...all.meta, ...ours.meta } }, () => all.model);
}

function mergedModel(ours: FieldModel, all: FieldModel): FieldModel {
  if (ours.kind === 'object' && all.kind === 'object') return merged(ours, all);
  if (ours.kind === 'map' && all.kind === 'map') return { ...ours, value: mergedModel(ours.value, all.value) };
  if (ours.kind === 'union' && all.kind === 'union') return mergedUnion(ours, all);
  return ours;
}

function mergedUnion(ours: UnionModel, all: UnionModel): UnionModel {
  const isOpen = [...ours.options.values()].every(({ open }) => open);
  const options = new Map(isOpen ? all.options : []);
  for (const [type, option] of ours.options) {
    const other = all.options.get(type);
    options.set(type, other === undefined ? option : merged(option, other));
  }
  return { ...ours, options, ...(all.otherwise && { otherwise: all.otherwise }) };
}
