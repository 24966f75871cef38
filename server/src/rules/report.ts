import { compareVersions } from '../../../schemas/version';
import type { Bound } from '../model/binding/bound';
import { locationOfEntry, locationOfKey } from '../model/binding/locations';
import type { Diagnostic, Fix } from '../model/diagnostic';
import type { NodeView } from '../model/facts/view';
import { hoconPath } from '../text/encoders/hocon';
import { fileName, type Location } from '../text/location';
import type { Rule, RuleContext } from './rule';

/** The location of a value, and its origin if the value comes from a substitution. */
export interface ValueLocation extends Location {
  readonly origin?: Location;
}

/** A problem that a rule found at one place. */
export interface Finding {
  readonly message: string;
  readonly location: ValueLocation;
  readonly path: readonly string[];
  /** The origin, as in `location`. */
  readonly origin?: Location | undefined;
  readonly related?: Diagnostic['related'] | undefined;
  readonly fixes?: readonly Fix[] | undefined;
  readonly tags?: Diagnostic['tags'] | undefined;
  readonly severity?: Diagnostic['severity'] | undefined;
}

export function report(rule: Pick<Rule, 'code' | 'severity'>, finding: Finding): Diagnostic {
  const { location, fixes = [], tags, related = [] } = finding;
  const origin = finding.origin ?? location.origin;
  const all = [...related, ...(origin ? [{ location: origin, message: 'The value comes from here.' }] : [])];
  const elsewhere =
    origin !== undefined && origin.uri !== location.uri ? ` (The value comes from ${fileName(origin.uri)}.)` : '';
  return {
    code: rule.code,
    severity: finding.severity ?? rule.severity,
    message: finding.message + elsewhere,
    uri: location.uri,
    range: location.range,
    configPath: hoconPath(finding.path),
    path: finding.path,
    related: all,
    fixes,
    ...(tags && { tags }),
  };
}

/** `crypto.kms`: the path below a node, or below `canton` for everything else. */
export function shortPath(path: readonly string[]): string {
  const [, section = ''] = path;
  const isInNode = /^(remote-)?(participants|sequencers|mediators|domains|domain-managers)$/.test(section);
  return hoconPath(path.slice(isInNode && path.length > 3 ? 3 : path.length > 1 ? 1 : 0));
}

/** The value of the first of these keys that is set, otherwise the key of the node. */
export function valueLocation(node: NodeView, ...candidates: readonly (Bound | undefined)[]): ValueLocation {
  for (const bound of candidates) {
    if (bound?.entry === undefined || bound.entry.definitions.length === 0) continue;
    const { location, origin } = locationOfEntry(bound.entry);
    return origin === undefined ? location : { ...location, origin };
  }
  return locationOfKey({ value: node.value, definitions: node.definitions }, node.value.origin);
}

/** The location of the first of these keys that is set, and the path of the first one. */
export function placeOf(
  node: NodeView,
  ...candidates: readonly (Bound | undefined)[]
): Pick<Finding, 'location' | 'path'> {
  return { location: valueLocation(node, ...candidates), path: candidates[0]?.path ?? node.path };
}

/** The last key of a path. */
export function lastKey(path: readonly string[]): string {
  return path.at(-1) as string;
}

export function textOf({ tree }: Pick<RuleContext, 'tree'>, uri: string): string {
  return tree(uri)?.text ?? '';
}

/** `participant p1`, as Canton's messages name a node. */
export function nameOf(node: NodeView): string {
  return `${node.label} ${node.name}`;
}

/** Canton validates only nodes that could be read, and only the last node with a given name. */
export function validatedNodes(context: RuleContext): readonly NodeView[] {
  return context.version === '2.10' ? [] : context.view.nodes.filter((node) => node.isReadable && node.isValidated);
}

/** The nodes that Canton starts, for versions whose start is known (3.x). */
export function startedNodes(context: RuleContext): readonly NodeView[] {
  return context.version === '2.10' ? [] : context.view.nodes.filter((node) => node.isReadable);
}

export function isSince(context: RuleContext, version: RuleContext['version']): boolean {
  return compareVersions(context.version, version) >= 0;
}

/**
 * True if Canton validates settings for several processes on one database. Before 3.5, only the enterprise edition did
 * (`config/EnterpriseConfigValidations.scala` 3.3, 3.4; `config/ConfigValidations.scala` 3.5).
 */
export function hasClusterChecks(context: RuleContext): boolean {
  return context.version !== '2.10' && (isSince(context, '3.5') || context.edition === 'enterprise');
}

/** A list for a sentence: `'a', 'b' or 'c'`. */
export function orList(names: readonly string[]): string {
  return listOf(names, 'or');
}

/** A list for a sentence: `'a', 'b' and 'c'`. */
export function andList(names: readonly string[]): string {
  return listOf(names, 'and');
}

function listOf(names: readonly string[], conjunction: string): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}
