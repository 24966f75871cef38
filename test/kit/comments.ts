import type { SyntaxTree } from '../../server/src/hocon/syntax/syntax';
import { tokensOf } from '../../server/src/hocon/syntax/token';

/** The comments of a document, `#` or `//` included, in order. */
export function commentsOf(tree: SyntaxTree): string[] {
  return [...tokensOf(tree)]
    .filter(({ kind }) => kind === 'comment')
    .map(({ start, end }) => tree.text.slice(start, end));
}
