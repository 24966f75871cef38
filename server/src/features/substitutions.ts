import type { SubstitutionNode, SyntaxTree } from '../hocon/syntax';
import { walk } from './syntax-walk';

const known = new WeakMap<SyntaxTree, readonly SubstitutionNode[]>();

/** The substitutions of a tree, in the order of the text; looked for once. */
export function substitutionsIn(tree: SyntaxTree): readonly SubstitutionNode[] {
  const found = known.get(tree);
  if (found !== undefined) return found;
  const list = tree.text.includes('${') ? [...walk(tree.root)].filter((node) => node.kind === 'substitution') : [];
  known.set(tree, list);
  return list;
}
