import type { CompletionItem } from 'vscode-languageserver';
import type { Field, FieldModel } from '../../../../../schemas/model';
import { entryAt } from '../../../hocon/syntax/entry-at';
import { rangeOf } from '../../../text/positions';
import { fieldOf } from '../../shared/document-view';
import { COMPLETION } from '../../shared/lsp-kinds';
import type { Context } from './context';
import { noted, plainEdit, snippetEdit } from './item';
import { elsewhere, type KeysAt, textAt } from './keys-at';
import { isSection, missingText, requiredFields, sectionText } from './skeleton';

/** Whole sections by alternative (`kms` of AWS, …), and everything required that the section at hand lacks. */
export function skeletonItems(at: KeysAt, contexts: readonly Context[], offered: readonly Field[]): CompletionItem[] {
  if (at.place.hasValue || at.place.quoted) return [];
  const context = contexts.find(({ path, schema }) => fieldOf(schema, path) !== undefined);
  const sections = offered.flatMap((field) => sectionsOf(field));
  return [
    ...sections
      .filter(
        ({ path }) => context === undefined || entryAt(context.schema.config, [...context.path, ...path]) === undefined,
      )
      .map((section) => sectionItem(at, section)),
    ...(context === undefined ? [] : missingItems(at, context)),
  ];
}

interface Section {
  readonly path: readonly string[];
  readonly model: FieldModel;
  readonly type: string;
}

/** The alternatives of a section, or of the optional ones that a section of no required keys is there for. */
function sectionsOf({ name, model, meta }: Field): Section[] {
  if (meta.deprecated !== undefined) return [];
  if (model.kind === 'union') return [...model.options.keys()].map((type) => ({ path: [name], model, type }));
  if (model.kind !== 'object' || requiredFields(model, undefined, new Set()).length > 0) return [];
  return [...model.fields.values()]
    .filter((inner) => inner.model.kind === 'union' && inner.optional)
    .flatMap((inner) => sectionsOf(inner).map((section) => ({ ...section, path: [name, ...section.path] })));
}

function sectionItem(at: KeysAt, { path, model, type }: Section): CompletionItem {
  const key = path.join('.');
  const text = (snippets: boolean) => sectionText(path, model, type, { ...at.as, snippets });
  return { ...skeletonItem(at, `${key} (${type})`, text), sortText: `1${key} ${type}` };
}

/** Two keys and more; a single one is offered as itself. */
function missingItems(at: KeysAt, { path, schema }: Context): CompletionItem[] {
  const model = fieldOf(schema, path)?.model;
  if (at.place.prefix.length > 0 || model === undefined || !isSection(model)) return [];
  const section = entryAt(schema.config, path)?.value;
  const effective = section?.kind === 'object' ? [...section.entries] : [];
  const known = effective.filter(([, entry]) => elsewhere(at, entry) !== undefined).map(([name]) => name);
  const present = new Set([...at.written.keys(), ...known]);
  const written = textAt(entryAt(schema.config, [...path, 'type']));
  const types = model.kind !== 'union' ? [undefined] : written === undefined ? [...model.options.keys()] : [written];
  const { object } = at.place;
  const oneLine = object.closeBrace !== undefined && !at.view.tree.text.slice(object.start, object.end).includes('\n');
  return types.flatMap((type) => {
    const missing = requiredFields(model, type, present);
    if (missing.length < 2) return [];
    const text = (snippets: boolean) => missingText(model, type, present, oneLine, { ...at.as, snippets });
    const label = missing
      .map(({ name }) => (name === 'type' && type !== undefined ? `type = ${type}` : name))
      .join(', ');
    return [{ ...skeletonItem(at, label, text), sortText: `00${type ?? ''}` }];
  });
}

function skeletonItem({ view, place, as }: KeysAt, label: string, text: (snippets: boolean) => string): CompletionItem {
  const range = rangeOf(view.lines, place);
  return {
    label,
    kind: COMPLETION.snippet,
    ...noted('all required keys'),
    documentation: { kind: 'markdown', value: `\`\`\`canton-conf\n${text(false)}\n\`\`\`` },
    ...(as.snippets ? snippetEdit(range, text(true)) : plainEdit(range, text(false))),
  };
}
