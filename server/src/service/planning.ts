import type { TextChange } from '../model/diagnostic';
import { type ConfigError, LAUNCH_SET, type PlanRequest } from '../operations/facts';
import type { PlannedEdit } from '../operations/plan';
import type { FileSet } from '../workspace/launch-sets';
import { splitRegionUri } from '../workspace/region-uri';
import type { Snapshot } from '../workspace/snapshot';

type Asked = Pick<PlanRequest, 'procedure' | 'node' | 'options'>;

/** The snapshot as it would be after changes of its texts. */
export type Revise = (snapshot: Snapshot, changes: readonly TextChange[]) => Snapshot;

/**
 * What a procedure needs to know of the launch set that has its node. Where several have it and the answers name none of
 * them, that is an open question.
 * @param snapshots at least one
 * @param chosen the launch set that counts where the answers name none
 */
export function planRequest(
  snapshots: readonly Snapshot[],
  asked: Asked,
  revise: Revise,
  chosen?: FileSet,
): PlanRequest {
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
    unresolved: errorsOf(snapshot)
      .filter(isHocon)
      .map(({ place, message }) => `${place}: ${message}`),
    errors: errorsOf(snapshot).filter((error) => !isHocon(error)),
    check: (edits) => errorsOf(revise(snapshot, changesOf(snapshot, edits))),
  };
}

function errorsOf(snapshot: Snapshot): ConfigError[] {
  return snapshot.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, configPath, uri, range }) => {
      const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
      const line = snapshot.lines(uri)?.positionAt(range.start).line;
      return { code, message, configPath, place: line === undefined ? name : `${name}, line ${line + 1}` };
    });
}

function isHocon({ code }: ConfigError): boolean {
  return code.startsWith('hocon/');
}

function changesOf(snapshot: Snapshot, edits: readonly PlannedEdit[]): TextChange[] {
  return edits.flatMap(({ file, range, newText }) => {
    const lines = snapshot.lines(file);
    if (lines === undefined) return [];
    return [{ uri: file, range: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText }];
  });
}
