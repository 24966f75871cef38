import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { configurationModel } from '../../../../../schemas/configuration';
import { isDriverKey } from '../../../../../schemas/driver-schema';
import type { Field } from '../../../../../schemas/model';
import { SPLICE_SECTIONS } from '../../../../../schemas/splice';
import { CONNECTION_SOURCE } from '../../../../../schemas/storage';
import type { Usage } from '../../../../../schemas/usage';
import type { CantonVersion, Edition } from '../../../../../schemas/version';
import type { ConfigEntry, ConfigObject, Definition, KeyPath } from '../../../hocon/values/config-value';
import { fieldAt } from '../../../model/binding/lookup';
import { contains } from '../../../text/positions';
import type { KeyContext, ValueContext } from '../../shared/cursor-context';
import { type DocumentView, fieldOf, type Schema } from '../../shared/document-view';
import { type EffectiveContext, nested } from '../../shared/effective-context';
import { fieldDocumentation, valueDocumentation } from '../../shared/field-documentation';
import { keyKnowledge } from '../../shared/key-knowledge';
import { ADJUST_INDENTATION, SNIPPET_FORMAT } from '../../shared/lsp-kinds';
import type { WrittenKey } from './keys';
import type { SkeletonStyle } from './skeletons';

export interface CompletionOptions {
  /** True if the client supports tab stops. */
  readonly snippets: boolean;
  /** Statistics on the keys of real configurations. */
  readonly usage: Usage;
  /** The character whose typing requested completion; undefined if the user requested it. */
  readonly trigger?: string | undefined;
}

/** Identifies the key, or one of its values, whose documentation is added when an item is resolved. */
export interface ItemData {
  readonly version: CantonVersion;
  readonly edition: Edition;
  readonly path: KeyPath;
  /** The alternative that the key belongs to. */
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
 * The documentation of an item: deferred to the resolve request for keys of Canton, immediate for keys of a driver,
 * which only this project defines.
 */
export function documented(field: Field, data: ItemData): Pick<CompletionItem, 'data' | 'documentation'> {
  if (!isDriverKey(field) && field.meta.source !== CONNECTION_SOURCE) return { data };
  return { documentation: { kind: 'markdown', value: fieldDocumentation(field) } };
}

/** A short note after the label; editors without room for it show the detail. */
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

/** Adds the documentation of a key or value to an item that the user has selected. */
export async function resolveCompletion(item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as ItemData | undefined;
  if (data === undefined) return item;
  const [root, ...path] = data.path;
  const model = await configurationModel(data.version, data.edition, SPLICE_SECTIONS.includes(path[0] ?? ''));
  const field = root === 'canton' ? fieldAt(model, path, sectionWith(path.slice(0, -1), data.type)) : undefined;
  if (field === undefined) return item;
  const listed = field.model.kind === 'list' ? field.model.element : field.model;
  const known = listed.kind === 'enum' && data.value !== undefined ? listed.values.get(data.value) : undefined;
  const about = { knowledge: await keyKnowledge(data.edition), path: data.path };
  const value = known === undefined ? fieldDocumentation(field, about) : valueDocumentation(known);
  return { ...item, documentation: { kind: 'markdown', value } };
}

/** A configuration in which the section at a path has the given `type`. */
function sectionWith(path: KeyPath, type: string | undefined): ConfigObject | undefined {
  if (type === undefined) return undefined;
  const origin = { uri: '', range: { start: 0, end: 0 } };
  return nested([...path, 'type'], { kind: 'string', value: type, origin }) as ConfigObject;
}

/** The data that all key items at one cursor share. */
export interface KeysAt {
  readonly view: DocumentView;
  readonly cursor: KeyContext;
  readonly offset: number;
  readonly as: SkeletonStyle;
  readonly usage: Usage;
  /** The keys that the document already has in this object. */
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

const MOST = 999;

/** Three digits that sort keys by the number of real configurations that set them, most frequent first. */
export function rarity({ usage }: Pick<KeysAt, 'usage'>, { path, schema }: EffectiveContext, name: string): string {
  return String(MOST - Math.min(MOST, usage.keys[sectionName(schema, path)]?.[name] ?? 0)).padStart(3, '0');
}

/** Values that an operator chooses, while tests and examples choose others. */
const IN_PRODUCTION: Readonly<Record<string, string>> = { storage: 'postgres', 'auth-services': 'jwt-jwks' };

/** The same for the `type` of a section. */
export function typeRarity({ types }: Usage, section: string, type: string): string {
  if (IN_PRODUCTION[section] === type) return '000';
  return String(MOST - Math.min(MOST, types[section]?.[type] ?? 0)).padStart(3, '0');
}

/** The key of a section; a name of the user's choice counts as the key above it. */
export function sectionName(schema: Schema, path: KeyPath): string {
  const isFree = path.length > 1 && fieldOf(schema, path)?.meta.source === '';
  return (isFree ? path.at(-2) : path.at(-1)) ?? '';
}

/** The blank that is missing after the separator in `type =‸`. */
export function gapBefore({ tree }: DocumentView, { start, quoted }: ValueContext): string {
  return /[=:]/.test(tree.text[start - 1] ?? '') && !quoted ? ' ' : '';
}
