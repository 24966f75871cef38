import type { ConfigEntry, ConfigObject, ConfigValue, KeyPath } from '../hocon/values/config-value';
import type { Bound } from '../model/binding/bound';
import { aliasedCrypto } from '../model/binding/crypto-alias';
import { numberText } from '../model/binding/pureconfig';
import type { CantonView } from '../model/facts/view';
import type { Location } from '../text/location';
import { valueText } from './defaults';

/** A configuration as Canton reads it, or as it is written if Canton's reading is unknown. */
export type Reading =
  | {
      readonly kind: 'leaf';
      /** The same text for the same value, independent of its notation. */
      readonly text: string;
      /** Whether the text shows the value that Canton reads, or the written one. */
      readonly isRead: boolean;
      /** The value as it is written, on one line. */
      readonly shown: string;
      readonly location: Location;
    }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Reading>; readonly location: Location }
  | { readonly kind: 'list'; readonly elements: readonly Reading[]; readonly location: Location };

/** The reading of the values at `canton`; keys in old places are at their new places, and dropped keys are left out. */
export function readingOf(config: ConfigObject, { root, oldKeys, dropped }: CantonView, hasAlias: boolean): Reading {
  const unread = new Set([...oldKeys, ...dropped].map(({ path }) => path.join('\0')));
  const entry = config.entries.get('canton');
  if (entry === undefined) return { kind: 'object', entries: new Map(), location: config.origin };
  return reading(entry.value, entry, root, ['canton']);

  function reading(
    value: ConfigValue,
    entry: ConfigEntry | undefined,
    bound: Bound | undefined,
    path: KeyPath,
  ): Reading {
    const location = locationOf(entry, value);
    const known = bound === undefined ? undefined : valueText(bound.value);
    if (known !== undefined && value.kind !== 'unknown')
      return { kind: 'leaf', isRead: true, text: known, shown: shownText(value), location };
    if (value.kind === 'object') return objectReading(value, bound, path, location);
    if (value.kind === 'list') {
      const inner = bound?.value.kind === 'list' ? bound.value.elements : [];
      const elements = value.elements.map((one, i) => reading(one, undefined, inner[i], [...path, String(i)]));
      return { kind: 'list', elements, location };
    }
    return { kind: 'leaf', isRead: false, text: shownText(value), shown: shownText(value), location };
  }

  function objectReading(written: ConfigObject, bound: Bound | undefined, path: KeyPath, location: Location): Reading {
    const isCrypto = hasAlias && path.length === 4 && path[3] === 'crypto';
    const value = isCrypto ? aliasedCrypto(written) : written;
    const fields = bound?.value.kind === 'object' ? bound.value.fields.written : new Map<string, Bound>();
    const entries = new Map<string, Reading>();
    for (const [name, entry] of value.entries) {
      const inner = [...path, name];
      if (fields.has(name) || unread.has(inner.join('\0'))) continue;
      const read = reading(entry.value, entry, undefined, inner);
      // For Canton, a section that contains only old keys is empty.
      if (read.kind !== 'object' || read.entries.size > 0 || isEmpty(entry.value)) entries.set(name, read);
    }
    for (const [name, field] of fields) {
      const entry = field.entry ?? value.entries.get(name);
      if (entry !== undefined) entries.set(name, reading(entry.value, entry, field, [...path, name]));
    }
    const reasons = [...new Set(value.unknowns.map(({ cause, subject }) => `${cause} ${subject}`))].sort();
    if (reasons.length > 0) {
      const shown = `(${value.unknowns.map(({ subject }) => subject).join(', ')})`;
      entries.set('…', { kind: 'leaf', isRead: true, text: reasons.join('\n'), shown, location });
    }
    return { kind: 'object', entries, location };
  }
}

function isEmpty(value: ConfigValue): boolean {
  return value.kind === 'object' && value.entries.size === 0;
}

function locationOf(entry: ConfigEntry | undefined, value: ConfigValue): Location {
  const winner = entry?.definitions.at(-1);
  return winner === undefined ? value.origin : { uri: winner.uri, range: winner.key };
}

/** A value on one line; equal texts are written as the same value. */
function shownText(value: ConfigValue): string {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return numberText(value);
    case 'boolean':
      return String(value.value);
    case 'unknown':
      return value.reason.cause === 'environment'
        ? `\${${value.reason.subject}}`
        : `(unknown: ${value.reason.subject})`;
    case 'list':
      return `[${value.elements.map(shownText).join(', ')}]`;
    case 'object':
      return `{ ${[...value.entries].map(([name, entry]) => `${name} = ${shownText(entry.value)}`).join(', ')} }`;
    default:
      return 'null';
  }
}
