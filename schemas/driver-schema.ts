import * as z from 'zod';
import { AWS_REGION_NAMES } from './cloud-places';
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
    description: 'Tags put on every key that the driver creates.',
    additionalProperties: { type: 'string' },
  },
};

/**
 * JSON Schema of the `config` of a driver that is part of Canton's public sources: `aws-kms` (`community/aws-kms-driver`
 * 3.4, 3.5, main), which reads it when a node starts and leaves unknown keys out. Undefined for any other driver.
 */
export function publicDriverSchema(name: string, version: CantonVersion): object | undefined {
  if (name !== 'aws-kms' || compareVersions(version, '3.4') < 0) return undefined;
  return compareVersions(version, '3.6') < 0 ? AWS_KMS : AWS_KMS_WITH_TAGS;
}

const AWS_KMS = { type: 'object', properties: awsKms, required: ['region'], additionalProperties: false };
const AWS_KMS_WITH_TAGS = { ...AWS_KMS, properties: { ...awsKms, ...tags } };

type Json = Readonly<Record<string, unknown>>;

const models = new WeakMap<object, ObjectModel | undefined>();

/** The keys that a driver reads from its `config`, from its JSON Schema; undefined where the schema describes no keys. */
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
      return scalar('string', 'a text');
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
  /** The type that the schema requires, where the type is wrong: `number`, `boolean`, `string`, … */
  readonly expected?: string;
}

export type DriverConfigCheck = (config: unknown) => readonly DriverConfigIssue[];

const compiled = new WeakMap<object, DriverConfigCheck | string>();

/** Makes a check of a JSON Schema; a text says why it cannot be used. */
export function driverConfigCheck(schema: unknown): DriverConfigCheck | string {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'it is not an object';
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = compile(schema);
  compiled.set(schema, made);
  return made;
}

function compile(schema: object): DriverConfigCheck | string {
  try {
    const type = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return (config) => {
      const result = type.safeParse(config);
      return result.success ? [] : result.error.issues.map(issueOf);
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function issueOf(issue: z.core.$ZodIssue): DriverConfigIssue {
  const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const expected = issue.code === 'invalid_type' ? { expected: String(issue.expected) } : {};
  return { path: issue.path.map(String), message: issue.message, unknownKeys, ...expected };
}
