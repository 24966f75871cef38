import type { Location } from '../../text/location';
import type { Problem } from '../problem';
import type { Environment, RootFile, Sources } from '../source';
import type { ConfigObject, ConfigValue, Dependency, Unknown } from '../values/config-value';
import { Builder } from './build';
import { isContainer, ObjectValue, type Reference, type Value } from './deferred-value';
import type { PathOptions } from './include-files';
import { mergeOwned } from './merge';
import { ProblemLog } from './problem-log';
import { Resolver } from './resolve';

export interface EvaluateOptions extends PathOptions {
  /**
   * The roots are only a part of a launch, and its other files cannot be read here. The roots override those files, and
   * may include them.
   */
  readonly isPart?: boolean;
  /** The roots may be launched together with other files, which may set the keys that the roots refer to. */
  readonly mayLackFiles?: boolean;
  /** True if the other files add nothing to the object of this key. */
  readonly isWhole?: (key: string, object: Pick<ConfigObject, 'entries'>) => boolean;
}

/** The effective configuration of a launch. */
export interface Evaluation {
  readonly root: ConfigObject;
  /**
   * All problems, including those of the grammar, in the order in which the reference would find them. It would stop at
   * the first error.
   */
  readonly problems: readonly Problem[];
  /** The files, in no particular order. */
  readonly dependencies: readonly Dependency[];
}

/**
 * Merges the root files, later ones over earlier ones, and resolves all substitutions at once. It never fails: a value
 * that cannot be determined is unknown, and all other values are evaluated without it.
 */
export function evaluate(
  roots: readonly RootFile[],
  sources: Sources,
  environment: Environment,
  options: EvaluateOptions = {},
): Evaluation {
  const log = new ProblemLog(sources);
  const { isPart = false, mayLackFiles = false, isWhole } = options;
  const builder = new Builder(sources, log, { ...options, closed: environment.closed });
  const none = nothingIn(roots);
  const rest: Unknown = { cause: 'rest', subject: '', location: none.origin };
  if (isPart) none.unknowns = [rest];
  try {
    let merged = none;
    for (const root of roots) merged = mergeOwned(builder.root(root), merged) as ObjectValue;
    const resolver = new Resolver(log, environment, builder.size, mayLackFiles && !environment.closed);
    const resolved = resolver.resolveRoot(merged);
    if (builder.hasGaps || resolver.hasGaps || isPart) spreadUnknowns(resolved, isWhole);
    return { root: resolved, problems: log.problems, dependencies: dependenciesOf(builder) };
  } catch (overflow) {
    // The depth limits fit a usual stack; a caller that is itself deeply nested, or runs in a small thread, has less
    // room.
    if (!(overflow instanceof RangeError)) throw overflow;
    const message = 'The configuration is nested too deeply to be evaluated.';
    const empty = new ObjectValue(none.origin, new Map());
    empty.unknowns = [log.fail('hocon/too-deep', message, none.origin).reason];
    return { root: empty, problems: log.problems, dependencies: [] };
  }
}

function nothingIn(roots: readonly RootFile[]): ObjectValue {
  return new ObjectValue({ uri: roots[0]?.uri ?? '', range: { start: 0, end: 0 } }, new Map());
}

function dependenciesOf({ references, includeSites }: Builder): Dependency[] {
  const ofReference = ({ origin, resolved }: Reference) => ({ location: origin, value: resolved as ConfigValue });
  const ofInclude = (location: Location) => ({ location, value: undefined });
  return [...references.map(ofReference), ...includeSites.map(ofInclude)];
}

/**
 * An unread file may add keys to an object and to the objects inside it. The other files of a launch add nothing to
 * objects that are whole.
 */
function spreadUnknowns(root: ObjectValue, isWhole: EvaluateOptions['isWhole'] = () => false): void {
  const seen = new Set<Value>();
  const open: { value: Value; inherited: readonly Unknown[] }[] = [{ value: root, inherited: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, inherited } = next;
    if (value.kind === 'list' && !seen.has(value)) {
      seen.add(value);
      for (const item of value.items) if (isContainer(item)) open.push({ value: item, inherited: [] });
    }
    if (value.kind !== 'object') continue;
    const fresh = inherited.filter((unknown) => !value.unknowns.includes(unknown));
    if (seen.has(value) && fresh.length === 0) continue;
    seen.add(value);
    if (fresh.length > 0) value.unknowns = [...value.unknowns, ...fresh];
    const passedOn = value.unknowns.filter(({ cause }) => cause !== 'problem');
    for (const [key, { value: inner }] of value.open) {
      if (!isContainer(inner)) continue;
      const isClosed = inner.kind === 'object' && isWhole(key, inner);
      open.push({ value: inner, inherited: isClosed ? passedOn.filter(({ cause }) => cause !== 'rest') : passedOn });
    }
  }
}

/**
 * The merged root files as plain JSON data, with every substitution as it is written: `"${a.b}"`. Where values for one
 * key cannot be merged before they are resolved, the winning one stands.
 */
export function mergeUnresolved(
  roots: readonly RootFile[],
  sources: Sources,
  options: EvaluateOptions = {},
): { readonly json: unknown; readonly problems: readonly Problem[] } {
  const log = new ProblemLog(sources);
  const builder = new Builder(sources, log, { ...options, closed: true });
  let merged = nothingIn(roots);
  for (const root of roots) merged = mergeOwned(builder.root(root), merged) as ObjectValue;
  return { json: written(merged), problems: log.problems };
}

function written(value: Value): unknown {
  switch (value.kind) {
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const [key, entry] of value.open) {
        // An ordinary assignment would set the prototype for `__proto__`.
        Object.defineProperty(object, key, { value: written(entry.value), enumerable: true });
      }
      return object;
    }
    case 'list':
      return value.items.map(written);
    case 'reference':
      return value.text(value.path);
    case 'concatenation':
      return value.pieces.map((piece) => textOf(written(piece))).join('');
    case 'merge':
      return written(value.layer(value.layerCount - 1));
    case 'unknown':
    case 'null':
      return null;
    default:
      return value.value;
  }
}

function textOf(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
