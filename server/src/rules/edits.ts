import { removals } from '../edits/remove';
import type { EntryNode, FieldNode, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import type { Definition } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import type { RuleContext } from './rule';

/** The field that a definition is part of. */
export function fieldOf(tree: SyntaxTree, definition: Definition): FieldNode | undefined {
  const offset = definition.key.start;
  let value: ValueNode | undefined = tree.root.value;
  while (value !== undefined) {
    const inner: EntryNode | ValueNode | undefined = childAt(value, offset);
    if (inner?.kind !== 'field') {
      value = inner === undefined || inner.kind === 'include' ? undefined : inner;
      continue;
    }
    if (offset < inner.path.end) return inner;
    value = inner.value;
  }
  return undefined;
}

/** Children stand in the order of the text, so the one at an offset is found by halving. */
function childAt(value: ValueNode, offset: number): EntryNode | ValueNode | undefined {
  const children: readonly (EntryNode | ValueNode)[] =
    value.kind === 'object'
      ? value.entries
      : value.kind === 'array'
        ? value.elements
        : value.kind === 'concatenation'
          ? value.parts
          : [];
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child === undefined) return undefined;
    if (offset < child.start) high = middle - 1;
    else if (offset >= child.end) low = middle + 1;
    else return child;
  }
  return undefined;
}

/** Takes the whole fields out that these definitions are part of, with their line if nothing else is on it. */
export function removal(
  context: Pick<RuleContext, 'tree'>,
  definitions: readonly Definition[],
): readonly TextChange[] | undefined {
  const fields = new Map<SyntaxTree, Set<FieldNode>>();
  for (const definition of definitions) {
    const tree = context.tree(definition.uri);
    const field = tree && fieldOf(tree, definition);
    if (tree === undefined || field === undefined) return undefined;
    fields.set(tree, (fields.get(tree) ?? new Set()).add(field));
  }
  return [...fields].flatMap(([tree, gone]) => removals(tree, gone));
}
