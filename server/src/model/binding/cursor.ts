import type { PlainValue } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject, ConfigValue, Unknown } from '../../hocon/values/config-value';
import type { Location } from '../../text/location';
import { TEMPLATE_CONDITION } from '../../text/template-condition';
import { locationOfEntry } from './locations';

/** The value to read, and the location at which failures in it are reported. */
export interface Cursor {
  readonly path: readonly string[];
  readonly value: ConfigValue;
  /** Undefined for defaults and for elements of a list. */
  readonly entry: ConfigEntry | undefined;
  readonly location: Location;
  readonly origin?: Location | undefined;
  /** Parts of the object around it that are not known; environment variables apart, they may hold keys. */
  readonly unknowns: readonly Unknown[];
}

export function cursorOf(path: readonly string[], entry: ConfigEntry, unknowns: readonly Unknown[]): Cursor {
  const { location, origin } = locationOfEntry(entry);
  return { path, value: entry.value, entry, location, origin, unknowns };
}

/** The location of a default's keys is that of the object around it. */
export function innerCursor(
  path: readonly string[],
  entry: ConfigEntry,
  unknowns: readonly Unknown[],
  outer: Cursor,
): Cursor {
  if (entry.definitions.length === 0)
    return { path, value: entry.value, entry: undefined, location: outer.location, unknowns };
  return cursorOf(path, entry, unknowns);
}

/**
 * The unknown parts that may still be added to an object. The evaluation passes those of an unread file on to the
 * objects inside; a required but missing file or substitution has the same effect. Faults of the text affect only their
 * own object.
 */
export function unknownsOf({ unknowns }: ConfigObject, outer: Cursor): readonly Unknown[] {
  const inherited = outer.unknowns.filter(({ cause, subject }) => cause === 'problem' && ABSENT_PART.test(subject));
  return inherited.length === 0 ? unknowns : [...new Set([...inherited, ...unknowns])];
}

const ABSENT_PART = /^hocon\/(include|file|unresolv|cycle|too-)/;

/** An environment variable is a text, so it never adds keys. Neither does a condition of a template: its lines are read. */
export function mayHoldKeys(unknowns: readonly Unknown[]): boolean {
  return unknowns.some((unknown) => unknown.cause !== 'environment' && !isConditionOnly(unknown));
}

function isConditionOnly(unknown: Unknown): boolean {
  return isTemplate(unknown) && TEMPLATE_CONDITION.test(unknown.subject.slice('https:'.length));
}

/**
 * The origin of keys that an object may have beyond those that are written in it. `paths`: only a template beside a section
 * around it, which would have to write their whole paths; `rest`: that, or another file of the launch; `anywhere`: others.
 */
export function sourceOfMoreKeys(
  unknowns: readonly Unknown[],
  { unknowns: around }: Cursor,
): 'none' | 'paths' | 'rest' | 'anywhere' {
  const holders = unknowns.filter((unknown) => mayHoldKeys([unknown]));
  if (holders.length === 0) return 'none';
  const others = holders.filter((unknown) => !(isTemplate(unknown) && around.includes(unknown)));
  if (others.length === 0) return 'paths';
  return others.every(({ cause }) => cause === 'rest') ? 'rest' : 'anywhere';
}

/** True if an unknown value would win over the written one; the other files of a launch never do. */
export function isReplaceable({ entry, unknowns }: Cursor): boolean {
  const last = entry?.definitions[entry.definitions.length - 1];
  if (last === undefined) return false;
  return unknowns.some(
    ({ cause, location }) =>
      cause !== 'environment' &&
      cause !== 'rest' &&
      (location.uri !== last.uri || location.range.start > last.key.start),
  );
}

/**
 * The same for a value that must be correct as written: a template only adds lines to those around it, and nobody
 * writes a wrong value to have it replaced.
 */
export function isOverridable(cursor: Cursor): boolean {
  const unknowns = cursor.unknowns.filter((unknown) => !isTemplate(unknown));
  return isReplaceable(unknowns.length === cursor.unknowns.length ? cursor : { ...cursor, unknowns });
}

/** The address of a template begins so, see `withUnknowns`. */
const TEMPLATE_ADDRESS = /^https:(?!\/\/)/;

function isTemplate({ cause, subject }: Unknown): boolean {
  return cause === 'url' && TEMPLATE_ADDRESS.test(subject);
}

/** True for a value that was written at its key, and not inserted by a substitution. */
export function isWritten({ uri, range }: Location, { entry }: Cursor): boolean {
  const definitions = entry?.definitions ?? [];
  return definitions.some(
    (definition) =>
      definition.uri === uri && range.start >= definition.value.start && range.end <= definition.value.end,
  );
}

/** A default, as if it had been written at `origin`. */
export function configOf(value: PlainValue, origin: Location): ConfigValue {
  if (typeof value === 'string') return { kind: 'string', value, origin };
  if (typeof value === 'number') return { kind: 'number', value, text: String(value), origin };
  if (typeof value === 'boolean') return { kind: 'boolean', value, origin };
  if (isList(value)) return { kind: 'list', elements: value.map((element) => configOf(element, origin)), origin };
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, { value: configOf(inner, origin), definitions: [] }] as const,
  );
  return { kind: 'object', entries: new Map(entries), unknowns: [], origin };
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
