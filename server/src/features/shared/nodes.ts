import type { CantonNode, KmsMode, NodeSection } from '../../model/facts/nodes';
import { type Lines, type Range, rangeOf } from '../../text/positions';

/** A node for lists and pickers, and where it stands. */
export interface NodeSummary {
  readonly id: string;
  readonly kind: NodeSection;
  readonly name: string;
  readonly mode: KmsMode;
  readonly provider: string | undefined;
  readonly uri: string;
  readonly range: Range;
}

/** The nodes of a launch set, each at its last definition, or at the last one in the document asked from. */
export function nodeSummaries(
  nodes: readonly CantonNode[],
  uri: string,
  linesOf: (uri: string) => Lines | undefined,
): NodeSummary[] {
  return nodes.flatMap(({ id, kind, name, mode, kmsType, definitions }) => {
    const place = definitions.findLast((one) => one.uri === uri) ?? definitions.at(-1);
    const lines = place && linesOf(place.uri);
    if (place === undefined || lines === undefined) return [];
    return [{ id, kind, name, mode, provider: kmsType, uri: place.uri, range: rangeOf(lines, place.key) }];
  });
}
