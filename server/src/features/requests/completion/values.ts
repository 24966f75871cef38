import type { CompletionItem } from 'vscode-languageserver';
import type { Field, FieldModel } from '../../../../../schemas/model';
import { lineIndent } from '../../../edits/lines';
import { styleNear } from '../../../edits/style';
import { rangeOf } from '../../../text/positions';
import { type DocumentView, fieldOf } from '../../shared/document-view';
import { COMPLETION } from '../../shared/lsp-kinds';
import type { ValuePlace } from '../../shared/place';
import { contextsOf, writtenPath } from './context';
import { type CompletionOptions, documented, itemData, noted, plainEdit, snippetEdit } from './item';
import { isSection, sectionText, valueText } from './skeleton';
import { substitutionValues } from './substitutions';
import { type Suggestion, suggestions } from './suggestions';

/** What Canton would accept as the value here. */
export function valueItems(
  view: DocumentView,
  place: ValuePlace,
  offset: number,
  options: CompletionOptions,
): CompletionItem[] {
  const written = writtenPath(place.container, place.path);
  const contexts = written === undefined ? [] : contextsOf(view, written);
  for (const { path, schema } of contexts) {
    const field = fieldOf(schema, path);
    if (field === undefined) continue;
    const inList = field.model.kind === 'list' && place.container.kind === 'array';
    const model = inList && field.model.kind === 'list' ? field.model.element : field.model;
    return [
      ...listed(view, place, offset, { ...field, model }, path),
      ...(isSection(model) ? sections(view, place, model, options) : []),
      ...(place.quoted ? [] : substitutionValues(view, place, model, contexts)),
    ];
  }
  return [];
}

function listed(
  view: DocumentView,
  place: ValuePlace,
  offset: number,
  field: Field,
  path: readonly string[],
): CompletionItem[] {
  const written = writtenElements(place, offset);
  const range = rangeOf(view.lines, place);
  const typed = view.tree.text.slice(place.start, offset);
  const style = { json: view.tree.syntax === 'json' && !place.quoted };
  const gap = gapBefore(view, place);
  return suggestions(view, field, path, typed)
    .filter(({ label }) => !written.has(label))
    .map(({ label, note, preferred, documentation }: Suggestion, i) => ({
      label,
      kind: field.model.kind === 'enum' ? COMPLETION.enumMember : COMPLETION.value,
      ...noted(note),
      filterText: `${gap}${label}`,
      sortText: String(i).padStart(3, '0'),
      ...(preferred ? { preselect: true } : {}),
      ...(documentation === undefined ? {} : { documentation: { kind: 'markdown' as const, value: documentation } }),
      ...plainEdit(range, `${gap}${valueText(label, field.model, style)}`),
      ...(documentation === undefined ? documented(field, itemData(view, path, { value: label })) : {}),
    }));
}

/** `type =‸`: the blank that files have there. */
export function gapBefore({ tree }: DocumentView, { start, quoted }: ValuePlace): string {
  return /[=:]/.test(tree.text[start - 1] ?? '') && !quoted ? ' ' : '';
}

/** A section behind its separator: `kms = ‸`. */
function sections(view: DocumentView, place: ValuePlace, model: FieldModel, { snippets }: CompletionOptions) {
  if (model.kind !== 'union' || place.container.kind !== 'object') return [];
  const style = styleNear(view.tree, place.container);
  const as = { style, snippets, indent: lineIndent(view.tree.text, place.start) };
  const range = rangeOf(view.lines, place);
  const gap = gapBefore(view, place);
  return [...model.options.keys()].map((type): CompletionItem => {
    const text = `${gap}${sectionText([], model, type, as)}`;
    const label = `{ type = ${type} }`;
    return {
      label,
      kind: COMPLETION.snippet,
      ...noted('all required keys'),
      filterText: `${gap}${label}`,
      sortText: `0${type}`,
      ...(snippets ? snippetEdit(range, text) : plainEdit(range, text)),
    };
  });
}

/** What the list has already, the word being typed left out. */
function writtenElements({ container }: ValuePlace, offset: number): ReadonlySet<string> {
  if (container.kind !== 'array') return new Set();
  const others = container.elements.filter(({ start, end }) => offset < start || offset > end);
  return new Set(others.flatMap((element) => (element.kind === 'scalar' ? [element.value] : [])));
}
