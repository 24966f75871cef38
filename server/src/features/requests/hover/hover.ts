import type { Hover } from 'vscode-languageserver';
import type { Field } from '../../../../../schemas/model';
import { PROJECT_FILE_NAME } from '../../../../../schemas/project-name';
import { includeTarget } from '../../../hocon/evaluation/include-files';
import {
  type IncludeNode,
  namesOf,
  nodeAt,
  type PathElement,
  pathOf,
  placeOf,
  type SyntaxNode,
} from '../../../hocon/syntax/syntax';
import { type ConfigValue, entryAt, type KeyPath } from '../../../hocon/values/config-value';
import { MASKED, shownVariable } from '../../../model/facts/secrets';
import { markdownLink } from '../../../text/encoders/markdown';
import { fileName, type TextRange } from '../../../text/location';
import { contains, rangeOf } from '../../../text/positions';
import { type DocumentView, fieldOf, foreignOf } from '../../shared/document-view';
import { effectiveContexts } from '../../shared/effective-context';
import { fieldDocumentation, foreignDocumentation, valueDocumentation } from '../../shared/field-documentation';
import type { KeyKnowledge } from '../../shared/key-knowledge';
import { code, heading, list, provenance, referredBy } from './provenance';

/** Describes the file that an include reads, and the section that its keys become part of. */
function includeText(view: DocumentView, node: IncludeNode): string | undefined {
  if (node.targetRange === undefined) return undefined;
  const { kind, files } = includeTarget(node, { uri: view.tree.uri, bareName: false }, view.paths);
  const title = `**include** ${code(node.target)}`;
  if (kind !== 'file') return [title, WHERE[kind]].join('\n\n');
  const found = files.filter(({ uri }) => view.file(uri) !== undefined);
  if (found.length === 0) {
    const names = files.map(({ uri }) => code(fileName(uri))).join(', ');
    const effect = node.required
      ? 'Canton refuses to start without it.'
      : 'Canton silently ignores the include. With `required(…)`, it refuses to start.';
    return [title, `Not found: looked for ${names}. ${effect}`].join('\n\n');
  }
  const lines = found.map(({ uri }) => `Reads ${markdownLink(fileName(uri), uri)}`);
  const [effective] = view.effectivePaths.of(view.tree.uri, pathOf(node) ?? []);
  if (effective !== undefined && effective.length > 0)
    lines.push(`Its keys become part of ${code(effective.join('.'))}`);
  return [title, list(lines)].join('\n\n');
}

const WHERE = {
  url: 'A URL, which is not downloaded. Its keys are unknown.',
  'malformed-url': 'This is not a valid URL.',
  elsewhere: 'Canton looks for it on the class path or in its working directory. Its keys are unknown.',
} as const;

/** Documents the key or value under the mouse, with the effective value and where it comes from. */
export function hover(view: DocumentView, offset: number, knowledge: KeyKnowledge): Hover | undefined {
  const target = targetAt(view, offset);
  const value = target && textOf(view, target, knowledge);
  if (target === undefined || value === undefined) return undefined;
  return { contents: { kind: 'markdown', value }, range: rangeOf(view.lines, target.range) };
}

function textOf(view: DocumentView, target: Target, knowledge: KeyKnowledge): string | undefined {
  switch (target.kind) {
    case 'include':
      return includeText(view, target.node);
    case 'substitution':
      return substitutionText(view, target.names, target.range, knowledge);
    default:
      return keyText(view, target.path, target.kind === 'value', knowledge);
  }
}

/** Documents a key or its value, with the effective value and where it comes from. */
function keyText(view: DocumentView, path: KeyPath, onValue: boolean, knowledge: KeyKnowledge): string | undefined {
  const entry = entryAt(view.config, path);
  // Shared configuration is explained as the section that it is meant for.
  const contexts = path[0] === 'canton' ? [{ path, schema: view }] : effectiveContexts(view, path);
  const context = contexts.find((one) => fieldOf(one.schema, one.path) !== undefined);
  const field = context && fieldOf(context.schema, context.path);
  const about = { knowledge, path: context?.path ?? path };
  const parts = [
    ...(field === undefined ? foreign(view, path) : documentation(field, onValue ? entry?.value : undefined, about)),
    ...(entry === undefined ? [] : [provenance(view, path, entry, field)]),
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : [heading(path), ...parts].join('\n\n');
}

/** The documentation of a key; on an enumerated value, that of the value comes first. */
function documentation(
  field: Field,
  value: ConfigValue | undefined,
  about: { readonly knowledge: KeyKnowledge; readonly path: KeyPath },
): string[] {
  const known =
    field.model.kind === 'enum' && value?.kind === 'string' ? field.model.values.get(value.value) : undefined;
  return [...(known === undefined ? [] : [valueDocumentation(known)]), fieldDocumentation(field, about)];
}

/** The documentation of a key that only other versions or editions have. */
function foreign(view: DocumentView, path: KeyPath): string[] {
  const meta = foreignOf(view, path);
  return meta === undefined ? oldKey(view, path) : [foreignDocumentation(meta, view.version, view.edition)];
}

/** The documentation of a key in an old place, which Canton still accepts. */
function oldKey(view: DocumentView, path: KeyPath): string[] {
  for (let length = path.length - 1; length > 0; length--) {
    const section = length === 1 ? view.model : fieldOf(view, path.slice(0, length))?.model;
    const rest = path.slice(length).join('.');
    if (section?.kind !== 'object') continue;
    const since = section.dropped?.get(rest);
    if (since !== undefined)
      return [
        `**No effect** since Canton ${since.replace(/ .*/, '')}, which accepts the key and does not read it. Remove it.`,
      ];
    const places = (section.moved?.get(rest) ?? []).map((to) => code([...path.slice(0, length), to].join('.')));
    if (places.length > 0)
      return [`**Old name.** Canton ${view.version} reads the value as ${places.join(' and ')}, unless that is set.`];
  }
  return [];
}

/** Describes the key or variable that `${…}` refers to. */
function substitutionText(view: DocumentView, names: KeyPath, { start }: TextRange, knowledge: KeyKnowledge): string {
  const { path, entry, variable } = referredBy(view, view.tree.uri, names);
  if (entry !== undefined) return keyText(view, path, true, knowledge) ?? heading(path);
  const title = heading(names);
  if (variable === undefined) return [title, 'No key in this launch set has this path.'].join('\n\n');
  const value = view.variables.get(variable);
  const user = view.index.pathOf(view.tree, nodeAt(view.tree, start));
  const isSecret = user !== undefined && view.isSecret(user);
  const text = value === undefined ? 'unknown' : isSecret ? MASKED : shownVariable(variable, value);
  const shown = value === undefined || text === MASKED ? text : code(text);
  const source = value === undefined ? '' : ` (from ${PROJECT_FILE_NAME})`;
  return [title, 'Environment variable', list([`Value: ${shown}${source}`])].join('\n\n');
}

/** The part of the text under the mouse. */
type Target =
  | { readonly kind: 'key' | 'value'; readonly path: KeyPath; readonly range: TextRange }
  /** The names as they are written, up to the element under the mouse. */
  | { readonly kind: 'substitution'; readonly names: KeyPath; readonly range: TextRange }
  | { readonly kind: 'include'; readonly node: IncludeNode; readonly range: TextRange };

function targetAt(view: DocumentView, offset: number): Target | undefined {
  const { tree, index } = view;
  const node = nodeAt(tree, offset);
  switch (node.kind) {
    case 'path': {
      const at = node.elements.findIndex((element) => contains(element, offset));
      if (at < 0) return undefined;
      const range = node.elements[at] as PathElement;
      const names = node.elements.slice(0, at + 1).map(({ name }) => name);
      if (node.parent?.kind === 'substitution') return { kind: 'substitution', names, range };
      const path = index.at(tree.uri, range.start)?.path ?? pathBelow(view, node.parent?.parent, names);
      return path && { kind: 'key', path, range };
    }
    case 'substitution': {
      const names = namesOf(node.path);
      return names.length === 0 ? undefined : { kind: 'substitution', names, range: node };
    }
    case 'scalar': {
      return { kind: 'value', path: effectivePath(view, node), range: node };
    }
    case 'include':
      return { kind: 'include', node, range: node.targetRange ?? node };
    default:
      return undefined;
  }
}

function pathBelow(view: DocumentView, object: SyntaxNode | undefined, names: KeyPath) {
  return object && [...effectivePath(view, object), ...names];
}

/** In a list, the index of the element is a part of the path. */
function effectivePath({ tree, index, effectivePaths }: DocumentView, node: SyntaxNode): KeyPath {
  const place = placeOf(node);
  return index.pathOf(tree, node) ?? effectivePaths.of(tree.uri, place)[0] ?? place;
}
