import type { KeyPath } from '../../hocon/values/config-value';
import type { Diagnostic, Fix, Severity, TextChange } from '../../model/diagnostic';
import { unusedSuppression } from '../../rules/advice/unused-suppression';
import type { Location } from '../../text/location';
import { editOf, type Lines, type Range, rangeOf } from '../../text/positions';

/** A diagnostic in lines and characters, with the related locations that explain it. */
export interface LocatedDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly range: Range;
  readonly configPath: string | undefined;
  /** The names of the launch sets in which it holds, joined by commas. */
  readonly launchSet: string | undefined;
  readonly related: readonly { readonly uri: string; readonly range: Range; readonly message: string }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  readonly fixes: readonly Fix[];
}

/** The diagnostics of one launch set. */
export interface SetDiagnostics {
  readonly launchSet: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file with more diagnostics repeats one mistake, or is not a configuration. */
export const MAX_DIAGNOSTICS = 1000;

/**
 * The diagnostics of one document in all launch sets that it is part of, each once. If there are several sets, the
 * message names those in which it holds. A suppression is unused only if no set needs it.
 */
export function locate(
  uri: string,
  sets: readonly SetDiagnostics[],
  linesOf: (uri: string) => Lines | undefined,
): LocatedDiagnostic[] {
  const lines = linesOf(uri);
  if (lines === undefined) return [];
  const merged = new Map<string, { readonly diagnostic: Diagnostic; readonly holding: Set<SetDiagnostics> }>();
  for (const set of sets) {
    for (const diagnostic of set.diagnostics) {
      if (diagnostic.uri !== uri) continue;
      const { code, message, range } = diagnostic;
      const key = `${range.start} ${range.end} ${code} ${message}`;
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { diagnostic, holding: new Set([set]) });
      else known.holding.add(set);
    }
  }
  return [...merged.values()]
    .filter(({ diagnostic: { code }, holding }) => code !== unusedSuppression.code || holding.size === sets.length)
    .sort((a, b) => a.diagnostic.range.start - b.diagnostic.range.start)
    .slice(0, MAX_DIAGNOSTICS)
    .map(({ diagnostic, holding }) => {
      const names = [...new Set([...holding].map(({ launchSet }) => launchSet))];
      return located(diagnostic, lines, linesOf, names, sets.length > 1);
    });
}

/** Longer messages quote a value that is too long to read. */
const MAX_MESSAGE = 1000;
const LONG_QUOTE = /(['"])((?:(?!\1)[^\n]){100})(?:(?!\1)[^\n]){100,}\1/g;

function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE) return message;
  const short = message.replace(LONG_QUOTE, '$1$2…$1');
  return short.length <= 4 * MAX_MESSAGE ? short : `${short.slice(0, 4 * MAX_MESSAGE)}…`;
}

/** A file may be part of thousands of launch sets. */
const MAX_NAMES = 10;

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return names.length <= MAX_NAMES ? shown : `${shown} and ${names.length - MAX_NAMES} others`;
}

function located(
  { code, severity, message, uri, range, configPath, related = [], tags = [], fixes = [] }: Diagnostic,
  lines: Lines,
  linesOf: (uri: string) => Lines | undefined,
  names: KeyPath,
  several: boolean,
): LocatedDiagnostic {
  const listed = shortList(names);
  const sets = names.length === 1 ? `launch set ${listed}` : `launch sets ${listed}`;
  return {
    code,
    severity,
    message: several ? `${shortened(message)} (In ${sets}.)` : shortened(message),
    uri,
    range: rangeOf(lines, range),
    configPath,
    launchSet: listed || undefined,
    related: related.flatMap((one) => locatedRelated(one, linesOf)),
    tags,
    fixes,
  };
}

function locatedRelated(
  { location, message }: { readonly location: Location; readonly message: string },
  linesOf: (uri: string) => Lines | undefined,
) {
  const lines = linesOf(location.uri);
  return lines === undefined ? [] : [{ uri: location.uri, range: rangeOf(lines, location.range), message }];
}

/** Text changes in lines and characters, by document; undefined if one of them cannot be expressed. */
export function locatedChanges(
  edits: readonly TextChange[],
  linesOf: (uri: string) => Lines | undefined,
): Record<string, { range: Range; newText: string }[]> | undefined {
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { uri, range, newText } of edits) {
    const lines = linesOf(uri);
    const edit = lines && editOf(lines, range, newText);
    if (edit === undefined) return undefined;
    changes[uri] ??= [];
    changes[uri].push(edit);
  }
  return changes;
}
