import type { TextChange } from '../canton/diagnostic';
import type { EntryNode, FieldNode, SyntaxTree, ValueNode } from '../hocon/syntax';
import type { TextRange } from '../hocon/text';
import type { Definition } from '../hocon/value';
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
export function removal(context: RuleContext, definitions: readonly Definition[]): readonly TextChange[] | undefined {
  const changes: TextChange[] = [];
  for (const definition of definitions) {
    const tree = context.tree(definition.uri);
    const field = tree && fieldOf(tree, definition);
    if (tree === undefined || field === undefined) return undefined;
    changes.push({ uri: definition.uri, range: removalRange(tree.text, field), newText: '' });
  }
  return changes;
}

function removalRange(text: string, field: TextRange): TextRange {
  const comma = /^[ \t]*,/.exec(text.slice(field.end, field.end + 80));
  const end = field.end + (comma?.[0].length ?? 0);
  const lineStart = text.lastIndexOf('\n', field.start - 1) + 1;
  const before = text.slice(lineStart, field.start);
  const lineEnd = /^[ \t]*(?:(?:#|\/\/)[^\r\n]*)?(\r?\n|$)/.exec(text.slice(end, end + 1000));
  if (before.trim() === '' && lineEnd !== null) return { start: lineStart, end: end + lineEnd[0].length };
  if (comma !== null) return { start: field.start, end: end + (text[end] === ' ' ? 1 : 0) };
  const leading = /[ \t]*,?[ \t]*$/.exec(before);
  const cut = leading?.[0].includes(',') ? field.start - leading[0].length : field.start;
  return { start: cut, end };
}
