import * as z from 'zod';
import { canton, canton2xEnterprise } from './canton';
import { manualLink } from './manual';
import {
  defaultText,
  type EnumModel,
  type EnumValue,
  type Field,
  type FieldMeta,
  type FieldModel,
  type ObjectModel,
  type PlainValue,
  type UnionModel,
  unionModel,
} from './model';
import { checkAnyName } from './node-name';
import { alternatives, choices, type KeyMeta, keyMetas, nameChecks, scalars, undescribedKeys } from './registry';
import { type CantonVersion, type Edition, existsIn, type Release } from './version';

/** The release to compile for, and the manual's page on the section. */
interface Target extends Release {
  readonly link?: string;
}

const cache = new Map<string, ObjectModel>();

/** The fields that this version and edition of Canton read at `canton`, compiled once for each pair. */
export function fieldModelOf(version: CantonVersion, edition: Edition): ObjectModel {
  const id = `${version} ${edition}`;
  const known = cache.get(id);
  if (known !== undefined) return known;
  const schema = version === '2.10' && edition === 'enterprise' ? canton2xEnterprise : canton;
  const model = object(schema, { version, edition });
  cache.set(id, model);
  return model;
}

function object(schema: z.ZodObject, target: Target): ObjectModel {
  const fields = new Map<string, Field>();
  const foreign = new Map<string, FieldMeta>();
  for (const [name, declared] of Object.entries(schema.shape)) {
    if (declared instanceof z.ZodLiteral) continue;
    const candidates = alternatives.has(declared)
      ? (declared as z.ZodUnion<z.ZodType[]>).options
      : [declared as z.ZodType];
    const fitting = candidates.find((candidate) => existsIn(metaOf(candidate, name), target));
    if (fitting !== undefined) fields.set(name, field(name, fitting, target));
    else foreign.set(name, metaOf(candidates[candidates.length - 1] as z.ZodType, name));
  }
  const open = !(schema.def.catchall instanceof z.ZodNever);
  const names = target.version === '2.10' ? undefined : undescribedKeys.get(schema)?.names;
  return { kind: 'object', fields, foreign, open, ...(names && { undescribed: new Set(names) }) };
}

function metaOf(schema: z.ZodType, name: string): KeyMeta {
  const meta = keyMetas.get(schema);
  if (meta === undefined) throw new Error(`the key '${name}' is declared without metadata`);
  return meta;
}

function field(name: string, schema: z.ZodType, target: Target): Field {
  const within = linked(target, metaOf(schema, name));
  const meta: FieldMeta = { ...metaOf(schema, name), ...(within.link === undefined ? {} : { link: within.link }) };
  const { inner, optional, defaultValue } = unwrap(schema);
  const common = { name, model: model(inner, within), optional };
  if (defaultValue === undefined) return { ...common, required: !optional, meta };
  return { ...common, required: false, defaultValue, meta: { ...meta, default: defaultText(defaultValue) } };
}

function linked(target: Target, { manual }: KeyMeta): Target {
  return manual === undefined ? target : { ...target, link: manualLink(manual, target.version) };
}

/** Removes zod's wrapper for optional values. */
function unwrap(schema: z.ZodType): { inner: z.ZodType; optional: boolean; defaultValue?: PlainValue } {
  if (schema instanceof z.ZodOptional) return { inner: schema.unwrap() as z.ZodType, optional: true };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return {
      inner: schema.unwrap() as z.ZodType,
      optional: false,
      defaultValue: schema.def.defaultValue as PlainValue,
    };
  }
  return { inner: schema, optional: false };
}

function model(schema: z.ZodType, target: Target): FieldModel {
  const scalar = scalars.get(schema);
  if (scalar !== undefined) return scalar;
  if (schema instanceof z.ZodEnum) return enumeration(schema, target);
  if (schema instanceof z.ZodObject) return object(schema, target);
  if (schema instanceof z.ZodDiscriminatedUnion) return union(schema, target);
  if (schema instanceof z.ZodRecord) {
    const checkKey = nameChecks.get(schema)?.checkKey ?? checkAnyName;
    return { kind: 'map', value: model(schema.valueType as z.ZodType, target), checkKey };
  }
  if (schema instanceof z.ZodArray) {
    const nonEmpty = (schema.def.checks ?? []).some((check) => check._zod.def.check === 'min_length');
    return { kind: 'list', element: model(schema.element as z.ZodType, target), nonEmpty };
  }
  throw new Error(`no model for the zod type '${schema.def.type}'`);
}

function enumeration(schema: z.ZodType, target: Target): EnumModel {
  const values = new Map<string, EnumValue>();
  const foreign = new Map<string, EnumValue>();
  for (const [spelling, value] of Object.entries(choices.get(schema)?.values ?? {})) {
    (existsIn(value, target) ? values : foreign).set(spelling, value);
  }
  return { kind: 'enum', values, foreign };
}

function union(schema: z.ZodDiscriminatedUnion, target: Target): UnionModel {
  const options = new Map<string, ObjectModel>();
  const values = new Map<string, EnumValue>();
  for (const option of schema.options as readonly z.ZodObject[]) {
    const literal = option.shape.type as unknown as z.ZodLiteral<string>;
    const meta = metaOf(option, literal.value);
    if (!existsIn(meta, target)) continue;
    values.set(literal.value, { doc: meta.doc, displayName: literal.value });
    options.set(literal.value, object(option, linked(target, meta)));
  }
  const meta: FieldMeta = {
    doc: '',
    source: firstSource(schema),
    ...(target.link === undefined ? {} : { link: target.link }),
  };
  return unionModel(options, values, meta);
}

function firstSource(schema: z.ZodDiscriminatedUnion): string {
  return metaOf(schema.options[0] as z.ZodType, 'type').source;
}
