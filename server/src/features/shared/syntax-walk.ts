import type { ObjectNode, PathElement, SyntaxNode, SyntaxTree, ValueNode } from '../../hocon/syntax/syntax';
import { contains } from '../../text/positions';

/** The nodes directly below. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'document':
      return [node.value];
    case 'object':
      return node.entries;
    case 'field':
      return node.value === undefined ? [node.path] : [node.path, node.value];
    case 'array':
      return node.elements;
    case 'concatenation':
      return node.parts;
    case 'substitution':
      return [node.path];
    default:
      return [];
  }
}

/** Every node, parents before children, in the order of the text. A stack of its own, since nesting has no limit. */
export function* walk(root: SyntaxNode): Generator<SyntaxNode> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as SyntaxNode);
  }
}

/** The innermost node that has the offset in it or at one of its ends. */
export function nodeAt(tree: SyntaxTree, offset: number): SyntaxNode {
  let node: SyntaxNode = tree.root;
  for (;;) {
    const next = childAt(node, offset);
    if (next === undefined) return node;
    node = next;
  }
}

/** Of two neighbours that meet at the offset the first counts: what was just typed. */
function childAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  const children = childrenOf(node);
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as SyntaxNode).end < offset) low = middle + 1;
    else high = middle;
  }
  const child = children[low];
  return child !== undefined && contains(child, offset) ? child : undefined;
}

/** The objects that a value writes: itself, or parts of a concatenation. */
export function objectsIn(value: ValueNode | undefined): readonly ObjectNode[] {
  if (value?.kind === 'object') return [value];
  if (value?.kind === 'concatenation') return value.parts.filter((part) => part.kind === 'object');
  return [];
}

/** The path elements that lead to a node, outermost first; undefined inside an array. */
export function pathElements(node: SyntaxNode): readonly PathElement[] | undefined {
  const fields: (readonly PathElement[])[] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind === 'array' && at !== node) return undefined;
    if (at.kind === 'field') fields.push(at.path.elements);
  }
  return fields.reverse().flat();
}
