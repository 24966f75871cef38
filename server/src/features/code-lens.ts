import type { CodeLens } from 'vscode-languageserver';
import type { CantonNode } from '../canton';
import type { Diagnostic } from '../canton/diagnostic';
import { nodeTitle, problemCounts } from './node-title';
import { nodeSummaries } from './nodes';
import type { Lines } from './positions';

/**
 * Over each node of the document what it uses a KMS for, which one, where, and how many problems it has.
 * @param command what a click does, where the editor has something to do; it gets the document and the id of the node
 */
export function codeLenses(
  uri: string,
  nodes: readonly CantonNode[],
  diagnostics: readonly Diagnostic[],
  linesOf: (uri: string) => Lines | undefined,
  command: string | undefined,
): CodeLens[] {
  const problems = problemCounts(nodes, diagnostics);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodeSummaries(nodes, uri, linesOf)
    .filter((summary) => summary.uri === uri)
    .map(({ id, range }) => {
      const title = nodeTitle(byId.get(id) as CantonNode, problems.get(id) ?? 0);
      // Without a command editors would wait for one; an empty one is text.
      if (command === undefined) return { range, command: { title, command: '' } };
      return { range, command: { title, command, arguments: [{ uri, node: id }] } };
    });
}
