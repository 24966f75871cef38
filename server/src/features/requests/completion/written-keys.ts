import type { ObjectNode, PathElement, SyntaxTree } from '../../../hocon/syntax/syntax';
import { contains } from '../../../text/positions';
import { objectsIn } from '../../shared/syntax-walk';

export interface WrittenKey {
  /** In braces somewhere, so that it needs not be written again. */
  readonly braced: boolean;
}

/**
 * The keys that the document has directly below a path, wherever it writes them: in braces, in several objects or in
 * dotted paths. The one at the offset is just being written.
 */
export function writtenKeys(
  tree: SyntaxTree,
  path: readonly string[],
  offset: number,
): ReadonlyMap<string, WrittenKey> {
  const keys = new Map<string, WrittenKey>();
  const root = tree.root.value;
  const open: { readonly object: ObjectNode; readonly depth: number }[] = [];
  if (root.kind === 'object') open.push({ object: root, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of next.object.entries) {
      if (entry.kind !== 'field') continue;
      const { elements } = entry.path;
      const rest = path.slice(next.depth, next.depth + elements.length);
      if (!rest.every((name, i) => name === elements[i]?.name)) continue;
      const objects = objectsIn(entry.value);
      const key: PathElement | undefined = elements[rest.length];
      if (key === undefined) open.push(...objects.map((object) => ({ object, depth: next.depth + elements.length })));
      else if (!contains(key, offset)) {
        const braced = objects.length > 0 && elements.length === rest.length + 1;
        keys.set(key.name, { braced: braced || keys.get(key.name)?.braced === true });
      }
    }
  }
  return keys;
}
