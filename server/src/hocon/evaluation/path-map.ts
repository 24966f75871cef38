import type { Location } from '../../text/location';
import { namesOf } from '../syntax/syntax';
import type { ObjectTree } from '../syntax/tree';
import type { Definition, KeyPath } from '../values/config-value';
import { definitionOf, type Merging, ObjectValue, type Value } from './deferred-value';

/** The values of a properties file; all of them are texts. */
export function objectOfProperties(uri: string, root: ObjectTree): ObjectValue {
  const at = (start: number, end: number): Location => ({ uri, range: { start, end } });
  const object = new ObjectValue(at(root.start, root.end), new Map());
  for (const field of root.entries) {
    if (field.kind !== 'field' || field.value?.kind !== 'scalar') continue;
    const { value, path } = field;
    const origin = at(value.start, value.end);
    const names = namesOf(path);
    const text: Value = { kind: 'string', origin, value: value.value };
    put(object, names, text, (i) => [definitionOf(uri, field, i)]);
  }
  return object;
}

/** Environment variables as the reference looks them up: a dot in a name separates path elements. */
export function objectOfEnvironment(variables: ReadonlyMap<string, string>): ObjectValue {
  const origin: Location = { uri: 'env:', range: { start: 0, end: 0 } };
  const object = new ObjectValue(origin, new Map());
  for (const [name, value] of variables) {
    put(object, name.split('.'), { kind: 'string', origin, value }, () => []);
  }
  return object;
}

/** Sets the value at a path. A text is dropped if another path continues below it; of two texts, the later one wins. */
function put(root: ObjectValue, names: KeyPath, value: Value, definitionsOf: (element: number) => Definition[]): void {
  let object = root;
  names.forEach((name, i) => {
    const isLast = i === names.length - 1;
    const part = isLast ? value : new ObjectValue(value.origin, new Map());
    object.add(name, { value: part, definitions: definitionsOf(i), order: 0 }, KEEP_OBJECTS);
    const added = object.entry(name)?.value;
    if (!isLast && added?.kind === 'object') object = added;
  });
}

const KEEP_OBJECTS: Merging = {
  owned: true,
  merge: (value, below) => (below.kind === 'object' ? below : value),
};
