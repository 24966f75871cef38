import type { Bound } from '../model/binding/bound';
import type { Fix } from '../model/diagnostic';
import { removal } from './edits';
import { insertion, listAddition, type NewKey } from './insertion';
import type { RuleContext } from './rule';

/** Offers to take a key out, wherever it is written. */
export function removeFix(context: RuleContext, bound: Pick<Bound, 'path' | 'entry'> | undefined): readonly Fix[] {
  const edits = bound?.entry && removal(context, bound.entry.definitions);
  if (bound === undefined || edits === undefined) return [];
  return [{ title: `Remove '${bound.path[bound.path.length - 1]}'`, edits }];
}

/** Offers to add a value to a list. */
export function listFix(context: RuleContext, list: Bound | undefined, value: string): readonly Fix[] {
  const last = list?.entry?.definitions[list.entry.definitions.length - 1];
  const edit = last && listAddition(context, last, value);
  if (list === undefined || edit === undefined) return [];
  return [{ title: `Add '${value}' to '${list.path.slice(4).join('.')}'`, edits: [edit], preferred: true }];
}

/** Offers to write a key into a section that is written somewhere. */
export function insertFix(
  context: RuleContext,
  section: Bound | undefined,
  key: NewKey,
  title: string,
): readonly Fix[] {
  const last = section?.entry?.definitions[section.entry.definitions.length - 1];
  const edit = last && insertion(context, last, [key]);
  return edit === undefined ? [] : [{ title, edits: [edit] }];
}

/** Offers to write another value in the place of a scalar that is written as a literal. */
export function replaceFix(bound: Bound | undefined, newText: string): readonly Fix[] {
  const last = bound?.entry?.definitions[bound.entry.definitions.length - 1];
  if (bound === undefined || last === undefined) return [];
  const { origin } = bound.entry?.value ?? {};
  const isLiteral =
    origin?.uri === last.uri && origin.range.start >= last.value.start && origin.range.end <= last.value.end;
  if (!isLiteral) return [];
  const name = bound.path.slice(4).join('.');
  return [{ title: `Set '${name}' to '${newText}'`, edits: [{ uri: last.uri, range: last.value, newText }] }];
}
