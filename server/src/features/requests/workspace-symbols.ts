import type { SymbolInformation } from 'vscode-languageserver';
import { SYMBOL } from '../shared/lsp-kinds';
import type { NodeSummary } from '../shared/nodes';

/** The nodes whose ID contains the letters of the query in this order, one per location. */
export function workspaceSymbols(nodes: readonly NodeSummary[], query: string): SymbolInformation[] {
  const seen = new Set<string>();
  return nodes.flatMap(({ id, kind, name, uri, range }) => {
    const key = `${id} ${uri} ${range.start.line} ${range.start.character}`;
    if (seen.has(key) || !hasLetters(id.toLowerCase(), query.toLowerCase())) return [];
    seen.add(key);
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
