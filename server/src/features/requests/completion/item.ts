import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { isDriverKey } from '../../../../../schemas/driver-model';
import type { Field } from '../../../../../schemas/model';
import type { CantonVersion, Edition } from '../../../../../schemas/version';
import type { DocumentView } from '../../shared/document-view';
import { fieldDocumentation } from '../../shared/field-documentation';
import { ADJUST_INDENTATION, SNIPPET_FORMAT } from '../../shared/lsp-kinds';

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
  readonly path: readonly string[];
  /** Which alternative the key is of. */
  readonly type?: string;
  readonly value?: string;
}

export function itemData(
  { version, edition }: DocumentView,
  path: readonly string[],
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
