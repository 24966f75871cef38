import type { FieldNode, ObjectNode, SyntaxTree } from '../../../../hocon/syntax/syntax';
import { elementAt } from '../../../shared/occurrences';
import { nodeAt } from '../../../shared/syntax-walk';
import type { Site } from './refactoring';

/** The field that has its key at an offset, and the element of the key that is there. */
export interface FieldAtKey {
  readonly field: FieldNode;
  readonly index: number;
}

export function fieldAtKey(tree: SyntaxTree, offset: number): FieldAtKey | undefined {
  const node = nodeAt(tree, offset);
  const field = node.kind === 'path' ? node.parent : node;
  if (tree.syntax !== 'conf' || field?.kind !== 'field' || offset > (field.value?.start ?? field.end)) return undefined;
  const element = elementAt(tree, offset);
  const { elements } = field.path;
  const index = element === undefined ? elements.length - 1 : elements.indexOf(element);
  // An empty element is a fault.
  return index < 0 || elements.some(({ start, end }) => start === end) ? undefined : { field, index };
}

/** A field with its value in braces. */
export interface Section {
  readonly field: FieldNode;
  readonly object: ObjectNode & { readonly openBrace: object; readonly closeBrace: object };
  /** Where Canton reads it. */
  readonly path: readonly string[];
}

/** The section of a node (`crypto`, `crypto.kms`) whose key is at the site. */
export function sectionAt({ view, offset }: Site): Section | undefined {
  const { field } = fieldAtKey(view.tree, offset) ?? {};
  const path = field && view.index.pathOf(view.tree, field);
  if (field === undefined || path?.[0] !== 'canton' || path.length < 4) return undefined;
  const object = bracedObject(field);
  return object === undefined || object.entries.length === 0 ? undefined : { field, object, path };
}

/** The object that is the whole value of a field, with both of its braces. */
export function bracedObject({ value }: FieldNode): Section['object'] | undefined {
  if (value?.kind !== 'object' || value.openBrace === undefined || value.closeBrace === undefined) return undefined;
  return value as Section['object'];
}

/** The first of the names that is free, or one with a number. */
export function freeName(isFree: (name: string) => boolean, ...names: readonly string[]): string {
  for (const name of names) if (isFree(name)) return name;
  const last = names.at(-1) ?? '';
  for (let i = 2; ; i++) if (isFree(`${last}-${i}`)) return `${last}-${i}`;
}
