import type { Field } from '../../../schemas/model';
import type { FieldNode, ObjectNode, SyntaxTree } from '../hocon/syntax/syntax';
import type { Definition } from '../hocon/values/config-value';
import type { TextChange } from '../model/diagnostic';
import { fieldOf } from './edits';
import type { RuleContext } from './rule';

/** A key to be written, its value as HOCON. */
export interface NewKey {
  readonly name: string;
  readonly value: string;
}

/** A key with a value to begin with: the example, the default, or something of the right type. */
export function skeletonOf({ name, meta, model }: Field): NewKey {
  if (meta.example !== undefined) return { name, value: meta.example };
  if (meta.default !== undefined) return { name, value: meta.default };
  if (model.kind === 'enum') return { name, value: [...model.values.keys()][0] ?? '""' };
  if (model.kind === 'object' || model.kind === 'union' || model.kind === 'raw') return { name, value: '{}' };
  return { name, value: model.kind === 'boolean' ? 'true' : model.kind === 'int' ? '10' : '""' };
}

/** Writes keys into the object that `definition` begins, in the style that it has; undefined where that cannot be done. */
export function insertion(
  context: RuleContext,
  definition: Definition,
  keys: readonly NewKey[],
): TextChange | undefined {
  const tree = context.tree(definition.uri);
  const field = tree && fieldOf(tree, definition);
  if (tree === undefined || field === undefined || tree.syntax !== 'conf') return undefined;
  const separator = field.separator === ':' ? ':' : '=';
  const lines = keys.map(({ name, value }) => `${name} ${separator} ${value}`);
  const last = field.path.elements[field.path.elements.length - 1];
  if (last?.start !== definition.key.start) return besides(tree, field, definition, lines);
  const object = objectOf(field);
  if (object?.openBrace === undefined) return undefined;
  const at = object.openBrace.end;
  const inside = tree.text.slice(at, object.closeBrace?.start ?? object.end);
  if (inside.trim() === '') {
    return { uri: tree.uri, range: { start: at, end: at + inside.length }, newText: ` ${lines.join(', ')} ` };
  }
  const newText = /^[ \t]*(?:(?:#|\/\/).*)?\r?\n/.test(inside)
    ? lines.map((line) => `${newline(tree)}${indentIn(tree.text, object, field)}${line}`).join('')
    : ` ${lines.join(', ')},`;
  return { uri: tree.uri, range: { start: at, end: at }, newText };
}

/** `a.b.c = 1` gets a sibling `a.b.d = 2` on the line before. */
function besides(tree: SyntaxTree, field: FieldNode, { key }: Definition, lines: readonly string[]): TextChange {
  const prefix = tree.text.slice(field.path.start, key.end);
  const { indent, isFirst } = lineOf(tree.text, field.start);
  const end = isFirst ? `${newline(tree)}${indent}` : ', ';
  const newText = lines.map((line) => `${prefix}.${line}${end}`).join('');
  return { uri: tree.uri, range: { start: field.start, end: field.start }, newText };
}

/** The indentation of the line that holds an offset, and whether nothing stands before the offset on it. */
export function lineOf(text: string, offset: number): { readonly indent: string; readonly isFirst: boolean } {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  return { indent, isFirst: indent.length === before.length };
}

/** The line end of the file, taken from its first line. */
export function newline({ text }: SyntaxTree): string {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

function objectOf(field: FieldNode): ObjectNode | undefined {
  if (field.value?.kind === 'object') return field.value;
  if (field.value?.kind !== 'concatenation') return undefined;
  return field.value.parts.find((part) => part.kind === 'object');
}

function indentIn(text: string, object: ObjectNode, field: FieldNode): string {
  const first = object.entries[0];
  return first === undefined ? `${lineOf(text, field.start).indent}  ` : lineOf(text, first.start).indent;
}

/** Adds a value to a written list; undefined where the list is not written as one. */
export function listAddition(context: RuleContext, definition: Definition, value: string): TextChange | undefined {
  const tree = context.tree(definition.uri);
  const list = tree && fieldOf(tree, definition)?.value;
  if (list?.kind !== 'array' || list.closeBracket === undefined) return undefined;
  const last = list.elements[list.elements.length - 1];
  const at = last?.end ?? list.closeBracket.start;
  return { uri: definition.uri, range: { start: at, end: at }, newText: last === undefined ? value : `, ${value}` };
}
