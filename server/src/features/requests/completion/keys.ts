import type { CompletionItem } from 'vscode-languageserver';
import type { Field, FieldModel } from '../../../../../schemas/model';
import { styleNear } from '../../../edits/hocon-text';
import { type ObjectNode, objectsIn, type PathElement, pathOf, type SyntaxTree } from '../../../hocon/syntax/syntax';
import { entryAt, type KeyPath } from '../../../hocon/values/config-value';
import { hoconPath, hoconQuoted } from '../../../text/encoders/hocon';
import { lineIndent } from '../../../text/lines';
import { contains, rangeOf } from '../../../text/positions';
import type { KeyContext } from '../../shared/cursor-context';
import { type DocumentView, fieldOf, fieldsOf, isSection } from '../../shared/document-view';
import { type EffectiveContext, effectiveContexts, writtenPath } from '../../shared/effective-context';
import { COMPLETION, DEPRECATED_COMPLETION } from '../../shared/lsp-kinds';
import {
  type CompletionOptions,
  documented,
  elsewhere,
  itemData,
  type KeysAt,
  noted,
  plainEdit,
  rarity,
  snippetEdit,
  textAt,
} from './items';
import { sectionText, skeletonItems } from './skeletons';

/** A key that may be written, and where it would take effect. */
interface Candidate {
  readonly field: Field;
  readonly context: EffectiveContext;
}

/** The keys that Canton would read here and that the document does not have yet: required ones first, then usual ones. */
export function keyItems(
  view: DocumentView,
  cursor: KeyContext,
  offset: number,
  { snippets, usage }: CompletionOptions,
): CompletionItem[] {
  const path = writtenPath(cursor.object, cursor.prefix);
  const style = styleNear(view.tree, cursor.object);
  const as = { style, snippets, indent: lineIndent(view.tree.text, cursor.start) };
  const at: KeysAt = { view, cursor, offset, as, written: writtenKeys(view.tree, cursor, path, offset), usage };
  const contexts = effectiveContexts(view, path);
  const candidates = new Map<string, Candidate>();
  for (const context of contexts) {
    for (const field of [...fieldsOf(context.schema, context.path), ...namesIn(at, context)]) {
      if (!candidates.has(field.name) && !isLeftOut(at, field)) candidates.set(field.name, { field, context });
    }
  }
  return [
    ...[...candidates.values()].map((candidate) => keyItem(at, candidate)),
    ...skeletonItems(
      at,
      contexts,
      [...candidates.values()].map(({ field }) => field),
    ),
    ...(contexts.some((context) => takesInclude(at, context)) ? includeItem(at) : []),
  ];
}

/**
 * The names that the user has already chosen, mainly those of nodes, to be continued in another file or a dotted path.
 */
function namesIn(at: KeysAt, { path, schema }: EffectiveContext): Field[] {
  const model = fieldOf(schema, path)?.model;
  const value = entryAt(schema.config, path)?.value;
  if (model?.kind !== 'map' || value?.kind !== 'object') return [];
  return [...value.entries].flatMap(([name, entry]) => {
    const field = fieldOf(schema, [...path, name]);
    return field === undefined || elsewhere(at, entry) === undefined ? [] : [field];
  });
}

/**
 * True for a key that is already written. A section may be continued as long as it is written in dotted keys
 * (`kms.type`, `kms.region`); a section in braces is complete, unless a dotted key is being typed.
 */
function isLeftOut({ written, cursor }: KeysAt, { name, model }: Field): boolean {
  const own = written.get(name);
  if (own === undefined) return false;
  return !isSection(model) || (own.braced && cursor.prefix.length === 0);
}

function keyItem(at: KeysAt, { field, context }: Candidate): CompletionItem {
  const { view, cursor } = at;
  const { name, model, meta, required } = field;
  const path = [...context.path, name];
  const { config } = context.schema;
  const entry = entryAt(config, path);
  const isSet = elsewhere(at, entry) !== undefined && !isSection(model);
  const type = textAt(entryAt(config, [...context.path, 'type']));
  // Without a `type`, a key may belong to only some of the alternatives.
  const only = name === 'type' || type !== undefined ? undefined : alternativesWith(context, name);
  const isRequired = required && only === undefined;
  const isOld = meta.deprecated !== undefined || isUnread(fieldOf(context.schema, context.path)?.model, name);
  return {
    label: name,
    kind: isSection(model) ? COMPLETION.module : COMPLETION.property,
    ...noted(
      isSet ? 'set elsewhere' : isRequired ? 'required' : (only ?? (isComputed(field) ? '' : (meta.default ?? ''))),
    ),
    sortText: `${rank(isOld, isRequired, isSet)}${rarity(at, context, name)}${name}`,
    ...(isOld ? { tags: [DEPRECATED_COMPLETION] } : {}),
    ...(cursor.quoted ? { filterText: `"${name}"` } : {}),
    ...insertion(at, field),
    ...documented(field, itemData(view, path, type === undefined ? {} : { type })),
  };
}

/**
 * Sorts required keys first, then keys that are not set, then keys that would override another definition, then
 * deprecated ones.
 */
function rank(isOld: boolean, isRequired: boolean, isSet: boolean): number {
  if (isOld) return 4;
  if (isSet) return 3;
  return isRequired ? 0 : 1;
}

/** True for a key that Canton accepts and does not read any more, or not under this name. */
function isUnread(model: FieldModel | undefined, name: string): boolean {
  if (model?.kind !== 'object') return false;
  return model.moved?.has(name) === true || model.dropped?.has(name) === true;
}

/** A default that depends on other values, or that a class provides for a section, is not shown in a list. */
function isComputed({ defaultValue, meta }: Field): boolean {
  return meta.default === '{}' || (defaultValue === undefined && meta.defaultIsCode === true);
}

/** The types that have the key; undefined if all of them do. */
function alternativesWith({ path, schema }: EffectiveContext, name: string): string | undefined {
  const model = fieldOf(schema, path)?.model;
  if (model?.kind !== 'union') return undefined;
  const types = [...model.options].filter(([, { fields }]) => fields.has(name)).map(([type]) => type);
  return types.length < model.options.size ? types.join(', ') : undefined;
}

function insertion({ view, cursor, as }: KeysAt, { name, model }: Field) {
  const range = rangeOf(view.lines, cursor);
  const key = cursor.quoted ? hoconQuoted(name) : hoconPath([name], as.style.json);
  if (cursor.hasValue) return plainEdit(range, key);
  if (!isSection(model)) return plainEdit(range, `${key}${as.style.separator}`);
  // After `crypto.`, another dot is as likely as a brace, and either requests completion again.
  if (cursor.prefix.length > 0) return plainEdit(range, key);
  const text = sectionText([name], model, undefined, as);
  return as.snippets ? snippetEdit(range, text) : plainEdit(range, text);
}

/** A section in a list must be one that Canton reads. */
function takesInclude({ cursor }: KeysAt, { path, schema }: EffectiveContext): boolean {
  return pathOf(cursor.object) !== undefined || fieldOf(schema, path) !== undefined;
}

function includeItem({ view, cursor, as }: KeysAt): CompletionItem[] {
  if (cursor.prefix.length > 0 || cursor.hasValue || cursor.quoted || as.style.json) return [];
  const range = rangeOf(view.lines, cursor);
  const edit = as.snippets ? snippetEdit(range, 'include "$1"') : plainEdit(range, 'include "');
  return [{ label: 'include', kind: COMPLETION.keyword, sortText: '5include', ...edit }];
}

export interface WrittenKey {
  /** True if it is written in braces somewhere, and need not be written again. */
  readonly braced: boolean;
}

/**
 * The keys that the document has directly below a path, whether in braces, in several objects or in dotted keys. The
 * key at the offset is being written and does not count.
 */
function writtenKeys(
  tree: SyntaxTree,
  { object, prefix }: KeyContext,
  path: KeyPath,
  offset: number,
): ReadonlyMap<string, WrittenKey> {
  const keys = new Map<string, WrittenKey>();
  const root = tree.root.value;
  const open: { readonly object: ObjectNode; readonly depth: number }[] = [];
  // An element of a list is written in a single place.
  if (pathOf(object) === undefined) open.push({ object, depth: path.length - prefix.length });
  else if (root.kind === 'object') open.push({ object: root, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of next.object.entries) {
      if (entry.kind !== 'field') continue;
      const { elements } = entry.path;
      const rest = path.slice(next.depth, next.depth + elements.length);
      if (!rest.every((name, i) => name === elements[i]?.name)) continue;
      const objects = objectsIn(entry.value);
      const key: PathElement | undefined = elements[rest.length];
      if (key === undefined) open.push(...objects.map((object) => ({ object, depth: next.depth + elements.length })));
      else if (!contains(key, offset)) {
        const braced = objects.length > 0 && elements.length === rest.length + 1;
        keys.set(key.name, { braced: braced || keys.get(key.name)?.braced === true });
      }
    }
  }
  return keys;
}
