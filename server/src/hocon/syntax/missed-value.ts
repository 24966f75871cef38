import type { Problem } from '../problem';
import { readPath } from './key-path';
import { isOnOneLine, tokenStartingAt } from './layout';
import type { Parser } from './parser';
import { FieldTree, type ObjectTree, PathTree, type ScalarTree } from './tree';

/**
 * `a =` and on the next line `b { … }`: the grammar takes `b { … }` for the value of `a`, a text and an object side by
 * side, which the reference refuses when it has read both. Meant was a key without a value before another entry.
 */
export function splitMissedValue(parser: Parser): void {
  const { frame } = parser;
  const { field } = frame;
  const [key, object] = frame.parts ?? [];
  if (frame.isArray || field === undefined || key?.kind !== 'scalar' || object?.kind !== 'object') return;
  if (key.style === 'triple-quoted' || isOnOneLine(parser, field.separatorStart, key.start)) return;
  if (!isOnOneLine(parser, key.end, object.start)) return;
  const next = fieldOf(parser, key, object);
  if (next === undefined) return;
  field.end = field.separatorStart + (field.separator?.length ?? 0);
  field.broken = missingValue(parser, field);
  parser.missedValues.set(next, field.broken);
  parser.valueProblems.push(field.broken);
  frame.object.add(next);
  frame.field = next;
  frame.first = object;
  frame.parts = undefined;
}

function fieldOf(parser: Parser, key: ScalarTree, object: ObjectTree): FieldTree | undefined {
  const first = tokenStartingAt(parser, key.start);
  const { names, hasEmptyElement } = readPath(parser.tokens, first, tokenStartingAt(parser, key.end));
  if (hasEmptyElement) return undefined;
  const field = new FieldTree(parser.frame.object, key.start, key.end);
  field.path = new PathTree(field, key.start, key.end, names);
  object.parent = field;
  return field;
}

function missingValue(parser: Parser, field: FieldTree): Problem {
  const { text } = parser.tokens;
  const range = { start: field.start, end: field.end };
  const name = text.slice(field.path.start, field.path.end);
  const message = `"${name}" has no value. Write one after "${field.separator}".`;
  return { code: 'hocon/no-value', severity: 'error', message, uri: parser.uri, range };
}
