import { reindented } from '../edits/reindent';
import type { FieldNode, SyntaxNode } from '../hocon/syntax/syntax';
import type { Definition } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { fieldOf, removal } from './edits';
import { lineOf, newline } from './insertion';
import type { RuleContext } from './rule';

/**
 * Moves a key out of the section around it, to stand beside that section: `kms { a {} }` becomes `kms {}` and `a {}`,
 * `kms.a.b = 1` becomes `a.b = 1`. Undefined where the text is too unusual to be sure.
 */
export function hoist(context: RuleContext, definitions: readonly Definition[]): readonly TextChange[] | undefined {
  const changes: TextChange[] = [];
  for (const definition of definitions) {
    const moved = hoistOne(context, definition);
    if (moved === undefined) return undefined;
    changes.push(...moved);
  }
  return changes;
}

function hoistOne(context: RuleContext, definition: Definition): readonly TextChange[] | undefined {
  const tree = context.tree(definition.uri);
  const field = tree && fieldOf(tree, definition);
  if (tree === undefined || field === undefined || tree.syntax !== 'conf') return undefined;
  const { elements } = field.path;
  const index = elements.findIndex(({ start }) => start === definition.key.start);
  const before = elements[index - 1];
  if (before !== undefined) {
    return [{ uri: tree.uri, range: { start: before.start, end: definition.key.start }, newText: '' }];
  }
  const section = fieldAround(field);
  const taken = removal(context, [definition]);
  if (section === undefined || taken === undefined) return undefined;
  const name = section.path.elements[section.path.elements.length - 1];
  const prefix = tree.text.slice(section.path.start, name?.start ?? section.path.start);
  const { indent, isFirst } = lineOf(tree.text, section.start);
  const lead = isFirst ? `${newline(tree)}${indent}` : ', ';
  const newText = `${lead}${prefix}${reindented(tree, field, lineOf(tree.text, field.start).indent, indent)}`;
  return [...taken, { uri: tree.uri, range: { start: section.end, end: section.end }, newText }];
}

/** The field whose value an entry stands in. */
function fieldAround(field: FieldNode): FieldNode | undefined {
  let node: SyntaxNode | undefined = field.parent;
  while (node !== undefined && node.kind !== 'field') node = node.parent;
  return node;
}
