import type { FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax';
import { walk } from './syntax-walk';

/** What stands between a key and its value in this object, or else in this file: ` = `, `=`, `: `. */
export function separatorNear(tree: SyntaxTree, object: ObjectNode): string {
  const sibling = object.entries.find((entry) => entry.kind === 'field' && isWritten(entry));
  return separatorOf(tree, sibling as FieldNode | undefined) ?? separatorOf(tree, firstWritten(tree)) ?? ' = ';
}

function firstWritten(tree: SyntaxTree): FieldNode | undefined {
  for (const node of walk(tree.root)) if (node.kind === 'field' && isWritten(node)) return node;
  return undefined;
}

function isWritten({ separator, value }: FieldNode): boolean {
  return (separator === '=' || separator === ':') && value?.kind === 'scalar';
}

function separatorOf(tree: SyntaxTree, field: FieldNode | undefined): string | undefined {
  if (field?.value === undefined) return undefined;
  const between = tree.text.slice(field.path.end, field.value.start);
  // A line break or a column of blanks is the style of that place, not of the file.
  return /^ ?[=:] ?$/.test(between) ? between : ` ${field.separator} `.replace(' :', ':');
}
