import type { SubstitutionNode, SyntaxNode, SyntaxTree } from '../../hocon/syntax/syntax';
import { nodeAt } from './syntax-walk';

const OPENING = '${';

const known = new WeakMap<SyntaxTree, readonly SubstitutionNode[]>();

/** The substitutions of a tree, in the order of the text; looked for once. */
export function substitutionsIn(tree: SyntaxTree): readonly SubstitutionNode[] {
  const found = known.get(tree);
  if (found !== undefined) return found;
  const list: SubstitutionNode[] = [];
  for (let at = tree.text.indexOf(OPENING); at >= 0; at = tree.text.indexOf(OPENING, at + 1)) {
    // In a comment or a quoted string it is none.
    let node: SyntaxNode | undefined = nodeAt(tree, at + OPENING.length);
    while (node !== undefined && node.kind !== 'substitution') node = node.parent;
    if (node?.start === at) list.push(node);
  }
  known.set(tree, list);
  return list;
}
