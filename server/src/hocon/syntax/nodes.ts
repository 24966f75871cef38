import type { EntryNode, PathNode, SyntaxNode, SyntaxTree } from './syntax';

/** The innermost node at an offset; a node holds the offsets at both of its ends. */
export function nodeAt(tree: SyntaxTree, offset: number): SyntaxNode {
  let node: SyntaxNode = tree.root;
  for (;;) {
    const inner: SyntaxNode | undefined = childrenOf(node).find(({ start, end }) => start <= offset && offset <= end);
    if (inner === undefined) return node;
    node = inner;
  }
}

/** The nodes directly in a node, in the order of the text. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'document':
      return [node.value];
    case 'object':
      return node.entries;
    case 'array':
      return node.elements;
    case 'concatenation':
      return node.parts;
    case 'field':
      return node.value === undefined ? [node.path] : [node.path, node.value];
    case 'substitution':
      return [node.path];
    default:
      return [];
  }
}

/**
 * The keys from the root of its file to a node: for a field its own path included, for a value that of its field.
 * @returns undefined inside a list, where no path leads
 */
export function pathOf(node: SyntaxNode): string[] | undefined {
  const paths: PathNode[] = [];
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind === 'array' && at !== node) return undefined;
    if (at.kind === 'field') paths.push(at.path);
  }
  return paths.reverse().flatMap(({ elements }) => elements.map(({ name }) => name));
}

/** All entries of a document, also those in nested objects and lists, in the order of the text. */
export function* entriesOf(tree: SyntaxTree): Generator<EntryNode> {
  const open: SyntaxNode[] = [tree.root.value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'field' || node.kind === 'include') yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) open.push(children[i] as SyntaxNode);
  }
}
