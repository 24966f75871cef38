import type { Field, FieldModel } from '../../../schemas/model';
import { inserted, listed, removed, renamed, replaced } from '../edits/entry-edits';
import { type HoconObject, type HoconValue, Raw } from '../edits/hocon-text';
import type { Definition } from '../hocon/values/config-value';
import type { Bound } from '../model/binding/bound';
import type { Fix } from '../model/diagnostic';
import type { RuleContext } from './rule';

type Trees = Pick<RuleContext, 'tree'>;

const INITIAL: Readonly<Record<Exclude<FieldModel['kind'], 'enum'>, HoconValue>> = {
  object: {},
  union: {},
  map: {},
  raw: {},
  list: new Raw('[]'),
  boolean: true,
  int: 10,
  number: 1,
  duration: '10s',
  string: '',
};

/** An initial value of a required key, which has no default: the example, or any value of the right type. */
export function skeletonOf({ meta, model }: Field): HoconValue {
  if (meta.example !== undefined) return new Raw(meta.example);
  return model.kind === 'enum' ? ([...model.values.keys()][0] ?? '') : INITIAL[model.kind];
}

/** The fix that removes a key in all its definitions. */
export function removeFix(trees: Trees, bound: Pick<Bound, 'path' | 'entry'> | undefined): readonly Fix[] {
  const edits = bound?.entry && removed(trees, bound.entry.definitions);
  return edits === undefined ? [] : [{ title: `Remove '${bound?.path.at(-1)}'`, edits }];
}

/** Offers to rename a key in all its definitions. */
export function renameFix(
  trees: Trees,
  definitions: readonly Definition[],
  name: string,
  title: string,
): readonly Fix[] {
  return [{ title, edits: renamed(trees, definitions, name), preferred: true }];
}

/** Offers to add a value to a list. */
export function listFix(trees: Trees, list: Bound | undefined, value: string): readonly Fix[] {
  const last = list?.entry?.definitions.at(-1);
  const edits = last && listed(trees, last, value);
  if (list === undefined || edits === undefined) return [];
  return [{ title: `Add '${value}' to '${list.path.slice(4).join('.')}'`, edits, preferred: true }];
}

/** Offers to write keys into a section that exists in a file. */
export function insertFix(trees: Trees, section: Bound | undefined, keys: HoconObject, title: string): readonly Fix[] {
  const last = section?.entry?.definitions.at(-1);
  const edits = last && inserted(trees, last, keys);
  return edits === undefined ? [] : [{ title, edits }];
}

/** Offers another value, given as HOCON text, for a scalar that is written as a literal. */
export function replaceFix(trees: Trees, bound: Bound | undefined, text: string): readonly Fix[] {
  const last = bound?.entry?.definitions.at(-1);
  if (bound === undefined || last === undefined) return [];
  const { origin } = bound.entry?.value ?? {};
  const isLiteral =
    origin?.uri === last.uri && origin.range.start >= last.value.start && origin.range.end <= last.value.end;
  const edits = isLiteral ? replaced(trees, { uri: last.uri, range: last.value }, text) : undefined;
  return edits === undefined ? [] : [{ title: `Set '${bound.path.slice(4).join('.')}' to '${text}'`, edits }];
}
