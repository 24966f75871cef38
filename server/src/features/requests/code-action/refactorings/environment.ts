import { linesOfEntry, placeAmong } from '../../../../edits/entry-lines';
import { styleNear } from '../../../../edits/hocon-text';
import { type FieldNode, namesOf, nodeAt, type ObjectNode, type SyntaxTree } from '../../../../hocon/syntax/syntax';
import type { KeyPath } from '../../../../hocon/values/config-value';
import { lineEnd } from '../../../../text/lines';
import { contains } from '../../../../text/positions';
import { type DocumentView, fieldOf, isSection } from '../../../shared/document-view';
import { CODE_ACTION_KIND } from '../../../shared/lsp-kinds';
import { freeName, type Refactoring, type Site } from './refactoring';

/**
 * Lets an environment variable override a value by adding `region = ${?KMS_REGION}` after `region = x`. Nothing changes
 * as long as the variable is not set.
 */
export function overrideByEnvironment(site: Site): Refactoring[] {
  const { view, offset } = site;
  const { tree } = view;
  const field = scalarFieldAt(tree, offset);
  const path = field && view.index.pathOf(tree, field);
  if (field === undefined || path === undefined || isFollowedByVariable(field) || isMeaningless(view, path)) return [];
  const name = freeName((one) => !site.isVariable(one.replaceAll('-', '_')), variableName(path)).replaceAll('-', '_');
  const { text, uri } = tree;
  const key = text.slice(field.path.start, field.path.end);
  const style = styleNear(tree, field.parent as ObjectNode);
  const between = text.slice(field.path.end, field.value?.start);
  const written = `${key}${between.includes('\n') ? style.separator : between}\${?${name}}`;
  const lines = linesOfEntry(tree, field);
  const at = lines === undefined ? field.end : lineEnd(text, field.end);
  const newText =
    lines === undefined ? `, ${written}` : `${style.eol}${lines.indent}${written}${lines.comma ? ',' : ''}`;
  return [
    {
      title: `Allow environment variable ${name} to override '${path.at(-1)}'`,
      kind: CODE_ACTION_KIND.rewrite,
      keeps: 'without-variables',
      changes: [{ uri, range: { start: at, end: at }, newText }],
    },
  ];
}

/** The field whose key or value is at the offset, if its value is a literal. */
function scalarFieldAt(tree: SyntaxTree, offset: number): FieldNode | undefined {
  const node = nodeAt(tree, offset);
  const field = node.kind === 'field' ? node : node.parent;
  if (tree.syntax !== 'conf' || field?.kind !== 'field' || field.value?.kind !== 'scalar') return undefined;
  return contains(field, offset) && field.separator !== '+=' && field.value.type !== 'null' ? field : undefined;
}

function isFollowedByVariable(field: FieldNode): boolean {
  const { entries } = field.parent as ObjectNode;
  const next = entries[placeAmong(entries, field) + 1];
  if (next?.kind !== 'field' || next.value?.kind !== 'substitution') return false;
  const names = (one: FieldNode) => JSON.stringify(namesOf(one.path));
  return names(next) === names(field);
}

/**
 * True if a variable could not take effect: for a misspelled or misplaced key of a node, for a section with a text in
 * its place, and for the type of a section, which decides what its other keys may be.
 */
function isMeaningless(view: DocumentView, path: KeyPath): boolean {
  if (path[0] !== 'canton' || path.length < 4) return false;
  const outer = fieldOf(view, path.slice(0, -1))?.model.kind;
  const own = fieldOf(view, path)?.model;
  if (own === undefined) return outer === 'object' || outer === 'union';
  return isSection(own) || (outer === 'union' && path.at(-1) === 'type');
}

/** `P1_KMS_REGION`: the name of the node, because several nodes may share an environment, and the name of the value. */
function variableName(path: KeyPath): string {
  const isNode = path[0] === 'canton' && path.length > 4;
  const node = isNode ? [path[2] ?? ''] : [];
  const words = [...node, ...path.slice(-2)].join('_');
  const plain = words
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
  return plain.toUpperCase();
}
