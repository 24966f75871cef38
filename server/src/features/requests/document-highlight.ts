import type { DocumentHighlight } from 'vscode-languageserver';
import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { type Lines, rangeOf } from '../../text/positions';
import { HIGHLIGHT } from '../shared/lsp-kinds';
import type { Occurrences } from '../shared/occurrences';
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
