import { namesOf, nodeAt, pathOf, type SyntaxNode } from '../../hocon/syntax/syntax';
import { hoconPath } from '../../text/encoders/hocon';
import type { DocumentView } from '../shared/document-view';
import { keyAt, type Occurrences } from '../shared/occurrences';

/** A longer list of the nodes that share a fragment would not help anyone. */
const MAX_PATHS = 50;

/**
 * The full paths of the key at the offset. A key of a fragment has one for each section that includes the fragment. In
 * a list, it is the path of the list, because paths do not lead into lists.
 */
export function keyPaths(view: DocumentView, occurrences: Occurrences, offset: number): string[] {
  const { tree } = view;
  const element = keyAt(tree, offset);
  if (element === undefined) return [];
  const known = occurrences.at(tree.uri, element.start).map(({ path }) => path);
  if (known.length > 0) return [...new Set(known.map((path) => hoconPath(path)))].slice(0, MAX_PATHS);
  // The key is not in effect, for example because a later text overrides the section: this is the path as it is
  // written.
  const node = nodeAt(tree, element.start);
  if (node.kind !== 'path' || node.parent?.kind !== 'field') return [];
  const list = outermostList(node);
  if (list !== undefined) return keyPaths(view, occurrences, list.start);
  const outer = pathOf(node.parent.parent as SyntaxNode) ?? [];
  const own = namesOf(node).slice(0, node.elements.indexOf(element) + 1);
  return [hoconPath([...outer, ...own])];
}

function outermostList(node: SyntaxNode): SyntaxNode | undefined {
  let list: SyntaxNode | undefined;
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) if (at.kind === 'array') list = at;
  return list;
}
