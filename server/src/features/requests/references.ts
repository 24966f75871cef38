import type { DocumentHighlight, Location } from 'vscode-languageserver';
import type { SyntaxTree } from '../../hocon/syntax/syntax';
import { type Lines, rangeOf } from '../../text/positions';
import { HIGHLIGHT } from '../shared/lsp-kinds';
import { connected, elementAt, type Occurrence, type Occurrences } from '../shared/occurrences';

/** Every definition of the key at the offset, and every substitution that resolves to it or goes through it. */
export function references(tree: SyntaxTree, occurrences: Occurrences, offset: number): Occurrence[] {
  const element = elementAt(tree, offset);
  if (element === undefined) return [];
  const places = connected([{ occurrences }], occurrences.of(occurrences.at(tree.uri, element.start)));
  return [...places.filter(({ kind }) => kind === 'definition'), ...places.filter(({ kind }) => kind === 'reference')];
}

export function toLocations(places: readonly Occurrence[], linesOf: (uri: string) => Lines | undefined): Location[] {
  return places.flatMap(({ uri, range }) => {
    const lines = linesOf(uri);
    return lines === undefined ? [] : [{ uri, range: rangeOf(lines, range) }];
  });
}

/** The references that are in this document. */
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
