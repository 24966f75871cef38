import type { ObjectModel } from '../../../../../../schemas/model';
import { removals } from '../../../../edits/entry-edits';
import { fieldAt, insertion } from '../../../../edits/insertion-point';
import { type FieldNode, nodeAt, type ObjectNode, type SyntaxTree } from '../../../../hocon/syntax/syntax';
import { type ConfigObject, entryAt, type KeyPath } from '../../../../hocon/values/config-value';
import type { TextChange } from '../../../../model/diagnostic';
import { skeletonOf } from '../../../../rules/fixes';
import { fieldOf } from '../../../shared/document-view';
import { CODE_ACTION_KIND } from '../../../shared/lsp-kinds';
import { type FieldAtKey, fieldAtKey, type Refactoring, type Site } from './refactoring';

/**
 * Changes the type of a KMS section: keys of both types stay, other keys of the old type are removed, and the required
 * keys of the new type are added. It changes only the text; moving a running node to another KMS takes a procedure.
 */
export function changeKmsType(site: Site): Refactoring[] {
  const { view } = site;
  const path = sectionPathAt(site);
  const model = path && fieldOf(view, path)?.model;
  const section = path && entryAt(view.config, path);
  if (model?.kind !== 'union' || section?.value.kind !== 'object') return [];
  const { entries } = section.value;
  const type = entries.get('type');
  const written = type?.definitions.findLast(({ uri }) => uri === view.tree.uri);
  const field = written && fieldAt(view.tree, written.key);
  if (type?.value.kind !== 'string' || field?.value?.kind !== 'scalar') return [];
  const present = type.value.value;
  const { value } = field;
  return [...model.options].flatMap(([name, option]): Refactoring[] => {
    if (name === present) return [];
    const renamed = { uri: view.tree.uri, range: { start: value.start, end: value.end }, newText: name };
    const { inserted, removed } = keyChanges(view.tree, entries, option, field);
    const changes = [renamed, ...inserted, ...removed];
    const title = `Change the KMS type from '${present}' to '${name}'`;
    return [{ title, kind: CODE_ACTION_KIND.rewrite, keeps: 'common-keys', changes, drafts: inserted }];
  });
}

/** The path of the KMS section whose key, or whose `type`, is at the offset. */
function sectionPathAt({ view, offset }: Site): KeyPath | undefined {
  const found = fieldAtKey(view.tree, offset) ?? fieldAtValue(view.tree, offset);
  if (found === undefined) return undefined;
  const { field, index } = found;
  const whole = view.index.pathOf(view.tree, field);
  const path = whole?.slice(0, whole.length - (field.path.elements.length - 1 - index));
  const section = path?.at(-1) === 'type' ? path.slice(0, -1) : path;
  return section?.[0] === 'canton' && section.at(-1) === 'kms' ? section : undefined;
}

function fieldAtValue(tree: SyntaxTree, offset: number): FieldAtKey | undefined {
  const { kind, parent } = nodeAt(tree, offset);
  if (kind !== 'scalar' || parent?.kind !== 'field' || tree.syntax !== 'conf') return undefined;
  return { field: parent, index: parent.path.elements.length - 1 };
}

/** Removes the keys that the new type does not have, if this file sets them, and adds those that it requires. */
function keyChanges(
  tree: SyntaxTree,
  entries: ConfigObject['entries'],
  { fields }: ObjectModel,
  type: FieldNode,
): { readonly inserted: readonly TextChange[]; readonly removed: readonly TextChange[] } {
  const gone = new Set<FieldNode>();
  for (const [name, { definitions }] of entries) {
    if (fields.has(name)) continue;
    for (const definition of definitions) {
      const field = definition.uri === tree.uri ? fieldAt(tree, definition.key) : undefined;
      if (field !== undefined && field !== type) gone.add(field);
    }
  }
  const begun = [...fields.values()].filter(({ name, required }) => required && !entries.has(name));
  const prefix = type.path.elements.slice(0, -1).map(({ name }) => name);
  const point = { tree, object: type.parent as ObjectNode, after: type, prefix };
  const keys = Object.fromEntries(begun.map((field) => [field.name, skeletonOf(field)]));
  const inserted = begun.length === 0 ? [] : [insertion(point, keys)];
  return { inserted, removed: removals(tree, gone) };
}
