import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { Environment, RootFile, Sources } from '../source';
import type { ConfigObject, ConfigValue, Dependency, Unknown } from '../values/config-value';
import { Builder } from './build';
import { ObjectValue, type Reference } from './deferred-value';
import { Faults } from './faults';
import { mergeOwned } from './merge';
import { Resolver } from './resolve';
import { spreadUnknowns } from './spread-unknowns';

export interface EvaluateOptions {
  /** The URI of the directory that `include file("…")` is relative to. */
  readonly workingDirectory?: string;
  /**
   * The roots are only a part of a launch. The rest are files that nobody can read here; the roots override them, and
   * their includes look for others among them.
   */
  readonly isPart?: boolean;
  /** Whether the rest adds nothing to the object that this key holds. */
  readonly isWhole?: (key: string, object: Pick<ConfigObject, 'entries'>) => boolean;
}

/** The effective configuration of a launch. */
export interface Evaluation {
  readonly root: ConfigObject;
  /**
   * Everything wrong, the grammar of the files included, in the order in which the reference would meet it: the first
   * error is the one that it would stop at.
   */
  readonly problems: readonly Problem[];
  /** In no particular order. */
  readonly dependencies: readonly Dependency[];
}

/**
 * Merges the root files, later ones over earlier ones, and resolves all substitutions at once. It never fails: what
 * cannot be had is unknown, and everything else is as if that were not there.
 */
export function evaluate(
  roots: readonly RootFile[],
  sources: Sources,
  environment: Environment,
  options: EvaluateOptions = {},
): Evaluation {
  const faults = new Faults(sources);
  const { isPart = false, isWhole } = options;
  const builder = new Builder(sources, faults, { ...options, closed: environment.closed });
  const none = new ObjectValue({ uri: roots[0]?.uri ?? '', range: { start: 0, end: 0 } }, new Map());
  const rest: Unknown = { cause: 'rest', subject: '', location: none.origin };
  if (isPart) none.unknowns = [rest];
  try {
    let merged = none;
    for (const root of roots) merged = mergeOwned(builder.root(root), merged) as ObjectValue;
    const resolved = new Resolver(faults, environment, builder.size).resolveRoot(merged);
    if (builder.hasGaps || isPart) spreadUnknowns(resolved, isWhole);
    return { root: resolved, problems: faults.problems, dependencies: dependenciesOf(builder) };
  } catch (overflow) {
    // The limits on depth leave room on a usual stack; who calls from deep down, or in a small thread, has less.
    if (!(overflow instanceof RangeError)) throw overflow;
    const message = 'The configuration is nested too deep to be evaluated.';
    const empty = new ObjectValue(none.origin, new Map());
    empty.unknowns = [faults.fail('hocon/too-deep', message, none.origin).reason];
    return { root: empty, problems: faults.problems, dependencies: [] };
  }
}

function dependenciesOf({ references, includeSites }: Builder): Dependency[] {
  const ofReference = ({ origin, resolved }: Reference) => ({ location: origin, value: resolved as ConfigValue });
  const ofInclude = (location: Location) => ({ location, value: undefined });
  return [...references.map(ofReference), ...includeSites.map(ofInclude)];
}
