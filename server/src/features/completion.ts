import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import type { EnumValue, Field, FieldModel } from '../../../schemas/model';
import { entryAt } from './config-index';
import { type DocumentView, fieldOf, fieldsOf } from './document-view';
import { fieldDocumentation, valueDocumentation } from './field-documentation';
import { COMPLETION, DEPRECATED_COMPLETION, SNIPPET_FORMAT } from './lsp-kinds';
import { type KeyPlace, placeAt, type ValuePlace } from './place';
import { rangeOf } from './positions';
import { separatorNear } from './style';

export interface CompletionOptions {
  /** The client understands tab stops. */
  readonly snippets: boolean;
}

/** Keys and values that Canton would accept at the offset. */
export function completion(view: DocumentView, offset: number, options: CompletionOptions): CompletionItem[] {
  const place = placeAt(view.tree, offset);
  if (place === undefined) return [];
  return place.kind === 'key' ? keys(view, place, options) : values(view, place, offset);
}

function keys(view: DocumentView, place: KeyPlace, { snippets }: CompletionOptions): CompletionItem[] {
  const outer = view.index.pathOf(view.tree, place.object);
  if (outer === undefined) return [];
  const path = [...outer, ...place.prefix];
  const range = rangeOf(view.lines, place);
  const separator = separatorNear(view.tree, place.object);
  return fieldsOf(view, path)
    .filter((field) => !isPresent(view, [...path, field.name], field, place))
    .map((field) => ({
      label: field.name,
      kind: isSection(field.model) ? COMPLETION.module : COMPLETION.property,
      detail: field.required ? 'required' : (field.meta.default ?? ''),
      documentation: { kind: 'markdown', value: fieldDocumentation(field) },
      sortText: `${rank(field)}${field.name}`,
      ...(field.meta.deprecated === undefined ? {} : { tags: [DEPRECATED_COMPLETION] }),
      ...insertion(field, place, range, separator, snippets),
    }));
}

/** Required keys first, deprecated ones last. */
function rank(field: Field): number {
  if (field.meta.deprecated !== undefined) return 2;
  return field.required ? 0 : 1;
}

function insertion(
  { name, model }: Field,
  place: KeyPlace,
  range: TextEdit['range'],
  separator: string,
  snippets: boolean,
): Pick<CompletionItem, 'textEdit' | 'insertTextFormat'> {
  const plain = (newText: string) => ({ textEdit: { range, newText } });
  if (place.hasValue) return plain(name);
  if (!isSection(model)) return plain(`${name}${separator}`);
  // After `crypto.` another dot is as likely as a brace; the next completion starts with either.
  if (place.prefix.length > 0) return plain(name);
  if (!snippets) return plain(`${name} {`);
  return { textEdit: { range, newText: `${name} {\n\t$0\n}` }, insertTextFormat: SNIPPET_FORMAT };
}

/**
 * Whether this file writes the key already. A section may be written in several places as long as they are paths
 * (`kms.type`, `kms.region`); one in braces is complete. The word being typed does not count.
 */
function isPresent(view: DocumentView, path: readonly string[], field: Field, place: KeyPlace): boolean {
  const definitions = entryAt(view.config, path)?.definitions ?? [];
  const { text } = view.tree;
  return definitions.some(({ uri, key, value }) => {
    if (uri !== view.tree.uri || (place.start <= key.end && key.start <= place.end)) return false;
    return !isSection(field.model) || text[value.start] === '{';
  });
}

function isSection({ kind }: FieldModel): boolean {
  return kind === 'object' || kind === 'union' || kind === 'map';
}

function values(view: DocumentView, place: ValuePlace, offset: number): CompletionItem[] {
  const outer = view.index.pathOf(view.tree, place.container);
  const field = outer && fieldOf(view, [...outer, ...place.path]);
  if (field === undefined) return [];
  const model = field.model.kind === 'list' && place.container.kind === 'array' ? field.model.element : field.model;
  const written = writtenElements(place, offset);
  const range = rangeOf(view.lines, place);
  // `type =‸`: the blank that the file has elsewhere.
  const gap = /[=:]/.test(view.tree.text[place.start - 1] ?? '') && !place.quoted ? ' ' : '';
  return suggestions(model, field)
    .filter(({ label }) => !written.has(label))
    .map(({ label, documentation, preferred }, i) => ({
      label,
      kind: model.kind === 'enum' ? COMPLETION.enumMember : COMPLETION.value,
      documentation: { kind: 'markdown', value: documentation },
      filterText: `${gap}${label}`,
      sortText: String(i).padStart(3, '0'),
      preselect: preferred,
      textEdit: { range, newText: `${gap}${label}` },
    }));
}

/** What the list has already, the word being typed left out. */
function writtenElements({ container }: ValuePlace, offset: number): ReadonlySet<string> {
  if (container.kind !== 'array') return new Set();
  const others = container.elements.filter(({ start, end }) => offset < start || offset > end);
  return new Set(others.flatMap((element) => (element.kind === 'scalar' ? [element.value] : [])));
}

interface Suggestion {
  readonly label: string;
  readonly documentation: string;
  readonly preferred: boolean;
}

function suggestions(model: FieldModel, field: Field): readonly Suggestion[] {
  const { meta } = field;
  const preferred = (label: string) => label === meta.default;
  if (model.kind === 'enum') {
    return [...model.values].map(([label, value]: [string, EnumValue]) => ({
      label,
      documentation: valueDocumentation(value),
      preferred: preferred(label),
    }));
  }
  if (model.kind === 'boolean') {
    return ['true', 'false'].map((label) => ({ label, documentation: meta.doc, preferred: preferred(label) }));
  }
  if (model.kind !== 'int' && model.kind !== 'duration') return [];
  // A default or an example shows the form, which the name alone does not.
  const labels = new Set([meta.default, meta.example].filter((text) => text !== undefined));
  return [...labels].map((label) => ({ label, documentation: meta.doc, preferred: preferred(label) }));
}
