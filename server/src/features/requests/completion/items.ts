import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { fieldModelOf } from '../../../../../schemas/compile';
import { isDriverKey } from '../../../../../schemas/driver-schema';
import type { Field } from '../../../../../schemas/model';
import type { CantonVersion, Edition } from '../../../../../schemas/version';
import type { ConfigEntry, ConfigObject, ConfigValue, Definition, KeyPath } from '../../../hocon/values/config-value';
import { fieldAt } from '../../../model/binding/lookup';
import { contains } from '../../../text/positions';
import type { KeyContext, ValueContext } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { fieldDocumentation, valueDocumentation } from '../../shared/field-documentation';
import { ADJUST_INDENTATION, SNIPPET_FORMAT } from '../../shared/lsp-kinds';
import type { WrittenKey } from './keys';
import type { SkeletonStyle } from './skeletons';

export interface CompletionOptions {
  /** The client understands tab stops. */
  readonly snippets: boolean;
  /** The character that asked, where no person did. */
  readonly trigger?: string | undefined;
}

/** What is needed to document an item once somebody looks at it: the schema's key, or a value of it. */
export interface ItemData {
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly path: KeyPath;
  /** Which alternative the key is of. */
  readonly type?: string;
  readonly value?: string;
}

export function itemData(
  { version, edition }: DocumentView,
  path: KeyPath,
  more: Pick<ItemData, 'type' | 'value'> = {},
): ItemData {
  return { version, edition, path, ...more };
}

/**
 * How an item gets its documentation: keys of Canton when somebody looks at them, those of a driver, which only this
 * project knows, at once.
 */
export function documented(field: Field, data: ItemData): Pick<CompletionItem, 'data' | 'documentation'> {
  if (!isDriverKey(field)) return { data };
  return { documentation: { kind: 'markdown', value: fieldDocumentation(field) } };
}

/** A short note behind the label; editors that have no room for it there show the detail. */
export function noted(note: string): Pick<CompletionItem, 'detail' | 'labelDetails'> {
  return note === '' ? {} : { detail: note, labelDetails: { description: note } };
}

export function plainEdit(range: TextEdit['range'], newText: string): Pick<CompletionItem, 'textEdit'> {
  return { textEdit: { range, newText } };
}

export function snippetEdit(
  range: TextEdit['range'],
  newText: string,
): Pick<CompletionItem, 'textEdit' | 'insertTextFormat' | 'insertTextMode'> {
  return { textEdit: { range, newText }, insertTextFormat: SNIPPET_FORMAT, insertTextMode: ADJUST_INDENTATION };
}

/** A configuration that holds nothing but a value at a path. */
export function nested(path: KeyPath, value: ConfigValue): ConfigValue {
  const { origin } = value;
  return path.reduceRight<ConfigValue>(
    (inner, name): ConfigObject => ({
      kind: 'object',
      entries: new Map([[name, { value: inner, definitions: [] }]]),
      unknowns: [],
      origin,
    }),
    value,
  );
}

/** Adds the documentation of a key or value, for the one item that somebody looks at. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const data = item.data as ItemData | undefined;
  if (data === undefined) return item;
  const [root, ...path] = data.path;
  const model = fieldModelOf(data.version, data.edition);
  const field = root === 'canton' ? fieldAt(model, path, sectionWith(path.slice(0, -1), data.type)) : undefined;
  if (field === undefined) return item;
  const listed = field.model.kind === 'list' ? field.model.element : field.model;
  const known = listed.kind === 'enum' && data.value !== undefined ? listed.values.get(data.value) : undefined;
  const value = known === undefined ? fieldDocumentation(field) : valueDocumentation(known);
  return { ...item, documentation: { kind: 'markdown', value } };
}

/** A configuration that says of the section at a path which alternative it is. */
function sectionWith(path: KeyPath, type: string | undefined): ConfigObject | undefined {
  if (type === undefined) return undefined;
  const origin = { uri: '', range: { start: 0, end: 0 } };
  return nested([...path, 'type'], { kind: 'string', value: type, origin }) as ConfigObject;
}

/** Everything that the items of one place have in common. */
export interface KeysAt {
  readonly view: DocumentView;
  readonly place: KeyContext;
  readonly offset: number;
  readonly as: SkeletonStyle;
  /** What the document has in this object already. */
  readonly written: ReadonlyMap<string, WrittenKey>;
}

/** The last definition besides the one being typed. */
export function elsewhere(
  { view, offset }: Pick<KeysAt, 'view' | 'offset'>,
  entry: ConfigEntry | undefined,
): Definition | undefined {
  return entry?.definitions.findLast(({ uri, key }) => uri !== view.tree.uri || !contains(key, offset));
}

export function textAt(entry: ConfigEntry | undefined): string | undefined {
  return entry?.value.kind === 'string' ? entry.value.value : undefined;
}

/** `type =‸`: the blank that files have there. */
export function gapBefore({ tree }: DocumentView, { start, quoted }: ValueContext): string {
  return /[=:]/.test(tree.text[start - 1] ?? '') && !quoted ? ' ' : '';
}
