import type { Location } from '../../text/location';
import { javaInt, javaOrder } from '../syntax/java';
import type { Unknown } from '../values/config-value';
import { isUnmergeable, ListValue, type ObjectValue, type TextValue, type Value } from './deferred-value';
import { besideObject, Fold } from './merge';

/** Two adjacent values that cannot be joined. */
export interface JoinConflict {
  readonly left: Value;
  readonly right: Value;
}

type Joined = { readonly pieces: readonly Value[] } | { readonly conflict: JoinConflict };

/**
 * Joins adjacent values: lists to a list, objects to a merged object, everything else as text. Unresolved values stay
 * separate.
 */
export function joinPieces(pieces: readonly Value[], fold = new Fold()): Joined {
  const parts = pieces.flatMap((piece) => (piece.kind === 'concatenation' ? piece.pieces : [piece]));
  const joined: Value[] = [];
  for (let i = 0; i < parts.length; ) {
    const end = endOfLists(parts, i);
    const part = end > i + 1 ? joinLists(parts.slice(i, end) as ListValue[]) : (parts[i] as Value);
    i = end;
    const left = joined.pop();
    if (left === undefined) {
      joined.push(part);
      continue;
    }
    const result = joinTwo(left, part, fold);
    if (result === 'conflict') return { conflict: { left, right: part } };
    if (result === 'apart') joined.push(left, part);
    else joined.push(result);
  }
  return { pieces: joined };
}

/** Adjacent lists are joined in one step: joining them one by one would copy each of them many times. */
function endOfLists(parts: readonly Value[], start: number): number {
  let end = start + 1;
  if (parts[start]?.kind === 'list') while (parts[end]?.kind === 'list') end++;
  return end;
}

function joinLists(run: readonly ListValue[]): Value {
  const [first, ...others] = run as [ListValue, ...ListValue[]];
  const last = others[others.length - 1] as ListValue;
  let tail: ListValue | undefined;
  let short: Value[] = [];
  const add = (list: ListValue): void => {
    tail = tail === undefined ? list : ListValue.joined(last.origin, tail, list);
  };
  for (const list of others) {
    if (list.isShort) {
      for (const item of list.items) short.push(item);
      continue;
    }
    if (short.length > 0) add(new ListValue(last.origin, short));
    short = [];
    add(list);
  }
  if (short.length > 0 || tail === undefined) add(new ListValue(last.origin, short));
  return ListValue.joined(spanOf(first.origin, last.origin), first, tail as unknown as ListValue);
}

function joinTwo(left: Value, right: Value, fold: Fold): Value | 'apart' | 'conflict' {
  let a = left;
  let b = right;
  if (a.kind === 'object' && b.kind === 'list') a = listOfNumbered(a);
  else if (a.kind === 'list' && b.kind === 'object') b = listOfNumbered(b);
  if (a.kind === 'object' && b.kind === 'object') return fold.join(a, b);
  if (a.kind === 'list' && b.kind === 'list') return appended(a, b);
  if ((a.kind === 'list' || a.kind === 'object') && b.kind === 'string' && (b as TextValue).droppable) return a;
  if (isUnmergeable(a) || isUnmergeable(b)) return 'apart';
  const unknown = joinUnknown(a, b);
  if (unknown !== undefined) return unknown;
  const first = textOf(a);
  const second = textOf(b);
  if (first === undefined || second === undefined) return 'conflict';
  return { kind: 'string', origin: spanOf(a.origin, b.origin), value: first + second };
}

/**
 * An unset variable beside a list or an object can only be absent: a text could not be joined to them. If another file
 * sets it, it must be a list or an object as well.
 */
function joinUnknown(a: Value, b: Value): Value | undefined {
  const [unknown, other] = a.kind === 'unknown' ? [a, b] : [b, a];
  if (unknown.kind !== 'unknown') return undefined;
  const { reason } = unknown;
  const mayBeObject = reason.mayBeKey === true || reason.cause === 'elsewhere';
  if (other.kind === 'object' && mayBeObject) return withUnknown(other, reason);
  const isContainer = other.kind === 'list' || other.kind === 'object';
  return isContainer && reason.cause === 'environment' && !mayBeObject ? other : unknown;
}

function withUnknown(object: ObjectValue, reason: Unknown): ObjectValue {
  const copy = object.copy();
  copy.addUnknowns([besideObject(reason)]);
  return copy;
}

function appended(a: ListValue, b: ListValue): ListValue {
  return ListValue.joined(spanOf(a.origin, b.origin), a, b);
}

/** The text of a scalar as a part of a longer one. */
function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    default:
      return undefined;
  }
}

/** Converts an object with numeric keys to the list that it may represent; other objects are returned unchanged. */
function listOfNumbered(object: ObjectValue): Value {
  const byIndex = new Map<number, Value>();
  for (const [key, { value }] of javaOrder([...object.open], object.open.size)) {
    const index = javaInt(key);
    if (index !== undefined && index >= 0) byIndex.set(index, value);
  }
  if (byIndex.size === 0) return object;
  const indices = [...byIndex.keys()].sort((x, y) => x - y);
  return new ListValue(
    object.origin,
    indices.map((index) => byIndex.get(index) as Value),
  );
}

function spanOf(a: Location, b: Location): Location {
  if (a.uri !== b.uri) return a;
  const start = Math.min(a.range.start, b.range.start);
  return { uri: a.uri, range: { start, end: Math.max(a.range.end, b.range.end) } };
}
