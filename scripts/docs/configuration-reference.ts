import { fieldModelOf } from '../../schemas/compile';
import type { Field, FieldModel } from '../../schemas/model';
import { CANTON_VERSIONS, type CantonVersion, isReleased } from '../../schemas/version';
import { markdownRow } from '../../server/src/text/encoders/markdown';
import { versionLinks } from './version-reference';

/** A key in every version that has it. */
type Key = Map<CantonVersion, Field>;
/** Keys of each section, by the section's path. */
type Sections = Map<string, Map<string, Key>>;

/** `docs/configuration-reference.md`: every key that is known, with type, default and versions. */
export function configurationReference(): string {
  const sections: Sections = new Map();
  for (const version of [...CANTON_VERSIONS].reverse()) {
    collect(sections, 'canton', fieldModelOf(version, 'enterprise'), version);
  }
  const parts = [...sections].map(([path, keys]) => `## \`${path}\`\n\n${tableOf(keys)}`);
  return `# Configuration reference

What Canton reads in the sections that have to do with a KMS, by version${comingLines()}; of 2.10 the
enterprise edition is described. \`NAME\` stands for the name of a node. Sequencers and mediators have the same sections as
participants, but no \`init.ledger-api\`; mediators also have \`caching\` directly below the node. Sections that are open hold
more keys than are listed here.

Every key outside these sections is in the page of its version: ${versionLinks()}.

Durations are a number and a unit: \`d\`, \`h\`, \`m\`, \`s\`, \`ms\`, \`µs\`, \`ns\`, or their long names.

${parts.join('\n\n')}
`;
}

function comingLines(): string {
  const lines = CANTON_VERSIONS.filter((version) => !isReleased(version));
  return lines.length === 0 ? '' : ` (not released yet: ${lines.join(', ')})`;
}

/** Kinds of nodes that have the same keys as participants. */
const REPEATED = new Set(['sequencers', 'mediators', 'domains', 'domain-managers']);

function collect(sections: Sections, path: string, model: FieldModel, version: CantonVersion): void {
  if (model.kind === 'map') {
    if (model.value.kind === 'object') collect(sections, `${path}.NAME`, model.value, version);
  } else if (model.kind === 'union') {
    for (const [type, option] of model.options) collect(sections, `${path} (type = ${type})`, option, version);
  } else if (model.kind === 'object') {
    const keys = sections.get(path) ?? new Map<string, Key>();
    if (model.fields.size > 0) sections.set(path, keys);
    for (const [name, field] of model.fields) {
      keys.set(name, (keys.get(name) ?? new Map<CantonVersion, Field>()).set(version, field));
      if (path !== 'canton' || !REPEATED.has(name)) collect(sections, `${path}.${name}`, field.model, version);
    }
  }
}

function tableOf(keys: ReadonlyMap<string, Key>): string {
  const rows = [...keys].map(([name, key]) => {
    const newest = [...key.values()][0];
    return markdownRow([`\`${name}\``, typesOf(key), defaultsOf(key), versionsOf(key), docOf(newest)]);
  });
  return `| key | value | default | versions | meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function docOf(field: Field | undefined): string {
  if (field === undefined) return '';
  const example = field.meta.example === undefined ? '' : ` Example: \`${field.meta.example}\`.`;
  const instead =
    field.meta.deprecated === undefined
      ? ''
      : ` Deprecated since ${field.meta.deprecated.since}: use ${field.meta.deprecated.instead}.`;
  return `${field.meta.doc}${instead}${example}`;
}

/** The changes between versions are listed for each, newest first. */
function differing(key: Key, say: (field: Field) => string): string {
  const groups = new Map<string, CantonVersion[]>();
  for (const [version, field] of key) groups.set(say(field), [...(groups.get(say(field)) ?? []), version]);
  if (groups.size === 1) return [...groups.keys()][0] ?? '';
  return [...groups].map(([text, versions]) => `${text} (${versions.join(', ')})`).join('; ');
}

const typesOf = (key: Key) => differing(key, ({ model }) => typeOf(model));

const defaultsOf = (key: Key) =>
  differing(key, ({ required, meta }) =>
    required ? '**required**' : meta.default === undefined ? 'none' : `\`${meta.default}\``,
  );

function versionsOf(key: Key): string {
  const having = CANTON_VERSIONS.filter((version) => key.has(version));
  return having.length === CANTON_VERSIONS.length ? 'all' : having.join(', ');
}

function typeOf(model: FieldModel): string {
  switch (model.kind) {
    case 'object':
      return model.open ? 'object (open)' : 'object';
    case 'map':
      return 'object with free keys';
    case 'union':
      return `object with \`type\` ${[...model.options.keys()].map((type) => `\`${type}\``).join(', ')}`;
    case 'list':
      return `${model.nonEmpty ? 'non-empty list' : 'list'} of ${typeOf(model.element)}`;
    case 'enum':
      return [...model.values.keys()].map((value) => `\`${value}\``).join(', ');
    default:
      return model.accepts;
  }
}
