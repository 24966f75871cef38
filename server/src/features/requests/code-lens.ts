import type { CodeLens } from 'vscode-languageserver';
import type { Diagnostic } from '../../model/diagnostic';
import type { CantonNode } from '../../model/facts/nodes';
import type { Lines } from '../../text/positions';
import { nodeSummaries, nodeTitle, problemCounts } from '../shared/nodes';

/** The commands that lenses run; each gets the URI of the document and the id of the node. */
export interface LensCommands {
  /** Runs from the lens that shows the mode. */
  readonly show: string;
  /** Runs from a second lens, `Plan a procedure…`, which only an editor that has the command shows. */
  readonly plan: string | undefined;
}

/**
 * A lens above each node of the document with its mode, KMS type, region and number of problems.
 * @param commands undefined if the editor has none
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
      // A lens without a command would be resolved; one with an empty command is shown as text.
      if (commands === undefined) return [{ range, command: { title, command: '' } }];
      const given = [{ uri, node: id }];
      const shows = { range, command: { title, command: commands.show, arguments: given } };
      if (commands.plan === undefined) return [shows];
      return [shows, { range, command: { title: 'Plan a procedure…', command: commands.plan, arguments: given } }];
    });
}
