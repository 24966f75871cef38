import type { EntryNode } from '../hocon/syntax/syntax';
import type { TextChange } from '../model/diagnostic';
import { dottedLines, type HoconObject, inlineEntries, nestedEntries, type Style } from './hocon-text';
import { isBlank, isFirstOnLine, lineEnd, lineIndent } from './lines';
import type { Place } from './place';
import { styleNear } from './style';

/** The change that writes `entries` at a place, in the style of what stands around it. */
export function insertion(place: Place, entries: HoconObject): TextChange {
  const style = styleNear(place.tree, place.object);
  return place.after === undefined ? intoEmpty(place, entries, style) : behind(place, place.after, entries, style);
}

function behind(place: Place, after: EntryNode, entries: HoconObject, style: Style): TextChange {
  const { tree } = place;
  if (sharesLine(place, after)) return at(tree.uri, after.end, `, ${inlineEntries(entries, style)}`);
  const { text } = tree;
  const indent = lineIndent(text, after.start) + (isFirstOnLine(text, after.start) ? '' : style.indent);
  const dotted = isDotted(after, entries);
  const lines = dotted ? dottedLines(entries, style) : nestedEntries(entries, style, indent);
  const block = lines.join((style.json ? ',' : '') + style.eol + indent);
  if (style.json) return at(tree.uri, after.end, `,${style.eol}${indent}${block}`);
  // A block at the root of a file stands apart.
  const isBlock = place.object.parent?.kind === 'document' && !dotted && block.includes(style.eol);
  const gap = isBlock ? style.eol : '';
  return at(tree.uri, lineEnd(text, after.end), `${gap}${style.eol}${indent}${block}`);
}

/** True where the next entry or the closing brace stands on the line that the entry ends on. */
function sharesLine({ tree, object }: Place, after: EntryNode): boolean {
  const end = lineEnd(tree.text, after.end);
  const next = object.entries[object.entries.indexOf(after) + 1];
  return (next !== undefined && next.start < end) || (object.closeBrace !== undefined && object.closeBrace.start < end);
}

/** A neighbour that writes its whole path on one line, with the same beginning, is imitated. */
function isDotted(after: EntryNode, entries: HoconObject): boolean {
  if (after.kind !== 'field' || after.value?.kind === 'object') return false;
  const [first, ...more] = after.path.elements;
  return first !== undefined && more.length > 0 && Object.keys(entries).includes(first.name);
}

function intoEmpty({ tree, object }: Place, entries: HoconObject, style: Style): TextChange {
  const { text, uri } = tree;
  if (object.openBrace === undefined) {
    const before = text === '' || text.endsWith('\n') ? '' : style.eol;
    return at(uri, text.length, `${before}${nestedEntries(entries, style, '').join(style.eol)}${style.eol}`);
  }
  const outer = lineIndent(text, object.start);
  const indent = outer + style.indent;
  const block = nestedEntries(entries, style, indent).join((style.json ? ',' : '') + style.eol + indent);
  const { end: from } = object.openBrace;
  const to = object.closeBrace?.start ?? from;
  if (isBlank(text.slice(from, to)) && to >= from && object.closeBrace !== undefined) {
    return { uri, range: { start: from, end: to }, newText: `${style.eol}${indent}${block}${style.eol}${outer}` };
  }
  // A comment stands in the braces.
  return at(uri, lineEnd(text, from), `${style.eol}${indent}${block}`);
}

function at(uri: string, offset: number, newText: string): TextChange {
  return { uri, range: { start: offset, end: offset }, newText };
}
