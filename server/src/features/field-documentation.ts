import type { EnumValue, Field, FieldModel } from '../../../schemas/model';

/** Markdown on a key: meaning, type, default, versions, editions, example, link. */
export function fieldDocumentation({ model, required, meta }: Field): string {
  const facts = [
    `Type: ${typeOf(model)}${required ? ', required' : ''}`,
    ...(meta.default === undefined ? [] : [`Default: \`${meta.default}\``]),
    ...(meta.since === undefined ? [] : [`Since Canton ${meta.since}`]),
    ...(meta.until === undefined ? [] : [`Up to Canton ${meta.until}`]),
    ...(meta.editions === undefined || meta.editions.length === 0 ? [] : [`Edition: ${meta.editions.join(', ')}`]),
    ...(meta.example === undefined ? [] : [`Example: \`${meta.example}\``]),
  ];
  const parts = [
    meta.doc,
    ...(meta.deprecated === undefined
      ? []
      : [`**Deprecated** since ${meta.deprecated.since}: ${meta.deprecated.instead}`]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(meta.link === undefined ? [] : [`[Manual](${meta.link})`]),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

export function valueDocumentation({ doc, since, until, editions }: EnumValue): string {
  const facts = [
    ...(since === undefined ? [] : [`Since Canton ${since}`]),
    ...(until === undefined ? [] : [`Up to Canton ${until}`]),
    ...(editions === undefined ? [] : [`Edition: ${editions.join(', ')}`]),
  ];
  return [doc, ...facts].join('\n\n');
}

function typeOf(model: FieldModel): string {
  switch (model.kind) {
    case 'enum':
      return `one of ${[...model.values.keys()].map((value) => `\`${value}\``).join(', ')}`;
    case 'union':
      return `section, \`type\` is one of ${[...model.options.keys()].map((value) => `\`${value}\``).join(', ')}`;
    case 'object':
      return 'section';
    case 'map':
      return 'section with names of your own';
    case 'list':
      return `list of ${typeOf(model.element)}${model.nonEmpty ? ', not empty' : ''}`;
    default:
      return model.accepts;
  }
}
