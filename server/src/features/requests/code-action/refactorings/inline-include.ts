import { linesOfEntry } from '../../../../edits/entry-lines';
import { isFirstOnLine, lineIndent } from '../../../../edits/lines';
import { reindented } from '../../../../edits/reindent';
import { styleNear } from '../../../../edits/style';
import { includeTarget } from '../../../../hocon/evaluation/include-files';
import type { IncludeNode, ObjectNode, SyntaxTree } from '../../../../hocon/syntax/syntax';
import type { TextRange } from '../../../../text/location';
import { nodeAt } from '../../../shared/syntax-walk';
import { CODE_ACTION_KIND } from '../kinds';
import type { Refactoring, Site } from './refactoring';

/** Writes what a file holds in the place of the include that brings it; the file stays. */
export function inlineInclude(site: Site): Refactoring[] {
  const { tree } = site.view;
  const node = nodeAt(tree, site.offset);
  if (node.kind !== 'include' || tree.syntax !== 'conf') return [];
  const included = includedTree(site, node);
  const place = placeOf(tree, node);
  if (included === undefined || place === undefined) return [];
  const { root, text } = included;
  const object = root.value as ObjectNode;
  const first = object.entries[0];
  const from = first !== undefined && isFirstOnLine(text, first.start) ? lineIndent(text, first.start) : '';
  const range = { start: object.openBrace?.end ?? 0, end: object.closeBrace?.start ?? text.length };
  const inside = reindented(included, range, from, place.indent).trim();
  return [
    {
      title: `Inline the file ${node.target}`,
      kind: CODE_ACTION_KIND.inline,
      keeps: 'everything',
      changes: [{ uri: tree.uri, range: place.range, newText: place.before + inside + place.after }],
    },
  ];
}

/** The only file that an include brings. */
function includedTree({ view, tree }: Site, node: IncludeNode): SyntaxTree | undefined {
  const { files } = includeTarget(node, { uri: view.tree.uri, bareName: false }, undefined);
  const [only, ...more] = files.flatMap(({ uri }) => tree(uri) ?? []);
  return more.length > 0 || only?.syntax !== 'conf' || only.root.value.kind !== 'object' ? undefined : only;
}

interface Place {
  readonly range: TextRange;
  readonly indent: string;
  readonly before: string;
  readonly after: string;
}

/** The include itself where it has its line, or all that is in the braces that hold nothing else. */
function placeOf(tree: SyntaxTree, node: IncludeNode): Place | undefined {
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
