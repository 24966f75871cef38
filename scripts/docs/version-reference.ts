import { configurationModel } from '../../schemas/configuration';
import type { Field, FieldModel, ObjectModel } from '../../schemas/model';
import { CANTON_VERSIONS, type CantonVersion } from '../../schemas/version';
import { type KeyKnowledge, keyKnowledge } from '../../server/src/features/shared/key-knowledge';
import { markdownRow } from '../../server/src/text/encoders/markdown';

/** A section, and the other places that have the same keys. */
interface Section {
  /** As written in a configuration, with `NAME` for a free name, and `[]` for the elements of a list. */
  readonly title: string;
  readonly others: string[];
  readonly table: string;
}

/** `docs/configuration/VERSION.md`: every key that a version reads, each section once. */
export async function versionReference(version: CantonVersion): Promise<string> {
  const knowledge = await keyKnowledge('enterprise');
  const sections = new Map<string, Section>();
  collect(await configurationModel(version, 'enterprise'), ['canton'], 'canton');
  const parts = [...sections.values()].map(({ title, others, table }) => {
    const also = others.length === 0 ? '' : `\n\nAlso at ${others.map((one) => `\`${one}\``).join(', ')}.`;
    return `## \`${title}\`\n\n${table}${also}`;
  });
  return `# Configuration of Canton ${version}

Every key that Canton ${version} reads, with the defaults of its classes. \`NAME\` is a name of your choice, and \`[]\` an element of a
list. A section that several places have is listed once. The keys of the \`crypto\` sections of all versions are side by side in the
[configuration reference](../configuration-reference.md).

${parts.join('\n\n')}
`;

  function collect(model: FieldModel, path: readonly string[], title: string): void {
    if (model.kind === 'map') collect(model.value, [...path, 'NAME'], `${title}.NAME`);
    else if (model.kind === 'list') collect(model.element, [...path, '0'], `${title}.[]`);
    else if (model.kind === 'union')
      for (const [type, option] of model.options) collect(option, path, `${title} (${type})`);
    else if (model.kind === 'object' && model.fields.size > 0) {
      const table = tableOf(model, path, knowledge);
      const known = sections.get(table);
      if (known !== undefined) {
        known.others.push(title);
        return;
      }
      sections.set(table, { title, others: [], table });
      for (const [name, field] of model.fields) collect(field.model, [...path, name], `${title}.${name}`);
    }
  }
}

/** Rows in the order of the source. */
function tableOf(
  { fields, open, moved, dropped }: ObjectModel,
  path: readonly string[],
  knowledge: KeyKnowledge,
): string {
  const rows = [...fields.values()].map((field) =>
    rowOf(field, knowledge.description([...path, field.name], field.meta.doc)),
  );
  const old = [...(moved ?? [])].map(([from, to]) =>
    row(from, '', '', `Old name of ${to.map((one) => `\`${one}\``).join(', ')}.`),
  );
  const gone = [...(dropped?.keys() ?? [])].map((from) => row(from, '', '', 'Accepted without any effect.'));
  const more = open ? '\n\nThe section has more keys than are known here.' : '';
  return `| key | value | default | meaning |\n| --- | --- | --- | --- |\n${[...rows, ...old, ...gone].join('\n')}${more}`;
}

function rowOf({ name, model, required, optional, defaultValue, meta }: Field, doc: string): string {
  const text = meta.default ?? 'none';
  const isComputed = meta.defaultIsCode === true && defaultValue === undefined;
  const value = required && !optional ? '**required**' : isComputed ? 'computed' : text === '{}' ? '' : `\`${text}\``;
  return row(name, typeOf(model), value === '`none`' ? 'none' : value, doc);
}

function row(name: string, type: string, value: string, meaning: string): string {
  return markdownRow([`\`${name}\``, type, value, meaning]);
}

function typeOf(model: FieldModel): string {
  switch (model.kind) {
    case 'object':
      return 'section';
    case 'map':
      return 'section with free names';
    case 'union':
      return `section, \`type\` ${[...model.options.keys()].map((type) => `\`${type}\``).join(', ')}`;
    case 'list':
      return `list of ${typeOf(model.element)}`;
    case 'enum':
      return [...model.values.keys()].map((value) => `\`${value}\``).join(', ');
    default:
      return model.accepts;
  }
}

/** The pages by version, the newest first, for the list of them. */
export function versionLinks(): string {
  return [...CANTON_VERSIONS]
    .reverse()
    .map((version) => `[Canton ${version}](configuration/${version}.md)`)
    .join(', ');
}
