import { removals } from '../../../../edits/entry-edits';
import { linesOfEntry, reindented } from '../../../../edits/entry-lines';
import { styleNear } from '../../../../edits/hocon-text';
import { includeTarget } from '../../../../hocon/evaluation/include-files';
import {
  type FieldNode,
  type IncludeNode,
  nodeAt,
  type ObjectNode,
  type SubstitutionNode,
  type SyntaxNode,
  type SyntaxTree,
} from '../../../../hocon/syntax/syntax';
import type { TextChange } from '../../../../model/diagnostic';
import { isFirstOnLine, lineIndent } from '../../../../text/lines';
import type { TextRange } from '../../../../text/location';
import { contains } from '../../../../text/positions';
import { CODE_ACTION_KIND } from '../../../shared/lsp-kinds';
import type { Refactoring, Site } from './refactoring';

/** Replaces an include by the entries of its file. The file stays. */
export function inlineInclude(site: Site): Refactoring[] {
  const { tree } = site.view;
  const node = nodeAt(tree, site.offset);
  if (node.kind !== 'include' || tree.syntax !== 'conf') return [];
  const included = includedTree(site, node);
  const span = includeSpan(tree, node);
  if (included === undefined || span === undefined) return [];
  const { root, text } = included;
  const object = root.value as ObjectNode;
  const first = object.entries[0];
  const from = first !== undefined && isFirstOnLine(text, first.start) ? lineIndent(text, first.start) : '';
  const range = { start: object.openBrace?.end ?? 0, end: object.closeBrace?.start ?? text.length };
  const inside = reindented(included, range, from, span.indent).trim();
  return [
    {
      title: `Inline file '${node.target}'`,
      kind: CODE_ACTION_KIND.inline,
      keeps: 'everything',
      changes: [{ uri: tree.uri, range: span.range, newText: span.before + inside + span.after }],
    },
  ];
}

/** The file that an include reads, if it is the only one. */
function includedTree({ view, tree }: Site, node: IncludeNode): SyntaxTree | undefined {
  const { files } = includeTarget(node, { uri: view.tree.uri, bareName: false }, view.paths);
  const [only, ...more] = files.flatMap(({ uri }) => tree(uri) ?? []);
  return more.length > 0 || only?.syntax !== 'conf' || only.root.value.kind !== 'object' ? undefined : only;
}

interface IncludeSpan {
  readonly range: TextRange;
  readonly indent: string;
  readonly before: string;
  readonly after: string;
}

/** The include itself if it is alone on its line, or everything in the braces if they contain nothing else. */
function includeSpan(tree: SyntaxTree, node: IncludeNode): IncludeSpan | undefined {
  const { text } = tree;
  const { start, end } = node;
  if (linesOfEntry(tree, node) !== undefined) {
    return { range: { start, end }, indent: lineIndent(text, start), before: '', after: '' };
  }
  const object = node.parent as ObjectNode;
  const { openBrace, closeBrace, entries } = object;
  if (openBrace === undefined || closeBrace === undefined || entries.length > 1) return undefined;
  const outer = lineIndent(text, object.start);
  const style = styleNear(tree, object);
  const indent = outer + style.indent;
  const range = { start: openBrace.end, end: closeBrace.start };
  if (text.slice(range.start, start).trim() !== '' || text.slice(end, range.end).trim() !== '') return undefined;
  return { range, indent, before: style.eol + indent, after: style.eol + outer };
}

/** Replaces a substitution by the value of its key, and removes the key if nothing else refers to it. */
export function inlineReference(site: Site): Refactoring[] {
  const { tree } = site.view;
  const node = substitutionAt(tree, site.offset);
  const found = node && definitionOf(site, node);
  if (node === undefined || found === undefined) return [];
  const { field, root } = found;
  const { value } = field;
  if (value === undefined || (tree === found.tree && contains(field, node.start))) return [];
  if (value.kind === 'object' && (value.openBrace === undefined || value.closeBrace === undefined)) return [];
  const from = lineIndent(found.tree.text, field.start);
  const newText = reindented(found.tree, value, from, lineIndent(tree.text, node.start));
  const change = { uri: tree.uri, range: { start: node.start, end: node.end }, newText };
  const inlined: Refactoring = {
    title: `Inline '${tree.text.slice(node.start, node.end)}'`,
    kind: CODE_ACTION_KIND.inline,
    keeps: 'everything',
    changes: [change],
  };
  if (root === 'canton' || found.isUsedElsewhere || !site.isEditable(found.tree.uri)) return [inlined];
  const changes = [change, withoutGap(found.tree, field)];
  return [{ ...inlined, changes, roots: new Set([root]), otherwise: inlined }];
}

function substitutionAt(tree: SyntaxTree, offset: number): SubstitutionNode | undefined {
  let node: SyntaxNode | undefined = nodeAt(tree, offset);
  while (node !== undefined && node.kind !== 'substitution') node = node.parent;
  return tree.syntax === 'conf' ? node : undefined;
}

/** The field that sets the key of a substitution, if it is the only one. */
function definitionOf({ view, occurrences, tree: treeOf }: Site, { path }: SubstitutionNode) {
  const last = path.elements.at(-1);
  const keys = last === undefined ? [] : occurrences.at(view.tree.uri, last.start);
  const all = occurrences.of(keys);
  const definitions = all.filter(({ kind }) => kind === 'definition');
  const [only, ...more] = definitions;
  const tree = only && treeOf(only.uri);
  if (only === undefined || more.length > 0 || tree?.syntax !== 'conf') return undefined;
  const node = nodeAt(tree, only.range.start + 1);
  const field = node.kind === 'path' ? node.parent : undefined;
  if (field?.kind !== 'field' || field.path.elements.at(-1)?.start !== only.range.start) return undefined;
  const isUsedElsewhere = all.length > definitions.length + 1;
  return { tree, field, root: keys[0]?.path[0] ?? '', isUsedElsewhere };
}

/** Removes a field. The empty line that separates a section at the root is removed with it. */
function withoutGap(tree: SyntaxTree, field: FieldNode): TextChange {
  const change = removals(tree, new Set([field]))[0] as TextChange;
  const lines = linesOfEntry(tree, field);
  const start = lines === undefined ? change.range.start : Math.min(change.range.start, lines.start);
  const gap = /^[ \t]*\r?\n/.exec(tree.text.slice(change.range.end))?.[0].length ?? 0;
  return { ...change, range: { start, end: change.range.end + (lines === undefined ? 0 : gap) } };
}
