import type { KeyPath } from '../hocon/values/config-value';
import { type Bound, boundAt } from '../model/binding/bound';
import { nodeIdAt } from '../model/facts/nodes';
import { MASKED, withoutCredentials } from '../model/facts/secrets';
import { hoconPath } from '../text/encoders/hocon';
import type { Location } from '../text/location';
import { valueText } from './defaults';
import type { Reading } from './readings';

/** A value that Canton reads differently. */
export interface ValueChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `participants.p1`; undefined for a value outside nodes. */
  readonly node: string | undefined;
  /** `canton.participants.p1.ledger-api.port`; the path of the node, if the whole node was added or removed. */
  readonly configPath: string;
  /** The values in displayed form, with their locations; undefined if the key is not set. */
  readonly old: ShownValue | undefined;
  readonly new: ShownValue | undefined;
}

export interface ShownValue {
  /** Without secrets. */
  readonly value: string;
  readonly location: Location;
}

/** One of the configurations. */
export interface Side {
  readonly reading: Reading;
  /** The object at `canton` with the defaults; undefined if there is none. */
  readonly root: Bound | undefined;
  readonly isSecret: (path: KeyPath) => boolean;
}

const MAX_SHOWN = 80;

/**
 * The changes for Canton from one configuration to the other. A different notation, or a default that is written, is
 * not a change.
 */
export function effectiveChanges(old: Side, fresh: Side): readonly ValueChange[] {
  const changes: ValueChange[] = [];
  compare(old.reading, fresh.reading, ['canton']);
  return changes;

  function compare(a: Reading | undefined, b: Reading | undefined, path: KeyPath): void {
    if (a?.kind === 'object' && b?.kind === 'object') {
      for (const name of new Set([...a.entries.keys(), ...b.entries.keys()]))
        compare(a.entries.get(name), b.entries.get(name), [...path, name]);
    } else if (a?.kind === 'list' && b?.kind === 'list' && a.elements.length === b.elements.length)
      a.elements.forEach((element, i) => void compare(element, b.elements[i], [...path, String(i)]));
    else if (a === undefined && b !== undefined) oneSided(b, old.root, path, 'added');
    else if (b === undefined && a !== undefined) oneSided(a, fresh.root, path, 'removed');
    else if (a !== undefined && b !== undefined && !isSame(a, b)) note('changed', path, a, b);
  }

  /** A value that only one side sets is a change, unless it is the other side's default. */
  function oneSided(reading: Reading, other: Bound | undefined, path: KeyPath, kind: 'added' | 'removed'): void {
    const [a, b] = kind === 'added' ? [undefined, reading] : [reading, undefined];
    if (isNode(path)) {
      note(kind, path, a, b);
      return;
    }
    const silent = other && boundAt(other, ...path.slice(1))?.value;
    if (reading.kind === 'object') {
      // The other side has the section with its defaults, or the section itself is the change.
      for (const [name, inner] of reading.entries) oneSided(inner, other, [...path, name], kind);
      if (reading.entries.size === 0 && silent?.kind !== 'object') note(kind, path, a, b);
      return;
    }
    const value = silent && valueText(silent);
    if (value === undefined || value !== textOf(reading)) note(kind, path, a, b);
  }

  function note(kind: ValueChange['kind'], path: KeyPath, a: Reading | undefined, b: Reading | undefined): void {
    const [isHidden, node] = [old.isSecret(path) || fresh.isSecret(path), nodeIdAt(path)];
    const shown = (reading: Reading | undefined): ShownValue | undefined =>
      reading && { value: isNode(path) ? '' : isHidden ? MASKED : shownOf(reading, path), location: reading.location };
    changes.push({ kind, node, configPath: hoconPath(path), old: shown(a), new: shown(b) });
  }

  function shownOf(reading: Reading, path: KeyPath): string {
    const text = withoutCredentials(wholeText(reading, path).replace(/\s+/g, ' '));
    return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  }

  /** A value may contain secrets. */
  function wholeText(reading: Reading, path: KeyPath): string {
    if (reading.kind === 'leaf') return reading.shown;
    if (reading.kind === 'list')
      return `[${reading.elements.map((one, i) => wholeText(one, [...path, String(i)])).join(', ')}]`;
    const entries = [...reading.entries].map(([name, inner]) => {
      const own = [...path, name];
      return `${name} = ${old.isSecret(own) || fresh.isSecret(own) ? MASKED : wholeText(inner, own)}`;
    });
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
}

function isNode(path: KeyPath): boolean {
  return path.length === 3 && nodeIdAt(path) !== undefined;
}

/** A value that Canton reads on only one side is compared in written form. */
function isSame(a: Reading, b: Reading): boolean {
  if (a.kind !== 'leaf' || b.kind !== 'leaf') return textOf(a) === textOf(b);
  return a.isRead && b.isRead ? a.text === b.text : a.shown === b.shown;
}

function textOf(reading: Reading): string {
  switch (reading.kind) {
    case 'leaf':
      return reading.text;
    case 'list':
      return `[${reading.elements.map(textOf).join(', ')}]`;
    case 'object':
      return `{ ${[...reading.entries].map(([name, inner]) => `${name} = ${textOf(inner)}`).join(', ')} }`;
  }
}
