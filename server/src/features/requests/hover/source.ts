import { entryAt } from '../../../hocon/syntax/entry-at';
import type { SubstitutionNode, SyntaxTree, ValueNode } from '../../../hocon/syntax/syntax';
import type { ConfigEntry, Definition } from '../../../hocon/values/config-value';
import type { DocumentView } from '../../shared/document-view';
import { MASKED, withoutCredentials } from '../../shared/secrets';
import { nodeAt } from '../../shared/syntax-walk';
import { code, MAX_SHOWN } from './markdown';

/** What a substitution stands for: a key of the configuration, or a variable of the environment. */
export interface Referred {
  readonly path: readonly string[];
  readonly entry: ConfigEntry | undefined;
  /** Undefined for a key, and for what is nothing at all. */
  readonly variable: string | undefined;
}

/** Looks below the place that the file is included at first, as the evaluation does. */
export function referredBy(view: DocumentView, uri: string, names: readonly string[]): Referred {
  for (const prefix of [...view.landings.placesOf(uri), []]) {
    const path = [...prefix, ...names];
    const entry = entryAt(view.config, path);
    if (entry !== undefined) return { path, entry, variable: undefined };
  }
  return { path: names, entry: undefined, variable: names.length === 1 ? names[0] : undefined };
}

/** The value that a definition writes; undefined for an element that is only part of a path. */
export function writtenValue(view: DocumentView, { uri, key }: Definition): ValueNode | undefined {
  const tree = view.file(uri)?.tree;
  const path = tree && nodeAt(tree, key.start);
  if (path?.kind !== 'path' || path.parent?.kind !== 'field') return undefined;
  return path.elements.at(-1)?.start === key.start ? path.parent.value : undefined;
}

/** The substitutions that the value consists of, or is put together from. */
export function substitutionsOf(value: ValueNode | undefined): readonly SubstitutionNode[] {
  if (value?.kind === 'substitution') return [value];
  return value?.kind === 'concatenation' ? value.parts.filter((part) => part.kind === 'substitution') : [];
}

export function namesOf({ path }: SubstitutionNode): string[] {
  return path.elements.map(({ name }) => name);
}

/** The variable that decides over a definition like `region = ${?REGION}` and is not known here. */
export function openVariable(view: DocumentView, definition: Definition): string | undefined {
  const value = writtenValue(view, definition);
  if (value?.kind !== 'substitution' || !value.optional) return undefined;
  const { variable } = referredBy(view, definition.uri, namesOf(value));
  return variable !== undefined && !view.variables.has(variable) ? variable : undefined;
}

/** What a definition says, on one line; sections are not shown, since secrets may be in them. */
export function writtenText(view: DocumentView, definition: Definition, secret: boolean): string {
  const tree = view.file(definition.uri)?.tree;
  const value = writtenValue(view, definition);
  return tree === undefined || value === undefined ? code('…') : textOf(tree, value, secret);
}

function textOf(tree: SyntaxTree, value: ValueNode, secret: boolean): string {
  const isPlain = ({ kind }: ValueNode) => kind === 'scalar' || kind === 'substitution';
  const parts = value.kind === 'concatenation' ? value.parts : value.kind === 'array' ? value.elements : [value];
  if (value.kind !== 'substitution' && secret) return MASKED;
  if (!parts.every(isPlain)) return code(value.kind === 'array' ? '[ … ]' : '{ … }');
  const text = tree.text.slice(value.start, Math.min(value.end, value.start + MAX_SHOWN + 1));
  return code(withoutCredentials(text.replace(/\s+/g, ' ')));
}
