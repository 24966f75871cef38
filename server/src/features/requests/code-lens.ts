import type { CodeLens } from 'vscode-languageserver';
import type { Diagnostic } from '../../model/diagnostic';
import type { CantonNode } from '../../model/facts/nodes';
import type { Lines } from '../../text/positions';
import { nodeSummaries, nodeTitle, problemCounts } from '../shared/nodes';

/** What clicks on lenses do; each command gets the document and the id of the node. */
export interface LensCommands {
  /** Of the lens that says what is in use. */
  readonly show: string;
  /** Of a second lens, `Plan a procedure…`, where one is planned for. */
  readonly plan: string | undefined;
}

/**
 * Over each node of the document what it uses a KMS for, which one, where, and how many problems it has.
 * @param commands undefined where the editor has none
 */
export function codeLenses(
  uri: string,
  nodes: readonly CantonNode[],
  diagnostics: readonly Diagnostic[],
  linesOf: (uri: string) => Lines | undefined,
  commands: LensCommands | undefined,
): CodeLens[] {
  const problems = problemCounts(nodes, diagnostics);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return nodeSummaries(nodes, uri, linesOf)
    .filter((summary) => summary.uri === uri)
    .flatMap(({ id, range }): CodeLens[] => {
      const title = nodeTitle(byId.get(id) as CantonNode, problems.get(id) ?? 0);
      // Without a command editors would wait for one; an empty one is text.
      if (commands === undefined) return [{ range, command: { title, command: '' } }];
      const given = [{ uri, node: id }];
      const shows = { range, command: { title, command: commands.show, arguments: given } };
      if (commands.plan === undefined) return [shows];
      return [shows, { range, command: { title: 'Plan a procedure…', command: commands.plan, arguments: given } }];
    });
}
