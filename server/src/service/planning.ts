import type { Diagnostic } from '../model/diagnostic';
import { LAUNCH_SET, type PlanRequest } from '../operations';
import type { FileSet } from '../workspace/launch-sets';
import { splitRegionUri } from '../workspace/region-uri';
import type { Snapshot } from '../workspace/snapshot';

type Asked = Pick<PlanRequest, 'procedure' | 'node' | 'options'>;

/**
 * What a procedure needs to know of the launch set that has its node. Where several have it and the answers name none of
 * them, that is an open question.
 * @param snapshots at least one
 * @param chosen the launch set that counts where the answers name none
 */
export function planRequest(snapshots: readonly Snapshot[], asked: Asked, chosen?: FileSet): PlanRequest {
  const holding = snapshots.filter(({ nodes }) => nodes.some(({ id }) => id === asked.node));
  const wanted = asked.options[LAUNCH_SET];
  const named = holding.find(({ set }) =>
    wanted === undefined ? set.id === chosen?.id : [set.id, set.name].includes(wanted),
  );
  const snapshot = named ?? holding[0] ?? (snapshots[0] as Snapshot);
  const { config, sources, choice } = snapshot;
  const isOpen = named === undefined && holding.length > 1;
  return {
    ...asked,
    config,
    // A procedure edits files of HOCON, and leaves it to people to edit others.
    tree: (uri) => (splitRegionUri(uri) === undefined ? sources.get(uri) : undefined),
    version: choice.version,
    edition: choice.edition,
    openSets: isOpen ? holding.map(({ set: { id, name } }) => ({ id, name })) : [],
    ...faultsOf(snapshot),
  };
}

function faultsOf(snapshot: Snapshot): Pick<PlanRequest, 'unresolved' | 'refused'> {
  const errors = snapshot.diagnostics.filter(({ severity }) => severity === 'error');
  const told = (isHocon: boolean) =>
    errors.filter(({ code }) => code.startsWith('hocon/') === isHocon).map((error) => sentence(snapshot, error));
  return { unresolved: told(true), refused: told(false) };
}

/** `p1.conf, line 3: …` */
function sentence(snapshot: Snapshot, { uri, range, message }: Diagnostic): string {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const line = snapshot.lines(uri)?.positionAt(range.start).line;
  return `${name}${line === undefined ? '' : `, line ${line + 1}`}: ${message}`;
}
