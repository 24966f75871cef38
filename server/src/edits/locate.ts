import type { FieldNode, ObjectNode, SyntaxNode, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import type { ConfigObject, Definition } from '../hocon/values/config-value';
import type { TextRange } from '../text/location';

/** An evaluated launch set and its files. */
export interface EditableConfig {
  readonly config: ConfigObject;
  /** Undefined for a file that is not at hand. */
  tree(uri: string): SyntaxTree | undefined;
}

/** The field that a definition stands in; `index` is the element of its path that the definition is about. */
export interface WrittenField {
  readonly tree: SyntaxTree;
  readonly field: FieldNode;
  readonly index: number;
}

/**
 * The field that writes `path` for this node alone, by its own full path. Undefined where the text is a fragment that a
 * substitution or an include brings here: a change there would reach others.
 */
export function ownField(source: EditableConfig, path: readonly string[], from: Definition): WrittenField | undefined {
  const tree = source.tree(from.uri);
  const written = tree && fieldAt(tree, from.key);
  const names = written && pathOf(written);
  if (names === undefined) return undefined;
  // A file may be included inside `canton { … }`; it still names the node.
  const expected = names.length === path.length - 1 ? path.slice(1) : path;
  return names.length === expected.length && names.every((name, i) => name === expected[i]) ? written : undefined;
}

function fieldAt(tree: SyntaxTree, key: TextRange): WrittenField | undefined {
  let candidates: readonly ValueNode[] = [tree.root.value];
  for (;;) {
    const holder = candidates.find((value) => value.start <= key.start && key.end <= value.end);
    if (holder === undefined) return undefined;
    if (holder.kind === 'object') {
      const field = fieldAround(holder, key);
      const index = field?.path.elements.findIndex((element) => element.start === key.start) ?? -1;
      if (field !== undefined && index >= 0) return { tree, field, index };
      candidates = field?.value === undefined ? [] : [field.value];
    } else if (holder.kind === 'array') {
      candidates = holder.elements;
    } else {
      candidates = holder.kind === 'concatenation' ? holder.parts : [];
    }
  }
}

function fieldAround(object: ObjectNode, key: TextRange): FieldNode | undefined {
  for (const entry of object.entries) {
    if (entry.kind === 'field' && entry.start <= key.start && key.end <= entry.end) return entry;
  }
  return undefined;
}

/** The path of a field from the root of its file; undefined inside lists. */
function pathOf({ field, index }: WrittenField): string[] | undefined {
  let names = field.path.elements.slice(0, index + 1).map((element) => element.name);
  for (let node: SyntaxNode | undefined = field.parent; node !== undefined; node = node.parent) {
    if (node.kind === 'array') return undefined;
    if (node.kind === 'field') names = [...node.path.elements.map((element) => element.name), ...names];
  }
  return names;
}

/** The object literal that a field's value is or ends with: entries written there come last. */
export function literalOf(value: ValueNode | undefined): ObjectNode | undefined {
  const last = value?.kind === 'concatenation' ? value.parts[value.parts.length - 1] : value;
  return last?.kind === 'object' ? last : undefined;
}
