import type { SymbolInformation } from 'vscode-languageserver';
import { SYMBOL } from '../shared/lsp-kinds';
import type { NodeSummary } from '../shared/nodes';

/** The nodes whose name has the letters of the query in this order, each place once. */
export function workspaceSymbols(nodes: readonly NodeSummary[], query: string): SymbolInformation[] {
  const seen = new Set<string>();
  return nodes.flatMap(({ id, kind, name, uri, range }) => {
    const place = `${id} ${uri} ${range.start.line} ${range.start.character}`;
    if (seen.has(place) || !hasLetters(id.toLowerCase(), query.toLowerCase())) return [];
    seen.add(place);
    return [{ name, kind: SYMBOL.object, location: { uri, range }, containerName: kind }];
  });
}

function hasLetters(text: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
