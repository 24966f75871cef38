import { fieldModelOf } from '../../../schemas/compile';
import type { Field, FieldModel, ObjectModel, PlainValue, UnionModel } from '../../../schemas/model';
import type { CantonVersion, Edition } from '../../../schemas/version';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (2020-12) of a resolved configuration, as this version and edition of Canton read it. Canton converts
 * values: it reads a number or a boolean as a text, and a text as a number or a boolean if its content is one.
 */
export function cantonJsonSchema(version: CantonVersion, edition: Edition): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Canton ${version} configuration (${edition} edition)`,
    type: 'object',
    properties: { canton: schemaOf(fieldModelOf(version, edition)) },
    required: ['canton'],
  };
}

function schemaOf(model: FieldModel): JsonSchema {
  switch (model.kind) {
    case 'object':
      return objectSchema(model);
    case 'union':
      return unionSchema(model);
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(model.value) };
    case 'list':
      return { type: 'array', items: schemaOf(model.element), ...(model.nonEmpty ? { minItems: 1 } : {}) };
    case 'enum':
      return { enum: [...model.values.keys()] };
    case 'boolean':
      return { enum: [true, false, 'true', 'false', 'yes', 'no', 'on', 'off'] };
    case 'int':
      return { type: ['integer', 'string'], description: model.accepts };
    case 'raw':
      return {};
    default:
      return { type: ['string', 'number', 'boolean'], description: model.accepts };
  }
}

function objectSchema({ fields, open, foreign }: ObjectModel): JsonSchema {
  const required = [...fields.values()].filter((field) => field.required).map(({ name }) => name);
  const refused = open ? [...foreign.keys()].map((name) => [name, false] as const) : [];
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...[...fields].map(([name, field]) => [name, fieldSchema(field)] as const),
      ...refused,
    ]),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: open,
  };
}

function unionSchema({ discriminator, options }: UnionModel): JsonSchema {
  const name = discriminator.name;
  const alternatives = [...options].map(([type, option]) => {
    const schema = objectSchema(option);
    const properties = { ...(schema.properties as object), [name]: { const: type } };
    return { ...schema, properties };
  });
  return { oneOf: alternatives };
}

function fieldSchema({ model, optional, defaultValue, meta }: Field): JsonSchema {
  const schema = schemaOf(model);
  return {
    ...(optional ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(meta.doc === '' ? {} : { description: meta.doc }),
    ...(defaultValue === undefined ? {} : { default: defaultValue satisfies PlainValue }),
    ...(meta.example === undefined ? {} : { examples: [meta.example] }),
    ...(meta.deprecated === undefined ? {} : { deprecated: true }),
  };
}
