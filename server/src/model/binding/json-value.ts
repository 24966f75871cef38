import type { FieldNode, SyntaxTree, ValueNode } from '../../hocon/syntax/syntax';
import type { TextRange } from '../../text/location';

/** A JSON document as plain data that knows where each part was written. */
export interface PlainDocument {
  readonly value: unknown;
  /** Range of the value at a path, or of the deepest part of the path that exists. */
  rangeOf(path: readonly (string | number)[]): TextRange;
  /** Range of the key that holds the value at a path. */
  keyRangeOf(path: readonly (string | number)[]): TextRange;
}

/** Turns the tree of a JSON text into data; parts that are not JSON become undefined and are among its problems. */
export function plainDocument(tree: SyntaxTree): PlainDocument {
  const root = tree.root.value;
  const value = plain(root);
  return {
    value,
    rangeOf: (path) => locate(root, path).value,
    keyRangeOf: (path) => locate(root, path).key,
  };
}

/** Deeper nesting than any project file has; the rest is left out. */
const MAX_DEPTH = 64;

function plain(node: ValueNode | undefined, depth = 0): unknown {
  if (node === undefined || depth > MAX_DEPTH) return undefined;
  if (node.kind === 'object') {
    const fields = node.entries.filter((entry) => entry.kind === 'field');
    return Object.fromEntries(fields.map((field) => [keyOf(field), plain(field.value, depth + 1)]));
  }
  if (node.kind === 'array') return node.elements.map((element) => plain(element, depth + 1));
  if (node.kind !== 'scalar') return undefined;
  if (node.type === 'null') return null;
  if (node.type === 'boolean') return node.value === 'true';
  return node.type === 'number' ? Number(node.value) : node.value;
}

function keyOf(field: FieldNode): string {
  return field.path.elements.map((element) => element.name).join('.');
}

function locate(root: ValueNode, path: readonly (string | number)[]): { key: TextRange; value: TextRange } {
  let node: ValueNode = root;
  let key: TextRange = { start: root.start, end: Math.min(root.end, root.start + 1) };
  for (const part of path) {
    if (node.kind === 'object') {
      const fields = node.entries.filter((entry) => entry.kind === 'field');
      const field = fields.findLast((candidate) => keyOf(candidate) === part);
      if (field === undefined) break;
      key = field.path;
      if (field.value === undefined) break;
      node = field.value;
    } else if (node.kind === 'array' && typeof part === 'number') {
      const element: ValueNode | undefined = node.elements[part];
      if (element === undefined) break;
      node = element;
      key = element;
    } else break;
  }
  const value = node === root ? key : node;
  return { key: { start: key.start, end: key.end }, value: { start: value.start, end: value.end } };
}
