import type { Field } from '../../../../../schemas/model';
import { PROJECT_FILE_NAME } from '../../../../../schemas/project-name';
import { namesOf, nodeAt, type SubstitutionNode, type SyntaxTree, type ValueNode } from '../../../hocon/syntax/syntax';
import {
  type ConfigEntry,
  type ConfigValue,
  type Definition,
  entryAt,
  type KeyPath,
} from '../../../hocon/values/config-value';
import { MASKED, withoutCredentials } from '../../../model/facts/secrets';
import { markdownCode, markdownLink, markdownText } from '../../../text/encoders/markdown';
import { fileName } from '../../../text/location';
import type { DocumentView } from '../../shared/document-view';
import { durationReading } from '../../shared/field-documentation';
import { textOf } from '../effective/effective';

const MAX_SHOWN = 200;
/** Credentials are searched before the text is cut, because the evidence may be in the part that is cut off. */
const MAX_MASKED = 10_000;

/** A code span with the text, shortened if it is long. */
export function code(text: string): string {
  return markdownCode(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

/** A key path as the heading of a hover. */
export function heading(path: readonly string[]): string {
  return `**${markdownText(path.join('.'))}**`;
}

export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/**
 * A link to a line of a file, with the include through which it reaches a path: `[kms.conf:2](…) (included by
 * [a.conf:3](…))`.
 */
function definitionLink(view: DocumentView, { uri, key }: Pick<Definition, 'uri' | 'key'>, path: KeyPath): string {
  const own = link(view, uri, key.start);
  const way: string[] = [];
  const seen = new Set([uri]);
  for (let site = view.includeSites.siteOf(uri, path); site !== undefined && !seen.has(site.uri); ) {
    seen.add(site.uri);
    way.push(link(view, site.uri, site.node.start));
    site = way.length < MAX_INCLUDES ? view.includeSites.siteOf(site.uri, path) : undefined;
  }
  return way.length === 0 ? own : `${own} (included by ${way.join(', which is included by ')})`;
}

/** Nobody reads a longer chain. */
const MAX_INCLUDES = 4;

function link(view: DocumentView, uri: string, offset: number): string {
  const line = view.file(uri)?.lines.positionAt(offset).line;
  return line === undefined
    ? markdownText(fileName(uri))
    : markdownLink(`${fileName(uri)}:${line + 1}`, `${uri}#L${line + 1}`);
}

/** Limits the list, because every line of a file may set the key. */
const MAX_DEFINITIONS = 8;

/** The effective value and the definitions of the key, the winning one first. */
export function provenance(
  view: DocumentView,
  path: KeyPath,
  { value, definitions }: ConfigEntry,
  field?: Field,
): string {
  const secret = view.isSecret(path);
  const all = [...definitions].reverse();
  // Definitions that depend on an unknown variable come first, followed by those that apply otherwise.
  const firm = all.findIndex((one) => openVariable(view, one) === undefined);
  const [open, rest] = firm < 0 ? [all, []] : [all.slice(0, firm), all.slice(firm)];
  const [winner, ...losers] = rest;
  if (value.kind === 'object') return list(sections(view, path, all));
  const lines = [`Effective value: ${effectiveText(view, value, open, winner, secret, field)}`];
  for (const one of open) {
    const variable = code(openVariable(view, one) ?? '');
    lines.push(`The environment variable ${variable} overrides it if it is set: ${definitionLink(view, one, path)}`);
  }
  if (winner !== undefined && (all.length > 1 || isElsewhere(view, winner, path))) {
    lines.push(`Set in ${definitionLink(view, winner, path)}${origins(view, winner)}`);
  }
  for (const one of losers.slice(0, MAX_DEFINITIONS)) {
    lines.push(`Overridden: ${writtenText(view, one, secret)} in ${definitionLink(view, one, path)}`);
  }
  if (losers.length > MAX_DEFINITIONS) lines.push(`and ${losers.length - MAX_DEFINITIONS} more`);
  return list(lines);
}

function effectiveText(
  view: DocumentView,
  value: ConfigValue,
  open: readonly Definition[],
  winner: Definition | undefined,
  secret: boolean,
  field: Field | undefined,
): string {
  if (secret && value.kind !== 'unknown') return MASKED;
  const [first] = open;
  if (value.kind !== 'unknown' || first === undefined || winner === undefined) return shown(value, field);
  return `${writtenText(view, winner, secret)}, unless ${code(openVariable(view, first) ?? '')} is set`;
}

/** A value and its common name. */
function shown(value: ConfigValue, field?: Field): string {
  if (value.kind === 'unknown') return unknown(value.reason);
  const text = code(textOf(value));
  const names = field?.meta.known ?? {};
  const name = value.kind === 'string' && Object.hasOwn(names, value.value) ? names[value.value] : undefined;
  const isDuration = field?.model.kind === 'duration' && value.kind === 'string';
  const reading = isDuration ? durationReading(value.value) : name;
  return reading === undefined || reading === '' ? text : `${text}, ${markdownText(reading)}`;
}

function unknown({ cause, subject }: { readonly cause: string; readonly subject: string }): string {
  switch (cause) {
    case 'environment':
      return `unknown, because it comes from the environment variable ${code(subject)}`;
    case 'include':
    case 'url':
      return `unknown, because it comes from ${code(subject)}, which could not be read`;
    case 'elsewhere':
      return `unknown, because it comes from ${code(subject)}, which another file of the launch set sets`;
    case 'rest':
      return 'unknown, because it may be set in another file of the launch set';
    default:
      return 'unknown because of an error in the file';
  }
}

/** The definitions that a section is merged from. */
function sections(view: DocumentView, path: KeyPath, definitions: readonly Definition[]): string[] {
  const isComposed = definitions.length > 1 || definitions.some((one) => isElsewhere(view, one, path));
  if (!isComposed) return [];
  const lines = definitions
    .slice(0, MAX_DEFINITIONS)
    .map((one) => `Written in ${definitionLink(view, one, path)}${origins(view, one)}`);
  return definitions.length > MAX_DEFINITIONS ? [...lines, `and ${definitions.length - MAX_DEFINITIONS} more`] : lines;
}

/** True if another file, an include or a substitution contributes to the value. */
function isElsewhere(view: DocumentView, definition: Definition, path: KeyPath): boolean {
  const { uri } = definition;
  const isOther = uri !== view.tree.uri || view.includeSites.siteOf(uri, path) !== undefined;
  return isOther || substitutionsOf(writtenValue(view, definition)).length > 0;
}

/** The keys and variables that the value is copied from, as the end of a sentence. */
function origins(view: DocumentView, definition: Definition): string {
  const texts = substitutionsOf(writtenValue(view, definition)).flatMap((node) => {
    const names = namesOf(node.path);
    const { entry, path, variable } = referredBy(view, definition.uri, names);
    const last = entry?.definitions.at(-1);
    const written = code(`\${${names.join('.')}}`);
    if (last !== undefined) return [`${written}, which is set in ${definitionLink(view, last, path)}`];
    return variable !== undefined && view.variables.has(variable)
      ? [`the environment variable ${code(variable)} (${PROJECT_FILE_NAME})`]
      : [];
  });
  return texts.length === 0 ? '' : ` from ${texts.join(' and ')}`;
}

/** The key of the configuration or the environment variable that a substitution refers to. */
interface Referred {
  readonly path: KeyPath;
  readonly entry: ConfigEntry | undefined;
  /** Undefined for a key, and for a path that is neither. */
  readonly variable: string | undefined;
}

/** Finds the key of a substitution, first below the path that the file is included at, as the evaluation does. */
export function referredBy(view: DocumentView, uri: string, names: readonly string[]): Referred {
  for (const prefix of [...view.effectivePaths.prefixesOf(uri), []]) {
    const path = [...prefix, ...names];
    const entry = entryAt(view.config, path);
    if (entry !== undefined) return { path, entry, variable: undefined };
  }
  return { path: names, entry: undefined, variable: names.length === 1 ? names[0] : undefined };
}

/** The value that a definition sets; undefined for an element that is only part of a path. */
function writtenValue(view: DocumentView, { uri, key }: Definition): ValueNode | undefined {
  const tree = view.file(uri)?.tree;
  const path = tree && nodeAt(tree, key.start);
  if (path?.kind !== 'path' || path.parent?.kind !== 'field') return undefined;
  return path.elements.at(-1)?.start === key.start ? path.parent.value : undefined;
}

/** The substitutions that the value consists of. */
function substitutionsOf(value: ValueNode | undefined): readonly SubstitutionNode[] {
  if (value?.kind === 'substitution') return [value];
  return value?.kind === 'concatenation' ? value.parts.filter((part) => part.kind === 'substitution') : [];
}

/** The unknown variable that determines a definition like `region = ${?REGION}`. */
function openVariable(view: DocumentView, definition: Definition): string | undefined {
  const value = writtenValue(view, definition);
  if (value?.kind !== 'substitution' || !value.optional) return undefined;
  const { variable } = referredBy(view, definition.uri, namesOf(value.path));
  return variable !== undefined && !view.variables.has(variable) ? variable : undefined;
}

/** The written value of a definition on one line; sections are not shown, since they may hold secrets. */
function writtenText(view: DocumentView, definition: Definition, secret: boolean): string {
  const tree = view.file(definition.uri)?.tree;
  const value = writtenValue(view, definition);
  return tree === undefined || value === undefined ? code('…') : sourceText(tree, value, secret);
}

function sourceText(tree: SyntaxTree, value: ValueNode, secret: boolean): string {
  const isPlain = ({ kind }: ValueNode) => kind === 'scalar' || kind === 'substitution';
  const parts = value.kind === 'concatenation' ? value.parts : value.kind === 'array' ? value.elements : [value];
  if (value.kind !== 'substitution' && secret) return MASKED;
  if (!parts.every(isPlain)) return code(value.kind === 'array' ? '[ … ]' : '{ … }');
  const text = tree.text.slice(value.start, Math.min(value.end, value.start + MAX_MASKED));
  return code(withoutCredentials(text.replace(/\s+/g, ' ')));
}
