import { linesOfEntry, placeAmong, reindented, reindentedUpTo } from '../../../../edits/entry-lines';
import { styleNear } from '../../../../edits/hocon-text';
import type { EntryNode, FieldNode, ObjectNode, SyntaxTree } from '../../../../hocon/syntax/syntax';
import { isFirstOnLine, lineEnd, lineIndent, lineStart, nextLineStart } from '../../../../text/lines';
import { CODE_ACTION_KIND } from '../../../shared/lsp-kinds';
import { bracedObject, fieldAtKey, type Refactoring, type Section, type Site } from './refactoring';

/** Removes the braces of a section: `kms { type = aws }` becomes `kms.type = aws`, and so on for all of its entries. */
export function flatten(site: Site): Refactoring[] {
  const { tree } = site.view;
  const { field } = fieldAtKey(tree, site.offset) ?? {};
  const object = field && bracedObject(field);
  if (field === undefined || object === undefined || object.entries.length === 0) return [];
  const fields = object.entries.filter((entry) => entry.kind === 'field');
  if (fields.length < object.entries.length) return [];
  const change = flattenedLines(tree, field, object, fields) ?? flattenedLine(tree, field, object, fields);
  if (change === undefined) return [];
  const name = tree.text.slice(field.path.start, field.path.end);
  return [
    {
      title: `Flatten '${name}' to dotted keys`,
      kind: CODE_ACTION_KIND.rewrite,
      keeps: 'everything',
      changes: [{ uri: tree.uri, ...change }],
    },
  ];
}

/** Undefined if entries share lines with the braces. */
function flattenedLines(tree: SyntaxTree, field: FieldNode, object: Section['object'], fields: readonly FieldNode[]) {
  const { text } = tree;
  const lines = linesOfEntry(tree, field);
  const opening = text.slice(object.start + 1, lineEnd(text, object.start)).trim();
  const isOpen = opening === '' || opening.startsWith('#') || opening.startsWith('//');
  const first = fields[0] as FieldNode;
  if (lines === undefined || !isOpen || !isFirstOnLine(text, object.end - 1) || !isFirstOnLine(text, first.start)) {
    return undefined;
  }
  const name = text.slice(field.path.start, field.path.end);
  const inner = lineIndent(text, first.start);
  const { indent } = lines;
  const { eol } = styleNear(tree, object);
  let inside = '';
  let at = nextLineStart(text, object.start);
  for (const { start } of fields) {
    inside += `${reindentedUpTo(tree, { start: at, end: start }, inner, indent)}${name}.`;
    at = start;
  }
  inside += reindented(tree, { start: at, end: lineStart(text, object.end) }, inner, indent);
  const above = opening === '' ? '' : `${indent}${opening}${eol}`;
  const behind = text
    .slice(lines.last, lines.end)
    .replace(/^[ \t]*,/, '')
    .trim();
  const below = behind === '' ? '' : `${indent}${behind}`;
  const whole = above + inside + below;
  const newText = below === '' ? whole.replace(/\r?\n$/, '') : whole;
  return { range: { start: lineStart(text, field.start), end: lines.end }, newText };
}

/** Undefined if there are comments between the entries. */
function flattenedLine(tree: SyntaxTree, field: FieldNode, object: Section['object'], fields: readonly FieldNode[]) {
  const { text } = tree;
  let at = object.start + 1;
  for (const { start, end } of [...fields, { start: object.end - 1, end: object.end }]) {
    if (!/^[\s,]*$/.test(text.slice(at, start))) return undefined;
    at = end;
  }
  const name = text.slice(field.path.start, field.path.end);
  const isAlone = linesOfEntry(tree, field) !== undefined;
  const { eol } = styleNear(tree, object);
  const between = isAlone ? eol + lineIndent(text, field.start) : ', ';
  const newText = fields.map(({ start, end }) => `${name}.${text.slice(start, end)}`).join(between);
  return { range: { start: field.start, end: field.end }, newText };
}

/**
 * Opens a section after an element of a dotted key: `kms.type = aws` becomes `kms { type = aws }`. Adjacent entries
 * that begin with the same elements move into the section with it.
 */
export function nest(site: Site): Refactoring[] {
  const { tree } = site.view;
  const found = fieldAtKey(tree, site.offset);
  if (found === undefined || found.field.path.elements.length < 2) return [];
  const { field } = found;
  const { elements } = field.path;
  // Nothing follows the last element, so a cursor on it means the section before it.
  const depth = Math.min(found.index + 1, elements.length - 1);
  const name = tree.text.slice(field.path.start, elements[depth - 1]?.end);
  const change = linesOfEntry(tree, field) ? nestedLines(tree, field, depth) : nestedLine(tree, field, depth);
  const title = `Convert '${name}' to a nested section`;
  return [{ title, kind: CODE_ACTION_KIND.rewrite, keeps: 'everything', changes: [{ uri: tree.uri, ...change }] }];
}

function nestedLine({ text }: SyntaxTree, { path, end }: FieldNode, depth: number) {
  const head = text.slice(path.start, path.elements[depth - 1]?.end);
  const rest = text.slice(path.elements[depth]?.start, end);
  return { range: { start: path.start, end }, newText: `${head} { ${rest} }` };
}

function nestedLines(tree: SyntaxTree, field: FieldNode, depth: number) {
  const { text } = tree;
  const group = groupOf(tree, field, depth);
  const [first, last] = [group[0] as FieldNode, group.at(-1) as FieldNode];
  const lines = linesOfEntry(tree, first);
  const lastLines = linesOfEntry(tree, last);
  const indent = lines?.indent ?? '';
  const { eol, indent: unit, beforeBrace } = styleNear(tree, field.parent as ObjectNode);
  const head = text.slice(first.path.start, first.path.elements[depth - 1]?.end);
  // Each entry keeps its lines, without the elements that now belong to the section.
  const start = lines?.start ?? first.start;
  const end = lastLines?.end ?? last.end;
  let inside = '';
  let at = start;
  for (const { path } of group) {
    inside += reindentedUpTo(tree, { start: at, end: path.start }, indent, indent + unit);
    at = path.elements[depth]?.start ?? path.start;
  }
  inside += reindented(tree, { start: at, end }, indent, indent + unit);
  const newText = `${indent}${head}${beforeBrace}{${eol}${inside}${eol}${indent}}${lastLines?.comma ? ',' : ''}`;
  return { range: { start, end: lineEnd(text, end) }, newText };
}

/** The adjacent entries that begin with the same elements and have more of them, each on separate lines. */
function groupOf(tree: SyntaxTree, field: FieldNode, depth: number): FieldNode[] {
  const { entries } = field.parent as ObjectNode;
  const names = field.path.elements.slice(0, depth).map(({ name }) => name);
  const fits = (entry: EntryNode | undefined): entry is FieldNode =>
    entry?.kind === 'field' &&
    entry.path.elements.length > depth &&
    names.every((name, i) => entry.path.elements[i]?.name === name) &&
    linesOfEntry(tree, entry) !== undefined;
  let from = placeAmong(entries, field);
  let to = from;
  while (fits(entries[from - 1])) from--;
  while (fits(entries[to + 1])) to++;
  return entries.slice(from, to + 1).filter(fits);
}
