import type { EntryNode, FieldNode, ObjectNode, SyntaxTree, ValueNode } from '../hocon/syntax/syntax';
import { pathOf } from '../hocon/syntax/syntax';
import { type ConfigObject, type Definition, entryAt } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { isBlank, isFirstOnLine, lineEnd, lineIndent } from '../text/lines';
import type { TextRange } from '../text/location';
import { placeAmong } from './entry-lines';
import {
  dottedLines,
  type HoconObject,
  inlineEntries,
  isObject,
  nestedEntries,
  type Style,
  styleNear,
} from './hocon-text';

/** Parsed files by URI; undefined for a file that is not available. */
export interface Trees {
  tree(uri: string): SyntaxTree | undefined;
}

/** An evaluated launch set and its files. */
export interface EditableConfig extends Trees {
  readonly config: ConfigObject;
  /** The text for entries without a neighbor; by default, the one in which the configuration begins. */
  readonly lastText?: string | undefined;
  /** Whether a text can take entries of the section at a path; if absent, every text accepts all entries. */
  readonly takes?: (uri: string, section: readonly string[]) => boolean;
}

/** The field that contains a definition; `index` is the element of its path that the definition belongs to. */
export interface WrittenField {
  readonly tree: SyntaxTree;
  readonly field: FieldNode;
  readonly index: number;
}

/** The place of new entries: after an entry, or at the start of an empty object. */
export interface InsertionPoint {
  readonly tree: SyntaxTree;
  readonly object: ObjectNode;
  readonly after: EntryNode | undefined;
  /** The keys between the object and the inserted entries: those at the beginning of a dotted neighbor. */
  readonly prefix: readonly string[];
}

/** The field that a key is part of. */
export function fieldAt(tree: SyntaxTree, { start: offset }: TextRange): FieldNode | undefined {
  let value: ValueNode | undefined = tree.root.value;
  while (value !== undefined) {
    const inner: EntryNode | ValueNode | undefined = childAt(value, offset);
    if (inner?.kind === 'field') {
      if (offset < inner.path.end) return inner;
      value = inner.value;
    } else {
      value = inner?.kind === 'include' ? undefined : inner;
    }
  }
  return undefined;
}

/** Children are in the order of the text, so the one at an offset is found by binary search. */
function childAt(value: ValueNode, offset: number): EntryNode | ValueNode | undefined {
  const children = childrenIn(value);
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child === undefined) return undefined;
    if (offset < child.start) high = middle - 1;
    else if (offset >= child.end) low = middle + 1;
    else return child;
  }
  return undefined;
}

function childrenIn(value: ValueNode): readonly (EntryNode | ValueNode)[] {
  if (value.kind === 'object') return value.entries;
  if (value.kind === 'array') return value.elements;
  return value.kind === 'concatenation' ? value.parts : [];
}

/** The field of a definition, with the element of its path that the definition belongs to. */
export function writtenAt({ tree: treeOf }: Trees, { uri, key }: Definition): WrittenField | undefined {
  const tree = treeOf(uri);
  const field = tree && fieldAt(tree, key);
  const index = field?.path.elements.findIndex(({ start }) => start === key.start) ?? -1;
  return tree === undefined || field === undefined || index < 0 ? undefined : { tree, field, index };
}

/**
 * The field that sets `path` only for this node, by its full path. Undefined if the text is a fragment that a
 * substitution or an include inserts here: a change there would affect others.
 */
export function ownField(source: EditableConfig, path: readonly string[], from: Definition): WrittenField | undefined {
  const written = writtenAt(source, from);
  const whole = written && pathOf(written.field);
  if (written === undefined || whole === undefined) return undefined;
  const names = whole.slice(0, whole.length - (written.field.path.elements.length - 1 - written.index));
  // A file may be included inside `canton { … }` and still name the node.
  const expected = names.length === path.length - 1 ? path.slice(1) : path;
  return names.length === expected.length && names.every((name, i) => name === expected[i]) ? written : undefined;
}

/** The last field that sets a path, if it belongs only to this node. */
export function lastOwnField(source: EditableConfig, path: readonly string[]): WrittenField | undefined {
  const last = entryAt(source.config, path)?.definitions.at(-1);
  return last === undefined ? undefined : ownField(source, path, last);
}

/**
 * The deepest point where an entry for `path` is read after all other definitions of it, so that it takes effect;
 * `rest` is the path from there. Undefined if no file of the configuration can take it.
 */
export function insertionPointFor(
  source: EditableConfig,
  path: readonly string[],
  removed: ReadonlySet<FieldNode>,
): { readonly point: InsertionPoint; readonly rest: readonly string[] } | undefined {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const own = lastOwnField(source, path.slice(0, depth));
    if (own === undefined || removed.has(own.field)) continue;
    if (source.takes?.(own.tree.uri, path.slice(0, depth)) === false) continue;
    return { point: pointIn(own, removed), rest: path.slice(depth) };
  }
  const tree = source.tree(source.lastText ?? source.config.origin.uri);
  if (tree !== undefined && source.takes?.(tree.uri, []) === false) return undefined;
  const root = tree?.root.value;
  if (tree === undefined || root?.kind !== 'object') return undefined;
  return { point: atEnd(tree, root, removed), rest: path };
}

/** The point for entries of the section that a field begins. */
export function pointIn(
  { tree, field, index }: WrittenField,
  removed: ReadonlySet<FieldNode> = new Set(),
): InsertionPoint {
  const elements = field.path.elements;
  const literal = index === elements.length - 1 ? literalOf(field.value) : undefined;
  if (literal !== undefined) return atEnd(tree, literal, removed);
  const prefix = elements.slice(0, index + 1).map((element) => element.name);
  return { tree, object: field.parent as ObjectNode, after: field, prefix };
}

/** The object literal at the end of a field's value, or the whole value: entries in it are read last. */
function literalOf(value: ValueNode | undefined): ObjectNode | undefined {
  const last = value?.kind === 'concatenation' ? value.parts.at(-1) : value;
  return last?.kind === 'object' ? last : undefined;
}

function atEnd(tree: SyntaxTree, object: ObjectNode, removed: ReadonlySet<FieldNode>): InsertionPoint {
  const kept = object.entries.filter((entry) => entry.kind === 'include' || !removed.has(entry));
  return { tree, object, after: kept.at(-1), prefix: [] };
}

/** The change that writes `entries` at a point, in the syntax and the style of the surrounding text. */
export function insertion(point: InsertionPoint, entries: HoconObject): TextChange {
  const style = styleNear(point.tree, point.object);
  const whole = point.prefix.reduceRight((inner: HoconObject, name) => ({ [name]: inner }), entries);
  return point.after === undefined ? intoEmpty(point, whole, style) : behind(point, point.after, whole, style);
}

function behind(point: InsertionPoint, after: EntryNode, entries: HoconObject, style: Style): TextChange {
  const { tree } = point;
  if (sharesLine(point, after)) return at(tree.uri, after.end, `, ${inlineEntries(entries, style)}`);
  const { text } = tree;
  const indent = lineIndent(text, after.start) + (isFirstOnLine(text, after.start) ? '' : style.indent);
  const dotted = isDotted(after, entries);
  const lines = dotted ? dottedLines(entries, style) : nestedEntries(entries, style, indent);
  const block = lines.join((style.json ? ',' : '') + style.eol + indent);
  if (style.json) return at(tree.uri, after.end, `,${style.eol}${indent}${block}`);
  // A block at the root of a file is separated by an empty line.
  const isBlock = point.object.parent?.kind === 'document' && !dotted && block.includes(style.eol);
  const gap = isBlock && style.syntax === 'conf' ? style.eol : '';
  return at(tree.uri, lineEnd(text, after.end), `${gap}${style.eol}${indent}${block}`);
}

/** True if the next entry or the closing brace is on the line that the entry ends on. */
function sharesLine({ tree, object }: InsertionPoint, after: EntryNode): boolean {
  const end = lineEnd(tree.text, after.end);
  const next = object.entries[placeAmong(object.entries, after) + 1];
  return (next !== undefined && next.start < end) || (object.closeBrace !== undefined && object.closeBrace.start < end);
}

/** The style of a neighbor that writes its whole path, with the same beginning, on one line is followed. */
function isDotted(after: EntryNode, entries: HoconObject): boolean {
  if (after.kind !== 'field' || after.value?.kind === 'object') return false;
  const [first, ...more] = after.path.elements;
  return first !== undefined && more.length > 0 && Object.keys(entries).includes(first.name);
}

function intoEmpty({ tree, object }: InsertionPoint, entries: HoconObject, style: Style): TextChange {
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
  const inside = text.slice(from, to);
  if (isBlank(inside) && to >= from && object.closeBrace !== undefined) {
    const range = { start: from, end: to };
    if (isOneScalar(entries) && !inside.includes('\n'))
      return { uri, range, newText: ` ${inlineEntries(entries, style)} ` };
    return { uri, range, newText: `${style.eol}${indent}${block}${style.eol}${outer}` };
  }
  // All entries between braces on one line are removed.
  const [first] = object.entries;
  if (first !== undefined && to < lineEnd(text, from)) return at(uri, first.start, inlineEntries(entries, style));
  // There is a comment in the braces.
  return at(uri, lineEnd(text, from), `${style.eol}${indent}${block}`);
}

function isOneScalar(entries: HoconObject): boolean {
  const [only, ...others] = Object.values(entries);
  return only !== undefined && others.length === 0 && !isObject(only);
}

function at(uri: string, offset: number, newText: string): TextChange {
  return { uri, range: { start: offset, end: offset }, newText };
}
