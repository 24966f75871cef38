import type { CompletionItem } from 'vscode-languageserver';
import { cursorContextAt } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { includeItems } from './includes';
import type { CompletionOptions } from './items';
import { keyItems } from './keys';
import { substitutionItems } from './substitutions';
import { valueItems } from './values';

export type { CompletionOptions } from './items';
export { resolveCompletion } from './items';

/** The protocol wants to know when there is more to be had by typing on. */
export const MAX_ITEMS = 1000;

/**
 * What may be written at the offset, as far as Canton would accept it.
 * @param files those of the workspace that may be included
 */
export function completion(
  view: DocumentView,
  offset: number,
  options: CompletionOptions,
  files: readonly string[] = [],
): CompletionItem[] {
  const place = cursorContextAt(view.tree, offset);
  // Such a character asks for a value (`type = ‸`) or a path (`${‸`); between keys it is only a blank or a brace.
  if (place === undefined || (place.kind === 'key' && [' ', '{', '$', '/'].includes(options.trigger ?? ''))) return [];
  return itemsAt(view, place, offset, options, files).slice(0, MAX_ITEMS);
}

/** Whether the answer depends on the files of the workspace. */
export function completesIncludes({ tree }: Pick<DocumentView, 'tree'>, offset: number): boolean {
  return cursorContextAt(tree, offset)?.kind === 'include';
}

function itemsAt(
  view: DocumentView,
  place: NonNullable<ReturnType<typeof cursorContextAt>>,
  offset: number,
  options: CompletionOptions,
  files: readonly string[],
): CompletionItem[] {
  switch (place.kind) {
    case 'key':
      return keyItems(view, place, offset, options);
    case 'value':
      return valueItems(view, place, offset, options);
    case 'substitution':
      return substitutionItems(view, place);
    case 'include':
      return includeItems(view, place, files);
  }
}
