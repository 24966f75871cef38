import type { DocumentHighlight } from 'vscode-languageserver';
import type { SyntaxTree } from '../hocon/syntax';
import { HIGHLIGHT } from './lsp-kinds';
import type { Occurrences } from './occurrences';
import { type Lines, rangeOf } from './positions';
import { references } from './references';

/** What `references` finds, in this document. */
export function documentHighlights(
  tree: SyntaxTree,
  lines: Lines,
  occurrences: Occurrences,
  offset: number,
): DocumentHighlight[] {
  return references(tree, occurrences, offset)
    .filter(({ uri }) => uri === tree.uri)
    .map(({ range, kind }) => ({
      range: rangeOf(lines, range),
      kind: kind === 'definition' ? HIGHLIGHT.write : HIGHLIGHT.read,
    }));
}
