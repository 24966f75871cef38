import { type OutputUnit, type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import { AWS_REGION_NAMES } from './cloud-places';
import { parseJavaDouble, parseJavaLong } from './java-number';
import type { EnumModel, Field, FieldMeta, FieldModel, ObjectModel, ScalarModel } from './model';
import { type CantonVersion, compareVersions } from './version';

const region = { type: 'string', description: 'AWS region of the KMS.', examples: Object.keys(AWS_REGION_NAMES) };
const awsKms = {
  region,
  'multi-region-key': { type: 'boolean', description: 'Creates new keys as multi-region keys.' },
  'audit-logging': { type: 'boolean', description: 'Logs every call to the KMS.' },
};
const tags = {
  'custom-tags': {
    type: 'object',
    description: 'Tags for every key that the driver creates.',
    additionalProperties: { type: 'string' },
  },
};

/**
 * JSON Schema of the `config` of a driver that is part of Canton's public sources: `aws-kms`
 * (`community/aws-kms-driver` 3.4, 3.5, main), which reads it when a node starts and ignores unknown keys. Undefined
 * for any other driver.
 */
export function publicDriverSchema(name: string, version: CantonVersion): object | undefined {
  if (name !== 'aws-kms' || compareVersions(version, '3.4') < 0) return undefined;
  return compareVersions(version, '3.6') < 0 ? AWS_KMS : AWS_KMS_WITH_TAGS;
}

const AWS_KMS = { type: 'object', properties: awsKms, required: ['region'], additionalProperties: false };
const AWS_KMS_WITH_TAGS = { ...AWS_KMS, properties: { ...awsKms, ...tags } };

type Json = Readonly<Record<string, unknown>>;

const models = new WeakMap<object, ObjectModel | undefined>();

/** The keys that a driver reads from its `config`, from its JSON Schema; undefined if the schema describes no keys. */
export function driverModel(schema: unknown): ObjectModel | undefined {
  if (!isObject(schema)) return undefined;
  if (!models.has(schema)) {
    const model = modelOf(schema, schema, 0);
    models.set(schema, model.kind === 'object' ? model : undefined);
  }
  return models.get(schema);
}

const SOURCE = "JSON Schema of the driver's config";

/** True for a key that comes from the schema of a driver rather than from Canton. */
export function isDriverKey({ meta }: Field): boolean {
  return meta.source === SOURCE;
}

/** Schemas may refer to themselves. */
const MAX_DEPTH = 20;

function modelOf(written: Json, root: Json, depth: number): FieldModel {
  const schema = resolved(written, root);
  const properties = isObject(schema.properties) ? schema.properties : undefined;
  if (properties !== undefined && depth < MAX_DEPTH) return objectOf(schema, properties, root, depth);
  if (Array.isArray(schema.enum)) return enumOf(schema.enum);
  switch (schema.type) {
    case 'boolean':
      return scalar('boolean', '`true` or `false`');
    case 'integer':
      return { ...scalar('int', 'a whole number'), bits: 64 };
    case 'string':
      return scalar('string', 'a string');
    case 'array':
      if (depth >= MAX_DEPTH || !isObject(schema.items)) break;
      return { kind: 'list', element: modelOf(schema.items, root, depth + 1), nonEmpty: false };
    case 'object':
      return { kind: 'object', fields: new Map(), foreign: new Map(), open: true };
  }
  return scalar('raw', schema.type === 'number' ? 'a number' : 'any value');
}

function objectOf(schema: Json, properties: Json, root: Json, depth: number): ObjectModel {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const fields = new Map<string, Field>();
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const model = modelOf(property, root, depth + 1);
    const meta = metaOf(resolved(property, root));
    fields.set(name, { name, model, required: required.has(name), optional: !required.has(name), meta });
  }
  return { kind: 'object', fields, foreign: new Map(), open: schema.additionalProperties !== false };
}

function enumOf(values: readonly unknown[]): EnumModel {
  const texts = values.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
  const entries = texts.map((text) => [text, { doc: '', displayName: text }] as const);
  return { kind: 'enum', values: new Map(entries), foreign: new Map() };
}

function scalar(kind: ScalarModel['kind'], accepts: string): ScalarModel {
  return { kind, accepts, check: () => undefined };
}

function metaOf({ description, title, default: initial, examples, writeOnly, format }: Json): FieldMeta {
  const texts = Array.isArray(examples) ? examples.map(hocon).filter((text) => text !== undefined) : [];
  const written = hocon(initial);
  return {
    doc: [description, title].find((text) => typeof text === 'string') ?? '',
    source: SOURCE,
    ...(written === undefined ? {} : { default: written }),
    ...(texts[0] === undefined ? {} : { example: texts[0] }),
    ...(texts.length > 1 ? { known: Object.fromEntries(texts.map((text) => [text, ''])) } : {}),
    ...(writeOnly === true || format === 'password' ? { secret: true } : {}),
  };
}

function hocon(value: unknown): string | undefined {
  if (typeof value === 'string') return /^[A-Za-z][A-Za-z0-9_-]*$/.test(value) ? value : JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** References within the same schema, as `#/$defs/slot`. */
function resolved(schema: Json, root: Json): Json {
  let at = schema;
  for (let steps = 0; typeof at.$ref === 'string' && steps < MAX_DEPTH; steps++) {
    const found = pointed(root, at.$ref);
    if (!isObject(found)) return at;
    at = found;
  }
  return at;
}

function pointed(root: Json, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  const names = reference.slice(1).split('/').slice(1);
  return names.reduce<unknown>(
    (at, name) => (isObject(at) ? at[name.replace(/~1/g, '/').replace(/~0/g, '~')] : undefined),
    root,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A violation of the driver's schema at a path in its `config`. */
export interface DriverConfigIssue {
  readonly path: readonly string[];
  readonly message: string;
  /** Keys at `path` that the schema does not allow. */
  readonly unknownKeys: readonly string[];
  /** The type that the schema requires, if the type is wrong: `number`, `boolean`, `string`, … */
  readonly expected?: string;
}

export type DriverConfigCheck = (config: unknown) => readonly DriverConfigIssue[];

const compiled = new WeakMap<object, DriverConfigCheck | string>();

/** Compiles a JSON Schema to a check; the result is a text with the reason if it cannot be used. */
export function driverConfigCheck(schema: unknown): DriverConfigCheck | string {
  if (!isObject(schema)) return 'it is not an object';
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = compile(schema);
  compiled.set(schema, made);
  return made;
}

/**
 * The number of subschemas that one check may evaluate, counting repetitions; an `allOf` with the same reference
 * doubles them.
 */
const MAX_STEPS = 100_000;

class TooManySteps extends Error {}

/** Schemas come with the checked files and may be from anybody, so the work that they cause is limited. */
function compile(schema: Json): DriverConfigCheck | string {
  const steps = { left: 0 };
  const within = <T>(work: () => T): T => {
    steps.left = MAX_STEPS;
    return work();
  };
  try {
    const refusal = refusalOf(schema);
    if (refusal !== undefined) return refusal;
    const validator = new Validator(copyOf(schema, steps) as Schema, draftOf(schema), false);
    within(() => validator.validate({}));
    return (config) => {
      try {
        return within(() => issuesOf(validator, config));
      } catch {
        // A cyclic reference, or too much work: the result is unknown.
        return [];
      }
    };
  } catch (error) {
    if (error instanceof RangeError) return 'it contains a cyclic reference';
    if (error instanceof TooManySteps) return 'it contains too many nested references';
    return error instanceof Error ? error.message : String(error);
  }
}

function draftOf({ $schema }: Json): SchemaDraft {
  const text = String($schema);
  if (text.includes('draft-04')) return '4';
  if (/draft-0[67]/.test(text)) return '7';
  return text.includes('2019-09') ? '2019-09' : '2020-12';
}

/** Visits all possible subschemas without recursion, because an attacker may nest them deeply. */
function refusalOf(schema: Json): string | undefined {
  const open: unknown[] = [schema];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value)) {
      const { $ref, pattern, patternProperties } = value;
      if (typeof $ref === 'string' && !$ref.startsWith('#')) return `it refers to another document, '${$ref}'`;
      const patterns = [...(typeof pattern === 'string' ? [pattern] : []), ...keysOf(patternProperties)];
      const slow = patterns.find((one) => !isLinear(one));
      if (slow !== undefined) return `its pattern '${slow}' may take too long to match`;
    }
    open.push(...Object.values(value));
  }
  return undefined;
}

function keysOf(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/**
 * The schema without formats, which are not constraints and whose patterns have not been reviewed; every step is
 * counted.
 */
function copyOf(value: unknown, steps: { left: number }): unknown {
  if (Array.isArray(value)) return value.map((one) => copyOf(one, steps));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'format' && typeof inner === 'string') continue;
    // Not by assignment: a key may be called `__proto__`.
    Object.defineProperty(copy, key, {
      value: copyOf(inner, steps),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  if (!Object.hasOwn(copy, '$recursiveAnchor')) {
    // The validator reads this key once for each subschema that it evaluates.
    const get = () => {
      if (--steps.left < 0) throw new TooManySteps();
    };
    Object.defineProperty(copy, '$recursiveAnchor', { get, enumerable: false });
  }
  return copy;
}

/** Keywords whose errors only repeat those of others. */
const WRAPPERS = new Set([
  ...['$ref', '$recursiveRef', 'allOf', 'properties', 'patternProperties', 'additionalProperties'],
  ...['unevaluatedProperties', 'items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'dependentSchemas', 'if'],
]);
/** Keywords whose result may change when unknown parts become known. */
const COMPOSITES = new Set(['not', 'anyOf', 'oneOf', 'contains', 'minProperties', 'dependentRequired']);

function issuesOf(validator: Validator, config: unknown): readonly DriverConfigIssue[] {
  const unknown: string[] = [];
  let instance = known(config, '#', unknown);
  let { errors } = validator.validate(instance);
  // PureConfig, with which drivers read, converts texts to numbers and booleans, and these to texts.
  for (let round = 0; round < 3 && errors.length > 0; round++) {
    const converted = convert(instance, errors);
    if (converted === undefined) break;
    instance = converted;
    errors = validator.validate(instance).errors;
  }
  const isOpen = (location: string) => unknown.some((one) => one === location || one.startsWith(`${location}/`));
  const alternatives = errors.filter(({ keyword }) => /^(?:anyOf|oneOf|not)$/.test(keyword));
  const isInside = ({ keywordLocation }: OutputUnit) =>
    alternatives.some((one) => keywordLocation.startsWith(`${one.keywordLocation}/`));
  const issues = errors
    .filter((error) => !WRAPPERS.has(error.keyword) && !isInside(error))
    .filter(
      ({ keyword, keywordLocation, instanceLocation }) =>
        !unknown.includes(instanceLocation) &&
        !(isOpen(instanceLocation) && (COMPOSITES.has(keyword) || /\/(?:then|else)\//.test(keywordLocation))),
    )
    .map(issueOf);
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** The value without its unknown parts, whose pointers are recorded. */
function known(value: unknown, at: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((one, i) => {
      if (typeof one !== 'symbol') return known(one, `${at}/${i}`, unknown);
      unknown.push(`${at}/${i}`);
      return null;
    });
  }
  if (typeof value === 'symbol' || value === undefined) {
    unknown.push(at);
    return null;
  }
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) {
    const location = `${at}/${encodeURI(
      key
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .replace(/~/g, '~0')
        .replace(/\//g, '~1'),
    )}`;
    if (typeof inner === 'symbol') unknown.push(location);
    else result[key] = known(inner, location, unknown);
  }
  return result;
}

/** The value with parts converted to their expected types; undefined if none can be converted. */
function convert(value: unknown, errors: readonly OutputUnit[]): unknown {
  let changed = false;
  const expected = new Map<string, string>();
  for (const { keyword, instanceLocation, error } of errors) {
    if (keyword === 'type') expected.set(instanceLocation, `${expected.get(instanceLocation) ?? ''} ${error}`);
  }
  const walk = (inner: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(inner)) return inner.map((one, i) => walk(one, [...path, String(i)]));
    if (isObject(inner)) {
      const result: Record<string, unknown> = Object.create(null);
      for (const [key, one] of Object.entries(inner)) result[key] = walk(one, [...path, key]);
      return result;
    }
    const wanted = [...expected].find(([location]) => isDeepEqual(pathOf(location), path))?.[1] ?? '';
    const converted = convertedTo(inner, wanted.replace(/Instance type "\w+" is invalid/g, ''));
    changed ||= converted !== inner;
    return converted;
  };
  const result = walk(value, []);
  return changed ? result : undefined;
}

function isDeepEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, i) => name === other[i]);
}

function convertedTo(value: unknown, wanted: string): unknown {
  if (typeof value === 'string') {
    const number = /"(?:number|integer)"/.test(wanted) ? (parseJavaLong(value) ?? parseJavaDouble(value)) : undefined;
    if (number !== undefined) return Number(number);
    if (wanted.includes('"boolean"') && /^(?:true|yes|on)$/.test(value)) return true;
    if (wanted.includes('"boolean"') && /^(?:false|no|off)$/.test(value)) return false;
  } else if ((typeof value === 'number' || typeof value === 'boolean') && wanted.includes('"string"'))
    return String(value);
  return value;
}

/** The keys of a JSON pointer in a fragment. */
function pathOf(location: string): readonly string[] {
  return location
    .split('/')
    .slice(1)
    .map((name) => decodeURI(name).replace(/~1/g, '/').replace(/~0/g, '~'));
}

function issueOf({ keyword, instanceLocation, error }: OutputUnit): DriverConfigIssue {
  const path = pathOf(instanceLocation);
  // The value is not shown, because it may be a secret.
  const message = error
    .replace(/^(?:Instance|String|Array|Number) /, 'it ')
    .replace(/^\S+ is (?=less|greater|not)/, 'it is ')
    .replace(/\.$/, '');
  const [, named = ''] = /"(.*)"/s.exec(error) ?? [];
  if (keyword === 'false') return { path: path.slice(0, -1), message, unknownKeys: path.slice(-1) };
  if (keyword === 'required') return { path: [...path, named], message, unknownKeys: [] };
  const [, expected] = /Expected "(.*)"/.exec(error) ?? [];
  return {
    path,
    message,
    unknownKeys: [],
    ...(keyword === 'type' && expected !== undefined ? { expected: expected.replaceAll('", "', "' or '") } : {}),
  };
}

/*
 * Decides which patterns run in linear time: anchored patterns in which, at every unbounded repetition, the next
 * character determines how to continue. All others are refused, although many of them are harmless.
 */
const SINGLE = /^(?:\\[dwsDWS]|\\[^0-9A-Za-z]|\[\^?(?:\\[^A-Za-z0-9]|\\[dws]|[^\]\\])*\]|[^\\[\](){}*+?|^$])/;
const REPEAT = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/;

/** The maximum number of paths through bounded repetitions. */
const MAX_WAYS = 10_000;

/** Whether the pattern is a sequence of single characters whose repetitions cannot be distinguished in too many ways. */
export function isLinear(pattern: string): boolean {
  const isAnchored = pattern.startsWith('^');
  let rest = isAnchored ? pattern.slice(1) : pattern;
  let ways = 1;
  let open: string | undefined;
  while (rest !== '' && rest !== '$') {
    const single = SINGLE.exec(rest)?.[0];
    if (single === undefined) return false;
    rest = rest.slice(single.length);
    const repeat = REPEAT.exec(rest);
    if (open !== undefined && !isDisjoint(open, single)) return false;
    const isOptional = repeat !== null && (/^[*?]/.test(repeat[0]) || repeat[1] === '0');
    if (repeat === null) {
      open = undefined;
      continue;
    }
    rest = rest.slice(repeat[0].length);
    if (rest.startsWith('?')) rest = rest.slice(1);
    const isEndless = /^[*+]/.test(repeat[0]) || repeat[3] === '';
    if (isEndless) {
      if (!isAnchored) return false;
      // After an optional part, the alternatives before it are still possible.
      if (open !== undefined && isOptional) return false;
      open = single;
    } else {
      ways *= Number(repeat[3] ?? repeat[1] ?? 1) - Number(repeat[1] ?? 0) + 1;
      if (!isOptional) open = undefined;
    }
    if (ways > MAX_WAYS) return false;
  }
  return true;
}

/** Whether the two sets have no common character; tested with the characters that occur in configuration. */
function isDisjoint(one: string, other: string): boolean {
  const [first, second] = [new RegExp(`^${one}$`, 'su'), new RegExp(`^${other}$`, 'su')];
  for (let code = 0; code < 0x250; code++) {
    const character = String.fromCharCode(code);
    if (first.test(character) && second.test(character)) return false;
  }
  // Two negated sets always share the characters that neither of them excludes.
  return !(/^(?:\[\^|\.|\\[DWS])/.test(one) && /^(?:\[\^|\.|\\[DWS])/.test(other));
}
