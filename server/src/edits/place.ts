import type { EntryNode, FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax/syntax';
import { entryAt } from '../hocon/values/config-value';
import { type EditableConfig, literalOf, ownField, type WrittenField } from './locate';

/** Where new entries go: behind an entry, or, without one, at the start of the object. */
export interface Place {
  readonly tree: SyntaxTree;
  readonly object: ObjectNode;
  readonly after: EntryNode | undefined;
}

export interface PlaceFor {
  readonly place: Place;
  /** What remains of the path below the object. */
  readonly rest: readonly string[];
}

/**
 * The deepest place where an entry for `path` is read after everything else that is written for it, so that it takes
 * effect. Undefined where no file of the configuration can take it.
 */
export function placeFor(
  source: EditableConfig,
  path: readonly string[],
  removed: ReadonlySet<FieldNode>,
): PlaceFor | undefined {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const own = lastOwnField(source, path.slice(0, depth));
    if (own === undefined || removed.has(own.field)) continue;
    return placeAtField(own, path.slice(depth), removed);
  }
  const tree = source.tree(source.config.origin.uri);
  const root = tree?.root.value;
  if (tree === undefined || root?.kind !== 'object') return undefined;
  return { place: atEnd(tree, root, removed), rest: path };
}

/** The field that has the last word on a path, if it speaks for this node alone. */
export function lastOwnField(source: EditableConfig, path: readonly string[]): WrittenField | undefined {
  const definitions = entryAt(source.config, path)?.definitions;
  const last = definitions?.[definitions.length - 1];
  return last === undefined ? undefined : ownField(source, path, last);
}

function placeAtField(
  { tree, field, index }: WrittenField,
  rest: readonly string[],
  removed: ReadonlySet<FieldNode>,
): PlaceFor {
  const elements = field.path.elements;
  const literal = index === elements.length - 1 ? literalOf(field.value) : undefined;
  if (literal !== undefined) return { place: atEnd(tree, literal, removed), rest };
  const prefix = elements.slice(0, index + 1).map((element) => element.name);
  return { place: { tree, object: field.parent as ObjectNode, after: field }, rest: [...prefix, ...rest] };
}

function atEnd(tree: SyntaxTree, object: ObjectNode, removed: ReadonlySet<FieldNode>): Place {
  const kept = object.entries.filter((entry) => entry.kind === 'include' || !removed.has(entry));
  return { tree, object, after: kept[kept.length - 1] };
}
