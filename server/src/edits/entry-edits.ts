import type { EntryNode, FieldNode, ObjectNode, SyntaxNode, SyntaxTree } from '../hocon/syntax/syntax';
import type { Definition, KeyPath } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { hoconPath } from '../text/encoders/hocon';
import { isBlank, isFirstOnLine, lineEnd, lineIndent, lineStart, nextLineStart } from '../text/lines';
import type { Location } from '../text/location';
import { placeAmong, reindented } from './entry-lines';
import {
  type HoconObject,
  type HoconValue,
  isObject,
  jsonText,
  Raw,
  scalarText,
  styleNear,
  writable,
} from './hocon-text';
import { fieldAt, insertion, pointIn, type Trees, type WrittenField, writtenAt } from './insertion-point';

/*
 * Edits of an entry of the effective configuration in the files that define it. Each function gives the changes in the
 * syntax of the file, or undefined if a file is not available or cannot express the result.
 */

/** Writes keys at the end of the section that a definition begins. */
export function inserted(
  trees: Trees,
  definition: Definition,
  entries: HoconObject,
): readonly TextChange[] | undefined {
  const written = writtenAt(trees, definition);
  const own = written && writable(entries, written.tree.syntax);
  return written === undefined || own === undefined ? undefined : [insertion(pointIn(written), own)];
}

/** Removes the fields that these definitions are part of, including their lines if nothing else is on them. */
export function removed(trees: Trees, definitions: readonly Definition[]): readonly TextChange[] | undefined {
  const fields = new Map<SyntaxTree, Set<FieldNode>>();
  for (const { uri, key } of definitions) {
    const tree = trees.tree(uri);
    const field = tree && fieldAt(tree, key);
    if (tree === undefined || field === undefined) return undefined;
    fields.set(tree, (fields.get(tree) ?? new Set()).add(field));
  }
  return [...fields].flatMap(([tree, gone]) => removals(tree, gone));
}

/** Gives a key another name wherever it is written. */
export function renamed(trees: Trees, definitions: readonly Definition[], name: string): readonly TextChange[] {
  return definitions.map(({ uri, key }) => {
    const json = trees.tree(uri)?.syntax === 'json';
    return { uri, range: key, newText: hoconPath([name], json) };
  });
}

/** Replaces a written value with another one, given as HOCON text. */
export function replaced(
  { tree: treeOf }: Trees,
  { uri, range }: Location,
  text: string,
): readonly TextChange[] | undefined {
  const tree = treeOf(uri);
  const own = tree === undefined ? new Raw(text) : writable({ value: new Raw(text) }, tree.syntax)?.value;
  if (own === undefined || (isObject(own) && tree?.syntax !== 'json')) return undefined;
  return [{ uri, range, newText: isObject(own) ? jsonText(own) : scalarText(own, tree?.syntax ?? 'conf') }];
}

/** Adds a value to a list that is written as one. */
export function listed(trees: Trees, definition: Definition, value: string): readonly TextChange[] | undefined {
  const written = writtenAt(trees, definition);
  const list = written?.field.value;
  if (written === undefined || list?.kind !== 'array' || list.closeBracket === undefined) return undefined;
  const last = list.elements.at(-1);
  const at = last?.end ?? list.closeBracket.start;
  const text = scalarText(value, written.tree.syntax);
  return [{ uri: definition.uri, range: { start: at, end: at }, newText: last === undefined ? text : `, ${text}` }];
}

/** Moves a key into a section beside it, or deeper: `foo.a = 1` becomes `foo.section.a = 1`. */
export function movedInto(
  trees: Trees,
  definitions: readonly Definition[],
  section: KeyPath,
): readonly TextChange[] | undefined {
  return forEach(definitions, (definition) => {
    const written = writtenAt(trees, definition);
    if (written === undefined) return undefined;
    const { tree, field, index } = written;
    if (tree.syntax !== 'json') {
      const { start } = definition.key;
      return [{ uri: tree.uri, range: { start, end: start }, newText: `${hoconPath(section)}.` }];
    }
    const name = field.path.elements[index]?.name;
    const [first, ...more] = section;
    const value = field.value && valueFrom(tree, field.value);
    if (first === undefined || more.length > 0) return undefined;
    if (name === undefined || value === undefined) return undefined;
    const { entries } = field.parent as ObjectNode;
    const beside = entries.find((entry) => entry.kind === 'field' && entry.path.elements[0]?.name === first);
    const gone = removals(tree, new Set([field]));
    if (beside?.kind !== 'field') {
      const style = styleNear(tree, field.parent as ObjectNode);
      const key = hoconPath([first], true);
      const text = `${key}${style.beforeBrace}{ ${hoconPath([name], true)}${style.separator}${tree.text.slice(field.value?.start, field.value?.end)} }`;
      return [{ uri: tree.uri, range: field, newText: text }];
    }
    return beside.value?.kind === 'object'
      ? [...gone, insertion(pointIn({ tree, field: beside, index: 0 }), { [name]: value })]
      : undefined;
  });
}

/**
 * Moves a key out of the section around it, next to that section: `kms { a {} }` becomes `kms {}` and `a {}`, `kms.a.b
 * = 1` becomes `a.b = 1`. Undefined if the text is too unusual to be sure.
 */
export function movedOut(trees: Trees, definitions: readonly Definition[]): readonly TextChange[] | undefined {
  return forEach(definitions, (definition) => {
    const written = writtenAt(trees, definition);
    if (written === undefined) return undefined;
    const { tree, field, index } = written;
    const before = field.path.elements[index - 1];
    if (before !== undefined) {
      return [{ uri: tree.uri, range: { start: before.start, end: definition.key.start }, newText: '' }];
    }
    const section = fieldAround(field);
    if (section === undefined) return undefined;
    const gone = removals(tree, new Set([field]));
    if (tree.syntax === 'json') return withBeside(written, section, gone);
    const name = section.path.elements.at(-1);
    const prefix = tree.text.slice(section.path.start, name?.start ?? section.path.start);
    const indent = lineIndent(tree.text, section.start);
    const lead = isFirstOnLine(tree.text, section.start)
      ? `${styleNear(tree, section.parent as ObjectNode).eol}${indent}`
      : ', ';
    const newText = `${lead}${prefix}${reindented(tree, field, lineIndent(tree.text, field.start), indent)}`;
    return [...gone, { uri: tree.uri, range: { start: section.end, end: section.end }, newText }];
  });
}

function withBeside({ tree, field, index }: WrittenField, section: FieldNode, gone: readonly TextChange[]) {
  const value = field.value && valueFrom(tree, field.value);
  const name = field.path.elements[index]?.name;
  if (value === undefined || name === undefined) return undefined;
  const point = { tree, object: section.parent as ObjectNode, after: section, prefix: [] };
  return [...gone, insertion(point, { [name]: value })];
}

/** The field whose value contains an entry. */
function fieldAround(field: FieldNode): FieldNode | undefined {
  let node: SyntaxNode | undefined = field.parent;
  while (node !== undefined && node.kind !== 'field') node = node.parent;
  return node;
}

/** A value of a JSON file, in a form that can be written elsewhere in the file. */
function valueFrom(tree: SyntaxTree, { start, end }: { start: number; end: number }): HoconValue | undefined {
  return writable({ value: new Raw(tree.text.slice(start, end)) }, tree.syntax)?.value;
}

function forEach(
  definitions: readonly Definition[],
  change: (definition: Definition) => readonly TextChange[] | undefined,
): readonly TextChange[] | undefined {
  const all = definitions.map(change);
  return all.includes(undefined) ? undefined : all.flatMap((changes) => changes ?? []);
}

/** The changes that remove fields: their lines, or their part of a line with one comma. A comment after them stays. */
export function removals(tree: SyntaxTree, fields: ReadonlySet<FieldNode>): TextChange[] {
  const ranges = [...fields].map((field) => {
    return (tree.syntax === 'json' ? undefined : wholeLines(tree.text, field)) ?? partOfLine(tree, field, fields);
  });
  const merged: { start: number; end: number }[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged.map((range) => ({ uri: tree.uri, range, newText: '' }));
}

/** Undefined if something else is on the lines. */
function wholeLines(text: string, field: FieldNode): { start: number; end: number } | undefined {
  if (!isFirstOnLine(text, field.start)) return undefined;
  const rest = text.slice(field.end, lineEnd(text, field.end));
  const [, gap = '', comment] = /^([ \t]*,?[ \t]*)((?:#|\/\/).*)?$/.exec(rest) ?? [undefined];
  if (gap.length + (comment?.length ?? 0) < rest.length) return undefined;
  if (comment !== undefined) return { start: field.start, end: field.end + gap.length };
  const end = nextLineStart(text, field.end);
  let start = lineStart(text, field.start);
  const previous = start === 0 ? 0 : lineStart(text, start - 1);
  const isBlankBefore = start > 0 && isBlank(text.slice(previous, start));
  // An empty line that only separated the field is removed with it.
  if (isBlankBefore && /^[ \t]*(?:\}|\r?\n|$)/.test(text.slice(end, end + 200))) start = previous;
  return { start, end };
}

function partOfLine({ text }: SyntaxTree, field: FieldNode, gone: ReadonlySet<EntryNode>) {
  const entries = (field.parent as ObjectNode).entries;
  const index = placeAmong(entries, field);
  const next = entries[index + 1];
  const comma = /^\s*,[ \t]*/.exec(text.slice(field.end, next?.start ?? lineEnd(text, field.end)))?.[0];
  const stays = (entry: EntryNode | undefined) => entry === undefined || !gone.has(entry);
  let behind = index + 1;
  while (!stays(entries[behind])) behind++;
  let before = index - 1;
  while (!stays(entries[before])) before--;
  const isLast = behind === entries.length;
  if (!isLast && next !== undefined && comma !== undefined) return { start: field.start, end: next.start };
  const previous = entries[before];
  if (isLast && previous !== undefined) return { start: previous.end, end: field.end };
  return { start: field.start, end: field.end + (comma?.length ?? 0) };
}
