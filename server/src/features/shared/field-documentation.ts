import type { EnumValue, Field, FieldMeta, FieldModel } from '../../../../schemas/model';
import { parseScalaDuration } from '../../../../schemas/scala-duration';
import type { CantonVersion, Edition } from '../../../../schemas/version';
import type { KeyPath } from '../../hocon/values/config-value';
import type { KeyKnowledge } from './key-knowledge';

const UNITS: readonly (readonly [nanos: bigint, name: string])[] = [
  [86_400_000_000_000n, 'day'],
  [3_600_000_000_000n, 'hour'],
  [60_000_000_000n, 'minute'],
  [1_000_000_000n, 'second'],
  [1_000_000n, 'millisecond'],
  [1_000n, 'microsecond'],
  [1n, 'nanosecond'],
];

/**
 * A duration in words: `90s` is `1 minute 30 seconds`; undefined for a text that Canton does not read as a duration.
 */
export function durationReading(text: string): string | undefined {
  const result = parseScalaDuration(text);
  if (!result.ok) return undefined;
  if (result.duration.kind === 'infinite') return result.duration.text === 'Duration.Inf' ? 'infinite' : undefined;
  let rest = result.duration.nanos < 0n ? -result.duration.nanos : result.duration.nanos;
  const parts: string[] = [];
  for (const [nanos, name] of UNITS) {
    const count = rest / nanos;
    rest %= nanos;
    if (count > 0n) parts.push(`${count} ${name}${count === 1n ? '' : 's'}`);
  }
  if (parts.length === 0) return 'zero';
  return `${result.duration.nanos < 0n ? 'minus ' : ''}${parts.join(' ')}`;
}

/**
 * The documentation of a key in Markdown: meaning, type, default, versions, editions, example, source, link.
 * @param about additional knowledge, and the full path of the key
 */
export function fieldDocumentation(
  { model, required, meta, defaultValue }: Field,
  about?: { readonly knowledge: KeyKnowledge; readonly path: KeyPath },
): string {
  const { since: _, until: __, ...rest } = meta;
  const versions = about?.knowledge.versions(about.path);
  const facts = [
    `Type: ${typeOf(model)}${required ? ', required' : ''}`,
    ...defaultFacts(meta, defaultValue),
    ...(versions === undefined ? [] : [versions]),
    ...availability(about === undefined ? meta : rest),
    ...(meta.example === undefined ? [] : [`Example: \`${meta.example}\``]),
    ...(about === undefined || meta.source === '' ? [] : [`Source: \`${meta.source}\``]),
  ];
  const doc = about === undefined ? meta.doc : about.knowledge.description(about.path, meta.doc);
  return joined([doc, deprecation(meta), list(facts), manual(meta)]);
}

function defaultFacts({ default: text, defaultIsCode }: FieldMeta, value: Field['defaultValue']): string[] {
  if (text === undefined || text === '{}') return [];
  if (defaultIsCode !== true || value !== undefined) return [`Default: \`${text}\``];
  return [`Default: computed, \`${text.replace(/\s+/g, ' ')}\` in Canton's source`];
}

/** The documentation of a key that this version or edition does not have. */
export function foreignDocumentation(meta: FieldMeta, version: CantonVersion, edition: Edition): string {
  const absent = `**Canton ${version} ${edition} does not read this key.**`;
  return joined([absent, meta.doc, deprecation(meta), list(availability(meta)), manual(meta)]);
}

export function valueDocumentation(value: EnumValue): string {
  return joined([value.doc, ...availability(value)]);
}

function availability({ since, until, editions }: Pick<FieldMeta, 'since' | 'until' | 'editions'>): string[] {
  return [
    ...(since === undefined ? [] : [`Since Canton ${since}`]),
    ...(until === undefined ? [] : [`Up to Canton ${until}`]),
    ...(editions === undefined || editions.length === 0 ? [] : [`Edition: ${editions.join(', ')}`]),
  ];
}

function deprecation({ deprecated }: FieldMeta): string {
  return deprecated === undefined ? '' : `**Deprecated** since ${deprecated.since}: ${deprecated.instead}`;
}

function manual({ link }: FieldMeta): string {
  return link === undefined ? '' : `[Manual](${link})`;
}

function list(facts: readonly string[]): string {
  return facts.map((fact) => `- ${fact}`).join('\n');
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
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
      return 'section whose keys are names of your choice';
    case 'list':
      return `list of ${typeOf(model.element)}${model.nonEmpty ? ', not empty' : ''}`;
    default:
      return model.accepts.replace(/^an? /, '');
  }
}
