import type { IncludeNode, PathElement, SyntaxNode } from '../../../hocon/syntax/syntax';
import type { TextRange } from '../../../text/location';
import { contains } from '../../../text/positions';
import type { DocumentView } from '../../shared/document-view';
import { nodeAt } from '../../shared/syntax-walk';

/** What the mouse is on. */
export type Target =
  | { readonly kind: 'key' | 'value'; readonly path: readonly string[]; readonly range: TextRange }
  /** The names are as written, up to the element under the mouse. */
  | { readonly kind: 'substitution'; readonly names: readonly string[]; readonly range: TextRange }
  | { readonly kind: 'include'; readonly node: IncludeNode; readonly range: TextRange };

export function targetAt(view: DocumentView, offset: number): Target | undefined {
  const { tree, index } = view;
  const node = nodeAt(tree, offset);
  switch (node.kind) {
    case 'path': {
      const at = node.elements.findIndex((element) => contains(element, offset));
      if (at < 0) return undefined;
      const range = node.elements[at] as PathElement;
      const names = node.elements.slice(0, at + 1).map(({ name }) => name);
      if (node.parent?.kind === 'substitution') return { kind: 'substitution', names, range };
      const path = index.at(tree.uri, range.start)?.path ?? pathBelow(view, node.parent?.parent, names);
      return path && { kind: 'key', path, range };
    }
    case 'substitution': {
      const names = node.path.elements.map(({ name }) => name);
      return names.length === 0 ? undefined : { kind: 'substitution', names, range: node };
    }
    case 'scalar': {
      const path = index.pathOf(tree, node);
      return path && { kind: 'value', path, range: node };
    }
    case 'include':
      return { kind: 'include', node, range: node.targetRange ?? node };
    default:
      return undefined;
  }
}

function pathBelow({ tree, index }: DocumentView, object: SyntaxNode | undefined, names: readonly string[]) {
  const outer = object && index.pathOf(tree, object);
  return outer && [...outer, ...names];
}
