import { linesOfEntry } from '../../../../edits/entry-lines';
import { isFirstOnLine, lineEnd, lineIndent, lineStart, nextLineStart } from '../../../../edits/lines';
import { reindented, reindentedUpTo } from '../../../../edits/reindent';
import { styleNear } from '../../../../edits/style';
import type { FieldNode, SyntaxTree } from '../../../../hocon/syntax/syntax';
import { CODE_ACTION_KIND } from '../kinds';
import type { Refactoring, Site } from './refactoring';
import { bracedObject, fieldAtKey, type Section } from './sections';

/** Takes the braces of a section away: `kms { type = aws }` becomes `kms.type = aws`, and so on for all of its entries. */
export function flatten(site: Site): Refactoring[] {
  const { tree } = site.view;
  const { field } = fieldAtKey(tree, site.offset) ?? {};
  const object = field && bracedObject(field);
  if (field === undefined || object === undefined || object.entries.length === 0) return [];
  const fields = object.entries.filter((entry) => entry.kind === 'field');
  if (fields.length < object.entries.length) return [];
  const change = overLines(tree, field, object, fields) ?? onLine(tree, field, object, fields);
  if (change === undefined) return [];
  const name = tree.text.slice(field.path.start, field.path.end);
  return [
    {
      title: `Write the keys of '${name}' with their paths`,
      kind: CODE_ACTION_KIND.rewrite,
      keeps: 'everything',
      changes: [{ uri: tree.uri, ...change }],
    },
  ];
}

/** Undefined where entries share lines with the braces. */
function overLines(tree: SyntaxTree, field: FieldNode, object: Section['object'], fields: readonly FieldNode[]) {
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

/** Undefined where comments stand between the entries. */
function onLine(tree: SyntaxTree, field: FieldNode, object: Section['object'], fields: readonly FieldNode[]) {
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
