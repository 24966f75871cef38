import type { CompletionItem } from 'vscode-languageserver';
import { cursorContextAt } from '../../shared/cursor-context';
import type { DocumentView } from '../../shared/document-view';
import { MAX_ITEMS } from '../../shared/lsp-kinds';
import { includeItems } from './includes';
import type { CompletionOptions } from './items';
import { keyItems } from './keys';
import { substitutionItems } from './substitutions';
import { valueItems } from './values';

export type { CompletionOptions } from './items';
export { resolveCompletion } from './items';

/**
 * Completes a key, a value, a substitution or an include with what this Canton version accepts.
 * @param files the files of the workspace that may be included
 */
export function completion(
  view: DocumentView,
  offset: number,
  options: CompletionOptions,
  files: readonly string[] = [],
): CompletionItem[] {
  const cursor = cursorContextAt(view.tree, offset);
  // Such a character triggers completion of a value (`type = ‸`) or a path (`${‸`); between keys it is only a blank or
  // a brace.
  if (cursor === undefined || (cursor.kind === 'key' && [' ', '{', '$', '/'].includes(options.trigger ?? '')))
    return [];
  return itemsAt(view, cursor, offset, options, files).slice(0, MAX_ITEMS);
}

/** True if the items depend on the files of the workspace. */
export function completesIncludes({ tree }: Pick<DocumentView, 'tree'>, offset: number): boolean {
  return cursorContextAt(tree, offset)?.kind === 'include';
}

function itemsAt(
  view: DocumentView,
  cursor: NonNullable<ReturnType<typeof cursorContextAt>>,
  offset: number,
  options: CompletionOptions,
  files: readonly string[],
): CompletionItem[] {
  switch (cursor.kind) {
    case 'key':
      return keyItems(view, cursor, offset, options);
    case 'value':
      return valueItems(view, cursor, offset, options);
    case 'substitution':
      return substitutionItems(view, cursor);
    case 'include':
      return includeItems(view, cursor, files);
  }
}
