import { type NodeDetails, type NodeSummary, nodeDetails, nodeSummaries, problemsIn } from '../features/shared/nodes';
import type { Snapshot } from '../workspace/snapshot';

/** A node in one launch set, for lists. */
export interface ListedNode extends NodeSummary, NodeDetails {
  readonly launchSet: {
    readonly id: string;
    readonly name: string;
    /** `Canton 3.5 enterprise` */
    readonly checkedAs: string;
    /** Of all its files. */
    readonly problems: NodeDetails['problems'];
  };
}

/** The nodes of launch sets; one that several have comes once for each. */
export function listedNodes(snapshots: readonly Snapshot[], uri: string): ListedNode[] {
  return snapshots.flatMap((snapshot) => {
    const { set, choice, nodes, diagnostics } = snapshot;
    const byId = new Map(nodes.map((node) => [node.id, nodeDetails(node, diagnostics)]));
    const checkedAs = `Canton ${choice.version} ${choice.edition}`;
    const launchSet = { id: set.id, name: set.name, checkedAs, problems: problemsIn(diagnostics) };
    return nodeSummaries(nodes, uri, (other) => snapshot.lines(other)).map((summary) => ({
      ...summary,
      ...(byId.get(summary.id) as NodeDetails),
      launchSet,
    }));
  });
}
